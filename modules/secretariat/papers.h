/* Papers of an application as the secretariat has them. */
#ifndef PAPERS_H
#define PAPERS_H

#include "office_sql.h"
#include "secretariat.h"

/* Whether its papers may still be changed: nobody has them. */
int papers_wait(const struct application *);

#endif
