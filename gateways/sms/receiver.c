#include "receiver.h"

#include "fcgi.h"
#include "form.h"
#include "lane.h"
#include "log.h"
#include "notice.h"
#include "receipt.h"
#include "sms_sql.h"
#include "text.h"

enum { THREADS = 2, MEM_CAP = 8 * 1024 * 1024, STOP_MS = 2000, TRIES = 3,
	QUERY_MAX = 4096, HARD_FAILURES = 2,
	RETURNS_MAX = 6		/* of a message of several parts Kannel does not
				 * say whether the SMSC refused it for good */
};

struct receiver {
	struct sms *sms;
	struct fcgi *fcgi;
};

/* One receipt as it came. */
struct brought {
	struct ref id;
	const char *token, *reply;
	int64_t type;
};

void
receipt_token(const struct seal_key *key, const struct ref *id,
    char token[RECEIPT_TOKEN])
{
	unsigned char sum[SHA256_BYTES];

	seal_hmac(key, id->b, sizeof id->b, sum);
	hex_encode(sum, (RECEIPT_TOKEN - 1) / 2, token);
}

static void *
lane_begin(void *of)
{
	struct lane *lane = calloc(1, sizeof *lane);
	struct receiver *r = of;

	if (lane == NULL)
		abort();
	lane->sms = r->sms;
	lane->db = db_open(&r->sms->settings->base);
	lane->mem = arena_new(MEM_CAP);
	return lane;
}

static void
lane_after(void *of)
{
	struct lane *lane = of;

	arena_reset(lane->mem);
}

static void
lane_end(void *of)
{
	struct lane *lane = of;

	db_close(lane->db);
	arena_free(lane->mem);
	free(lane);
}

/* ---- reading ---- */

const char *
lane_param(const struct exchange *x, const char *name)
{
	size_t n = strlen(name);

	for (char *const *p = exchange_params(x); *p != NULL; p++)
		if (strncmp(*p, name, n) == 0 && (*p)[n] == '=')
			return *p + n + 1;
	return "";
}

const char *
lane_value(const struct form *form, const char *name)
{
	const struct field *f = form_find(form, name);

	return f == NULL ? "" : f->value;
}

int
lane_query(struct lane *lane, const struct exchange *x, const char *method,
    struct form *form)
{
	const char *query = lane_param(x, "QUERY_STRING");

	if (strcmp(lane_param(x, "REQUEST_METHOD"), method) != 0)
		return 405;
	return strlen(query) > QUERY_MAX ||
	    form_parse(form, lane->mem, query, strlen(query)) != 0 ? 400 : 0;
}

/* 0, or the status to refuse with. */
static int
read_receipt(struct lane *lane, const struct exchange *x, struct brought *b)
{
	struct form form = { 0 };
	int refused = lane_query(lane, x, "GET", &form);
	const char *type;

	if (refused != 0)
		return refused;
	type = lane_value(&form, "type");
	b->token = lane_value(&form, "token");
	b->reply = lane_value(&form, "reply");
	if (ref_parse(lane_value(&form, "id"), &b->id) != 0 || type[0] == '\0' ||
	    strlen(type) > 3 || strspn(type, "0123456789") != strlen(type))
		return 400;
	b->type = strtoll(type, NULL, 10);
	return 0;
}

static int
token_fits(const struct lane *lane, const struct brought *b)
{
	char token[RECEIPT_TOKEN];

	receipt_token(&lane->sms->receipt_key, &b->id, token);
	return strlen(b->token) == sizeof token - 1 &&
	    seal_same(b->token, token, sizeof token - 1);
}

/* ---- recording ---- */

/* A number that failed twice in a row is marked, and the offices told. */
static void
mark_number(struct lane *lane, int64_t user, const struct ref *cause)
{
	const struct notice_kind *kind = notice_kind_find("mobile_bad");
	const struct failures *f;

	if (sms_hard_failures(lane->db, &f, user) < 0 ||
	    f->n < HARD_FAILURES || sms_mark_bad(lane->db, user) != 1)
		return;
	sms_tell_managers(lane->db, user, kind->name, kind->priority, cause,
	    notice_due(kind, instant_now()), kind->mail);
}

/* Kannel gave it up before the SMSC took it: ours again, and nothing paid. */
static void
take_back(struct lane *lane, const struct handed *h)
{
	sms_give_back(lane->db, h->notice, receipt_reason(RECEIPT_RETURNED),
	    outbox_wait_ms(0, h->attempts, 0));
	sms_month_add(lane->db, h->network, sms_month_of(h->acted_at.v),
	    -h->units);
}

static void
apply(struct lane *lane, const struct brought *b, const struct handed *h)
{
	enum receipt receipt = receipt_read(b->type, b->reply);

	if (receipt == RECEIPT_RETURNED && (h->attempts >= RETURNS_MAX ||
	    outbox_too_late(lane->sms->outbox.give_up_s, 0, h->attempts, 0)))
		receipt = RECEIPT_FAILED;
	const char *state = receipt_apply(receipt, h->state, h->acked);
	int changed = strcmp(state, h->state) != 0;

	if (receipt == RECEIPT_NONE || (receipt == RECEIPT_RETURNED && !changed))
		return;
	if (receipt == RECEIPT_RETURNED) {
		take_back(lane, h);
		return;
	}
	sms_receipt(lane->db, h->notice, state, changed,
	    changed ? receipt_reason(receipt) : NULL);
	if (changed && receipt == RECEIPT_BAD_NUMBER && !h->resident)
		mark_number(lane, h->user, &b->id);
}

/* The status to answer with. */
static int
record_once(struct lane *lane, const struct brought *b)
{
	const struct handed *h;

	db_begin(lane->db, lane->mem, 1);
	if (sms_handed(lane->db, &h, &b->id) > 0)
		apply(lane, b, h);
	if (db_end(lane->db) != DB_FINE)
		return 503;
	return h == NULL ? 404 : 200;
}

static int
record(struct lane *lane, const struct brought *b)
{
	int status = 503;

	for (int i = 0; i < TRIES && status == 503; i++) {
		status = record_once(lane, b);
		if (db_outcome(lane->db) != DB_AGAIN)
			break;
	}
	return status;
}

static void
log_receipt(const struct brought *b, int status)
{
	char id[REF_HEX], type[24], code[24];

	(void)snprintf(type, sizeof type, "%lld", (long long)b->type);
	(void)snprintf(code, sizeof code, "%d", status);
	log_line(status == 200 ? LOG_INFO : LOG_WARNING, "receipt",
	    "notice", ref_hex(&b->id, id), "type", type, "status", code, NULL);
}

/* Kannel takes a status line without its phrase for a broken one. */
static const char *
phrase_of(int status)
{
	switch (status) {
	case 200: return "OK";
	case 400: return "Bad Request";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 413: return "Payload Too Large";
	default: return "Service Unavailable";
	}
}

static int
receipt_take(struct lane *lane, struct exchange *x)
{
	struct brought b = { .token = "" };
	int status = read_receipt(lane, x, &b);

	if (status == 0)
		status = token_fits(lane, &b) ? record(lane, &b) : 403;
	log_receipt(&b, status);
	return status;
}

static const struct {
	const char *path;
	int (*take)(struct lane *, struct exchange *);
} addresses[] = {
	{ "/sms/receipt", receipt_take },
	{ "/sms/incoming", incoming_take }
};

static void
lane_serve(void *of, struct exchange *x)
{
	const char *path = lane_param(x, "DOCUMENT_URI");
	int status = 404;
	char answer[120];
	int n;

	if (strcmp(lane_param(x, "TOMOZUNA_DOOR"), "loopback") == 0)
		for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
			if (strcmp(path, addresses[i].path) == 0)
				status = addresses[i].take(of, x);
	n = snprintf(answer, sizeof answer, "Status: %d %s\r\n"
	    "Content-Type: text/plain\r\nContent-Length: 0\r\n\r\n", status,
	    phrase_of(status));
	if (exchange_write(x, answer, (size_t)n) == 0)
		(void)exchange_end(x);
}

/* ---- the whole ---- */

struct receiver *
receiver_start(struct sms *sms, char *why, size_t why_bytes)
{
	struct receiver *r = calloc(1, sizeof *r);
	const struct fcgi_work work = {
		.threads = THREADS, .begin = lane_begin, .serve = lane_serve,
		.after = lane_after, .end = lane_end, .of = r
	};

	if (r == NULL)
		abort();
	r->sms = sms;
	r->fcgi = fcgi_start(&work, why, why_bytes);
	if (r->fcgi != NULL)
		return r;
	free(r);
	return NULL;
}

void
receiver_watch(struct receiver *r)
{
	if (r != NULL)
		fcgi_watch(r->fcgi);
}

void
receiver_stop(struct receiver *r)
{
	if (r == NULL)
		return;
	if (fcgi_stop(r->fcgi, STOP_MS) != 0)
		log_line(LOG_WARNING, "a receipt was still at work", NULL);
	else
		free(r);
}
