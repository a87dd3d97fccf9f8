/* What the forms of the papers ask for. */
#ifndef PAPERS_IN_H
#define PAPERS_IN_H

#include "input.h"

extern const struct input opinion_in[], order_in[], special_in[], month_in[];

#endif
