/*
 * Invitations to meetings: a batch is taken under a lease, sent one by one, and settled at
 * once. If we end in between, they are sent again: the same Message-ID, UID and SEQUENCE,
 * which receivers fold; so nobody is left uninvited, and no calendar has a meeting twice.
 */
#include "invitation_sql.h"
#include "itip.h"
#include "letter.h"
#include "log.h"
#include "mail.h"
#include "seal.h"
#include "smtp.h"

enum { BATCH = 100, LEASE_SPARE_S = 60, LINGER_MS = 30 * 60 * 1000, WAIT_MOST_MS = 600000 };

/* What became of one. */
struct sent {
	struct smtp_result result;
	int sequence;
	int tried;
};

static const char *
kind_name(const char *kind, int en)
{
	static const struct { const char *kind, *ja, *en; } names[] = {
		{ "care_conference", "サービス担当者会議", "Care conference" },
		{ "discharge_conference", "退院時カンファレンス",
		  "Discharge conference" },
		{ "community_conference", "地域ケア会議",
		  "Community care conference" },
		{ "training_course", "研修・勉強会", "Training course" },
		{ "sitting", "審査会", "Sitting of the board" },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].kind, kind) == 0)
			return en ? names[i].en : names[i].ja;
	return en ? "Meeting" : "会議";
}

/* "2026-11-25 14:00", in Japan. */
static const char *
when(struct arena *mem, utc_ms at)
{
	char day[INSTANT_TEXT];
	int minute = minute_of_day(at);

	return arena_printf(mem, "%s %02d:%02d", date_iso(date_of(at), day),
	    minute / 60, minute % 60);
}

/* Where she finds it: a user signs in; a guest has a link that works once. */
static const char *
address(struct daemon *d, const struct due_invitation *i,
    const struct ref *token)
{
	char hex[REF_HEX];

	return i->guest ? arena_printf(d->mem, "%s/meeting/guest/%s",
	    d->settings->open_origin, ref_hex(token, hex)) :
	    arena_printf(d->mem, "%s/meeting/%s", d->settings->origin,
	    ref_hex(i->meeting_id, hex));
}

enum why { OFF, NEW, MOVED, SOON, ANOTHER_LINK };

/* What a mail is for, from what she was told last. */
static enum why
why(const struct due_invitation *i)
{
	if (i->off)
		return OFF;
	if (i->told_method == NULL || strcmp(i->told_method, "REQUEST") != 0)
		return NEW;
	if (i->sequence > i->told_sequence.v)
		return MOVED;
	if (!i->guest)
		return NEW;
	return i->starts_at - instant_now() <= DAY_MS ? SOON : ANOTHER_LINK;
}

static const char *
head(const struct due_invitation *i, int en)
{
	static const struct { const char *ja, *en; } heads[] = {
		[OFF] = { "次の会議は取りやめになりました（または、あなたの招待が取り消されました）。",
		    "This meeting is off for you." },
		[NEW] = { "会議に招かれています。出欠のお返事と参加は、次の画面からお願いします。",
		    "You are invited to a meeting. Please answer and join here:" },
		[MOVED] = { "お招きした会議の日時が変わりました。出欠のお返事と参加は、次の画面からお願いします。",
		    "The meeting is at another time now. Please answer and join here:" },
		[SOON] = { "お招きした会議が近づきました。この前のリンクに代わる、新しいリンクです。",
		    "The meeting is soon. This link takes the place of the one before:" },
		[ANOTHER_LINK] = { "この前のリンクに代わる、新しいリンクです。",
		    "This link takes the place of the one before:" },
	};

	return en ? heads[why(i)].en : heads[why(i)].ja;
}

static const char *
body(struct daemon *d, const struct due_invitation *i, const char *url)
{
	int en = strcmp(i->lang, "en") == 0;
	const char *until = i->off || !i->guest ? "" : arena_printf(d->mem,
	    en ? "The link works once, until %s. It can give you a new one.\n" :
	    "リンクは一度だけ、%s まで使えます。同じ画面から新しいリンクを受けとれます。\n",
	    when(d->mem, i->ends_at + LINGER_MS));

	return arena_printf(d->mem, "%s\n\n%s\n%s – %s\n\n%s%s%s\n%s　%s\n",
	    head(i, en), kind_name(i->kind, en), when(d->mem, i->starts_at),
	    when(d->mem, i->ends_at), i->off ? "" : url, i->off ? "" : "\n",
	    until, i->nickname, i->phone);
}

static void
compose(struct daemon *d, const struct mail *m, const struct due_invitation *i,
    const struct ref *token, struct buf *out, int sequence)
{
	int en = strcmp(i->lang, "en") == 0;
	char hex[REF_HEX];
	const char *url = address(d, i, token);
	const char *number = arena_printf(d->mem, "%.4s",
	    ref_hex(i->meeting_id, hex));
	const char *name = arena_printf(d->mem, "%s #%s",
	    kind_name(i->kind, en), number);
	const struct itip itip = {
		.meeting = i->meeting_id, .cancel = i->off,
		.sequence = sequence, .at = instant_now(),
		.starts_at = i->starts_at, .ends_at = i->ends_at,
		.summary = name, .description = body(d, i, url),
		.url = i->off ? NULL : url,
		.organizer = m->settings->mail_from,
		.organizer_name = i->sender, .attendee = i->mail,
		.attendee_name = i->name
	};
	const struct letter letter = {
		.to = i->mail, .from = m->settings->mail_from,
		.from_name = i->sender, .id = i->id,
		.id_more = arena_printf(d->mem, ".%d.%lld", sequence,
		    (long long)i->version),
		.subject = arena_printf(d->mem, i->off ? (en ?
		    "Cancelled: %s" : "【取りやめ】%s") : "%s", name),
		.body = itip.description, .at = itip.at,
		.calendar = itip_write(d->mem, &itip),
		.method = i->off ? "CANCEL" : "REQUEST"
	};

	letter_write(out, &letter);
}

static const char *
unfit(const struct due_invitation *i)
{
	if (i->suspended)
		return "the account is suspended";
	if (i->mail == NULL || !letter_address_fits(i->mail))
		return "no mail address";
	return NULL;
}

static int
sequence_of(const struct due_invitation *i)
{
	return itip_sequence((int)i->sequence, i->told_sequence.set ?
	    (int)i->told_sequence.v : -1, i->told_method != NULL &&
	    strcmp(i->told_method, "CANCEL") == 0, i->off);
}

/* Takes a batch, and gives its guests their links. -1: nothing, or no database. */
static int64_t
take(struct daemon *d, struct mail *m, int64_t most,
    struct due_invitation_rows *rows, struct ref **tokens)
{
	int64_t n;

	db_begin(d->db, d->mem, 1);
	n = invitation_take_due(d->db, &m->outbox.owner,
	    most * m->settings->smtp_timeout_s + LEASE_SPARE_S, most);
	if (n <= 0)
		return db_end(d->db) == DB_FINE ? 0 : -1;
	invitation_taken(d->db, rows, &m->outbox.owner);
	*tokens = arena_take_many(d->mem, rows->set.n + 1, sizeof **tokens);
	for (size_t k = 0; k < rows->set.n; k++) {
		const struct due_invitation *i = due_invitation_at(rows, k);
		unsigned char *hash = arena_take(d->mem, SHA256_BYTES);

		(*tokens)[k] = ref_new();
		seal_sha256((*tokens)[k].b, sizeof (*tokens)[k].b, hash);
		if (i->guest && !i->off)
			invitation_give_token(d->db, i->invitation,
			    &m->outbox.owner,
			    (struct db_bytes){ hash, SHA256_BYTES },
			    i->ends_at + LINGER_MS);
	}
	return db_end(d->db) == DB_FINE ? (int64_t)rows->set.n : -1;
}

static void
settle_one(struct daemon *d, struct mail *m, const struct due_invitation *i,
    const struct sent *s)
{
	const struct ref *owner = &m->outbox.owner;
	int64_t wait = 5000;

	for (int64_t k = 1; k < i->attempts && wait < WAIT_MOST_MS; k++)
		wait *= 2;
	if (unfit(i) != NULL)
		invitation_never(d->db, i->invitation, owner, unfit(i));
	else if (!s->tried)
		invitation_again(d->db, i->invitation, owner, 1000, "waits");
	else if (s->result.end == OUTBOX_SENT)
		invitation_told(d->db, i->invitation, owner, i->version,
		    s->sequence, i->off ? "CANCEL" : "REQUEST");
	else if (s->result.end == OUTBOX_FAILED)
		invitation_never(d->db, i->invitation, owner,
		    s->result.reason);
	else
		invitation_again(d->db, i->invitation, owner, wait,
		    s->result.reason == NULL ? "" : s->result.reason);
}

static void
settle(struct daemon *d, struct mail *m, const struct due_invitation_rows *rows,
    const struct sent *sent)
{
	char n[24];

	db_begin(d->db, d->mem, 1);
	for (size_t k = 0; k < rows->set.n; k++)
		settle_one(d, m, due_invitation_at(rows, k), &sent[k]);
	(void)snprintf(n, sizeof n, "%zu", rows->set.n);
	if (db_end(d->db) == DB_FINE)
		log_line(LOG_INFO, "invitations", "n", n, NULL);
	else	/* the leases run out, and they go again */
		log_line(LOG_WARNING, "not recorded", "n", n, NULL);
}

int
mail_invitations(struct daemon *d, struct mail *m)
{
	int64_t room = outbox_room(&m->pause, instant_monotonic_ms(), BATCH);
	struct due_invitation_rows rows;
	struct ref *tokens;
	struct sent *sent;
	int64_t n;

	if (room == 0)
		return 0;
	n = take(d, m, room, &rows, &tokens);
	if (n <= 0)
		return 0;
	sent = arena_take_many(d->mem, rows.set.n, sizeof *sent);
	memset(sent, 0, rows.set.n * sizeof *sent);
	for (size_t k = 0; k < rows.set.n; k++) {
		const struct due_invitation *i = due_invitation_at(&rows, k);
		struct buf text = { 0 };

		if (unfit(i) != NULL)
			continue;
		sent[k].sequence = sequence_of(i);
		compose(d, m, i, &tokens[k], &text, sent[k].sequence);
		sent[k].result = smtp_send(m->smtp, i->mail, text.p, text.n);
		sent[k].tried = 1;
		buf_free(&text);
		if (sent[k].result.away)
			break;
		outbox_pause_end(&m->pause);
	}
	if (rows.set.n > 0 && sent[rows.set.n - 1].tried == 0 &&
	    unfit(due_invitation_at(&rows, rows.set.n - 1)) == NULL)
		outbox_pause_more(&m->pause, instant_monotonic_ms());
	settle(d, m, &rows, sent);
	return (int64_t)rows.set.n == BATCH;
}
