/*
 * The id of a JMA telegram's type, such as VPWW54: by the name of its file, which
 * has it, or by its control title, which changes with a reform and which several
 * types may share.
 */
#ifndef TYPE_H
#define TYPE_H

#include <stddef.h>

enum { TYPE_BYTES = 7 };		/* of an id, with the NUL */

/* Are these n bytes of the form of an id: four capitals, two digits? */
int type_is_word(const char *, size_t n);

/*
 * The id between _ or . of the last part of an address or path, as in
 * 20260528090000_0_VPWW55_010000.xml; NULL when none is there that we know. Ids
 * that a series shares are cut: VXKO stands for VXKO50 to VXKO89.
 */
const char *type_of_place(const char *place);

/* The id that a control title belongs to, or NULL when it is not sure. */
const char *type_of_title(const char *control_title);

/* The ids that these may say, one after the other; NULL behind the last. */
const char *type_id(size_t n);

#endif
