/*
 * The journal without a database: what is written is read back, what was
 * torn or altered is not, and a full disk is said to be one.
 */
#include "unit.h"

#include "journal_file.h"
#include "settings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { WRITERS = 8, EACH = 50 };

struct place {
	char path[64], key[96];
	struct settings settings;
	struct seal_key seal;
};

static int
begin(void **state)
{
	struct place *p = calloc(1, sizeof *p);
	struct seal_key master;
	FILE *f;

	snprintf(p->path, sizeof p->path, "/tmp/journal-test-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	snprintf(p->key, sizeof p->key, "%s/key", p->path);
	f = fopen(p->key, "w");
	assert_non_null(f);
	fprintf(f, "%064d\n", 7);
	fclose(f);
	p->settings.name = "unit";
	p->settings.journal_dir = p->path;
	p->settings.key = p->key;
	p->settings.db_socket = "/nonexistent/socket";
	p->settings.db_name = p->settings.db_user = "nobody";
	p->settings.db_password = "";
	p->settings.db_timeout_ms = 200;
	assert_int_equal(seal_load_key(p->key, &master), 0);
	seal_derive(&master, "journal", &p->seal);
	*state = p;
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;
	char name[512];
	struct dirent *e;
	DIR *d = opendir(p->path);

	while ((e = readdir(d)) != NULL) {
		snprintf(name, sizeof name, "%s/%s", p->path, e->d_name);
		if (e->d_name[0] != '.')
			unlink(name);
	}
	closedir(d);
	rmdir(p->path);
	free(p);
	return 0;
}

static struct audit_record
record(int i)
{
	struct audit_record r = {
		.at = 1700000000123 + i, .program = "unit", .method = "GET",
		.route = "/unit/{patient}", .status = 200,
		.outcome = AUDIT_SUCCESS
	};

	r.request = ref_new();
	r.a.user = i;
	r.a.subject = 1000 + i;
	r.a.purpose = "TREAT";
	return r;
}

static struct journal *
open_journal(struct place *p)
{
	char why[200] = "";
	struct journal *j = journal_open(&p->settings, why, sizeof why);

	if (j == NULL)
		fail_msg("journal_open: %s", why);
	return j;
}

/* Opens every frame of every segment; returns how many, *bad did not open. */
static int
read_back(struct place *p, int *bad, int64_t *users)
{
	static unsigned char all[SEGMENT_BYTES];
	struct journal_record r;
	struct segment *s, *next;
	struct journal_dir d;
	uint64_t number, seq;
	char why[200];
	int n = 0, foreign;
	size_t at, length;

	*bad = 0;
	*users = 0;
	assert_int_equal(journal_dir_open(&d, p->path, "unit", why,
	    sizeof why), 0);
	for (s = segments_left(&d, &number, &foreign); s != NULL; s = next) {
		next = s->next;
		assert_int_equal(pread(s->fd, all, s->end, 0), s->end);
		for (at = SEGMENT_START; at < s->end; at += length) {
			length = frame_length(all + at, s->end - at);
			assert_true(length > 0);
			if (frame_open(&p->seal, &s->journal, all + at, &seq,
			    &r) < 0) {
				++*bad;
				continue;
			}
			n++;
			*users += r.r.a.user;
		}
		segment_free(s);
	}
	journal_dir_close(&d);
	return n;
}

static void
record_survives(void **state)
{
	unsigned char bytes[RECORD_MAX_BYTES];
	struct audit_record r = record(3);
	struct journal_record back;
	size_t n, cut;
	int i;

	(void)state;
	r.method = "PROPFIND-AND-MORE";
	r.route = "/\x01/\xe3";
	r.outcome = AUDIT_REFUSED;
	r.a.stand_in = 1;
	r.a.nsubjects = AUDIT_SUBJECTS_MAX;
	for (i = 0; i < AUDIT_SUBJECTS_MAX; i++)
		r.a.subjects[i] = INT64_MAX - i;
	n = record_encode(&r, bytes);
	assert_int_equal(record_decode(bytes, n, &back), 0);
	assert_int_equal(back.r.at, r.at);
	assert_int_equal(back.r.outcome, AUDIT_REFUSED);
	assert_int_equal(back.r.a.stand_in, 1);
	assert_int_equal(back.r.a.subject, 1003);
	assert_memory_equal(back.r.a.subjects, r.a.subjects,
	    sizeof r.a.subjects);
	assert_true(ref_same(&back.r.request, &r.request));
	assert_string_equal(back.r.method, "PROPFIND");
	assert_string_equal(back.r.route, "/?/?");
	assert_string_equal(back.r.a.purpose, "TREAT");
	for (cut = 0; cut < n; cut++)
		assert_int_equal(record_decode(bytes, cut, &back), -1);
}

static void *
write_some(void *journal)
{
	struct audit_record r;
	intptr_t i, failed = 0;

	for (i = 0; i < EACH; i++) {
		r = record((int)i);
		failed += journal_write(journal, &r) < 0;
	}
	return (void *)failed;
}

static void
written_is_there(void **state)
{
	struct place *p = *state;
	struct journal *j = open_journal(p);
	pthread_t t[WRITERS];
	int64_t records, age, users;
	void *failed;
	int i, bad;

	for (i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&t[i], NULL, write_some, j), 0);
	for (i = 0; i < WRITERS; i++) {
		pthread_join(t[i], &failed);
		assert_null(failed);
	}
	journal_backlog(j, &records, &age);
	assert_int_equal(records, WRITERS * EACH);
	journal_close(j);
	assert_int_equal(read_back(p, &bad, &users), WRITERS * EACH);
	assert_int_equal(bad, 0);
	assert_int_equal(users, WRITERS * (EACH * (EACH - 1) / 2));

	/* The next run counts what this one left, and numbers on. */
	j = open_journal(p);
	journal_backlog(j, &records, &age);
	assert_int_equal(records, WRITERS * EACH);
	assert_true(age > 0);
	journal_close(j);
}

static void
overwrite(int fd, const void *p, size_t n, size_t at)
{
	assert_int_equal(pwrite(fd, p, n, (off_t)at), n);
}

/* Writes n records and closes; returns a descriptor of the segment. */
static int
leave(struct place *p, int n)
{
	struct journal *j = open_journal(p);
	struct audit_record r;
	char name[128];
	int i, fd;

	for (i = 0; i < n; i++) {
		r = record(i);
		assert_int_equal(journal_write(j, &r), 0);
	}
	journal_close(j);
	snprintf(name, sizeof name, "%s/unit-000000000001.journal", p->path);
	fd = open(name, O_RDWR);
	assert_true(fd >= 0);
	return fd;
}

static void
altered_is_refused(void **state)
{
	struct place *p = *state;
	unsigned char page[4096];
	int64_t users;
	size_t length;
	int fd = leave(p, 5), bad;

	assert_int_equal(pread(fd, page, sizeof page, SEGMENT_START), 4096);
	length = frame_length(page, sizeof page);
	page[length + 60] ^= 1;		/* the second record's text */
	page[2 * length + 4] ^= 1;	/* the third one's seq */
	assert_int_equal(pwrite(fd, page, sizeof page, SEGMENT_START), 4096);
	assert_int_equal(read_back(p, &bad, &users), 3);
	assert_int_equal(bad, 2);
	assert_int_equal(users, 0 + 3 + 4);

	/* A record that was moved to another journal opens there no more. */
	page[0] = 0x55;
	assert_int_equal(pwrite(fd, page, 1, 16), 1);
	assert_int_equal(read_back(p, &bad, &users), 0);
	assert_int_equal(bad, 5);
	close(fd);
}

static void
torn_tail_ends_it(void **state)
{
	struct place *p = *state;
	unsigned char page[8192], zeros[4096] = { 0 };
	int64_t users;
	size_t length;
	int fd = leave(p, 5), bad;

	assert_int_equal(pread(fd, page, sizeof page, SEGMENT_START), 8192);
	length = frame_length(page, sizeof page);
	/* The last frame reached the disk by its first 20 bytes only. */
	overwrite(fd, zeros, length - 20, SEGMENT_START + 4 * length + 20);
	assert_int_equal(read_back(p, &bad, &users), 4);
	assert_int_equal(bad, 1);
	/* … by none of its length. */
	overwrite(fd, zeros, 20, SEGMENT_START + 4 * length);
	assert_int_equal(read_back(p, &bad, &users), 4);
	assert_int_equal(bad, 0);
	/* Lengths that cannot be. */
	overwrite(fd, "\xff\xff\xff\xff", 4, SEGMENT_START + 3 * length);
	assert_int_equal(read_back(p, &bad, &users), 3);
	close(fd);
}

/* A smaller limit on file sizes is a full disk, as far as anyone can see. */
static void
full_disk_is_said(void **state)
{
	struct place *p = *state;
	struct rlimit was, small;
	struct journal *j;
	struct audit_record r = record(1);
	char spare[128];
	int64_t users;
	int i, bad, written = 0;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	small = was;
	j = open_journal(p);
	assert_int_equal(journal_write(j, &r), 0);
	usleep(400 * 1000);	/* the shipper has made a spare by now */
	snprintf(spare, sizeof spare, "%s/unit.spare", p->path);
	unlink(spare);
	small.rlim_cur = SEGMENT_START + 1000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (i = 0; i < 20; i++)
		written += journal_write(j, &r) == 0;
	assert_in_range(written, 0, 19);
	assert_int_equal(journal_write(j, &r), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	usleep(300 * 1000);	/* it tries again after a while */
	assert_int_equal(journal_write(j, &r), 0);
	journal_close(j);
	/* At least what was acknowledged; a refused one may be there too. */
	assert_in_range(read_back(p, &bad, &users), 1 + written + 1, 23);
}

static void
only_one_process_at_a_place(void **state)
{
	struct place *p = *state;
	struct journal_dir d, e;
	char why[200];

	assert_int_equal(journal_dir_open(&d, p->path, "unit", why,
	    sizeof why), 0);
	assert_int_equal(journal_dir_open(&e, p->path, "other", why,
	    sizeof why), 0);
	journal_dir_close(&e);
	assert_int_equal(journal_dir_open(&e, p->path, "unit", why,
	    sizeof why), -1);
	journal_dir_close(&d);
	assert_int_equal(journal_dir_open(&e, "/nonexistent", "unit", why,
	    sizeof why), -1);
}

static void
marks_are_kept(void **state)
{
	struct place *p = *state;
	struct segment *s;
	struct journal_dir d;
	uint64_t number;
	char why[200];
	int foreign, fd = leave(p, 4);

	assert_int_equal(journal_dir_open(&d, p->path, "unit", why,
	    sizeof why), 0);
	s = segments_left(&d, &number, &foreign);
	assert_int_equal(s->left, 4);
	assert_int_equal(number, 2);
	segment_mark(s, SEGMENT_START + (s->end - SEGMENT_START) / 4);
	segment_free(s);
	s = segments_left(&d, &number, &foreign);
	assert_int_equal(s->left, 3);
	assert_true(segment_ends(s));
	segment_free(s);
	assert_int_equal(pwrite(fd, "x", 1, 512), 1);	/* a bad mark: all */
	s = segments_left(&d, &number, &foreign);
	assert_int_equal(s->left, 4);
	segment_free(s);
	assert_int_equal(pwrite(fd, "x", 1, 0), 1);	/* a bad head */
	assert_null(segments_left(&d, &number, &foreign));
	assert_int_equal(foreign, 1);
	assert_int_equal(number, 2);
	journal_dir_close(&d);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_survives),
		cmocka_unit_test_setup_teardown(written_is_there, begin, end),
		cmocka_unit_test_setup_teardown(altered_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(torn_tail_ends_it, begin, end),
		cmocka_unit_test_setup_teardown(marks_are_kept, begin, end),
		cmocka_unit_test_setup_teardown(only_one_process_at_a_place,
		    begin, end),
		cmocka_unit_test_setup_teardown(full_disk_is_said, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
