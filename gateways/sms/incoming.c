#include "incoming.h"

#include "event.h"
#include "lane.h"
#include "log.h"
#include "notice.h"
#include "phone.h"
#include "sms_reply.h"
#include "sms_sql.h"
#include "text.h"

#include <utf8proc.h>

enum {
	BODY_MAX = 4096,	/* ten parts of UTF-16 are less */
	TEXT_MAX = 700,		/* characters that are kept */
	ID_MAX = 64,
	A_NUMBER_AN_HOUR = 40,	/* more from one phone is not kept */
	TRIES = 3
};

/* One message as it came. */
struct message {
	struct ref id;
	const char *carrier_id, *text;
	char mobile[PHONE_TEXT];
};

/* ---- reading ---- */

/* The body, NUL behind it; NULL when it is too long or breaks off. */
static char *
read_body(struct lane *lane, struct exchange *x, size_t *n)
{
	char *body = arena_take(lane->mem, BODY_MAX + 2);
	long got;

	*n = 0;
	while ((got = exchange_read(x, body + *n, BODY_MAX + 1 - *n)) > 0)
		if ((*n += (size_t)got) > BODY_MAX)
			return NULL;
	body[*n] = '\0';
	return got < 0 ? NULL : body;
}

/* The text without what ends no line, cut to what is kept; NULL: none to keep. */
static const char *
read_text(struct lane *lane, const struct exchange *x, char *body, size_t n)
{
	const char *charset = lane_param(x, "CONTENT_TYPE");
	char *text = strstr(charset, "UTF-16BE") != NULL ?
	    incoming_utf16(lane->mem, body, n) : body;
	utf8proc_int32_t point;
	size_t end = 0, i = 0;

	if (text == NULL || text_check(text, strlen(text), 1) != TEXT_OK ||
	    (text == body && strlen(text) != n))
		return NULL;
	text = text_normal(lane->mem, text, strlen(text), NULL);
	for (; i < TEXT_MAX && text[end] != '\0'; i++)
		end += (size_t)utf8proc_iterate((utf8proc_uint8_t *)text + end,
		    -1, &point);
	text[end] = '\0';
	return text;
}

/* An id is kept as it is: letters, digits and signs of ASCII. */
static int
is_id(const char *id)
{
	size_t n = strlen(id);

	return n > 0 && n <= ID_MAX && strspn(id, "0123456789-_.:"
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == n;
}

/* 0, or the status to answer with at once; 200: nobody can use it. */
static int
read_message(struct lane *lane, struct exchange *x, struct message *m)
{
	const struct sms_settings *s = lane->sms->settings;
	struct form form = { 0 };
	int refused = lane_query(lane, x, "POST", &form);
	size_t n;
	char *body;

	if (refused != 0)
		return refused;
	if (!incoming_allowed(lane_param(x, "HTTP_AUTHORIZATION"),
	    s->kannel_user, s->kannel_password))
		return 403;
	m->carrier_id = lane_value(&form, "smsc");
	if (m->carrier_id[0] == '\0')
		m->carrier_id = lane_value(&form, "id");
	if (!is_id(m->carrier_id))
		return 400;
	body = read_body(lane, x, &n);
	if (body == NULL)
		return 413;
	m->text = read_text(lane, x, body, n);
	return m->text == NULL || phone_normalise(lane_param(x,
	    "HTTP_X_KANNEL_FROM"), m->mobile) != PHONE_MOBILE ? 200 : 0;
}

/* ---- whose it is ---- */

/* What a message is taken as. */
struct claim {
	const char *taken_as, *topic;
	int64_t question;
};

static int
stands_in(const char *code, char words[SMS_WORDS][SMS_WORD_BYTES], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], code) == 0)
			return 1;
	return 0;
}

/* The one that is open, or of several the one that the text names. */
static struct claim
claim_question(struct lane *lane, const struct message *m,
    char words[SMS_WORDS][SMS_WORD_BYTES], size_t n)
{
	struct open_question_rows rows;
	const struct open_question *found = NULL;
	size_t named = 0;

	sms_open_questions(lane->db, &rows, m->mobile, instant_now());
	if (rows.set.n == 0)
		return (struct claim){ "nobody", NULL, 0 };
	for (size_t i = 0; i < rows.set.n; i++)
		if (rows.set.n == 1 ||
		    stands_in(open_question_at(&rows, i)->code, words, n)) {
			found = open_question_at(&rows, i);
			named++;
		}
	if (named != 1)
		return (struct claim){ "several", NULL, 0 };
	return (struct claim){ "answer", found->topic, found->question };
}

static struct claim
claim(struct lane *lane, const struct message *m)
{
	char words[SMS_WORDS][SMS_WORD_BYTES];
	size_t n = sms_words(m->text, words);
	const struct claimed_word *keyword = NULL;

	switch (incoming_word_of(m->text)) {
	case WORD_STOP:
		return (struct claim){ "stop", "sms.stopped", 0 };
	case WORD_RESUME:
		return (struct claim){ "resume", "sms.resumed", 0 };
	case WORD_OTHER:
		break;
	}
	if (n > 0)
		sms_keyword(lane->db, &keyword, words[0]);
	if (keyword != NULL)
		return (struct claim){ "keyword", keyword->topic, 0 };
	return claim_question(lane, m, words, n);
}

/* ---- what follows ---- */

/* A word of ours to that phone, if we ever wrote to it. */
static void
tell(struct lane *lane, const struct message *m, const char *name)
{
	const struct notice_kind *kind = notice_kind_find(name);
	const struct correspondent *c = NULL;

	sms_correspondent(lane->db, &c, m->mobile);
	if (c != NULL)
		sms_tell_phone(lane->db, c->network, c->user, m->mobile,
		    kind->name, kind->priority, &m->id,
		    notice_due(kind, instant_now()));
}

/* 1 when it changed anything: only then anybody is told. */
static int
obey(struct lane *lane, const struct message *m, const char *taken_as)
{
	if (strcmp(taken_as, "stop") == 0) {
		if (sms_stop_for_good(lane->db, m->mobile) == 0 &&
		    sms_stop_lasting(lane->db, m->mobile) == 0)
			return 0;
		tell(lane, m, "sms_stopped");
		return 1;
	}
	if (sms_take_stop_back(lane->db, m->mobile) == 0)
		return 0;
	tell(lane, m, "sms_resumed");
	return 1;
}

static void
follow(struct lane *lane, const struct message *m, const struct claim *c)
{
	const struct lately *told = NULL;

	if (strcmp(c->taken_as, "stop") == 0 ||
	    strcmp(c->taken_as, "resume") == 0) {
		if (!obey(lane, m, c->taken_as))
			return;
	} else if (c->topic == NULL) {
		sms_told_lately(lane->db, &told, m->mobile, "sms_unread");
		if (told == NULL)
			tell(lane, m, "sms_unread");
		return;
	}
	event_publish(lane->db, &(struct event){
		.topic = c->topic, .ref = &m->id, .at = instant_now(),
		.sentence_ja = "SMSの返事が届きました",
		.sentence_en = "A reply by SMS has come"
	});
}

/* The status to answer with. */
static int
record_once(struct lane *lane, const struct message *m, const char **taken_as)
{
	const struct arrived *a = NULL;
	struct claim c;

	db_begin(lane->db, lane->mem, 1);
	sms_arrived(lane->db, &a, m->mobile);
	if (a != NULL && a->n >= A_NUMBER_AN_HOUR) {
		*taken_as = "too many";
		db_abandon(lane->db);
		return 200;
	}
	c = claim(lane, m);
	*taken_as = c.taken_as;
	if (sms_put_incoming(lane->db, &m->id, m->carrier_id, m->mobile, m->text,
	    c.taken_as, c.question) == 1)
		follow(lane, m, &c);
	else
		*taken_as = "known";
	return db_end(lane->db) == DB_FINE ? 200 : 503;
}

int
incoming_take(struct lane *lane, struct exchange *x)
{
	struct message m = { .id = ref_new() };
	const char *taken_as = "not taken";
	int status = read_message(lane, x, &m);
	char id[REF_HEX], code[24];

	for (int i = 0; status == 0; i++) {
		status = record_once(lane, &m, &taken_as);
		if (status == 503 && i + 1 < TRIES &&
		    db_outcome(lane->db) == DB_AGAIN)
			status = 0;
	}
	(void)snprintf(code, sizeof code, "%d", status);
	log_line(status == 200 ? LOG_INFO : LOG_WARNING, "incoming", "message",
	    ref_hex(&m.id, id), "taken_as", taken_as, "status", code, NULL);
	return status;
}
