/* What every unit test includes: cmocka, and the headers it wants before. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NELEMENTS(a) (sizeof (a) / sizeof (a)[0])

#endif
