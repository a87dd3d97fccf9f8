/* One thread's work: a request from its first byte to its line in the log. */
#include "request.h"

#include "kv.h"
#include "log.h"

enum {
	KEEP_CAP = 96 * 1024 * 1024,	/* fields and what is made of them */
	MEM_CAP = 128 * 1024 * 1024,	/* rows and the model */
	PIECE_CAP = 8 * 1024 * 1024,	/* of a raw answer */
	PATIENCE_MS = 700,		/* where a copy can answer instead */
	BODY_KEPT = 128 * 1024		/* room for a page; more is given back */
};

void *
worker_begin(void *of)
{
	struct server *s = of;
	struct worker *w = calloc(1, sizeof *w);

	if (w == NULL)
		abort();
	w->server = s;
	w->db = db_open(s->settings);
	if (s->module->away != NULL) {
		db_remember(w->db);
		db_impatient(w->db, PATIENCE_MS);
	}
	w->kv = kv_open(s->settings->redis_socket);
	w->keep = arena_new(KEEP_CAP);
	w->mem = arena_new(MEM_CAP);
	w->piece = arena_new(PIECE_CAP);
	seal_random(&w->seed, sizeof w->seed);
	return w;
}

void
worker_end(void *of)
{
	struct worker *w = of;

	db_close(w->db);
	kv_close(w->kv);
	arena_free(w->keep);
	arena_free(w->mem);
	arena_free(w->piece);
	buf_free(&w->head);
	buf_free(&w->body);
	free(w);
}

static struct request *
request_new(struct worker *w, struct exchange *x)
{
	struct request *q;

	arena_reset(w->keep);
	arena_reset(w->mem);
	q = arena_take(w->keep, sizeof *q);
	q->server = w->server;
	q->worker = w;
	q->exchange = x;
	q->began_ms = instant_monotonic_ms();
	q->route_i = -1;
	q->id = ref_new();
	seal_random(q->ref_seed, sizeof q->ref_seed);
	q->r = (struct req){
		.mem = w->mem, .db = w->db, .kv = w->kv,
		.now = instant_now(), .id = &q->id,
		.request_id = &q->request_id, .settings = w->server->settings,
		.address = "", .audit = &q->audit, .own = q,
	};
	return q;
}

static void
log_request(const struct request *q, int64_t ms)
{
	char id[REF_HEX], status[12], took[24], error[12];
	const char *route = q->r.route == NULL ? "-" : q->r.route->path;

	snprintf(status, sizeof status, "%d", q->a.status);
	snprintf(took, sizeof took, "%lld", (long long)ms);
	snprintf(error, sizeof error, "%u", q->db_error);
	ref_hex(&q->request_id, id);
	if (q->statement != NULL)
		log_line(LOG_WARNING, "request", "request", id, "route", route,
		    "status", status, "ms", took, "statement", q->statement,
		    "error", error, NULL);
	else if (q->r.away != 0)
		log_line(LOG_INFO, "request", "request", id, "route", route,
		    "status", status, "ms", took, "from", "copy", NULL);
	else if (q->a.code != NULL)
		log_line(LOG_INFO, "request", "request", id, "route", route,
		    "status", status, "ms", took, "code", q->a.code, NULL);
	else
		log_line(LOG_INFO, "request", "request", id, "route", route,
		    "status", status, "ms", took, NULL);
}

static void
note_request(struct request *q)
{
	int64_t ms = instant_monotonic_ms() - q->began_ms;

	if (q->r.route != NULL)
		metrics_request(q->server->metrics, (size_t)q->route_i,
		    q->a.status, ms * 1000);
	if (!request_is_own(q) || q->a.status >= 400)
		log_request(q, ms);
}

void
worker_serve(void *of, struct exchange *x)
{
	struct worker *w = of;
	struct request *q = request_new(w, x);

	w->last = q;
	if (request_open(q) == 0 && !request_is_own(q) &&
	    request_read(q) == 0 && key_take(q) == 0)
		request_serve(q);
	raw_prepare(q);
	if (request_audit(q) != 0)
		q->raw.given = 0;
	answer_send(q);
	if (q->raw.stream)
		atomic_fetch_sub(&w->server->streams, 1);
	note_request(q);
}

/* Only what has been committed is worth a look. */
static void
ring(struct request *q)
{
	if (q->a.status >= 400 || q->outcome != DB_FINE)
		return;
	for (int i = 0; i < q->nring; i++) {
		struct bell_topic topic;

		bell_topic_of(&q->server->bell, &q->ring[i], &topic);
		bell_ring(q->server->bell_socket, &topic);
	}
	if (q->shuts)
		bell_shut(q->server->bell_socket, &q->shut);
}

/* The peer has its answer; what is done here makes nobody wait. */
void
worker_after(void *of)
{
	struct worker *w = of;
	struct request *q = w->last;
	const struct hooks *hooks = w->server->module->hooks;

	ring(q);
	if (q->r.touch && hooks != NULL && hooks->touch != NULL) {
		db_begin(w->db, w->mem, 1);
		hooks->touch(&q->r);
		(void)db_end(w->db);
	}
	/* What a large answer took is given back now, not by the next request. */
	w->last = NULL;
	arena_reset(w->keep);
	arena_reset(w->mem);
	arena_reset(w->piece);
	if (w->body.cap > BODY_KEPT)
		buf_free(&w->body);
}
