/* Patients: who is mine, what waits, and the basic record. */
#include "patient.h"

#include "patient_pages.h"
#include "patient_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input search_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = 60,
	  .label = N_("名前・かな・生年月日・被保険者番号") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/patients", USER, NULL, patients_list,
	  .page = "list.html", .title = N_("受け持ち") },
	{ POST, "/patients/search", USER, search_in, patients_search,
	  .page = "list.html", .title = N_("さがす"), .reads = 1,
	  .per_minute = 60 },
	{ GET, "/patients/{patient}", TEAM, NULL, record_show,
	  .page = "record.html", .title = N_("基本情報") },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	patient_queries, NULL
};

static const struct module patient = {
	.name = "patient",
	.routes = routes,
	.queries = queries,
	.pages = patient_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&patient, argc, argv);
}
