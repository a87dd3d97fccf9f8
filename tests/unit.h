/* What every unit test includes: cmocka, and the headers it wants before. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Ends a test; cmocka 1.1.5 prints a skipped one as `not ok`, a failure for prove. */
#define nothing_to_try() do { print_message("# nothing to try here\n"); return; } while (0)

#define NELEMENTS(a) (sizeof (a) / sizeof (a)[0])

#endif
