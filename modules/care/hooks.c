#include "admit.h"
#include "admit_sql.h"
#include "care_pages.h"
#include "file.h"
#include "file_reader.h"
#include "frame.h"
#include "frame_sql.h"
#include "viewer.h"
#include "who.h"

static const struct db_query *const *const queries[] = {
	admit_queries, frame_queries, NULL
};

const struct hooks care_hooks = {
	.who_name = who_name,
	.who_part = who_part,
	.admit = admit,
	.frame = frame,
	.touch = admit_seen,
	.refresh = frame_refresh,
	.ready = file_ready,
	.store = &file_store,
	.child = file_reader_main,
	.layout = "layout.html",
	.pages = care_pages,
	.queries = queries
};
