#include "letter.h"
#include "mail.h"
#include "mail_sql.h"
#include "notice.h"
#include "seal.h"
#include "smtp.h"

enum { BATCH = 8 };

/* Why a notice is not to go at all, or NULL. */
static const char *
unfit(const struct due_notice *n)
{
	if (n->suspended)
		return "the account is suspended";
	if (n->mail == NULL)
		return "no mail address";
	return NULL;
}

/* Where mails of its kind are ended, or NULL where nobody may: a key of this mail alone. */
static const char *
stop_address(struct daemon *d, const struct notice_kind *kind,
    const struct ref *token)
{
	char hex[REF_HEX];

	return notice_stoppable(kind) ? arena_printf(d->mem, "%s/notice/%s",
	    d->settings->open_origin, ref_hex(token, hex)) : NULL;
}

/* Writes the whole mail. NULL, or the reason why it cannot be. */
static const char *
compose(struct daemon *d, const struct mail *m, const struct due_notice *n,
    const struct ref *token, struct buf *out)
{
	const struct notice_kind *kind = notice_kind_find(n->kind);
	const char *origin = d->settings->origin;
	struct buf subject = { 0 }, body = { 0 };
	const char *why = NULL;

	if (kind == NULL || !letter_address_fits(n->mail))
		return kind == NULL ? "no such kind" : "no mail address";
	const struct notice_words words = {
		.sender = n->sender, .nickname = n->nickname,
		.phone = n->phone, .office = n->office,
		.link = arena_printf(d->mem, "%s%s", origin, kind->path),
		.at = n->created_at, .count = (int)n->count, .code = ""
	};

	if (notice_text_fill(m->texts, n->kind, NOTICE_MAIL, n->lang, &words,
	    &subject, &body) != 0) {
		why = "no template";
	} else {
		const struct letter letter = {
			.to = n->mail, .from = m->settings->mail_from,
			.from_name = n->sender, .id = n->id,
			.subject = buf_text(&subject), .body = buf_text(&body),
			.stop = stop_address(d, kind, token),
			.stop_mail = m->settings->mail_stop,
			.at = instant_now()
		};

		letter_write(out, &letter);
	}
	buf_free(&subject);
	buf_free(&body);
	return why;
}

static void
settle(struct daemon *d, const struct mail *m, const struct due_notice *n,
    enum outbox_end end, const char *reason)
{
	const struct outbox_result r = { n, end, reason };

	(void)outbox_settle(d->db, d->mem, &m->outbox, &r, 1);
}

static int
begin(struct daemon *d, const struct mail *m, const struct due_notice *n,
    const struct ref *token)
{
	unsigned char hash[SHA256_BYTES];
	int ours;

	seal_sha256(token->b, sizeof token->b, hash);
	db_begin(d->db, d->mem, 1);
	ours = outbox_begin(d->db, &m->outbox, n, 0);
	mail_give_token(d->db, n->notice, (struct db_bytes){ hash, sizeof hash });
	return db_end(d->db) == DB_FINE ? ours : -1;
}

/* Hands over one. -1 when no further one makes sense now. */
static int
act(struct daemon *d, struct mail *m, const struct due_notice *n,
    const struct ref *token, const struct buf *letter)
{
	struct smtp_result result;
	int ours = begin(d, m, n, token);

	if (ours == 0)
		return 0;
	if (ours < 0) {
		settle(d, m, n, OUTBOX_AGAIN, "the database was away");
		return -1;
	}
	result = smtp_send(m->smtp, n->mail, letter->p, letter->n);
	settle(d, m, n, result.end, result.reason);
	if (result.away)
		outbox_pause_more(&m->pause, instant_monotonic_ms());
	else
		outbox_pause_end(&m->pause);
	return result.away ? -1 : 0;
}

static int
hand_over_one(struct daemon *d, struct mail *m, const struct due_notice *n)
{
	struct buf letter = { 0 };
	const struct ref token = ref_new();
	const char *why = unfit(n);
	int rc = 0;

	if (why != NULL) {
		settle(d, m, n, OUTBOX_SUPPRESSED, why);
		return 0;
	}
	why = compose(d, m, n, &token, &letter);
	if (why != NULL)
		settle(d, m, n, OUTBOX_FAILED, why);
	else
		rc = act(d, m, n, &token, &letter);
	buf_free(&letter);
	return rc;
}

int
mail_hand_over(struct daemon *d, struct mail *m)
{
	int64_t room = outbox_room(&m->pause, instant_monotonic_ms(), BATCH);
	struct due_notice_rows due;

	if (room == 0 ||
	    outbox_take(d->db, d->mem, &m->outbox, room, &due) <= 0)
		return 0;
	for (size_t i = 0; i < due.set.n; i++)
		if (hand_over_one(d, m, due_notice_at(&due, i)) != 0) {
			outbox_give_back(d->db, d->mem, &m->outbox);
			return 0;
		}
	return (int64_t)due.set.n == room;
}
