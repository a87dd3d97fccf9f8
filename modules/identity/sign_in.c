/* Sign-in: certificate of the device, and password of the user. */
#include "identity.h"

#include "identity_sql.h"
#include "viewer.h"

struct tried {
	unsigned char login[SHA256_BYTES];
	struct db_bytes by_login, by_certificate;
};

utc_ms
attempt_wait(int64_t failures, utc_ms last_at, utc_ms now)
{
	utc_ms wait;

	if (failures <= FREE_FAILURES)
		return 0;
	if (failures >= STOP_FAILURES)
		wait = STOP_MINUTES * MINUTE_MS;
	else
		wait = SECOND_MS << (failures - FREE_FAILURES - 1);
	return now - last_at >= wait ? 0 : wait - (now - last_at);
}

/*
 * A login counts apart in each office: at one where its user does not work no
 * password is right, and wrong ones there shall not keep her out of hers.
 */
static void
who_tries(struct req *r, struct tried *t)
{
	const char *login = arena_printf(r->mem, "%lld %s",
	    (long long)r->audit->office, in_text(r, "login"));

	seal_sha256(login, strlen(login), t->login);
	t->by_login = (struct db_bytes){ t->login, SHA256_BYTES };
	t->by_certificate = (struct db_bytes){ r->certificate, SHA256_BYTES };
}

/* The longer of the two waits, in milliseconds. */
static utc_ms
must_wait(struct req *r, const struct tried *t)
{
	struct attempt_rows rows;
	utc_ms longest = 0;

	identity_attempts(r->db, &rows, t->by_login, t->by_certificate);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct attempt *a = attempt_at(&rows, i);
		utc_ms wait = attempt_wait(a->failures, a->last_at, r->now);

		if (wait > longest)
			longest = wait;
	}
	return longest;
}

static int
refuse_password(struct req *r, const struct tried *t)
{
	utc_ms forgotten = r->now - STOP_MINUTES * MINUTE_MS;

	identity_fail(r->db, "login", t->by_login, r->now, forgotten);
	identity_fail(r->db, "certificate", t->by_certificate, r->now,
	    forgotten);
	req_keep(r);
	return refuse_input(r, "password", "wrong_password");
}

/* The browser forgets the session that it had: so it ends. */
static void
end_former(struct req *r)
{
	if (req_session(r) != NULL)
		identity_end_session(r->db, session_name(r), r->now);
}

static void
begin_session(struct req *r, int64_t user)
{
	char first[REF_HEX], second[REF_HEX];
	unsigned char stored[SHA256_BYTES];
	char *token;

	token = arena_printf(r->mem, "%s%s", ref_hex(req_ref(r, 0), first),
	    ref_hex(req_ref(r, 1), second));
	seal_sha256(token, strlen(token), stored);
	identity_begin_session(r->db, (struct db_bytes){ stored, SHA256_BYTES },
	    user, r->audit->office, r->audit->device, r->now);
	req_set_session(r, token);
}

int
sign_in_show(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 200;
}

int
sign_in(struct req *r, struct model *m)
{
	const struct account *a;
	struct tried t;
	utc_ms wait;

	who_tries(r, &t);
	wait = must_wait(r, &t);
	if (wait > 0) {
		put_i64(m, "retry_after", (wait + 999) / 1000);
		return 429;
	}
	identity_account(r->db, &a, in_text(r, "login"), r->audit->office);
	if (!seal_password_is(in_text(r, "password"),
	    a == NULL ? NULL : a->password_hash))
		return refuse_password(r, &t);
	identity_forgive(r->db, t.by_login, t.by_certificate);
	r->audit->user = a->user_id;
	end_former(r);
	begin_session(r, a->user_id);
	if (a->crew)
		req_then(r, "/emergency");
	return 204;
}
