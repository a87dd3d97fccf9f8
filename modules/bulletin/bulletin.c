/* Public bulletins: what the weather service, health bodies and others say; what goes round. */
#include "bulletin.h"

#include "bulletin_pages.h"
#include "bulletin_sql.h"
#include "disease.h"
#include "outbreak_sql.h"
#include "viewer.h"
#include "who.h"

/* Of an outbreak so far: of what, where, how many, since when, until when. */
#define REPORTED								\
	{ .name = "disease", .kind = CHOICE, .choices = DISEASE_CHOICES,	\
	  .label = N_("病気") },						\
	{ .name = "place", .kind = CHOICE, .choices = "house|round",		\
	  .label = N_("どこで") },						\
	{ .name = "began_on", .kind = DATE, .min = 2000, .max = 2200,		\
	  .label = N_("始まった日") },						\
	{ .name = "ended_on", .kind = DATE, .optional = 1, .min = 2000,		\
	  .max = 2200, .label = N_("終わった日") },				\
	{ .name = "counted_on", .kind = DATE, .optional = 1, .min = 2000,	\
	  .max = 2200, .label = N_("いつまでの人数か") },			\
	{ .name = "ill_users", .kind = INTEGER, .min = 0, .max = ILL_MAX,	\
	  .label = N_("利用者の人数") },					\
	{ .name = "ill_staff", .kind = INTEGER, .min = 0, .max = ILL_MAX,	\
	  .label = N_("職員の人数") }

static const struct input begin_in[] = { REPORTED, { 0 } };

static const struct input report_in[] = {
	REPORTED,
	{ .name = "withdrawn", .kind = BOOLEAN,
	  .label = N_("まちがいなので取り下げる") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/bulletins", USER, NULL, bulletins_show,
	  .page = "bulletins.html", .title = N_("公的機関の情報") },
	{ GET, "/bulletins/drills", USER, NULL, bulletins_drills,
	  .page = "bulletins.html", .title = N_("訓練・試験の情報") },
	{ GET, "/bulletins/outbreaks", USER, NULL, outbreaks_new,
	  .page = "outbreak-new.html", .title = N_("感染症の発生を知らせる") },
	{ POST, "/bulletins/outbreaks", USER, begin_in, outbreaks_begin,
	  .then = "/bulletins" },
	{ GET, "/bulletins/outbreaks/{outbreak}", USER, NULL, outbreaks_show,
	  .page = "outbreak.html", .title = N_("感染症の発生") },
	{ POST, "/bulletins/outbreaks/{outbreak}", USER, report_in,
	  outbreaks_report, .then = "/bulletins/outbreaks/{outbreak}" },
	{ GET, "/bulletins/{network}", PUBLIC, NULL, bulletins_public,
	  .page = "bulletins.html", .title = N_("公的情報") },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	bulletin_queries, outbreak_queries, NULL
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
