/*
 * ceiling --config FILE: the floor, and what no module can leave out.
 *
 *   GET  /bench/ceiling/PATIENT/BYTES  the admission, an audit record on disk
 *   GET  /bench/ceiling/-/BYTES        the same of a route without a patient
 *   GET  /bench/ceiling/+/BYTES        that, and one statement more: a row by its key
 *   POST /bench/ceiling/PATIENT/BYTES  one transaction with the admission, what
 *                                      writing an entry inserts, and its audit
 */
#include "bench.h"

#include "admit_sql.h"
#include "arena.h"
#include "audit.h"
#include "db.h"
#include "event.h"
#include "log.h"
#include "mark_sql.h"
#include "params.h"
#include "program.h"
#include "seal.h"
#include "timeline_sql.h"

enum { MEM_CAP = 8 * 1024 * 1024 };

struct shared {
	const struct settings *settings;
	struct journal *journal;
};

struct lane {
	struct shared *shared;
	struct db *db;
	struct arena *mem;
};

/* One request. */
struct call {
	struct lane *lane;
	struct params p;
	struct ref patient;
	int of_patient, second;
	unsigned char token[SHA256_BYTES], certificate[SHA256_BYTES];
	const struct session *session;
	const struct member *member;
	struct audit_record record;
};

static void *
begin(void *of)
{
	struct lane *lane = calloc(1, sizeof *lane);

	if (lane == NULL)
		abort();
	lane->shared = of;
	lane->db = db_open(lane->shared->settings);
	lane->mem = arena_new(MEM_CAP);
	return lane;
}

static void
end(void *of)
{
	struct lane *lane = of;

	db_close(lane->db);
	arena_free(lane->mem);
	free(lane);
}

static int
take_call(struct call *c, struct exchange *x)
{
	static const char before[] = "/bench/ceiling/";
	static const char cookie[] = "__Host-tomozuna=";
	const char *path, *token;
	char hex[REF_HEX] = "";

	params_take(&c->p, c->lane->mem, exchange_params(x));
	path = c->p.v[PARAM_PATH];
	token = c->p.v[PARAM_COOKIE];
	if (params_fault(&c->p) != NULL || token == NULL ||
	    strncmp(token, cookie, sizeof cookie - 1) != 0 ||
	    strncmp(path, before, sizeof before - 1) != 0)
		return -1;
	token += sizeof cookie - 1;
	seal_sha256(token, strlen(token), c->token);
	snprintf(hex, sizeof hex, "%s", path + sizeof before - 1);
	c->of_patient = ref_parse(hex, &c->patient) == 0;
	c->second = *hex == '+';
	return seal_certificate(c->p.v[PARAM_CERTIFICATE], c->certificate);
}

static int
admit(struct call *c)
{
	struct db_bytes token = { c->token, sizeof c->token };
	struct db_bytes certificate = { c->certificate, sizeof c->certificate };

	if (c->of_patient)
		admit_member(c->lane->db, &c->member, token, certificate,
		    &c->patient);
	else
		admit_session(c->lane->db, &c->session, token, certificate);
	if (c->member != NULL)
		c->session = (const struct session *)c->member;
	return c->session == NULL ? -1 : 0;
}

static void
fill_record(struct call *c, const char *method, int status)
{
	c->record = (struct audit_record){
		.at = instant_now(), .program = "ceiling", .method = method,
		.route = "/timeline/{patient}", .status = status,
		.outcome = AUDIT_SUCCESS,
		.a = { .user = c->session->user_id,
			.office = c->session->office_id,
			.device = c->session->device_id,
			.network = c->session->network_id,
			.subject = c->member == NULL ? 0 : c->member->patient_id,
			.purpose = "TREAT" },
	};
	(void)ref_parse(c->p.v[PARAM_REQUEST], &c->record.request);
}

/* The least that a page can ask besides. */
static void
ask_second(struct call *c)
{
	struct db_bytes certificate = { c->certificate, sizeof c->certificate };
	const struct device *d;

	if (c->second)
		admit_device_of(c->lane->db, &d, certificate);
}

static int
read_only(struct call *c)
{
	int refused;

	db_begin(c->lane->db, c->lane->mem, 0);
	refused = admit(c);
	ask_second(c);
	if (refused || db_end(c->lane->db) != DB_FINE)
		return 503;
	fill_record(c, "GET", 200);
	return journal_write(c->lane->shared->journal, &c->record) == 0 ?
	    200 : 503;
}

/* As the timeline does it: modules/timeline/write.c. */
static void
insert(struct call *c)
{
	struct db *db = c->lane->db;
	const struct member *m = c->member;
	struct ref id = ref_new();
	utc_ms now = instant_now();
	const struct event written = {
		.topic = "timeline.entry_written", .patient = m->patient_id,
		.ref = &id, .actor = m->user_id, .at = now,
		.sentence_ja = "記録が書かれました",
		.sentence_en = "An entry was written"
	};

	timeline_write(db, m->patient_id, &id, m->network_id, m->user_id,
	    arena_printf(c->lane->mem, "%s %s", m->family, m->given),
	    m->profession, m->professions, m->office_name,
	    c->session->office_id, 0, now,
	    "note", "team", 1, ",", NULL, 0, 0, NULL, 0,
	    (struct db_maybe){ 0 }, 0,
	    "体温36.8℃、血圧128/74、SpO₂ 97%。昼食は八割ほど召し上がり、"
	    "水分も十分でした。右かかとの発赤は昨日より薄くなっています。");
	mark_team(db, &id, m->patient_id, m->user_id, "timeline", "unread",
	    now);
	event_publish(db, &written);
}

static int
read_and_write(struct call *c)
{
	struct db *db = c->lane->db;

	for (int try = 0; try < 5; try++) {
		db_begin(db, c->lane->mem, 1);
		if (admit(c) != 0 || c->member == NULL)
			break;
		insert(c);
		fill_record(c, "POST", 201);
		audit_insert(db, &c->record);
		if (db_end(db) == DB_FINE)
			return 201;
		if (db_outcome(db) != DB_AGAIN)
			return 503;
	}
	db_abandon(db);
	return 503;
}

static void
serve(void *of, struct exchange *x)
{
	struct lane *lane = of;
	struct call c = { .lane = lane };
	char part[8192];
	int status = 500;

	arena_reset(lane->mem);
	while (exchange_read(x, part, sizeof part) > 0)
		;
	if (take_call(&c, x) == 0)
		status = strcmp(c.p.v[PARAM_METHOD], "POST") == 0 ?
		    read_and_write(&c) : read_only(&c);
	bench_answer(x, status, c.session == NULL ? 0 :
	    bench_bytes(c.p.v[PARAM_PATH]));
}

static void
nothing(void *of)
{
	(void)of;
}

int
main(int argc, char **argv)
{
	const struct program program = { .name = "ceiling" };
	struct options o = program_options(&program, argc, argv);
	static struct shared shared;
	struct fcgi_work work = {
		.begin = begin, .serve = serve, .after = nothing, .end = end,
		.of = &shared
	};
	char why[200];
	int status;

	if (o.task != TASK_SERVE)
		return o.status;
	program_block_signals();
	log_open(program.name, LOG_INFO);
	shared.settings = program_settings(&program, o.config);
	if (shared.settings == NULL)
		return 1;
	shared.journal = journal_open(shared.settings, why, sizeof why);
	if (shared.journal == NULL) {
		fprintf(stderr, "ceiling: %s\n", why);
		return 1;
	}
	work.threads = (int)shared.settings->threads;
	status = bench_serve(&work);
	journal_close(shared.journal);
	return status;
}
