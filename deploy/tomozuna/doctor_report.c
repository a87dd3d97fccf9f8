#include "doctor.h"

#include "model.h"
#include "page.h"
#include "text.h"
#include "tomozuna_pages.h"

#define PREFIX "tomozuna_"

static const char *const state_name[] = { "ok", "look", "wrong" };

/* Fills {0} {1} {2} in. */
static const char *
fill(const struct doctor *d, const char *text, const struct finding *f)
{
	struct buf b = { 0 };
	const char *done;

	for (; *text != '\0'; text++) {
		if (text[0] == '{' && text[1] >= '0' &&
		    text[1] < '0' + SAYING_PARTS && text[2] == '}') {
			buf_puts(&b, f->part[text[1] - '0']);
			text += 2;
		} else {
			buf_putc(&b, *text);
		}
	}
	done = arena_text(d->a->mem, buf_text(&b));
	buf_free(&b);
	return done;
}

static struct words_of
filled(const struct doctor *d, const struct finding *f, const char *lang)
{
	const struct words_of *w = strcmp(lang, "ja") == 0 ? &f->saying->ja :
	    &f->saying->en;

	return (struct words_of){ fill(d, w->what, f), fill(d, w->found, f),
	    fill(d, w->todo, f) };
}

void
report_table(const struct doctor *d, const char *lang)
{
	static const char *const ja[] = { "正常", "確認", "異常" };
	static const char *const en[] = { "ok", "look", "WRONG" };
	int japanese = strcmp(lang, "ja") == 0;
	struct table *t = japanese ?
	    table_new(d->a->mem, "状態", "対象", "見つかったこと",
	    "次にすること", NULL) :
	    table_new(d->a->mem, "state", "what", "found", "what to do", NULL);

	for (const struct finding *f = d->first; f != NULL; f = f->next) {
		struct words_of w = filled(d, f, lang);

		table_row(t, (japanese ? ja : en)[f->saying->severity],
		    w.what, w.found, w.todo);
	}
	table_print(t);
	(void)printf(japanese ? "\n異常 %d件、確認 %d件\n" :
	    "\n%d wrong, %d to look at\n", d->count[WRONG], d->count[LOOK]);
}

static void
put_words(struct model *m, const char *key, struct words_of w)
{
	struct model *o = put_object(m, key);

	put_text(o, "what", w.what);
	put_text(o, "found", w.found);
	put_text(o, "todo", w.todo);
}

/* Findings of one severity as items of `key`. */
static void
put_findings(const struct doctor *d, struct model *m, const char *key,
    enum severity least, enum severity most)
{
	put_items(m, key);
	for (const struct finding *f = d->first; f != NULL; f = f->next) {
		struct model *o;

		if (f->saying->severity < least || f->saying->severity > most)
			continue;
		o = put_item(m, key);
		put_text(o, "id", f->saying->id);
		put_text(o, "state", state_name[f->saying->severity]);
		put_text(o, "about", f->part[0]);
		put_words(o, "ja", filled(d, f, "ja"));
		put_words(o, "en", filled(d, f, "en"));
	}
}

void
report_json(const struct doctor *d, struct buf *b)
{
	struct model *m = model_new(d->a->mem);

	put_text(m, "state", state_name[doctor_worst(d)]);
	put_utc(m, "at", d->a->now);
	put_i64(m, "wrong", d->count[WRONG]);
	put_i64(m, "look", d->count[LOOK]);
	put_findings(d, m, "findings", FINE, WRONG);
	model_json(m, b);
	buf_putc(b, '\n');
}

/* Japanese time to the second: by it people see whether the page is alive. */
static const char *
clock_time(const struct doctor *d)
{
	struct db_maybe at = { 1, d->a->now };

	return arena_printf(d->a->mem, "%s:%02d",
	    table_time(d->a->mem, at), (int)(d->a->now / SECOND_MS % 60));
}

int
report_page(const struct doctor *d, struct buf *b)
{
	const struct page_source *const lists[] = { tomozuna_pages };
	const struct page_call call = { .page = "status.html", .lang = LANG_JA,
	    .now = d->a->now, .strict = 1 };
	struct model *m = model_new(d->a->mem);
	struct pages *pages;
	char why[400];

	pages = pages_new(lists, 1, &tomozuna_words, why, sizeof why);
	if (pages == NULL)
		return complain("%s", why);
	put_bool(m, "wrong", d->count[WRONG] > 0);
	put_bool(m, "odd", doctor_worst(d) == LOOK);
	put_text(m, "state", state_name[doctor_worst(d)]);
	put_text(m, "clock", clock_time(d));
	put_utc(m, "at", d->a->now);
	put_i64(m, "wrongs", d->count[WRONG]);
	put_i64(m, "looks", d->count[LOOK]);
	put_findings(d, m, "bad", WRONG, WRONG);
	put_findings(d, m, "odds", LOOK, LOOK);
	put_findings(d, m, "fine", FINE, FINE);
	if (page_render(pages, &call, m, b) < 0) {
		pages_free(pages);
		return complain("status.html: %s", buf_text(b));
	}
	pages_free(pages);
	return 0;
}

/* A label's value: backslash, quote and line feed are escaped. */
static void
put_label(struct buf *b, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '"')
			buf_putc(b, '\\');
		buf_putc(b, *text == '\n' ? ' ' : *text);
	}
}

void
report_metrics(const struct doctor *d, struct buf *b)
{
	buf_puts(b, "# What tomozuna doctor has found.\n");
	for (const struct finding *f = d->first; f != NULL; f = f->next) {
		if (f->saying->severity == FINE)
			continue;
		buf_printf(b, PREFIX "finding{id=\"%s\",state=\"%s\",about=\"",
		    f->saying->id, state_name[f->saying->severity]);
		put_label(b, f->part[0]);
		buf_puts(b, "\"} 1\n");
	}
	buf_printf(b, PREFIX "doctor_worst %d\n", (int)doctor_worst(d));
	buf_printf(b, PREFIX "doctor_at_seconds %lld\n",
	    (long long)(d->a->now / SECOND_MS));
	for (const struct gauge *g = d->gauges; g != NULL; g = g->next) {
		buf_printf(b, PREFIX "%s", g->name);
		if (g->label != NULL) {
			buf_printf(b, "{%s=\"", g->label);
			put_label(b, g->value_of);
			buf_puts(b, "\"}");
		}
		buf_printf(b, " %lld\n", (long long)g->value);
	}
}
