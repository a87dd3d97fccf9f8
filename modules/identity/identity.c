/* Who one is: sign-in on a device of one's office, PIN, devices, switches. */
#include "identity.h"

#include "identity_pages.h"
#include "identity_sql.h"
#include "notice_sql.h"
#include "viewer.h"
#include "who.h"

static const struct input sign_in_in[] = {
	{ .name = "login", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("ログインID") },
	{ .name = "password", .kind = SECRET, .min = 1, .max = 200,
	  .label = N_("パスワード") },
	{ 0 }
};

static const struct input unlock_in[] = {
	{ .name = "pin", .kind = SECRET, .min = 6, .max = 6,
	  .label = N_("暗証番号（6桁）") },
	{ 0 }
};

static const struct input language_in[] = {
	{ .name = "lang", .kind = CHOICE, .choices = "ja|en",
	  .label = N_("言語") },
	{ 0 }
};

static const struct input notice_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("お知らせの種類"),
	  .choices = "urgent_entry|overdue_question|vital_sign|expiry|disaster|"
	      "meeting|meeting_reminder|booking|digest" },
	{ .name = "channel", .kind = CHOICE, .choices = "mail|sms",
	  .label = N_("経路") },
	{ .name = "wanted", .kind = BOOLEAN, .optional = 1,
	  .label = N_("受け取る") },
	{ 0 }
};

static const struct input allow_in[] = {
	{ .name = "may_stand_in", .kind = BOOLEAN,
	  .label = N_("当番をしてよい") },
	{ 0 }
};

static const struct input duty_in[] = {
	{ .name = "on_duty", .kind = BOOLEAN, .optional = 1,
	  .label = N_("当番") },
	{ .name = "pin", .kind = SECRET, .max = 6,
	  .label = N_("暗証番号（6桁）") },
	{ 0 }
};

static const struct route routes[] = {
	{ GET, "/", USER, NULL, home },
	{ GET, "/sign-in", DEVICE, NULL, sign_in_show,
	  .page = "sign-in.html", .title = N_("サインイン") },
	{ POST, "/sign-in", DEVICE, sign_in_in, sign_in, .then = "/patients" },
	{ POST, "/sign-out", SESSION, NULL, sign_out, .then = "/sign-in" },
	{ GET, "/unlock", SESSION, NULL, unlock_show,
	  .page = "unlock.html", .title = N_("画面をひらく") },
	{ POST, "/unlock", SESSION, unlock_in, unlock, .then = "/patients" },
	{ GET, "/account", USER, NULL, account_show,
	  .page = "account.html", .title = N_("設定") },
	{ POST, "/account/language", USER, language_in, account_language,
	  .then = "/account" },
	{ POST, "/account/notice", USER, notice_in, account_notice,
	  .then = "/account" },
	{ GET, "/notice/{token}", PUBLIC, NULL, notice_show,
	  .page = "notice.html", .title = N_("知らせのメール"), .per_minute = 60 },
	{ POST, "/notice/{token}", PUBLIC, NULL, notice_stop,
	  .page = "notice-stopped.html", .title = N_("知らせのメール"),
	  .per_minute = 600, .anywhere = 1 },
	{ POST, "/account/duty", USER, duty_in, account_duty,
	  .then = "/account" },
	{ POST, "/account/test", USER, NULL, account_test,
	  .then = "/account", .per_minute = 3 },
	{ GET, "/duty", OFFICE_MANAGER, NULL, duty_show,
	  .page = "duty.html", .title = N_("当番") },
	{ POST, "/duty/{user}", OFFICE_MANAGER, allow_in, duty_allow,
	  .then = "/duty" },
	{ GET, "/devices", OFFICE_MANAGER, NULL, devices_show,
	  .page = "devices.html", .title = N_("端末") },
	{ POST, "/devices/{device}/revoke", OFFICE_MANAGER, NULL,
	  devices_revoke, .then = "/devices" },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	identity_queries, notice_queries, NULL
};

static const struct module identity = {
	.name = "identity",
	.routes = routes,
	.queries = queries,
	.pages = identity_pages,
	.words = &tomozuna_words,
	.hooks = &care_hooks
};

int
main(int argc, char **argv)
{
	return module_main(&identity, argc, argv);
}
