/* Handlers of the directory of offices. */
#ifndef OFFICES_H
#define OFFICES_H

#include "module.h"

handler offices_show;		/* GET  /offices */
handler offices_one_show;	/* GET  /offices/{office} */
handler offices_correct_own;	/* POST /offices/{office} */

#endif
