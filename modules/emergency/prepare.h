/*
 * What the team does beforehand, so that a crew is helped: the kit card, contacts that are
 * told, the ledger of those who live alone. One page, /emergency/{patient}/prepare.
 */
#ifndef PREPARE_H
#define PREPARE_H

#include "module.h"

/* 1 if the viewer's profession has all these rights (care/profession.h). */
int prepare_may(const struct req *, unsigned rights);

/* `card`: the card that holds, or null. */
void put_card(struct req *, struct model *);

/* `contacts`: whom to call for her, and who of them is told. */
void put_contacts(struct req *, struct model *);

/* `alone`: her entry in the ledger, or null. */
void put_alone(struct req *, struct model *);

/* Passes a crew's report on to the contacts who agreed to it; `report` is its kind. */
void tell_contacts(struct req *, int64_t patient, const char *report);

handler prepare_show;		/* GET  /emergency/{patient}/prepare */
handler card_issue;		/* POST /emergency/{patient}/card */
handler card_end;		/* POST /emergency/{patient}/card/end */
handler card_paper;		/* GET  /emergency/{patient}/card */
handler told_agree;		/* POST /emergency/{patient}/told/{contact} */
handler told_end;		/* POST /emergency/{patient}/told/{contact}/end */
handler alone_write;		/* POST /emergency/{patient}/alone */
handler alone_end;		/* POST /emergency/{patient}/alone/end */
handler alone_list;		/* GET  /emergency/alone */
handler alone_confirm;		/* POST /emergency/alone/{alone} */

#endif
