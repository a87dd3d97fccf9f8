/* What a person is told about a refusal, by its code. Internal. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "page.h"

/* The code of a status that came without one. */
const char *message_code(int status);

/* A sentence for the code; a general one for a code that has none. */
const char *message_text(enum lang, const char *code);

#endif
