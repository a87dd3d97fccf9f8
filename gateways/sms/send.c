#include "kannel.h"
#include "log.h"
#include "notice.h"
#include "phone.h"
#include "receiver.h"
#include "sms.h"
#include "sms_sql.h"

enum { BATCH = 4 };

/* One message, ready to go. */
struct message {
	char to[PHONE_TEXT];
	const char *text, *receipt_url;
	struct sms_size size;
	int64_t month;
};

int64_t
sms_month_of(utc_ms at)
{
	struct civil c = civil_from_date(date_of(at));

	return c.year * 100 + c.month;
}

/* Why a notice is not to go at all, or NULL. */
static const char *
unfit(const struct due_notice *n)
{
	if (n->suspended)
		return "the account is suspended";
	if (n->mobile == NULL)
		return "no mobile number";
	if (n->stopped)
		return "the resident wants none any more";
	if (n->mobile_bad)
		return "the mobile number is marked as bad";
	return NULL;
}

static const char *
receipt_url(struct daemon *d, const struct sms *s, const struct due_notice *n)
{
	char id[REF_HEX], token[RECEIPT_TOKEN];

	receipt_token(&s->receipt_key, n->id, token);
	return arena_printf(d->mem, "%s?id=%s&token=%s&type=%%d&reply=%%A",
	    s->settings->receipt_url, ref_hex(n->id, id), token);
}

/* NULL, or the reason why there can be no message. */
static const char *
compose(struct daemon *d, const struct sms *s, const struct due_notice *n,
    struct message *m)
{
	const struct notice_kind *kind = notice_kind_find(n->kind);
	struct buf body = { 0 };

	if (phone_normalise(n->mobile, m->to) != PHONE_MOBILE)
		return "no mobile number";
	if (kind == NULL || !kind->sms_allowed)
		return "no such kind";
	const struct notice_words words = {
		.sender = n->sender, .nickname = n->nickname,
		.phone = n->phone, .office = n->office,
		.link = arena_printf(d->mem, "%s%s", d->settings->origin,
		    kind->path),
		.at = n->created_at, .count = (int)n->count, .code = ""
	};

	if (notice_text_fill(s->texts, n->kind, NOTICE_SMS, n->lang, &words,
	    NULL, &body) != 0) {
		buf_free(&body);
		return "no template";
	}
	m->text = arena_text(d->mem, buf_text(&body));
	buf_free(&body);
	if (sms_text_measure(m->text, &m->size) != 0 ||
	    !sms_text_fits(&m->size))
		return "too long";
	m->receipt_url = receipt_url(d, s, n);
	m->month = sms_month_of(instant_now());
	return NULL;
}

enum begun { BEGUN, LOST, OVER_CAP, NO_DATABASE };

/*
 * Counts the units and begins, in one transaction: no two hand-overs can both
 * take the last unit under the cap. In a disaster there is none.
 */
static enum begun
begin(struct daemon *d, const struct sms *s, const struct due_notice *n,
    const struct message *m)
{
	int64_t units = (int64_t)m->size.billing_units;
	const struct spent *spent;
	int ours = 0;

	db_begin(d->db, d->mem, 1);
	sms_month_open(d->db, n->network, m->month);
	if (sms_month_spent(d->db, &spent, n->network, m->month) <= 0) {
		(void)db_end(d->db);
		return NO_DATABASE;
	}
	if (spent->units + units > n->cap &&
	    strcmp(n->kind, "disaster") != 0) {
		db_abandon(d->db);
		return OVER_CAP;
	}
	ours = outbox_begin(d->db, &s->outbox, n, units);
	if (ours)
		sms_month_add(d->db, n->network, m->month, units);
	if (db_end(d->db) != DB_FINE)
		return NO_DATABASE;
	return ours ? BEGUN : LOST;
}

/* What provably did not go costs nothing. */
static void
refund(struct daemon *d, const struct due_notice *n, const struct message *m)
{
	db_begin(d->db, d->mem, 1);
	sms_month_add(d->db, n->network, m->month,
	    -(int64_t)m->size.billing_units);
	(void)db_end(d->db);
}

/* -1 when no further one makes sense now. */
static int
act(struct daemon *d, struct sms *s, const struct due_notice *n,
    const struct message *m)
{
	struct kannel_result r = kannel_send(s->kannel, m->to, m->text,
	    m->size.encoding, m->receipt_url);

	(void)outbox_settle(d->db, d->mem, &s->outbox, n, r.end, r.reason);
	if (r.end == OUTBOX_AGAIN || r.end == OUTBOX_FAILED)
		refund(d, n, m);
	if (r.away)
		outbox_pause_more(&s->pause, instant_monotonic_ms());
	else
		outbox_pause_end(&s->pause);
	return r.away ? -1 : 0;
}

static int
hand_over_one(struct daemon *d, struct sms *s, const struct due_notice *n)
{
	const char *why = unfit(n);
	enum outbox_end end = OUTBOX_SUPPRESSED;
	struct message m;
	int rc = 0;

	if (why == NULL && (why = compose(d, s, n, &m)) != NULL)
		end = OUTBOX_FAILED;
	if (why == NULL)
		switch (begin(d, s, n, &m)) {
		case BEGUN:
			return act(d, s, n, &m);
		case LOST:
			return 0;
		case OVER_CAP:
			why = "the network's SMS of this month are used up";
			break;
		case NO_DATABASE:
			why = "the database was away";
			end = OUTBOX_AGAIN;
			rc = -1;
		}
	(void)outbox_settle(d->db, d->mem, &s->outbox, n, end, why);
	return rc;
}

int
sms_hand_over(struct daemon *d, struct sms *s)
{
	int64_t room = outbox_room(&s->pause, instant_monotonic_ms(), BATCH);
	struct due_notice_rows due;

	if (room == 0 ||
	    outbox_take(d->db, d->mem, &s->outbox, room, &due) <= 0)
		return 0;
	for (size_t i = 0; i < due.set.n; i++)
		if (hand_over_one(d, s, due_notice_at(&due, i)) != 0) {
			outbox_give_back(d->db, d->mem, &s->outbox);
			return 0;
		}
	return (int64_t)due.set.n == room;
}

void
sms_flag_silent(struct daemon *d, const struct sms *s)
{
	int64_t minutes = s->settings->receipt_minutes;
	int64_t n;
	char text[24];

	db_begin(d->db, d->mem, 1);
	n = sms_silent(d->db, minutes,
	    minutes + s->settings->validity_minutes);
	if (db_end(d->db) != DB_FINE || n == 0)
		return;
	(void)snprintf(text, sizeof text, "%lld", (long long)n);
	log_line(LOG_WARNING, "no receipt in time, unknown", "n", text, NULL);
}

void
sms_report_cost(struct daemon *d)
{
	struct cost_rows rows;

	db_begin(d->db, d->mem, 0);
	sms_cost(d->db, &rows, sms_month_of(instant_now()));
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct cost *c = cost_at(&rows, i);
		char units[24], cap[24];

		(void)snprintf(units, sizeof units, "%lld",
		    (long long)c->units);
		(void)snprintf(cap, sizeof cap, "%lld", (long long)c->cap);
		log_line(LOG_INFO, "SMS this month", "network", c->network,
		    "units", units, "cap", cap, "yen", c->yen, NULL);
	}
	(void)db_end(d->db);
}
