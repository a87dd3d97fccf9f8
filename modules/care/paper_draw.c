/* The child: draws one paper, of what it is told, and ends. */
#include "paper.h"

#include "bytes.h"
#include "paper_own.h"
#include "sandbox.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <unistd.h>

enum {
	MEMORY_BYTES = 264 * 1024 * 1024,	/* fonts need some 100 MiB */
	PIECE_BYTES = 65536
};

/* Points: 72 an inch. */
enum {
	WIDTH = 595, HEIGHT = 842,
	MARGIN = 51,			/* 18 mm */
	FOOT = 34,
	LABEL = 118,			/* of a row */
	PAD = 4,
	CODE = 108,			/* of a square code: 38 mm */
	QUIET = 4			/* modules of it that stay white around it */
};

struct drawing {
	struct buf *out;
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	const char *foot;
	double y;
	int page;
};

static cairo_status_t
keep(void *of, const unsigned char *p, unsigned n)
{
	struct buf *out = of;

	buf_put(out, (const char *)p, n);
	return out->failed || out->n > PAPER_PDF_MAX ?
	    CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void
set_font(struct drawing *s, const char *font)
{
	PangoFontDescription *d = pango_font_description_from_string(font);

	pango_layout_set_font_description(s->layout, d);
	pango_font_description_free(d);
}

/* Lays a text out; its height in points. */
static double
lay(struct drawing *s, const char *font, const char *text, double width)
{
	int h;

	set_font(s, font);
	pango_layout_set_width(s->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(s->layout, text == NULL ? "" : text, -1);
	pango_layout_get_size(s->layout, NULL, &h);
	return (double)h / PANGO_SCALE;
}

static void
show(struct drawing *s, double x, double y)
{
	cairo_move_to(s->cr, x, y);
	pango_cairo_show_layout(s->cr, s->layout);
}

static void
end_page(struct drawing *s)
{
	char number[12];

	(void)snprintf(number, sizeof number, "%d", ++s->page);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	(void)lay(s, "Noto Sans CJK JP 7.5", s->foot, WIDTH - 2 * MARGIN);
	show(s, MARGIN, HEIGHT - FOOT);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_RIGHT);
	(void)lay(s, "Noto Sans CJK JP 7.5", number, WIDTH - 2 * MARGIN);
	show(s, MARGIN, HEIGHT - FOOT);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	cairo_show_page(s->cr);
	s->y = MARGIN;
}

static double
room_left(const struct drawing *s)
{
	return HEIGHT - MARGIN - s->y;
}

/* A new page when so much does not fit any more. */
static void
need(struct drawing *s, double height)
{
	if (height > room_left(s) && s->y > MARGIN)
		end_page(s);
}

static void
begin(struct drawing *s)
{
	PangoContext *context;

	s->y = MARGIN;
	s->surface = cairo_pdf_surface_create_for_stream(keep, s->out, WIDTH,
	    HEIGHT);
	s->cr = cairo_create(s->surface);
	cairo_set_line_width(s->cr, 0.6);
	s->layout = pango_cairo_create_layout(s->cr);
	context = pango_layout_get_context(s->layout);
	pango_context_set_language(context, pango_language_from_string("ja"));
	pango_layout_context_changed(s->layout);
	pango_layout_set_wrap(s->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(s->layout, PANGO_SCALE);
}

static void
draw_title(struct drawing *s, const char *text)
{
	double h;

	pango_layout_set_alignment(s->layout, PANGO_ALIGN_CENTER);
	h = lay(s, "Noto Serif CJK JP Bold 16", text, WIDTH - 2 * MARGIN);
	show(s, MARGIN, s->y);
	pango_layout_set_alignment(s->layout, PANGO_ALIGN_LEFT);
	s->y += h + 8;
}

static void
draw_line(struct drawing *s, const char *text, int right)
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

static void
draw_heading(struct drawing *s, const char *text)
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
fitting(struct drawing *s, const char *text, double width, double height)
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
box(struct drawing *s, const char *label, const char *text)
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

static void
draw_row(struct drawing *s, const char *label, const char *text)
{
	double width = WIDTH - 2 * MARGIN - LABEL - 2 * PAD;
	const char *rest = text;
	char *part;

	need(s, lay(s, "Noto Sans CJK JP 8.5", label, LABEL - 2 * PAD) + 30);
	for (;;) {
		size_t n = fitting(s, rest, width, room_left(s) - 2 * PAD);

		if (n == 0 && *rest != '\0' && s->y > MARGIN) {
			end_page(s);
			continue;
		}
		if (n == 0)
			n = strlen(rest);
		part = strndup(rest, n);
		if (part == NULL)
			exit(1);
		box(s, label, part);
		free(part);
		rest += n;
		if (*rest == '\0')
			return;
		end_page(s);
	}
}

static int
end(struct drawing *s)
{
	cairo_status_t status;

	end_page(s);
	g_object_unref(s->layout);
	cairo_destroy(s->cr);
	cairo_surface_finish(s->surface);
	status = cairo_surface_status(s->surface);
	cairo_surface_destroy(s->surface);
	return status == CAIRO_STATUS_SUCCESS ? 0 : -1;
}

static void
draw_squares(struct drawing *s, const QRcode *q)
{
	double one = (double)CODE / (q->width + 2 * QUIET);

	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if (q->data[y * q->width + x] & 1)
				cairo_rectangle(s->cr,
				    MARGIN + (x + QUIET) * one,
				    s->y + (y + QUIET) * one, one, one);
	cairo_fill(s->cr);
}

/* At the left margin; what stands beside it may be higher. 0, or -1: too much for one. */
static int
draw_code(struct drawing *s, const char *text)
{
	double width = WIDTH - 2 * MARGIN - CODE - PAD, h;
	const char *beside = strchr(text, '\n');
	char *code = beside == NULL ? NULL :
	    strndup(text, (size_t)(beside - text));
	QRcode *q = code == NULL ? NULL :
	    QRcode_encodeString8bit(code, 0, QR_ECLEVEL_M);

	free(code);
	if (q == NULL)
		return -1;
	h = lay(s, "Noto Serif CJK JP 11", beside + 1, width);
	need(s, h > CODE ? h : CODE);
	draw_squares(s, q);
	(void)lay(s, "Noto Serif CJK JP 11", beside + 1, width);
	show(s, MARGIN + CODE + PAD, s->y + (h < CODE ? (CODE - h) / 2 : 0));
	s->y += (h > CODE ? h : CODE) + PAD;
	QRcode_free(q);
	return 0;
}

/* ---- what it is told ---- */

/* The next piece and its text, to be freed; 0 at the end, -1: that is none. */
static int
next_piece(const char **p, const char *end_of_it, char **text)
{
	const unsigned char *at = (const unsigned char *)*p;
	size_t n, left = (size_t)(end_of_it - *p);

	*text = NULL;
	if (left == 0)
		return 0;
	if (left < 5 || (n = get_le32(at + 1)) > left - 5)
		return -1;
	*text = strndup(*p + 5, n);
	*p += 5 + n;
	return *text == NULL ? -1 : at[0];
}

static int
draw_piece(struct drawing *s, int piece, const char *text, const char *label)
{
	switch (piece) {
	case PAPER_TITLE:
		draw_title(s, text);
		break;
	case PAPER_LEFT:
	case PAPER_RIGHT:
		draw_line(s, text, piece == PAPER_RIGHT);
		break;
	case PAPER_HEADING:
		draw_heading(s, text);
		break;
	case PAPER_VALUE:
		draw_row(s, label, text);
		break;
	case PAPER_CODE:
		return draw_code(s, text);
	default:
		return -1;
	}
	return 0;
}

static int
draw_all(struct drawing *s, const char *p, const char *end_of_it)
{
	char *text, *label = NULL;
	int piece, fine = 0;

	while (fine == 0 && (piece = next_piece(&p, end_of_it, &text)) > 0) {
		if (piece == PAPER_LABEL && label == NULL) {
			label = text;
			continue;
		}
		fine = (piece == PAPER_VALUE) != (label != NULL) ? -1 :
		    draw_piece(s, piece, text, label);
		free(text);
		free(label);
		label = NULL;
	}
	free(label);
	return fine == 0 && piece == 0 ? 0 : -1;
}

int
paper_draw(const char *p, size_t n, struct buf *out)
{
	struct drawing s = { .out = out };
	const char *at = p;
	char *foot;
	int fine;

	if (next_piece(&at, p + n, &foot) != PAPER_FOOT) {
		free(foot);
		return -1;
	}
	s.foot = foot;
	begin(&s);
	fine = draw_all(&s, at, p + n);
	if (end(&s) != 0)
		fine = -1;
	free(foot);
	return fine;
}

/* ---- the process ---- */

static int
read_all(struct buf *b)
{
	char piece[PIECE_BYTES];
	ssize_t n;

	while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0 &&
	    b->n <= PAPER_TOLD_MAX)
		buf_put(b, piece, (size_t)n);
	return n == 0 && !b->failed ? 0 : -1;
}

static int
write_all(const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(STDOUT_FILENO, p, n);

		if (done <= 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int
paper_main(void)
{
	const struct sandbox cage = { .name = "paper", .memory = MEMORY_BYTES,
		.cpu_s = PAPER_SECONDS, .reads = 1 };
	struct buf told = { 0 }, pdf = { 0 };

	/* Memory goes with the process, and no leak is looked for on the way. */
	_exit(sandbox_enter(&cage) == 0 && read_all(&told) == 0 &&
	    paper_draw(told.p, told.n, &pdf) == 0 &&
	    write_all(pdf.p, pdf.n) == 0 ? 0 : 1);
}
