#include "kannel.h"
#include "log.h"
#include "notice.h"
#include "phone.h"
#include "receiver.h"
#include "sms.h"
#include "sms_sql.h"

/*
 * A few at a time: so many share the two transactions, each of which waits for
 * the disk, and so many are flagged when this program dies in between. After
 * LINGER_MS what has not gone goes back: leases are 30 s.
 */
enum { BATCH = 16, LINGER_MS = 15000 };

/* One message, ready to go, and what became of it. */
struct message {
	struct outbox_result *result;	/* its end counts once it has begun */
	char to[PHONE_TEXT];
	const char *text, *receipt_url;
	struct sms_size size;
	int64_t month;
};

struct batch {
	size_t n, begun;
	struct outbox_result result[BATCH];	/* of all that were taken */
	struct message message[BATCH];		/* of those that begin */
};

int64_t
sms_month_of(utc_ms at)
{
	struct civil c = civil_from_date(date_of(at));

	return c.year * 100 + c.month;
}

/* That a stop was understood is said in spite of it. */
static int
after_stop(const char *kind)
{
	const struct notice_kind *k = notice_kind_find(kind);

	return k != NULL && k->after_stop;
}

/* Why a notice is not to go at all, or NULL. */
static const char *
unfit(const struct due_notice *n)
{
	if (n->suspended)
		return "the account is suspended";
	if (n->mobile == NULL)
		return "no mobile number";
	if (n->stopped && !after_stop(n->kind))
		return "this number wants none any more";
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
		.at = n->created_at, .count = (int)n->count,
		.code = n->code == NULL ? "" : n->code
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

/*
 * Counts the units and begins, inside one transaction for all: no two hand-overs
 * can both take the last unit under the cap. In a disaster there is none.
 */
static void
begin_one(struct daemon *d, const struct sms *s, struct message *m)
{
	const struct due_notice *n = m->result->notice;
	int64_t units = (int64_t)m->size.billing_units;
	const struct spent *spent;

	sms_month_open(d->db, n->network, m->month);
	if (sms_month_spent(d->db, &spent, n->network, m->month) <= 0)
		return;
	if (spent->units + units > n->cap &&
	    !notice_kind_find(n->kind)->uncapped) {
		m->result->end = OUTBOX_SUPPRESSED;
		m->result->reason =
		    "the network's SMS of this month are used up";
	} else if (!outbox_begin(d->db, &s->outbox, n, units))
		m->result->notice = NULL;	/* the lease is lost */
	else
		sms_month_add(d->db, n->network, m->month, units);
}

static int
by_network(const void *a, const void *b)
{
	int64_t x = ((const struct message *)a)->result->notice->network;
	int64_t y = ((const struct message *)b)->result->notice->network;

	return (x > y) - (x < y);
}

/* 0, or -1: nothing may go. */
static int
begin(struct daemon *d, const struct sms *s, struct batch *b)
{
	size_t left = 0;

	/* Two gateways that wait for months' rows do it in one order. */
	qsort(b->message, b->begun, sizeof b->message[0], by_network);
	db_begin(d->db, d->mem, 1);
	for (size_t i = 0; i < b->begun; i++)
		begin_one(d, s, &b->message[i]);
	if (db_end(d->db) != DB_FINE)
		return -1;
	for (size_t i = 0; i < b->begun; i++)
		if (b->message[i].result->notice != NULL &&
		    b->message[i].result->end == OUTBOX_UNTOUCHED)
			b->message[left++] = b->message[i];
	b->begun = left;
	return 0;
}

/* What provably did not go costs nothing. */
static void
refund(struct daemon *d, const struct batch *b)
{
	size_t n = 0;

	db_begin(d->db, d->mem, 1);
	for (size_t i = 0; i < b->begun; i++) {
		const struct message *m = &b->message[i];

		if (m->result->end == OUTBOX_SENT ||
		    m->result->end == OUTBOX_UNKNOWN)
			continue;
		sms_month_add(d->db, m->result->notice->network, m->month,
		    -(int64_t)m->size.billing_units);
		n++;
	}
	if (n == 0)
		db_abandon(d->db);
	else
		(void)db_end(d->db);
}

/* Until one shows that Kannel is the trouble; 1 when all have had their turn. */
static int
act(struct sms *s, struct batch *b)
{
	int64_t until_ms = instant_monotonic_ms() + LINGER_MS;

	for (size_t i = 0; i < b->begun; i++) {
		struct message *m = &b->message[i];
		struct kannel_result r;

		if (instant_monotonic_ms() > until_ms)
			return 0;
		r = kannel_send(s->kannel, m->to, m->text, m->size.encoding,
		    m->receipt_url);
		m->result->end = r.end;
		m->result->reason = r.reason;
		if (r.away) {
			outbox_pause_more(&s->pause, instant_monotonic_ms());
			return 0;
		}
		outbox_pause_end(&s->pause);
	}
	return 1;
}

/* Those that are to go; the others have their end already. */
static void
compose_all(struct daemon *d, const struct sms *s,
    const struct due_notice_rows *due, struct batch *b)
{
	for (size_t i = 0; i < due->set.n && i < BATCH; i++) {
		struct outbox_result *r = &b->result[b->n++];
		struct message *m = &b->message[b->begun];

		*r = (struct outbox_result){ due_notice_at(due, i),
		    OUTBOX_SUPPRESSED, NULL };
		r->reason = unfit(r->notice);
		if (r->reason != NULL)
			continue;
		r->end = OUTBOX_FAILED;
		r->reason = compose(d, s, r->notice, m);
		if (r->reason != NULL)
			continue;
		r->end = OUTBOX_UNTOUCHED;
		m->result = r;
		b->begun++;
	}
}

/* What nobody else has taken over meanwhile. */
static void
settle(struct daemon *d, const struct sms *s, struct batch *b)
{
	struct outbox_result ours[BATCH];
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->result[i].notice != NULL)
			ours[n++] = b->result[i];
	(void)outbox_settle(d->db, d->mem, &s->outbox, ours, n);
}

int
sms_hand_over(struct daemon *d, struct sms *s)
{
	int64_t room = outbox_room(&s->pause, instant_monotonic_ms(), BATCH);
	struct due_notice_rows due;
	struct batch b = { 0 };
	int all;

	if (room == 0 ||
	    outbox_take(d->db, d->mem, &s->outbox, room, &due) <= 0)
		return 0;
	compose_all(d, s, &due, &b);
	if (begin(d, s, &b) != 0) {
		settle(d, s, &b);	/* nobody knows whether it was stored */
		outbox_give_back(d->db, d->mem, &s->outbox);
		return 0;
	}
	all = act(s, &b);
	settle(d, s, &b);
	refund(d, &b);
	return all && (int64_t)due.set.n == room;
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
