/* Look-up by ambulance crews: inputs, routes, main(). */
#include "emergency.h"

#include "emergency_pages.h"
#include "copy.h"
#include "copy_sql.h"
#include "keys.h"
#include "mark_sql.h"
#include "notice_sql.h"
#include "opening_sql.h"
#include "search_sql.h"
#include "summary_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input search_in[] = {
	{ .name = "q", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("電話番号・かなと年齢・住所") },
	{ 0 }
};

#define NUMBER(least) { .name = "dispatch_number", .kind = TEXT, .min = least,	\
	  .max = 20, .label = N_("出動番号") }

static const struct input open_in[] = {
	{ .name = "patient", .kind = REF },
	{ .name = "reason", .kind = CHOICE, .optional = 1, .label = N_("理由"),
	  .choices = "unconscious|consent_oral|family_consent|dispatch_preinfo|"
	      "disaster|other" },
	{ .name = "reason_text", .kind = TEXT, .max = 200,
	  .label = N_("ほかの理由") },
	NUMBER(0),
	{ 0 }
};

static const struct input number_in[] = { NUMBER(1), { 0 } };

static const struct input call_in[] = {
	{ .name = "callee", .kind = REF, .label = N_("電話した先") },
	{ .name = "result", .kind = CHOICE, .choices = "answered|no_answer",
	  .label = N_("つながったか") },
	{ 0 }
};

static const struct input report_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("知らせること"),
	  .choices = "called|on_scene|departed|arrived|family_arrived|"
	      "not_transported|closed" },
	{ .name = "hospital", .kind = TEXT, .max = 80,
	  .label = N_("搬送先の病院") },
	{ .name = "note", .kind = TEXT, .max = 200, .label = N_("ひとこと") },
	{ 0 }
};

static const struct input answer_in[] = {
	{ .name = "body", .kind = TEXT, .min = 1, .max = 400,
	  .label = N_("救急隊に伝えること") },
	{ 0 }
};

static const struct input review_in[] = {
	{ .name = "verdict", .kind = CHOICE, .label = N_("判定"),
	  .choices = "justified|unjustified|needs_info" },
	{ .name = "note", .kind = TEXT, .max = 400, .label = N_("判定の理由") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/emergency", EMERGENCY, NULL, search_home,
	  .page = "lookup.html", .title = N_("救急"), .purpose = "ETREAT",
	  .away = 1 },
	{ POST, "/emergency/search", EMERGENCY, search_in, search_find,
	  .page = "lookup.html", .title = N_("さがす"), .reads = 1,
	  .per_minute = 60, .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/open", EMERGENCY, open_in, open_patient,
	  .then = "/emergency", .per_minute = 30, .purpose = "ETREAT",
	  .away = 1 },
	{ GET, "/emergency/reviews", PRIVACY_OFFICER, NULL, reviews_show,
	  .page = "reviews.html", .title = N_("救急の点検"),
	  .purpose = "HOPERAT" },
	{ POST, "/emergency/reviews/{opening}", PRIVACY_OFFICER, review_in,
	  review_write, .then = "/emergency/reviews", .purpose = "HOPERAT" },
	{ GET, "/emergency/{patient}", EMERGENCY, NULL, summary_show,
	  .page = "emergency.html", .title = N_("救急サマリー"),
	  .purpose = "ETREAT", .away = 1 },
	{ GET, "/emergency/{patient}/handover", EMERGENCY, NULL, handover_show,
	  .page = "handover.html", .title = N_("病院への引きつぎ"),
	  .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/stop", EMERGENCY, NULL, opening_stop,
	  .then = "/emergency", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/extend", EMERGENCY, NULL, opening_extend,
	  .then = "/emergency/{patient}", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/dispatch", EMERGENCY, number_in,
	  opening_number, .then = "/emergency/{patient}", .purpose = "ETREAT",
	  .away = 1 },
	{ POST, "/emergency/{patient}/calls", EMERGENCY, call_in, call_result,
	  .then = "/emergency/{patient}", .purpose = "ETREAT", .away = 1 },
	{ POST, "/emergency/{patient}/reports", EMERGENCY, report_in,
	  report_send, .then = "/emergency/{patient}", .purpose = "ETREAT",
	  .away = 1 },
	{ GET, "/emergency/{patient}/openings", TEAM, NULL, openings_show,
	  .page = "openings.html", .title = N_("救急隊の閲覧と知らせ") },
	{ POST, "/emergency/{patient}/seen", TEAM, NULL, openings_seen,
	  .then = "/emergency/{patient}/openings" },
	{ POST, "/emergency/{patient}/answers", TEAM, answer_in, answer_crew,
	  .then = "/emergency/{patient}/openings" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	opening_queries, search_queries, summary_queries, copy_queries,
	mark_queries,
	notice_queries, NULL
};

static const struct module emergency = {
	.name = "emergency",
	.routes = routes,
	.queries = queries,
	.pages = emergency_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks,
	.tidy = keys_make,
	.away = &copy_away,
	.settings = copy_settings,
	.settings_bytes = sizeof(struct emergency_settings)
};

int
main(int argc, char **argv)
{
	return module_main(&emergency, argc, argv);
}
