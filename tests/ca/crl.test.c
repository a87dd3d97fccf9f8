/* Lists of revoked certificates: what is made, read back, and refused. */
#include "unit.h"

#include "command.h"
#include "crl.h"
#include "pem_file.h"

#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 200, WHY_BYTES = 400 };

struct world {
	struct authority ours, other;
	char folder[PATH_BYTES - 40], path[PATH_BYTES];
};

static struct authority
authority_new(const char *name)
{
	struct profile p = { .kind = PROFILE_AUTHORITY, .common_name = name,
	    .serial = { 7 }, .from = instant_now() - BACKDATE_MS,
	    .until = instant_now() + DAY_MS };
	EVP_PKEY *key = profile_key();

	return (struct authority){ profile_sign(&p, key, NULL, key), key };
}

static int
setup(void **state)
{
	static struct world w;

	(void)snprintf(w.folder, sizeof w.folder, "/tmp/tomozuna-crl-XXXXXX");
	if (mkdtemp(w.folder) == NULL)
		return -1;
	(void)snprintf(w.path, sizeof w.path, "%s/people.crl", w.folder);
	w.ours = authority_new("ours");
	w.other = authority_new("ours");	/* the same name, another key */
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	authority_done(&w->ours);
	authority_done(&w->other);
	(void)unlink(w->path);
	return rmdir(w->folder);
}

static const struct crl_entry entries[] = {
	{ { 0xff, [15] = 1 }, 86400000 }, { { 0, 0, [15] = 2 }, 1700000000000 }
};

static int
install(struct world *w, const struct authority *a, int64_t number, utc_ms now,
    char why[WHY_BYTES])
{
	struct crl_facts f = { .number = number, .entries = 2 };
	X509_CRL *crl = crl_make(a, number, now, entries, 2);
	int result;

	assert_non_null(crl);
	result = crl_install(w->path, w->ours.certificate, crl, &f, why,
	    WHY_BYTES);
	X509_CRL_free(crl);
	return result;
}

static void
test_round(void **state)
{
	struct world *w = *state;
	char why[WHY_BYTES];
	struct crl_facts f;
	utc_ms now = instant_now();
	X509_CRL *crl;
	X509_REVOKED *found;
	BIGNUM *n = BN_bin2bn(entries[0].serial, SERIAL_BYTES, NULL);
	ASN1_INTEGER *serial = BN_to_ASN1_INTEGER(n, NULL);

	assert_int_equal(install(w, &w->ours, 5, now, why), 0);
	assert_int_equal(crl_read(w->path, w->ours.certificate, &f, why,
	    sizeof why), 0);
	assert_int_equal(f.number, 5);
	assert_int_equal(f.entries, 2);
	assert_in_range(f.next_update - now, CRL_DAYS * DAY_MS - SECOND_MS,
	    CRL_DAYS * DAY_MS);
	assert_true(f.issued < now);
	crl = pem_read_crl(w->path);
	assert_int_equal(X509_CRL_get0_by_serial(crl, &found, serial), 1);
	X509_CRL_free(crl);
	ASN1_INTEGER_free(serial);
	BN_free(n);
}

static void
test_number_only_rises(void **state)
{
	struct world *w = *state;
	char why[WHY_BYTES];
	struct crl_facts f;

	assert_int_equal(install(w, &w->ours, 9, instant_now(), why), 0);
	assert_int_equal(install(w, &w->ours, 9, instant_now(), why), -1);
	assert_int_equal(install(w, &w->ours, 8, instant_now(), why), -1);
	assert_int_equal(crl_read(w->path, w->ours.certificate, &f, why,
	    sizeof why), 0);
	assert_int_equal(f.number, 9);
}

static void
test_other_key_is_refused(void **state)
{
	struct world *w = *state;
	char why[WHY_BYTES], fresh[PATH_BYTES + 8];
	struct crl_facts f;

	assert_int_equal(install(w, &w->ours, 20, instant_now(), why), 0);
	assert_int_equal(install(w, &w->other, 21, instant_now(), why), -1);
	assert_int_equal(crl_read(w->path, w->ours.certificate, &f, why,
	    sizeof why), 0);
	assert_int_equal(f.number, 20);
	(void)snprintf(fresh, sizeof fresh, "%s.new", w->path);
	assert_int_equal(access(fresh, F_OK), -1);
}

/* A list cut anywhere is none; the next one takes its place. */
static void
test_truncated(void **state)
{
	struct world *w = *state;
	char why[WHY_BYTES];
	struct crl_facts f;
	struct stat s;

	assert_int_equal(install(w, &w->ours, 30, instant_now(), why), 0);
	assert_int_equal(stat(w->path, &s), 0);
	for (off_t n = s.st_size - 26; n >= 0; n -= 17) {
		assert_int_equal(truncate(w->path, n), 0);
		assert_int_equal(crl_read(w->path, w->ours.certificate, &f,
		    why, sizeof why), -1);
	}
	assert_int_equal(install(w, &w->ours, 31, instant_now(), why), 0);
}

/* An old list still says when it ended: whoever reads it can tell. */
static void
test_expired_says_so(void **state)
{
	struct world *w = *state;
	char why[WHY_BYTES];
	struct crl_facts f;
	utc_ms then = instant_now() - 8 * DAY_MS;

	assert_int_equal(install(w, &w->ours, 40, then, why), 0);
	assert_int_equal(crl_read(w->path, w->ours.certificate, &f, why,
	    sizeof why), 0);
	assert_true(f.next_update < instant_now());
	assert_int_equal(install(w, &w->ours, 41, instant_now(), why), 0);
}

static void
test_command(void **state)
{
	char why[WHY_BYTES];

	(void)state;
	assert_int_equal(command_run("", 1, why, sizeof why), 0);
	assert_int_equal(command_run("/bin/true  a b", 5, why, sizeof why), 0);
	assert_int_equal(command_run("/bin/false", 5, why, sizeof why), -1);
	assert_string_equal(why, "/bin/false: ended with status 1");
	assert_int_equal(command_run("true", 5, why, sizeof why), -1);
	assert_int_equal(command_run("/no/such", 5, why, sizeof why), -1);
	assert_int_equal(command_run("/bin/sleep 30", 0, why, sizeof why), -1);
	/* No shell: this is one argument, and no second command. */
	assert_int_equal(command_run("/usr/bin/test a;b", 5, why, sizeof why),
	    0);
}

#define ON_FILE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_FILE(test_round),
		ON_FILE(test_number_only_rises),
		ON_FILE(test_other_key_is_refused),
		ON_FILE(test_truncated),
		ON_FILE(test_expired_says_so),
		cmocka_unit_test(test_command)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
