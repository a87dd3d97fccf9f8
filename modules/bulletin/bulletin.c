/* Public bulletins: what the weather service, health bodies and others say. */
#include "bulletin.h"

#include "bulletin_pages.h"
#include "bulletin_sql.h"
#include "viewer.h"
#include "who.h"

static const struct route routes[] = {
	{ GET, "/bulletins", USER, NULL, bulletins_show,
	  .page = "bulletins.html", .title = N_("公的機関の情報") },
	{ GET, "/bulletins/drills", USER, NULL, bulletins_drills,
	  .page = "bulletins.html", .title = N_("訓練・試験の情報") },
	{ GET, "/bulletins/{network}", PUBLIC, NULL, bulletins_public,
	  .page = "bulletins.html", .title = N_("公的情報") },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	bulletin_queries, NULL
};

static const struct module bulletin = {
	.name = "bulletin",
	.routes = routes,
	.queries = queries,
	.pages = bulletin_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&bulletin, argc, argv);
}
