#include "tomozuna.h"

#include "phone.h"
#include "seal.h"
#include "user_sql.h"

enum { LOGIN_MOST = 40, NAME_MOST = 40, KANA_MOST = 60, MAIL_MOST = 254,
	SECRET_ROOM = 512 };

/* ---- what an account is made of ---- */

static int
check_login(const char *login)
{
	size_t n = strlen(login);

	if (n >= 2 && n <= LOGIN_MOST && strspn(login,
	    "abcdefghijklmnopqrstuvwxyz0123456789.-_") == n)
		return 0;
	return complain("LOGIN has 2 to %d of a-z 0-9 . - _", LOGIN_MOST), -1;
}

/* Roles as the table's SET writes them: known names split by commas. */
static int
check_roles(const char *roles)
{
	static const char *const known[] = { "operator", "privacy_officer",
	    "officer", "disaster_officer", "clerk", "crew", "dispatcher",
	    "secretary", "board_member", "welfare_volunteer",
	    "hospital_desk" };
	const char *p = roles;

	while (*p != '\0') {
		size_t n = strcspn(p, ","), i;

		for (i = 0; i < sizeof known / sizeof known[0]; i++)
			if (strlen(known[i]) == n &&
			    strncmp(known[i], p, n) == 0)
				break;
		if (i == sizeof known / sizeof known[0])
			return complain("there is no role %.*s", (int)n, p), -1;
		p += n + (p[n] == ',');
	}
	return 0;
}

static int
take_mobile(struct admin *a, const char **out)
{
	const char *text = arg(a, "--mobile");
	char normal[PHONE_TEXT];

	if (text == NULL)
		return 0;
	if (phone_normalise(text, normal) != PHONE_MOBILE)
		return complain("--mobile takes no SMS"), -1;
	if (phone_is_doubtful(normal))
		(void)complain("%s is of a kind not given out so far: is it "
		    "right?", normal);
	*out = arena_text(a->mem, normal);
	return 0;
}

static int
take_mail(struct admin *a, const char **out)
{
	const char *mail = NULL, *at;

	if (arg_text(a, "--mail", MAIL_MOST, &mail) < 0)
		return -1;
	if (mail == NULL)
		return 0;
	at = strchr(mail, '@');
	if (at == NULL || at == mail || strchr(at, '.') == NULL ||
	    strpbrk(mail, " ,;<>\"") != NULL || strlen(mail) > MAIL_MOST)
		return complain("--mail is no address"), -1;
	*out = mail;
	return 0;
}

static int
add(struct admin *a)
{
	const char *login = arg(a, "LOGIN"), *roles = arg(a, "--role");
	const char *family, *given, *kana_family, *kana_given;
	const char *mail = NULL, *mobile = NULL;
	struct ref ref = ref_new();
	int64_t network;

	if (roles == NULL)
		roles = "";
	if (check_login(login) < 0 || check_roles(roles) < 0 ||
	    arg_text(a, "--family", NAME_MOST, &family) < 0 ||
	    arg_text(a, "--given", NAME_MOST, &given) < 0 ||
	    arg_text(a, "--kana-family", KANA_MOST, &kana_family) < 0 ||
	    arg_text(a, "--kana-given", KANA_MOST, &kana_given) < 0 ||
	    take_mail(a, &mail) < 0 || take_mobile(a, &mobile) < 0)
		return 1;
	work_write(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	user_add(a->db, &ref, network, login, family, given, kana_family,
	    kana_given, mail, mobile, roles);
	return work_end(a);
}

/* ---- changes of one account ---- */

static int
suspend(struct admin *a)
{
	int64_t user;

	work_write(a);
	user = find_user(a, arg(a, "LOGIN"));
	if (user == 0)
		return work_drop(a);
	user_suspend(a->db, user, a->now);
	work_shut(a, user, 0, 0);
	user_end_sessions(a->db, user, a->now);
	return work_end(a);
}

static int
resume(struct admin *a)
{
	int64_t user;

	work_write(a);
	user = find_user(a, arg(a, "LOGIN"));
	if (user == 0)
		return work_drop(a);
	user_resume(a->db, user);
	return work_end(a);
}

static int
role(struct admin *a)
{
	const char *roles = arg(a, "ROLES");
	int64_t user;

	if (strcmp(roles, "none") == 0)
		roles = "";
	if (check_roles(roles) < 0)
		return 1;
	work_write(a);
	user = find_user(a, arg(a, "LOGIN"));
	if (user == 0)
		return work_drop(a);
	user_role(a->db, user, roles);
	work_shut(a, user, 0, 0);
	user_end_sessions(a->db, user, a->now);
	return work_end(a);
}

/* Hashes before the transaction: it takes a while. */
static int
keep(struct admin *a, const char *secret,
    int64_t (*store)(struct db *, int64_t, const char *))
{
	char hash[PASSWORD_HASH_BYTES];
	int64_t user;

	if (seal_password(secret, hash) < 0)
		return complain("it cannot be hashed");
	work_write(a);
	user = find_user(a, arg(a, "LOGIN"));
	if (user == 0)
		return work_drop(a);
	store(a->db, user, hash);
	work_shut(a, user, 0, 0);
	user_end_sessions(a->db, user, a->now);
	user_forget_attempts(a->db, user);
	return work_end(a);
}

static int
password(struct admin *a)
{
	char secret[SECRET_ROOM];
	int status = 1;

	a->last_try |= arg(a, "--file") == NULL;
	if (secret_read(arg(a, "--file"), secret, sizeof secret) == 0 &&
	    secret_password_check(arg(a, "LOGIN"), secret) == 0)
		status = keep(a, secret, user_password);
	explicit_bzero(secret, sizeof secret);
	return status;
}

static int
pin(struct admin *a)
{
	char secret[SECRET_ROOM];
	int status = 1;

	a->last_try |= arg(a, "--file") == NULL;
	if (secret_read(arg(a, "--file"), secret, sizeof secret) == 0 &&
	    secret_pin_check(secret) == 0)
		status = keep(a, secret, user_pin);
	explicit_bzero(secret, sizeof secret);
	return status;
}

/* ---- list ---- */

static int
list(struct admin *a)
{
	struct user_rows rows;
	struct table *t = table_new(a->mem, "login", "name", "network",
	    "offices", "roles", "password", "PIN", "mobile", "suspended", NULL);

	work_read(a);
	if (!names_network(a))
		return work_drop(a);
	user_list(a->db, &rows, arg(a, "NETWORK"));
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct user *u = user_at(&rows, i);

		table_row(t, u->login, u->name, u->network, u->offices,
		    u->roles, u->has_password ? "set" : "none",
		    u->has_pin ? "set" : "none",
		    u->mobile_bad ? "bad" : u->mobile,
		    table_time(a->mem, u->suspended_at));
	}
	table_print(t);
	return 0;
}

const struct command user_commands[] = {
	{ "user", "add", "NETWORK LOGIN --family TEXT --given TEXT "
	  "--kana-family TEXT --kana-given TEXT [--mail ADDRESS] "
	  "[--mobile PHONE] [--role ROLES]", "a new account; it can sign in "
	  "once it has a password and an office with a device", add, 0 },
	{ "user", "list", "[NETWORK]", "accounts", list, 0 },
	{ "user", "suspend", "LOGIN", "shuts an account out at its next "
	  "request", suspend, 0 },
	{ "user", "resume", "LOGIN", "lets it in again", resume, 0 },
	{ "user", "password", "LOGIN [--file FILE]", "sets the password: 15 "
	  "characters or more, from the file or standard input", password, 0 },
	{ "user", "pin", "LOGIN [--file FILE]", "sets the PIN: six digits, "
	  "from the file or standard input", pin, 0 },
	{ "user", "role", "LOGIN ROLES", "sets the roles: names split by "
	  "commas, or none", role, 0 },
	{ 0 }
};
