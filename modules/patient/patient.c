/* Patients: who is mine, what waits, and the basic record. */
#include "patient.h"

#include "file.h"
#include "patient_pages.h"
#include "patient_sql.h"
#include "portrait_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input search_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("名前・かな・生年月日・被保険者番号") },
	{ 0 }
};

static const struct input portrait_in[] = {
	{ .name = "portrait", .kind = FILES, .max = 1,
	  .max_bytes = PORTRAIT_BYTES, .label = N_("顔写真"),
	  .choices = FILE_PICTURES },
	/* Made by the browser. */
	{ .name = "thumbnail", .kind = FILES, .max = 1,
	  .max_bytes = THUMBNAIL_BYTES, .choices = "image/jpeg|image/webp" },
	{ .name = "agreed", .kind = BOOLEAN, .optional = 1,
	  .label = N_("本人か、代わりに決める方の了承を得ました") },
	{ .name = "crews", .kind = BOOLEAN, .optional = 1,
	  .label = N_("救急隊にも見せてよい") },
	{ 0 }
};

static const struct input crews_in[] = {
	{ .name = "crews", .kind = BOOLEAN, .optional = 1,
	  .label = N_("救急隊にも見せてよい") },
	{ 0 }
};

#define RECORD "/patients/{patient}"

static const struct route routes[] = {
	{ GET, "/patients", USER, NULL, patients_list,
	  .page = "list.html", .title = N_("受け持ち") },
	{ POST, "/patients/search", USER, search_in, patients_search,
	  .page = "list.html", .title = N_("さがす"), .reads = 1,
	  .per_minute = 60 },
	{ GET, RECORD, TEAM, NULL, record_show,
	  .page = "record.html", .title = N_("基本情報") },
	{ POST, RECORD "/portrait", TEAM, portrait_in, portrait_set,
	  .then = RECORD },
	{ POST, RECORD "/portrait/crews", TEAM, crews_in, portrait_crews,
	  .then = RECORD },
	{ POST, RECORD "/portrait/remove", TEAM, NULL, portrait_remove,
	  .then = RECORD },
	{ GET, RECORD "/portrait", TEAM, NULL, portrait_open },
	{ GET, RECORD "/portrait/thumbnail", TEAM, NULL, portrait_thumbnail },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	patient_queries, portrait_queries, file_queries, NULL
};

static const struct module patient = {
	.name = "patient",
	.routes = routes,
	.queries = queries,
	.pages = patient_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = portrait_tidy
};

int
main(int argc, char **argv)
{
	return module_main(&patient, argc, argv);
}
