#include "paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

/* Points: 72 an inch. */
enum {
	WIDTH = 595, HEIGHT = 842,
	MARGIN = 51,			/* 18 mm */
	FOOT = 34,
	LABEL = 118,			/* of a row */
	PAD = 4
};

struct paper {
	struct arena *mem;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	const char *foot;
	double y;
	int page;
	unsigned char *p;		/* what cairo has written */
	size_t n, room;
	int failed;
};

static cairo_status_t
keep(void *of, const unsigned char *p, unsigned n)
{
	struct paper *s = of;

	if (s->n + n > s->room) {
		size_t room = (s->n + n) * 2 + 65536;
		unsigned char *more = realloc(s->p, room);

		if (more == NULL)
			return CAIRO_STATUS_WRITE_ERROR;
		s->p = more;
		s->room = room;
	}
	memcpy(s->p + s->n, p, n);
	s->n += n;
	return CAIRO_STATUS_SUCCESS;
}

static void
set_font(struct paper *s, const char *font)
{
	PangoFontDescription *d = pango_font_description_from_string(font);

	pango_layout_set_font_description(s->layout, d);
	pango_font_description_free(d);
}

/* Lays a text out; its height in points. */
static double
lay(struct paper *s, const char *font, const char *text, double width)
{
	int h;

	set_font(s, font);
	pango_layout_set_width(s->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(s->layout, text == NULL ? "" : text, -1);
	pango_layout_get_size(s->layout, NULL, &h);
	return (double)h / PANGO_SCALE;
}

static void
show(struct paper *s, double x, double y)
{
	cairo_move_to(s->cr, x, y);
	pango_cairo_show_layout(s->cr, s->layout);
}

static void
end_page(struct paper *s)
{
	s->page++;
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	(void)lay(s, "Noto Sans CJK JP 7.5", s->foot, WIDTH - 2 * MARGIN);
	show(s, MARGIN, HEIGHT - FOOT);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_RIGHT);
	(void)lay(s, "Noto Sans CJK JP 7.5",
	    arena_printf(s->mem, "%d", s->page), WIDTH - 2 * MARGIN);
	show(s, MARGIN, HEIGHT - FOOT);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	cairo_show_page(s->cr);
	s->y = MARGIN;
}

static double
room_left(const struct paper *s)
{
	return HEIGHT - MARGIN - s->y;
}

/* A new page when so much does not fit any more. */
static void
need(struct paper *s, double height)
{
	if (height > room_left(s) && s->y > MARGIN)
		end_page(s);
}

struct paper *
paper_new(struct arena *mem, const char *foot)
{
	struct paper *s = arena_take(mem, sizeof *s);
	PangoContext *context;

	s->mem = mem;
	s->foot = foot;
	s->y = MARGIN;
	s->surface = cairo_pdf_surface_create_for_stream(keep, s, WIDTH, HEIGHT);
	s->cr = cairo_create(s->surface);
	cairo_set_line_width(s->cr, 0.6);
	s->layout = pango_cairo_create_layout(s->cr);
	context = pango_layout_get_context(s->layout);
	pango_context_set_language(context, pango_language_from_string("ja"));
	pango_layout_context_changed(s->layout);
	pango_layout_set_wrap(s->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(s->layout, PANGO_SCALE);
	return s;
}

void
paper_title(struct paper *s, const char *text)
{
	double h;

	pango_layout_set_alignment(s->layout, PANGO_ALIGN_CENTER);
	h = lay(s, "Noto Serif CJK JP Bold 16", text, WIDTH - 2 * MARGIN);
	show(s, MARGIN, s->y);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	s->y += h + 8;
}

void
paper_line(struct paper *s, const char *text, int right)
{
	double h = lay(s, "Noto Serif CJK JP 10", text, WIDTH - 2 * MARGIN);

	need(s, h);
	pango_layout_set_alignment(s->layout, right ? PANGO_ALIGN_RIGHT :
	    PANGO_ALIGN_LEFT);
	(void)lay(s, "Noto Serif CJK JP 10", text, WIDTH - 2 * MARGIN);
	show(s, MARGIN, s->y);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	s->y += h + 3;
}

void
paper_heading(struct paper *s, const char *text)
{
	double h = lay(s, "Noto Sans CJK JP Bold 10", text, WIDTH - 2 * MARGIN);

	need(s, h + 60);
	s->y += 6;
	(void)lay(s, "Noto Sans CJK JP Bold 10", text, WIDTH - 2 * MARGIN);
	show(s, MARGIN, s->y);
	s->y += h + 3;
}

/* Bytes of `text` that fit into `height`: whole lines of the layout. */
static size_t
fitting(struct paper *s, const char *text, double width, double height)
{
	int lines, n = 0;
	double h = 0;
	PangoLayoutLine *line;

	(void)lay(s, "Noto Serif CJK JP 10", text, width);
	lines = pango_layout_get_line_count(s->layout);
	for (; n < lines; n++) {
		PangoRectangle r;

		line = pango_layout_get_line_readonly(s->layout, n);
		pango_layout_line_get_extents(line, NULL, &r);
		h += (double)(r.height + PANGO_SCALE) / PANGO_SCALE;
		if (h > height)
			break;
	}
	if (n == lines)
		return strlen(text);
	if (n == 0)
		return 0;
	line = pango_layout_get_line_readonly(s->layout, n);
	return (size_t)pango_layout_line_get_start_index(line);
}

/* One box of a row, which holds `text`; returns nothing, moves on. */
static void
box(struct paper *s, const char *label, const char *text)
{
	double width = WIDTH - 2 * MARGIN, h, label_h;

	label_h = lay(s, "Noto Sans CJK JP 8.5", label, LABEL - 2 * PAD);
	h = lay(s, "Noto Serif CJK JP 10", text, width - LABEL - 2 * PAD);
	h = (label_h > h ? label_h : h) + 2 * PAD;
	(void)lay(s, "Noto Sans CJK JP 8.5", label, LABEL - 2 * PAD);
	show(s, MARGIN + PAD, s->y + PAD);
	(void)lay(s, "Noto Serif CJK JP 10", text, width - LABEL - 2 * PAD);
	show(s, MARGIN + LABEL + PAD, s->y + PAD);
	cairo_rectangle(s->cr, MARGIN, s->y, width, h);
	cairo_move_to(s->cr, MARGIN + LABEL, s->y);
	cairo_line_to(s->cr, MARGIN + LABEL, s->y + h);
	cairo_stroke(s->cr);
	s->y += h;
}

void
paper_row(struct paper *s, const char *label, const char *text)
{
	double width = WIDTH - 2 * MARGIN - LABEL - 2 * PAD;
	const char *rest = text == NULL ? "" : text;

	need(s, lay(s, "Noto Sans CJK JP 8.5", label, LABEL - 2 * PAD) + 30);
	for (;;) {
		size_t n = fitting(s, rest, width, room_left(s) - 2 * PAD);

		if (n == 0 && *rest != '\0' && s->y > MARGIN) {
			end_page(s);
			continue;
		}
		if (n == 0)
			n = strlen(rest);
		box(s, label, arena_copy(s->mem, rest, n));
		rest += n;
		if (*rest == '\0')
			return;
		end_page(s);
	}
}

const void *
paper_end(struct paper *s, size_t *n)
{
	void *copy = NULL;

	end_page(s);
	g_object_unref(s->layout);
	cairo_destroy(s->cr);
	cairo_surface_finish(s->surface);
	if (cairo_surface_status(s->surface) == CAIRO_STATUS_SUCCESS) {
		copy = arena_copy(s->mem, s->p, s->n);
		*n = s->n;
	}
	cairo_surface_destroy(s->surface);
	free(s->p);
	return copy;
}
