/* The town's circulars to the clinics that vaccinate, and who has read them. */
#ifndef CIRCULAR_H
#define CIRCULAR_H

#include "vaccination.h"

/* How many the viewer has not read, as `unread_circulars`. */
void put_unread_circulars(struct req *, struct model *);

handler circulars_desk;		/* GET  /vaccination/desk/circulars */
handler circular_send;		/* POST /vaccination/desk/circulars */
handler circular_readers;	/* GET  /vaccination/desk/circulars/{circular} */
handler circular_end;		/* POST …/circulars/{circular}/end */
handler circulars_show;		/* GET  /vaccination/circulars */
handler circular_read;		/* POST /vaccination/circulars/{circular}/read */
handler circular_desk_file;	/* GET  /vaccination/desk/circulars/{circular}/files/{file} */
handler circular_file;		/* GET  /vaccination/circulars/{circular}/files/{file} */

#endif
