/* Teams: who may see whom, since when, on whose word. */
#include "team.h"

#include "consent_sql.h"
#include "correction_sql.h"
#include "episode_sql.h"
#include "file.h"
#include "import_sql.h"
#include "invitation_sql.h"
#include "notice_sql.h"
#include "registration_sql.h"
#include "reminder_sql.h"
#include "team_pages.h"
#include "team_sql.h"
#include "viewer.h"
#include "who.h"

/* Who somebody is: of registering her, and of correcting it. */
#define PERSON \
	{ .name = "family", .kind = TEXT, .min = 1, .max = 40, .label = N_("姓") }, \
	{ .name = "given", .kind = TEXT, .min = 1, .max = 40, .label = N_("名") }, \
	{ .name = "kana_family", .kind = TEXT, .min = 1, .max = 60, \
	  .label = N_("姓のかな") }, \
	{ .name = "kana_given", .kind = TEXT, .min = 1, .max = 60, \
	  .label = N_("名のかな") }, \
	{ .name = "sex", .kind = CHOICE, .label = N_("性別"), \
	  .choices = "female|male|other|unknown" }, \
	{ .name = "birth_date", .kind = TEXT, .min = 6, .max = 20, \
	  .label = N_("生年月日") }, \
	{ .name = "address", .kind = TEXT, .max = 200, .label = N_("住所") }, \
	{ .name = "phone", .kind = TEXT, .max = 20, .label = N_("電話") }, \
	{ .name = "insurer_number", .kind = TEXT, .max = 10, \
	  .label = N_("保険者番号（6桁）") }, \
	{ .name = "insured_number", .kind = TEXT, .max = 20, \
	  .label = N_("被保険者番号（10桁）") }

/* Two routes take these: the one that looks for doubles and the one that adds. */
static const struct input person_in[] = {
	PERSON,
	{ .name = "care_level", .kind = CHOICE, .optional = 1,
	  .label = N_("要介護度"),
	  .choices = "none|support1|support2|care1|care2|care3|care4|care5" },
	{ .name = "lives_alone", .kind = BOOLEAN, .label = N_("ひとり暮らし") },
	{ .name = "anyway", .kind = BOOLEAN,
	  .label = N_("確かめたので、別の人として登録する") },
	{ 0 }
};

/* Likewise: the one that shows what would change, and the one that changes it. */
static const struct input correct_in[] = {
	PERSON,
	{ .name = "lives_alone", .kind = BOOLEAN, .label = N_("ひとり暮らし") },
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("直す理由") },
	{ .name = "was", .kind = REF, .optional = 1 },
	{ .name = "anyway", .kind = BOOLEAN,
	  .label = N_("確かめたので、別の人として直す") },
	{ 0 }
};

#define IMAGE \
	{ .name = "image", .kind = FILES, .max = 1, \
	  .max_bytes = IMAGE_BYTES, .label = N_("署名した同意書の写真"), \
	  .choices = FILE_PICTURES "|application/pdf" }

static const struct input consent_in[] = {
	{ .name = "purpose", .kind = CHOICE, .label = N_("何への同意か"),
	  .choices = "share_team|share_wide_area|emergency|disaster_register|"
	      "disaster_peacetime_supply|evacuation_plan|family_access|"
	      "video_recording|research|disease_network" },
	{ .name = "disease_network", .kind = REF, .optional = 1,
	  .label = N_("疾患別ネットワーク") },
	{ .name = "form", .kind = CHOICE, .label = N_("同意の取り方"),
	  .choices = "written|oral_recorded|ordinance" },
	{ .name = "signed_by", .kind = CHOICE, .label = N_("同意した人"),
	  .choices = "self|proxy|family_member" },
	{ .name = "proxy", .kind = REF, .optional = 1, .label = N_("代理人") },
	{ .name = "signer", .kind = TEXT, .max = 80,
	  .label = N_("同意した人の名前") },
	{ .name = "signer_relation", .kind = TEXT, .max = 40,
	  .label = N_("本人との続柄") },
	{ .name = "sign_reason", .kind = TEXT, .max = 200,
	  .label = N_("本人が署名しない理由") },
	{ .name = "explainer", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("説明した人") },
	{ .name = "given_on", .kind = DATE, .min = 2000, .max = 2100,
	  .label = N_("同意の日") },
	{ .name = "valid_until", .kind = DATE, .min = 2000, .max = 2200,
	  .optional = 1, .label = N_("いつまで") },
	{ .name = "officer", .kind = BOOLEAN,
	  .label = N_("町の担当者と民生委員も見てよい") },
	{ .name = "team_role", .kind = CHOICE, .optional = 1,
	  .label = N_("チームでのあなたの役割"), .choices = TEAM_ROLES },
	{ .name = "scope", .kind = TEXT, .max = 200,
	  .label = N_("同意の範囲（紙に書いてあること）") },
	IMAGE,
	{ 0 }
};

static const struct input image_in[] = {
	IMAGE,
	{ .name = "was", .kind = REF, .optional = 1 },
	{ 0 }
};

static const struct input list_in[] = {
	{ .name = "table", .kind = FILES, .max = 1, .max_bytes = LIST_BYTES,
	  .label = N_("同意の一覧（CSV）"), .choices = "text/plain|text/csv|application/csv" },
	{ 0 }
};

static const struct input withdraw_in[] = {
	{ .name = "withdrawn_by", .kind = TEXT, .min = 1, .max = 80,
	  .label = N_("取りやめを申し出た人") },
	{ .name = "withdrawn_relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("本人との続柄") },
	{ .name = "people", .kind = INTEGER, .optional = 1, .max = 100000 },
	{ 0 }
};

static const struct input proxy_in[] = {
	{ .name = "kind", .kind = CHOICE, .label = N_("代理人の種類"),
	  .choices = "guardian|curator|assistant|voluntary_guardian|family" },
	{ .name = "name", .kind = TEXT, .min = 1, .max = 80, .label = N_("名前") },
	{ .name = "relation", .kind = TEXT, .min = 1, .max = 40,
	  .label = N_("本人との続柄") },
	{ .name = "phone", .kind = TEXT, .max = 20, .label = N_("電話") },
	{ .name = "scope", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("何の代理か") },
	{ .name = "valid_from", .kind = DATE, .min = 1990, .max = 2100,
	  .label = N_("いつから") },
	{ .name = "ends_on", .kind = DATE, .min = 2000, .max = 2100,
	  .label = N_("いつまで") },
	{ 0 }
};

/* Whose word it was that somebody may join. */
#define APPROVAL(LEAST) \
	{ .name = "approved_by", .kind = TEXT, .min = LEAST, .max = 80, \
	  .label = N_("承認した人の名前") }, \
	{ .name = "approved_relation", .kind = TEXT, .min = LEAST, .max = 40, \
	  .label = N_("本人との続柄") }

static const struct input join_in[] = {
	{ .name = "user", .kind = REF, .optional = 1, .label = N_("だれ") },
	{ .name = "whole_office", .kind = BOOLEAN,
	  .label = N_("事業所の全員で受け持つ") },
	{ .name = "team_role", .kind = CHOICE, .label = N_("役割"),
	  .choices = TEAM_ROLES },
	APPROVAL(0),
	{ .name = "approved_on", .kind = DATE, .min = 2000, .max = 2100,
	  .optional = 1, .label = N_("承認の日") },
	{ 0 }
};

static const struct input role_in[] = {
	{ .name = "team_role", .kind = CHOICE, .label = N_("役割"),
	  .choices = TEAM_ROLES },
	{ 0 }
};

static const struct input invite_in[] = {
	{ .name = "office", .kind = REF, .label = N_("事業所") },
	{ .name = "team_role", .kind = CHOICE, .label = N_("役割"),
	  .choices = TEAM_ROLES },
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("お願いしたいこと") },
	{ 0 }
};

static const struct input accept_in[] = {
	{ .name = "user", .kind = REF, .optional = 1, .label = N_("受け持つ人") },
	{ .name = "whole_office", .kind = BOOLEAN,
	  .label = N_("事業所の全員で受け持つ") },
	{ 0 }
};

static const struct input reason_in[] = {
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("理由") },
	{ 0 }
};

static const struct input approve_in[] = {
	APPROVAL(1),
	{ .name = "approved_on", .kind = DATE, .min = 2000, .max = 2100,
	  .label = N_("承認の日") },
	{ 0 }
};

static const struct input offer_in[] = {
	{ .name = "office", .kind = REF, .label = N_("事業所") },
	{ .name = "reason", .kind = TEXT, .min = 1, .max = 200,
	  .label = N_("理由") },
	{ 0 }
};

static const struct input end_in[] = {
	{ .name = "reason", .kind = CHOICE, .label = N_("終わる理由"),
	  .choices = "deceased|discharge|moved" },
	{ .name = "ended_on", .kind = DATE, .min = 2000, .max = 2100,
	  .label = N_("終わりの日") },
	{ 0 }
};

static const struct input unmanaged_in[] = {
	{ .name = "birth_date", .kind = TEXT, .max = 20,
	  .label = N_("生年月日") },
	{ .name = "insured_number", .kind = TEXT, .max = 20,
	  .label = N_("被保険者番号（10桁）") },
	{ 0 }
};

#define THEN_CONSENTS .then = "/team/{patient}/consents"
#define THEN_TEAM .then = "/team/{patient}"

static const struct route routes[] = {
	{ GET, "/team", USER, NULL, office_show,
	  .page = "office.html", .title = N_("登録・招待") },
	{ GET, "/team/new", USER, NULL, registration_show,
	  .page = "new.html", .title = N_("新しい方の登録") },
	{ POST, "/team/check", USER, person_in, registration_check,
	  .page = "check.html", .title = N_("登録の確認"), .reads = 1,
	  .per_minute = 20 },
	{ POST, "/team/new", USER, person_in, registration_add,
	  .then = "/team/{id}/consents", .per_minute = 20 },
	{ POST, "/team/unmanaged", OFFICER, unmanaged_in, corrections_find,
	  .page = "unmanaged.html", .title = N_("管理する事業所のない方"),
	  .reads = 1, .per_minute = 20 },
	{ GET, "/team/import", OFFICER, NULL, imports_show,
	  .page = "consent-imports.html", .title = N_("同意の取りこみ") },
	{ POST, "/team/import", OFFICER, list_in, imports_take,
	  .then = "/team/import/{id}", .per_minute = 20 },
	{ GET, "/team/import/{import}", OFFICER, NULL, imports_try,
	  .page = "consent-import.html", .title = N_("同意の取りこみ") },
	{ POST, "/team/import/{import}", OFFICER, NULL, imports_apply,
	  .then = "/team/import/{import}" },
	{ GET, "/team/{patient}", TEAM, NULL, members_show,
	  .page = "members.html", .title = N_("チームと同意") },
	{ GET, "/team/{patient}/letter", TEAM, NULL, members_letter,
	  .page = "letter.html", .title = N_("チームのお知らせ") },
	{ POST, "/team/{patient}/join", TEAM, join_in, members_join, THEN_TEAM },
	{ POST, "/team/{patient}/{member}/leave", USER, NULL, members_leave,
	  THEN_TEAM },
	{ POST, "/team/{patient}/{member}/role", USER, role_in, members_role,
	  THEN_TEAM },
	{ GET, "/team/{patient}/consents", USER, NULL, consents_show,
	  .page = "consents.html", .title = N_("同意") },
	{ POST, "/team/{patient}/consents", USER, consent_in, consents_record,
	  THEN_CONSENTS },
	{ GET, "/team/{patient}/consents/{consent}", USER, NULL,
	  withdrawal_preview, .page = "withdraw.html",
	  .title = N_("同意の取りやめ") },
	{ POST, "/team/{patient}/consents/{consent}/withdraw", USER,
	  withdraw_in, withdrawal_make, THEN_CONSENTS },
	{ POST, "/team/{patient}/consents/{consent}/image", USER, image_in,
	  images_add, THEN_CONSENTS },
	{ GET, "/team/{patient}/consents/{consent}/image", USER, NULL,
	  images_open },
	{ GET, "/team/{patient}/person", USER, NULL, corrections_show,
	  .page = "correct.html", .title = N_("ご本人の情報を直す") },
	{ POST, "/team/{patient}/person/check", USER, correct_in,
	  corrections_check, .page = "correct-check.html",
	  .title = N_("直す前の確認"), .reads = 1, .per_minute = 20 },
	{ POST, "/team/{patient}/person", USER, correct_in, corrections_make,
	  .then = "/team/{patient}/person", .per_minute = 40 },
	{ GET, "/team/{patient}/form", USER, NULL, consents_form,
	  .page = "form.html", .title = N_("同意書") },
	{ POST, "/team/{patient}/proxies", USER, proxy_in, proxies_add,
	  THEN_CONSENTS },
	{ POST, "/team/{patient}/proxies/{proxy}/end", USER, NULL, proxies_end,
	  THEN_CONSENTS },
	{ POST, "/team/{patient}/invite", USER, invite_in, invitations_make,
	  THEN_TEAM },
	{ POST, "/team/invitation/{invitation}/accept", USER, accept_in,
	  invitations_accept, .then = "/team" },
	{ POST, "/team/invitation/{invitation}/decline", USER, reason_in,
	  invitations_decline, .then = "/team" },
	{ POST, "/team/invitation/{invitation}/cancel", USER, NULL,
	  invitations_cancel, .then = "/team" },
	{ POST, "/team/invitation/{invitation}/resend", USER, NULL,
	  invitations_resend, .then = "/team", .per_minute = 6 },
	{ POST, "/team/invitation/{invitation}/approve", USER, approve_in,
	  invitations_approve, .then = "/team" },
	{ POST, "/team/{patient}/handover", USER, offer_in, handovers_offer,
	  THEN_TEAM },
	{ POST, "/team/handover/{handover}/accept", USER, NULL,
	  handovers_accept, .then = "/team" },
	{ POST, "/team/handover/{handover}/decline", USER, NULL,
	  handovers_decline, .then = "/team" },
	{ POST, "/team/handover/{handover}/cancel", USER, NULL,
	  handovers_cancel, .then = "/team" },
	{ POST, "/team/{patient}/end", USER, end_in, episode_end, THEN_CONSENTS },
	{ POST, "/team/{patient}/undo-end", USER, NULL, episode_undo,
	  THEN_CONSENTS },
	{ 0 }
};

static const struct db_query *const *const queries[] = {
	team_queries, registration_queries, consent_queries, episode_queries,
	invitation_queries, import_queries, correction_queries, reminder_queries, notice_queries,
	file_queries, NULL
};

static const struct module team = {
	.name = "team",
	.routes = routes,
	.queries = queries,
	.pages = team_pages,
	.words = &tomozuna_words,
	.reactions = team_reactions,
	.hooks = &care_hooks,
	.tidy = team_tidy
};

int
main(int argc, char **argv)
{
	return module_main(&team, argc, argv);
}
