#include "export.h"

#include "csv.h"
#include "export_sql.h"
#include "log.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_MODE = 0700, FILE_MODE = 0600, DB_WAIT_MS = 60000,
	MEM_CAP = 512 * 1024 * 1024 };

/* ---- files ---- */

FILE *
export_open(struct export *e, const char *name)
{
	const char *path = arena_printf(e->a->mem, "%s/%s", e->folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	if (f == NULL) {
		(void)complain("%s: %s", path, strerror(errno));
		e->bad = 1;
	}
	return f;
}

void
export_write(struct export *e, FILE *f, struct buf *b)
{
	if (f != NULL && (b->failed ||
	    (b->n > 0 && fwrite(b->p, 1, b->n, f) != b->n)))
		e->bad = 1;
	buf_reset(b);
}

void
export_close(struct export *e, FILE *f)
{
	if (f == NULL)
		return;
	if (fflush(f) != 0 || fsync(fileno(f)) < 0)
		e->bad = 1;
	if (fclose(f) != 0)
		e->bad = 1;
}

void
export_csv(struct export *e, const char *name, const struct db_set *set)
{
	FILE *f = export_open(e, name);
	struct buf b = { 0 };

	csv_head(&b, set);
	csv_rows(&b, set);
	export_write(e, f, &b);
	export_close(e, f);
	buf_free(&b);
	e->rows += (int64_t)set->n;
}

void
csv_file_put(struct export *e, struct csv_file *c, const struct db_set *set)
{
	struct buf b = { 0 };

	if (!c->begun)
		csv_head(&b, set);
	c->begun = 1;
	csv_rows(&b, set);
	export_write(e, c->f, &b);
	buf_free(&b);
	e->rows += (int64_t)set->n;
}

int
export_folder(const char *path)
{
	if (mkdir(path, FOLDER_MODE) == 0)
		return 0;
	if (errno == EEXIST && rmdir(path) == 0 &&
	    mkdir(path, FOLDER_MODE) == 0)
		return 0;
	return complain("%s: %s; name a folder that is not there", path,
	    strerror(errno));
}

/* ---- the account that reads all ---- */

static struct db *
open_database(struct admin *a)
{
	static struct settings own;

	own = a->settings->own;
	own.db_user = "tomozuna_export";
	own.db_password = a->settings->export_password;
	own.db_timeout_ms = DB_WAIT_MS;
	return db_open(&own);
}

static int
failed(struct export *e)
{
	const char *statement = db_failed_statement(e->db);

	return complain("the database refused (error %u in %s); nothing that "
	    "was written counts", db_error(e->db),
	    statement == NULL ? "" : statement);
}

int
export_present(struct export *e, const char *table)
{
	const struct present *it;
	int yes;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_has(e->db, &it, table);
	yes = it != NULL && it->n > 0;
	e->bad |= db_end(e->db) != DB_FINE;
	return yes && !e->bad;
}

/* ---- one patient ---- */

static int
patient_write(struct export *e)
{
	void (*const parts[])(struct export *) = { export_corrections,
		export_holds, export_portraits, export_files, export_record, export_vaccination, export_timeline,
		export_emergency, export_meeting, export_disaster,
		export_accesses };

	e->mem = arena_new(MEM_CAP);
	e->scratch = arena_new(MEM_CAP);
	bundle_open(e);
	db_begin(e->db, e->mem, 0);
	export_person(e);
	export_facts(e);
	e->bad |= db_end(e->db) != DB_FINE;
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !e->bad; i++)
		parts[i](e);
	bundle_close(e);
	arena_free(e->scratch);
	arena_free(e->mem);
	return e->bad;
}

static const char guide[] =
"この人について保管している記録のすべてです。All that is kept of this person.\n"
"\n"
"bundle.json  HL7 FHIR R4 の Bundle（collection）。ほかのシステムに渡すためのものです。\n"
"*.csv        表計算ソフトで開けます（UTF-8）。1行目は項目名です。\n"
"             = + - @ などで始まる文字の前には ' を付けています（式と見なされないため）。\n"
"file/        写真や書類そのもの。もとの名前と種類は file.csv にあります。\n"
"entry.csv    取り消し・訂正・取り下げた記録も含みます（gone、corrected_by、recalled_at）。\n"
"             別の人のページから移した記録の本文は、その人のフォルダーにあります。\n"
"access.csv   だれが、いつ、この人の記録を見たか・書いたか（list が 1 は一覧での表示）。\n"
"\n"
"体温は℃、体重は kg、ほかのバイタルは mmHg・回/分・%・mg/dL です。\n"
"時刻は協定世界時（UTC、末尾 Z）、日付は日本の日付です。Instants are UTC.\n"
"第三者に関する情報を含むことがあります。開示の前に、担当者が全部を読んでください。\n"
"It may tell of third persons: an officer reads all of it before it is disclosed.\n";

static void
write_guide(struct export *e)
{
	FILE *f = export_open(e, "README.txt");

	if (f != NULL && fputs(guide, f) < 0)
		e->bad = 1;
	export_close(e, f);
}

/* The record of the deed is there before the first byte leaves. */
static int
note_deed(struct admin *a, int64_t patient, int64_t network,
    const char *purpose)
{
	a->audit_patient = patient;
	a->audit_network = network;
	a->audit_purpose = purpose;
	work_write(a);
	return work_end(a);
}

static int
person(struct admin *a)
{
	struct export e = { .a = a, .folder = arg(a, "--to") };
	const struct subject *s;
	struct ref ref;

	if (ref_parse(arg(a, "PATIENT"), &ref) < 0)
		return complain("a patient is named by the 32 digits in the "
		    "address of her page");
	e.db = open_database(a);
	db_begin(e.db, a->mem, 0);
	export_subject(e.db, &s, &ref);
	if (db_end(e.db) != DB_FINE)
		return failed(&e);
	if (s == NULL)
		return complain("there is no such patient");
	e.patient = s->patient_id;
	e.id = s->id;
	if (export_folder(e.folder) != 0 ||
	    note_deed(a, s->patient_id, s->network_id, "PATRQT") != 0)
		return 1;
	write_guide(&e);
	if (patient_write(&e) != 0)
		return db_failed_statement(e.db) != NULL ? failed(&e) :
		    complain("%s is not whole", e.folder);
	(void)printf("%s: %lld resources, %lld rows\n", e.folder,
	    (long long)e.resources, (long long)e.rows);
	db_close(e.db);
	return 0;
}

/* ---- a network ---- */

static void
network_tables(struct export *e, const char *code)
{
	struct network_rows network;
	struct office_rows office;
	struct user_rows user;
	struct staff_rows staff;
	struct device_rows device;
	struct feature_rows feature;
	struct choice_rows choice;
	struct switched_rows switched;
	struct right_rows right;
	struct incident_rows incident;

	export_networks(e->db, &network, code);
	export_csv(e, "network.csv", &network.set);
	export_offices(e->db, &office, code);
	export_csv(e, "office.csv", &office.set);
	export_users(e->db, &user, code);
	export_csv(e, "user.csv", &user.set);
	export_staff(e->db, &staff, code);
	export_csv(e, "staff.csv", &staff.set);
	export_devices(e->db, &device, code);
	export_csv(e, "device.csv", &device.set);
	export_features(e->db, &feature, code);
	export_csv(e, "network_module.csv", &feature.set);
	export_choices(e->db, &choice, code);
	export_csv(e, "network_choice.csv", &choice.set);
	export_switched(e->db, &switched, code);
	export_csv(e, "notice_switch.csv", &switched.set);
	export_rights(e->db, &right, code);
	export_csv(e, "network_right.csv", &right.set);
	export_incidents(e->db, &incident, code);
	export_csv(e, "incident.csv", &incident.set);
}

/* One folder a patient, named as in the addresses of her pages. */
static int
network_patients(struct export *e, const struct subject_rows *rows)
{
	const char *all = e->folder;
	char hex[REF_HEX];

	for (size_t i = 0; i < rows->set.n && !e->bad; i++) {
		const struct subject *s = subject_at(rows, i);

		e->patient = s->patient_id;
		e->id = s->id;
		e->folder = arena_printf(e->a->mem, "%s/patient/%s", all,
		    ref_hex(s->id, hex));
		if (export_folder(e->folder) != 0)
			return 1;
		(void)patient_write(e);
		if (isatty(STDERR_FILENO))
			(void)fprintf(stderr, "\r%zu of %zu patients", i + 1,
			    rows->set.n);
	}
	e->folder = all;
	return e->bad;
}

static int
network(struct admin *a)
{
	struct export e = { .a = a, .folder = arg(a, "--to") };
	struct subject_rows rows;
	int64_t id;

	work_read(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	if (work_end(a) != 0)
		return 1;
	e.db = open_database(a);
	if (export_folder(e.folder) != 0 ||
	    export_folder(arena_printf(a->mem, "%s/patient", e.folder)) != 0 ||
	    note_deed(a, 0, id, "HOPERAT") != 0)
		return 1;
	write_guide(&e);
	db_begin(e.db, a->mem, 0);
	network_tables(&e, arg(a, "CODE"));
	export_subjects(e.db, &rows, arg(a, "CODE"));
	if (db_end(e.db) != DB_FINE)
		return failed(&e);
	if (network_patients(&e, &rows) != 0)
		return db_failed_statement(e.db) != NULL ? failed(&e) :
		    complain("%s is not whole", e.folder);
	(void)printf("%s: %zu patients, %lld resources, %lld rows\n", e.folder,
	    rows.set.n, (long long)e.resources, (long long)e.rows);
	db_close(e.db);
	return 0;
}

const struct command export_commands[] = {
	{ "export", "person", "PATIENT --to FOLDER", "all that is kept of a "
	  "patient, and who looked: FHIR, CSV, files, into a new folder", person,
	  COMMAND_SECRETS },
	{ "export", "network", "CODE --to FOLDER", "the same of all its "
	  "patients, with offices, users and devices", network,
	  COMMAND_SECRETS },
	{ 0 }
};
