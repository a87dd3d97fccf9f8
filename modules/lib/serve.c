/* The unit of work: key, admission, inputs, handler, audit, commit. */
#include "request.h"

#include "kv.h"
#include "log.h"

enum {
	QUICK_MS = 1000,	/* a GET that failed sooner is tried again */
	OFTEN_S = 60		/* the window of per_minute */
};

static int
is_write(const struct request *q)
{
	return route_writes(q->r.route);
}

static int
has_copy(const struct request *q)
{
	return q->r.route->away && q->server->module->away != NULL;
}

static int
admit(struct request *q, struct model *m)
{
	const struct hooks *hooks = q->server->module->hooks;

	if (q->r.route->who == PUBLIC || q->r.route->who == LOOPBACK)
		return 0;
	return hooks->admit(&q->r, m);
}

/* Redis counts; without Redis nobody is too often here. */
static int
too_often(struct request *q)
{
	const struct route *route = q->r.route;
	char key[160];
	long n;

	if (route->per_minute == 0 || q->counted)
		return 0;
	q->counted = 1;
	if (q->audit.user != 0)
		snprintf(key, sizeof key, "often:%s:%d:%lld",
		    q->server->module->name, q->route_i,
		    (long long)q->audit.user);
	else
		snprintf(key, sizeof key, "often:%s:%d:%s",
		    q->server->module->name, q->route_i, q->r.address);
	n = kv_count(q->r.kv, key, OFTEN_S);
	if (n < 0)
		metrics_add(q->server->metrics, METRIC_KV_FAILED, 1);
	return n > route->per_minute;
}

static int
replay(struct request *q, struct model *m)
{
	int status = key_replay(q, m);

	q->replayed = 1;
	return status == 0 ? 503 : status;
}

/* A handler that answers 429 says in `retry_after` how many seconds to wait. */
static int
retry_after(const struct model *m)
{
	const struct scope top = model_scope(m);
	struct value v = scope_find(&top, "retry_after");

	return v.kind == VALUE_I64 && v.u.n > 0 ? (int)v.u.n : OFTEN_S;
}

static int
decide(struct request *q)
{
	struct model *m = q->a.model;
	int fresh = !key_wanted(q) || key_claim(q);
	int status = admit(q, m);

	if (status != 0)
		return status;
	if (db_outcome(q->r.db) != DB_FINE)
		return 503;
	if (!fresh)
		return replay(q, m);
	if (too_often(q)) {
		q->a.retry_after_s = OFTEN_S;
		return 429;
	}
	if (inputs_check(q) != 0)
		return q->a.status;
	status = q->r.route->handle(&q->r, m);
	if (status == 429)
		q->a.retry_after_s = retry_after(m);
	return status;
}

/* Where a form goes next: what the handler said, or the route. */
static void
fill_location(struct request *q)
{
	const char *then = q->then != NULL ? q->then : q->r.route->then;
	struct buf b = { 0 };

	if (then == NULL || q->a.location != NULL)
		return;
	route_fill(&b, then, q->r.route->path, q->path, &q->id);
	q->a.location = arena_text(q->worker->keep, buf_text(&b));
	buf_free(&b);
}

static const char *
purpose_of(const struct request *q)
{
	const char *purpose = q->r.route->purpose;

	return purpose != NULL ? purpose : "TREAT";
}

/* The route's purpose, unless the handler knew better. */
static struct audit_record
record_of(const struct request *q)
{
	int status = q->a.status;
	struct audit a = q->audit;

	if (a.purpose == NULL)
		a.purpose = purpose_of(q);
	return (struct audit_record){
		.at = q->r.now,
		.request = q->request_id,
		.program = q->server->module->name,
		.method = method_name(q->r.route->method),
		.route = q->r.route->path,
		.status = status,
		.outcome = status < 400 ? AUDIT_SUCCESS :
		    status < 500 ? AUDIT_REFUSED : AUDIT_FAILED,
		.a = a,
	};
}

/* The last statements of a change: what it answered, who did it. */
static void
seal_change(struct request *q)
{
	struct audit_record record = record_of(q);

	if (key_wanted(q) && q->a.status >= 400)
		key_forget(q);
	else if (key_wanted(q) && !q->replayed)
		key_store(q);
	audit_insert(q->r.db, &record);
}

static void
start_try(struct request *q)
{
	arena_reset(q->r.mem);
	memset(&q->a, 0, sizeof q->a);
	memset(&q->audit, 0, sizeof q->audit);
	q->a.model = model_new(q->r.mem);
	q->r.viewer = NULL;
	q->r.touch = 0;
	q->r.away = 0;
	q->in = NULL;
	q->then = NULL;
	memset(&q->raw, 0, sizeof q->raw);
	q->keep = q->replayed = q->audited = 0;
}

int
request_admit(struct request *q)
{
	int status;

	if (!db_reachable(q->r.db))
		return refuse(q, 503, "unavailable", NULL);
	start_try(q);
	db_begin(q->r.db, q->r.mem, 0);
	status = admit(q, q->a.model);
	if (db_end(q->r.db) != DB_FINE)
		return refuse(q, 503, "unavailable", NULL);
	if (status == 0 && too_often(q)) {
		q->a.retry_after_s = OFTEN_S;
		status = 429;
	}
	return status == 0 ? 0 : refuse(q, status, q->a.code, NULL);
}

static void
run_once(struct request *q)
{
	struct db *db = q->r.db;
	int commit;

	start_try(q);
	db_begin(db, q->r.mem, is_write(q));
	q->a.status = decide(q);
	if (q->a.status < 400)
		fill_location(q);
	commit = is_write(q) && (q->a.status < 400 || q->keep);
	if (commit && db_outcome(db) == DB_FINE)
		seal_change(q);
	if (!commit)
		db_abandon(db);
	q->outcome = commit ? db_end(db) : db_outcome(db);
	q->audited = commit && q->outcome == DB_FINE;
	if (q->audited && has_copy(q))
		q->server->module->away->committed(db_acts(db));
	q->statement = db_failed_statement(db);
	q->db_error = db_error(db);
	if (!is_write(q))
		(void)db_end(db);
}

/*
 * The connection broke at COMMIT. With a key we can look: stored means that it
 * happened; otherwise it did not, and may be tried again.
 */
static void
settle(struct request *q)
{
	struct model *m = model_new(q->r.mem);
	int status;

	if (!key_wanted(q))
		return;
	db_begin(q->r.db, q->r.mem, 0);
	status = key_replay(q, m);
	if (db_end(q->r.db) != DB_FINE)
		return;
	if (status == 0) {
		q->outcome = DB_AGAIN;
		return;
	}
	q->outcome = DB_FINE;
	q->a.status = status;
	q->a.model = m;
	q->audited = 1;
}

/* Waits as long as it takes until the next try, or says that there is none. */
static int
try_again(struct request *q, int try)
{
	struct timespec pause = { 0 };
	long ms = (long)FIRST_WAIT_MS << try;

	if (try + 1 == TRIES)
		return 0;
	if (q->outcome == DB_FAILED && !is_write(q) && try == 0)
		return instant_monotonic_ms() - q->began_ms < QUICK_MS &&
		    !(has_copy(q) && db_down());
	if (q->outcome != DB_AGAIN)
		return 0;
	metrics_add(q->server->metrics, METRIC_DB_AGAIN, 1);
	ms += rand_r(&q->worker->seed) % (FIRST_WAIT_MS << try);
	pause.tv_sec = ms / 1000;
	pause.tv_nsec = ms % 1000 * 1000000L;
	nanosleep(&pause, NULL);
	return 1;
}

/* Of a program with a copy: that this route is not in it, and others go on. */
static const char *
why_not_now(const struct request *q)
{
	return db_down() && q->server->module->away != NULL &&
	    !q->r.route->away ? "not_in_copy" : "unavailable";
}

/* What became of the unit of work decides over what the handler said. */
static void
judge(struct request *q)
{
	switch (q->outcome) {
	case DB_FINE:
		return;
	case DB_CONFLICT:
		(void)refuse(q, 409, "conflict", NULL);
		return;
	case DB_UNKNOWN:
		(void)refuse(q, 503, "unsettled", NULL);
		break;
	default:
		(void)refuse(q, 503, why_not_now(q), NULL);
		break;
	}
	metrics_add(q->server->metrics, METRIC_DB_FAILED, 1);
}

/* ---- while MariaDB is away ---- */

/* The end of a unit away: what it changes lies safe, or it did not happen. */
static void
store_away(struct request *q)
{
	struct db *db = q->r.db;

	if (!is_write(q) || q->a.status >= 400 || q->replayed)
		return;
	if (key_wanted(q))
		key_store(q);
	if (db_outcome(db) == DB_FINE &&
	    q->server->module->away->store(db_acts(db)) != 0)
		q->outcome = DB_FAILED;
}

/* The same handler, on the copy as it was at `as_of`. */
static void
run_away(struct request *q, utc_ms as_of)
{
	const struct away *away = q->server->module->away;
	void *unit;

	start_try(q);
	unit = away->begin(q->r.mem);
	db_begin_away(q->r.db, q->r.mem, is_write(q), away, unit);
	q->r.away = as_of;
	q->outcome = DB_FINE;
	q->a.status = decide(q);
	if (q->a.status == 401)
		(void)refuse(q, 503, "sign_in_away", NULL);
	if (q->a.status < 400) {
		fill_location(q);
		put_utc(q->a.model, "as_of", as_of);
	}
	store_away(q);
	away->end(unit);
	if (q->outcome == DB_FINE)
		q->outcome = db_outcome(q->r.db);
	q->statement = db_failed_statement(q->r.db);
	q->db_error = db_error(q->r.db);
	q->r.touch = 0;
	metrics_add(q->server->metrics, METRIC_AWAY, 1);
	judge(q);
}

/* Whether the copy is to answer: at once, or because the server just failed. */
static int
serve_away(struct request *q, int down)
{
	utc_ms as_of = has_copy(q) ? q->server->module->away->stands_in(down) : 0;

	if (as_of == 0)
		return 0;
	run_away(q, as_of);
	return 1;
}

void
request_serve(struct request *q)
{
	int try = 0;

	if (serve_away(q, db_down()))
		return;
	if (!db_reachable(q->r.db)) {
		(void)refuse(q, 503, why_not_now(q), NULL);
		metrics_add(q->server->metrics, METRIC_SHED, 1);
		return;
	}
	do {
		run_once(q);
		if (q->outcome == DB_UNKNOWN)
			settle(q);
	} while (try_again(q, try++));
	if ((q->outcome == DB_FAILED || q->outcome == DB_UNKNOWN) &&
	    serve_away(q, 1))
		return;
	judge(q);
}

/*
 * A public page that names nobody leaves no trace; everything else of a known
 * route does.
 */
static int
is_audited(const struct request *q)
{
	const struct audit *a = &q->audit;

	if (q->r.route == NULL || request_is_own(q) || q->audited)
		return 0;
	return q->r.route->who != PUBLIC || q->r.route->method == POST ||
	    a->user != 0 || a->subject != 0 || a->nsubjects != 0;
}

int
request_audit(struct request *q)
{
	struct audit_record record;
	int failed;

	if (!is_audited(q))
		return 0;
	record = record_of(q);
	failed = journal_write(q->server->journal, &record) != 0;
	atomic_store(&q->server->journal_failed, failed);
	if (!failed)
		return 0;
	metrics_add(q->server->metrics, METRIC_JOURNAL_FAILED, 1);
	return refuse(q, 503, "journal", NULL);
}
