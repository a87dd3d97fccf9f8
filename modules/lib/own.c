/* Routes that every program has, for the loopback door alone. */
#include "request.h"

#include "health_sql.h"
#include "kv.h"

static int
never(struct req *r, struct model *m)
{
	(void)r;
	(void)m;
	return 500;
}

void
own_routes(struct server *s)
{
	static const char *const names[] = { "health", "metrics" };
	const struct module *module = s->module;
	struct route *routes;
	size_t n = 0;

	while (module->routes[n].path != NULL)
		n++;
	s->nown = sizeof names / sizeof names[0];
	s->nroutes = n + s->nown;
	routes = calloc(s->nroutes + 1, sizeof *routes);
	if (routes == NULL)
		abort();
	memcpy(routes, module->routes, n * sizeof *routes);
	for (size_t i = 0; i < s->nown; i++) {
		snprintf(s->own_path[i], sizeof s->own_path[i], "/%s/%s",
		    module->name, names[i]);
		routes[n + i] = (struct route){ .method = GET,
			.path = s->own_path[i], .who = LOOPBACK,
			.handle = never };
	}
	s->routes = routes;
}

int
request_is_own(const struct request *q)
{
	const struct server *s = q->server;

	return q->r.route != NULL &&
	    (size_t)q->route_i >= s->nroutes - s->nown;
}

static int
database_answers(struct request *q)
{
	const struct alive *alive;

	if (!db_reachable(q->r.db))
		return 0;
	db_begin(q->r.db, q->r.mem, 0);
	health_ping(q->r.db, &alive);
	return db_end(q->r.db) == DB_FINE;
}

static const char *
redis_state(struct request *q)
{
	size_t n;

	if (q->server->settings->redis_socket[0] == '\0')
		return "unused";
	(void)kv_get(q->r.kv, q->r.mem, "health", &n);
	return kv_up(q->r.kv) ? "up" : "down";
}

/* As of when a module's copy would answer; null: not at all. */
static void
put_copy(const struct away *away, struct model *m)
{
	utc_ms as_of = away == NULL ? 0 : away->stands_in(1);

	if (away != NULL && as_of == 0)
		put_text(m, "copy_as_of", NULL);
	else if (away != NULL)
		put_utc(m, "copy_as_of", as_of);
}

/* Ready or not, and why; Redis alone never makes a program unready. */
static const char *
health(struct request *q, struct buf *b)
{
	struct model *m = model_new(q->r.mem);
	int database = database_answers(q);
	int journal = !atomic_load(&q->server->journal_failed);
	int64_t records = 0, age_ms = 0;
	int checked = atomic_load(&q->server->checked);
	int ready = database && journal && checked;

	journal_backlog(q->server->journal, &records, &age_ms);
	put_bool(m, "ready", ready);
	put_text(m, "database", database ? "up" : "down");
	put_bool(m, "statements_checked", checked);
	put_text(m, "redis", redis_state(q));
	put_text(m, "journal", journal ? "up" : "down");
	put_i64(m, "journal_waiting", records);
	put_i64(m, "journal_oldest_ms", age_ms);
	put_copy(q->server->module->away, m);
	model_json(m, b);
	q->a.status = ready ? 200 : 503;
	return "application/json";
}

static const char *
route_label(const void *of, size_t i)
{
	const struct server *s = of;

	return s->routes[i].path;
}

const char *
own_answer(struct request *q, struct buf *b)
{
	const struct server *s = q->server;

	if ((size_t)q->route_i == s->nroutes - s->nown)
		return health(q, b);
	metrics_write(s->metrics, b, route_label, s);
	if (s->module->away != NULL)
		metrics_copy(s->metrics, b, s->module->away->stands_in(1));
	return "text/plain; version=0.0.4; charset=utf-8";
}
