/*
 * Runs a page's operations over a model. Keys are looked up from the innermost
 * section outwards. Which column of a row a key names is found once a set of
 * rows and remembered for the rendering, in the request's arena; the pages
 * themselves are only read, so threads share them.
 */
#include "model_own.h"
#include "page_own.h"

#include "arena.h"
#include "text.h"

enum { RENDER_DEPTH = 200 };

/* A section that was entered: an object, a row, or a plain value. */
struct frame {
	const struct frame *up;
	struct scope scope;		/* empty of a plain value */
	struct value value;		/* a plain one, else NONE */
};

/* Where a key was found in the rows that it was last asked of. */
struct slot {
	const struct model_set *set;
	int from, skip;
	int used;			/* how many of the key's parts */
	struct place place;
};

struct render {
	struct property_call call;
	const struct page_call *page;
	const struct template *of;
	struct slot **slot;		/* of each template that was entered */
	const struct model *model;
	struct buf *out;
	const char *missing;		/* strict: a key, and where */
	const char *missing_in;
	int depth;
	char text[PROPERTY_TEXT];
};

/* ---- looking up ---- */

static void
part_find(const struct scope *s, const struct page_part *part, struct value *v)
{
	struct place place;

	if (s->object != NULL) {
		*v = object_find(s->object, part->name, part->bytes, part->hash);
	} else {
		place = row_find(s, part->name, part->bytes);
		row_value(s, &place, v);
	}
}

/* Goes on from a value by parts `i` to `n` of a key; returns where it ended. */
static int
walk(struct value *v, const struct page_key *key, int i, int n)
{
	while (i < n && v->kind == VALUE_OBJECT) {
		struct scope s = v->u.scope;

		part_find(&s, &key->part[i++], v);
	}
	return i;
}

/* 1 if the row before this one in its list is of another day, or there is none. */
static int
new_day(const struct scope *s, const struct page_key *key, civil_date day)
{
	struct value v = { VALUE_OBJECT, { .scope = *s } };
	civil_date other;
	int ok;

	if (s->rows == NULL || s->i == 0)
		return 1;
	v.u.scope.i--;
	if (s->rows->set == NULL)
		v.u.scope.object = s->rows->item[s->i - 1];
	(void)walk(&v, key, 0, key->n - 1);
	other = value_day(&v, &ok);
	return !ok || other != day;
}

/* What is left of the key after `used` parts, in a value found in scope `s`. */
static void
finish(struct render *r, const struct scope *s, struct value *v,
    const struct page_key *key, int used)
{
	const struct page_part *last = &key->part[key->n - 1];
	civil_date day;
	int ok;

	used = walk(v, key, used, key->n);
	if (used == key->n || v->kind == VALUE_NULL)
		return;
	if (used < key->n - 1) {
		v->kind = VALUE_NONE;
	} else if (last->property != PROPERTY_NEW_DAY) {
		property_value(&r->call, last, v, r->text);
	} else {
		day = value_day(v, &ok);
		v->kind = ok ? VALUE_BOOL : VALUE_NONE;
		v->u.n = ok && new_day(s, key, day);
	}
}

/* Finds a key's place in rows, as deep as groups of columns go. */
static void
fill_slot(struct slot *slot, const struct scope *s, const struct page_key *key)
{
	struct scope at = *s;

	slot->set = s->rows->set;
	slot->from = s->from;
	slot->skip = s->skip;
	slot->used = 1;
	slot->place = row_find(&at, key->part[0].name, key->part[0].bytes);
	while (slot->place.kind == PLACE_GROUP && slot->used < key->n) {
		at.from = slot->place.from;
		at.to = slot->place.to;
		at.skip = slot->place.skip;
		slot->place = row_find(&at, key->part[slot->used].name,
		    key->part[slot->used].bytes);
		slot->used++;
	}
}

/* Looks in a row. 1 if its first part is there, whatever becomes of the rest. */
static int
find_in_row(struct render *r, const struct scope *s, struct slot *slot,
    const struct page_key *key, struct value *v)
{
	if (slot->set != s->rows->set || slot->from != s->from ||
	    slot->skip != s->skip)
		fill_slot(slot, s, key);
	if (slot->place.kind == PLACE_NONE && slot->used == 1)
		return 0;
	row_value(s, &slot->place, v);
	if (slot->used < key->n)
		finish(r, s, v, key, slot->used);
	return 1;
}

static int
find_in(struct render *r, const struct scope *s, const struct page_key *key,
    struct value *v)
{
	part_find(s, &key->part[0], v);
	if (v->kind == VALUE_NONE)
		return 0;
	if (key->n > 1)
		finish(r, s, v, key, 1);
	return 1;
}

static void
find(struct render *r, const struct frame *f, struct slot *slot,
    const struct page_key *key, struct value *v)
{
	int cached = 1;

	if (key->n == 0) {
		*v = f->value;
		if (v->kind == VALUE_NONE)
			*v = (struct value){ VALUE_OBJECT, { .scope = f->scope } };
		return;
	}
	for (; f != NULL; f = f->up) {
		if (f->scope.object == NULL && f->scope.rows == NULL)
			continue;
		if (f->scope.object == NULL && cached) {
			if (find_in_row(r, &f->scope, slot, key, v))
				return;
		} else if (find_in(r, &f->scope, key, v)) {
			return;
		}
		cached = 0;
	}
	v->kind = VALUE_NONE;
}

static void
need(struct render *r, const struct template *t, const struct frame *f,
    const struct op *op, struct value *v)
{
	find(r, f, &r->slot[t - r->of][op->slot], op->u.key, v);
	if (v->kind == VALUE_NONE && r->page->strict && r->missing == NULL) {
		r->missing = op->u.key->whole;
		r->missing_in = t->name;
	}
}

/* ---- writing ---- */

static void
write_value(struct buf *b, const struct value *v)
{
	char text[INSTANT_TEXT], hex[REF_HEX];

	switch (v->kind) {
	case VALUE_TEXT:
		buf_html(b, v->u.text, strlen(v->u.text));
		break;
	case VALUE_I64:
		buf_i64(b, v->u.n);
		break;
	case VALUE_TENTHS:
		buf_tenths(b, v->u.n);
		break;
	case VALUE_BOOL:
		buf_puts(b, v->u.n != 0 ? "true" : "false");
		break;
	case VALUE_UTC:
		buf_puts(b, instant_iso(v->u.n, text));
		break;
	case VALUE_DATE:
		buf_puts(b, date_iso((civil_date)v->u.n, text));
		break;
	case VALUE_REF:
		buf_put(b, ref_hex(v->u.ref, hex), REF_HEX - 1);
		break;
	default:
		break;
	}
}

static int
is_true(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NONE:
	case VALUE_NULL:
		return 0;
	case VALUE_TEXT:
		return v->u.text[0] != '\0';
	case VALUE_I64:
	case VALUE_TENTHS:
	case VALUE_BOOL:
		return v->u.n != 0;
	case VALUE_ROWS:
	case VALUE_ITEMS:
		return v->u.rows->n > 0;
	default:
		return 1;
	}
}

static void run(struct render *, const struct template *, uint32_t from,
    uint32_t to, const struct frame *);

/* Enters an object or a row; an item of a plain value is that value. */
static void
enter(struct frame *f, const struct frame *up, const struct scope *s)
{
	f->up = up;
	f->scope = *s;
	f->value.kind = VALUE_NONE;
	if (s->object != NULL && s->object->n > 0 &&
	    strcmp(s->object->v[0].key, ".") == 0)
		f->value = s->object->v[0].value;
}

static void
run_section(struct render *r, const struct template *t, uint32_t at,
    const struct value *v, const struct frame *up)
{
	uint32_t to = t->op[at].n;
	size_t n = value_count(v);
	struct frame f;

	if (v->kind == VALUE_ROWS || v->kind == VALUE_ITEMS) {
		for (size_t i = 0; i < n && r->missing == NULL; i++) {
			struct scope s = value_at(v, i);

			enter(&f, up, &s);
			run(r, t, at + 1, to, &f);
		}
		return;
	}
	if (v->kind == VALUE_OBJECT)
		enter(&f, up, &v->u.scope);
	else
		f = (struct frame){ .up = up, .value = *v };
	run(r, t, at + 1, to, &f);
}

static void
run_template(struct render *r, const struct template *t, const struct frame *f)
{
	struct slot **slot = &r->slot[t - r->of];

	if (*slot == NULL)
		*slot = arena_take_many(r->model->mem, t->slots + 1, sizeof **slot);
	run(r, t, 0, t->n, f);
}

static void
run_page(struct render *r, const struct frame *f)
{
	int i = page_index(r->call.pages, r->page->page);

	if (i == -1) {
		r->missing = "page";
		r->missing_in = r->page->page;
	} else {
		run_template(r, &r->of[i], f);
	}
}

static void
run(struct render *r, const struct template *t, uint32_t from, uint32_t to,
    const struct frame *f)
{
	if (++r->depth > RENDER_DEPTH) {
		r->missing = "end of its including itself";
		r->missing_in = t->name;
	}
	for (uint32_t i = from; i < to && r->missing == NULL; i++) {
		const struct op *op = &t->op[i];
		struct value v;

		if (op->kind == OP_TEXT) {
			buf_put(r->out, op->u.text, op->n);
		} else if (op->kind == OP_INCLUDE) {
			run_template(r, &r->of[op->n], f);
		} else if (op->kind == OP_PAGE) {
			run_page(r, f);
		} else {
			need(r, t, f, op, &v);
			if (op->kind == OP_VALUE) {
				write_value(r->out, &v);
				continue;
			}
			if (!is_true(&v) && op->kind == OP_INVERTED)
				run(r, t, i + 1, op->n, f);
			else if (is_true(&v) && op->kind == OP_SECTION)
				run_section(r, t, i, &v, f);
			i = op->n - 1;
		}
	}
	r->depth--;
}

int
page_render(const struct pages *pages, const struct page_call *call,
    const struct model *m, struct buf *out)
{
	const char *first = call->layout == NULL ? call->page : call->layout;
	struct render r = { .call = { pages, call->lang, call->now },
	    .page = call, .of = pages->of[call->lang], .model = m, .out = out };
	struct scope root = model_scope(m);
	struct frame f;
	size_t start = out->n;
	int i = page_index(pages, first);

	enter(&f, NULL, &root);
	r.slot = arena_take_many(m->mem, pages->n + 1, sizeof *r.slot);
	if (i == -1) {
		r.missing = "page";
		r.missing_in = first;
	} else {
		run_template(&r, &r.of[i], &f);
	}
	if (r.missing == NULL)
		return 0;
	out->n = start;
	buf_printf(out, "%s: no %s", r.missing_in, r.missing);
	return -1;
}
