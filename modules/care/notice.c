#include "notice.h"

#include "notice_sql.h"
#include "viewer.h"

enum { NIGHT_FROM = 21 * 60, NIGHT_TO = 8 * 60 };	/* minutes, JST */

const struct notice_kind notice_kinds[] = {
	/* name label mail sms sms_allowed at_night priority path choosable */
	{ "urgent_entry", N_("至急の申し送り"), 1, 1, 1, 1, 0, "/patients", 1, .repeats = 1 },
	{ "emergency", N_("救急隊からの知らせ"), 1, 1, 1, 1, 0, "/patients", 0 },
	{ "hospital_request", N_("救急隊からの受入の照会"), 1, 1, 1, 1, 0, "/emergency/hospital", 0 },
	{ "contact_departed", N_("連絡先への知らせ：病院へ出発"), 0, 1, 1, 1, 0, "/", 0 },
	{ "contact_arrived", N_("連絡先への知らせ：病院に到着"), 0, 1, 1, 1, 0, "/", 0 },
	{ "contact_stayed", N_("連絡先への知らせ：不搬送"), 0, 1, 1, 1, 0, "/", 0 },
	{ "disaster", N_("災害のお知らせ"), 1, 1, 1, 1, 0, "/disaster", 1, .uncapped = 1 },
	{ "overdue_question", N_("返事を待つ質問"), 1, 1, 1, 0, 0, "/patients", 1 },
	{ "vital_sign", N_("範囲の外のバイタル"), 1, 0, 1, 1, 0, "/patients", 1 },
	{ "expiry", N_("期限が近いもの"), 1, 0, 0, 0, 1, "/patients", 1 },
	{ "consent_expiry", N_("期限が近い同意"), 1, 0, 0, 0, 1, "/team", 0 },
	{ "device_revoked", N_("端末の利用停止"), 1, 0, 0, 1, 0, "/", 0 },
	{ "test", N_("試し送り"), 1, 1, 1, 1, 0, "/", 0 },
	{ "meeting", N_("オンライン会議"), 0, 0, 0, 0, 1, "/meeting", 1 },
	{ "meeting_reminder", N_("会議の前日のお知らせ"), 1, 0, 0, 0, 1, "/meeting", 1 },
	{ "entry_moved", N_("別の方のことだった記録"), 1, 0, 0, 0, 0, "/patients", 0 },
	{ "mobile_bad", N_("届かない携帯番号"), 1, 0, 0, 0, 1, "/", 0 },
	{ "invitation", N_("チームへの招待"), 1, 0, 0, 0, 1, "/team", 0 },
	{ "booking", N_("接種の予約"), 1, 0, 0, 0, 1, "/vaccination", 1 },
	{ "circular", N_("予防接種の通知"), 1, 0, 0, 0, 1, "/vaccination", 1 },
	{ "adverse_report", N_("副反応疑い報告"), 1, 0, 0, 0, 1, "/vaccination", 0 },
	{ "vaccination_reminder", N_("予防接種の案内"), 0, 1, 1, 0, 1, "/", 0 },
	{ "safety_request", N_("ご家族への安否確認"), 0, 1, 1, 1, 0, "/", 0, .sms_only = 1, .uncapped = 1 },
	{ "safety_known", N_("ご家族への安否の知らせ"), 0, 1, 1, 1, 0, "/", 0, .sms_only = 1, .uncapped = 1 },
	{ "safety_drill", N_("ご家族への安否確認の訓練"), 0, 1, 1, 1, 0, "/", 0, .sms_only = 1 },
	{ "sms_stopped", N_("SMS停止の確認"), 0, 1, 1, 1, 0, "/", 0, .after_stop = 1, .sms_only = 1 },
	{ "sms_resumed", N_("SMS再開の確認"), 0, 1, 1, 1, 0, "/", 0, .sms_only = 1 },
	{ "sms_unread", N_("読まれないSMSへの返事"), 0, 1, 1, 1, 1, "/", 0, .sms_only = 1 },
	{ "board", N_("審査会からの知らせ"), 1, 0, 0, 0, 1, "/board/sittings", 0 },
	{ "digest", N_("一日一度のまとめ"), 1, 0, 0, 0, 1, "/patients", 1 },
	{ 0 }
};

const struct notice_kind *
notice_kind_find(const char *name)
{
	for (const struct notice_kind *k = notice_kinds; k->name != NULL; k++)
		if (strcmp(k->name, name) == 0)
			return k;
	return NULL;
}

int
notice_stoppable(const struct notice_kind *kind)
{
	return kind != NULL && kind->choosable && kind->priority > 0;
}

int
notice_is_night(utc_ms now)
{
	int minute = minute_of_day(now);

	return minute >= NIGHT_FROM || minute < NIGHT_TO;
}

/* The end of the night that an instant lies in. */
static utc_ms
morning_after(utc_ms night)
{
	civil_date day = date_of(night);

	if (minute_of_day(night) >= NIGHT_FROM)
		day++;
	return instant_of(day) + NIGHT_TO * MINUTE_MS;
}

utc_ms
notice_due(const struct notice_kind *kind, utc_ms now)
{
	return kind->at_night || !notice_is_night(now) ? now :
	    morning_after(now);
}

/* When the night begins that is or comes next. */
static utc_ms
night_of(utc_ms now)
{
	return notice_is_night(now) ? now :
	    instant_of(date_of(now)) + NIGHT_FROM * MINUTE_MS;
}

int64_t
notice_marked(struct req *r, int64_t patient, const struct ref *cause,
    const char *kind, int64_t *later)
{
	const struct notice_kind *k = notice_kind_find(kind);
	utc_ms night = night_of(r->now);
	const struct told *told;

	if (k == NULL)
		abort();
	notice_urgent(r->db, r->request_id, cause, patient, r->viewer->user,
	    k->name, k->priority, r->now, night, morning_after(night),
	    k->repeats, k->mail, k->sms, k->sms_allowed);
	if (notice_told(r->db, &told, cause, k->name) < 0)
		return -1;
	if (later != NULL)
		*later = told->later;
	return told->people - told->later;
}

int64_t
notice_urgent_entry(struct req *r, int64_t patient, const struct ref *cause,
    int64_t *later)
{
	return notice_marked(r, patient, cause, "urgent_entry", later);
}

int64_t
notice_user(struct db *db, int64_t user, const char *kind,
    const struct ref *cause, const struct ref *request, utc_ms due)
{
	const struct notice_kind *k = notice_kind_find(kind);

	if (k == NULL)
		abort();
	return notice_to_user(db, user, k->name, k->priority, cause, request,
	    notice_due(k, due), k->mail, k->sms, k->sms_allowed);
}

void
notice_resident(struct db *db, int64_t network, int64_t on_behalf,
    const char *mobile, const char *kind, const struct ref *cause, utc_ms now)
{
	const struct notice_kind *k = notice_kind_find(kind);

	if (k == NULL)
		abort();
	notice_to_resident(db, network, on_behalf, mobile, k->name, k->priority,
	    cause, notice_due(k, now));
}
