/* What several handlers of the board share. */
#include "board.h"

#include "viewer.h"

const char *
board_writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

void
put_validity(struct model *m, struct validity v)
{
	put_i64(m, "least", v.least);
	put_i64(m, "most", v.most);
	put_i64(m, "usual", v.usual);
}

void
put_minutes(struct model *m, int tenths)
{
	int left = tenths_left(tenths);

	put_tenths(m, "minutes", tenths);
	put_bool(m, "heavier", left >= 0);
	put_tenths(m, "left", left < 0 ? 0 : left);
	put_bool(m, "band", is_band(tenths));
}
