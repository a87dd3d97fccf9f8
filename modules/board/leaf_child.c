/*
 * The child: one page of a PDF, or what is in all of them. The PDF comes through standard
 * input in parts, as poppler asks for them.
 */
#include "leaf_own.h"

#include "sandbox.h"
#include "text.h"

#include <gio/gio.h>
#include <pango/pangocairo.h>
#include <poppler.h>
#include <unistd.h>

#include <stdio.h>

#include <jpeglib.h>

enum {
	MEMORY_BYTES = 768 * 1024 * 1024,	/* a scanned page, decoded, and fonts */
	WIDE = 1240,			/* pixels: A4 at 150 a inch */
	HIGH_MOST = 4 * WIDE,
	QUALITY = 78,
	PARTS = 24			/* kept */
};

/* ---- the PDF, as a stream that poppler can read ---- */

struct part {
	int64_t at;
	uint32_t n;
	unsigned char bytes[LEAF_PART_BYTES];
};

typedef struct {
	GInputStream parent;
	int64_t at, bytes;
	struct part *part[PARTS];
	unsigned next;			/* that is given up for another */
} Paper;

typedef struct {
	GInputStreamClass parent;
} PaperClass;

static void seeks(GSeekableIface *);
static GType paper_get_type(void);
G_DEFINE_TYPE_WITH_CODE(Paper, paper, G_TYPE_INPUT_STREAM,
    G_IMPLEMENT_INTERFACE(G_TYPE_SEEKABLE, seeks))

/* The part with the byte `at`, asked for if it is not here. Who cannot have it ends. */
static const struct part *
part_of(Paper *s, int64_t at)
{
	struct leaf_said want = { .say = LEAF_WANTS };
	struct part *p;

	for (unsigned i = 0; i < PARTS; i++)
		if (s->part[i] != NULL && at >= s->part[i]->at &&
		    at < s->part[i]->at + s->part[i]->n)
			return s->part[i];
	p = s->part[s->next % PARTS];
	if (p == NULL)
		p = s->part[s->next % PARTS] = g_malloc(sizeof *p);
	s->next++;
	want.at = p->at = at - at % LEAF_PART_BYTES;
	want.n = p->n = (uint32_t)MIN(LEAF_PART_BYTES, s->bytes - p->at);
	sandbox_write(&want, sizeof want);
	if (sandbox_read(p->bytes, p->n) != 0)
		_exit(1);
	return p;
}

static gssize
paper_read(GInputStream *stream, void *to, gsize n, GCancellable *c,
    GError **error)
{
	Paper *s = (Paper *)stream;
	const struct part *p;
	gsize have;

	(void)c;
	(void)error;
	if (s->at >= s->bytes || n == 0)
		return 0;
	p = part_of(s, s->at);
	have = (gsize)(p->at + p->n - s->at);
	if (n > have)
		n = have;
	memcpy(to, p->bytes + (s->at - p->at), n);
	s->at += (int64_t)n;
	return (gssize)n;
}

static goffset
tell(GSeekable *seekable)
{
	return ((Paper *)seekable)->at;
}

static gboolean
can_seek(GSeekable *seekable)
{
	(void)seekable;
	return TRUE;
}

static gboolean
seek(GSeekable *seekable, goffset by, GSeekType from, GCancellable *c,
    GError **error)
{
	Paper *s = (Paper *)seekable;
	int64_t at = by + (from == G_SEEK_CUR ? s->at :
	    from == G_SEEK_END ? s->bytes : 0);

	(void)c;
	(void)error;
	s->at = CLAMP(at, 0, s->bytes);
	return TRUE;
}

static gboolean
can_truncate(GSeekable *seekable)
{
	(void)seekable;
	return FALSE;
}

static void
seeks(GSeekableIface *iface)
{
	iface->tell = tell;
	iface->can_seek = can_seek;
	iface->seek = seek;
	iface->can_truncate = can_truncate;
}

static void
paper_class_init(PaperClass *class)
{
	class->parent.read_fn = paper_read;
}

static void
paper_init(Paper *s)
{
	s->at = 0;
}

/* ---- what is said ---- */

static void
say(enum leaf_say what, int64_t at, const void *p, size_t n)
{
	const struct leaf_said s = { .say = what, .at = at, .n = (uint32_t)n };

	sandbox_write(&s, sizeof s);
	sandbox_write(p, n);
}

/* As many bytes as are told, and no part of a character. */
static size_t
whole(const struct buf *words)
{
	size_t n = MIN(words->n, LEAF_WORDS_MAX);

	while (n > 0 && n < words->n &&
	    ((unsigned char)words->p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

static void
count(PopplerDocument *of)
{
	int pages = poppler_document_get_n_pages(of);
	struct buf words = { 0 };

	for (int i = 0; i < pages && i < LEAVES_MOST; i++) {
		PopplerPage *page = poppler_document_get_page(of, i);
		char *text = page == NULL ? NULL : poppler_page_get_text(page);

		buf_puts(&words, text == NULL ? "" : text);
		buf_putc(&words, '\n');
		g_free(text);
		g_clear_object(&page);
		if (words.n > LEAF_WORDS_MAX)
			break;
	}
	if (words.failed)
		_exit(1);
	say(LEAF_DONE, pages, words.p, whole(&words));
}

/* ---- a page ---- */

/* Across the page, three times, pale but there in any photograph of the screen. */
static void
write_mark(cairo_t *cr, const char *mark, double width, double height)
{
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string(
	    "Noto Sans CJK JP Bold 30");
	int w, h;

	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, mark, -1);
	pango_layout_get_pixel_size(layout, &w, &h);
	cairo_set_source_rgba(cr, .1, .2, .45, .17);
	for (int i = 1; i < 6; i += 2) {
		cairo_save(cr);
		cairo_translate(cr, width / 2, height * i / 6);
		cairo_rotate(cr, -.32);
		cairo_move_to(cr, -w / 2., -h / 2.);
		pango_cairo_show_layout(cr, layout);
		cairo_restore(cr);
	}
	pango_font_description_free(font);
	g_object_unref(layout);
}

/* Packed rows of red, green and blue out of cairo's words. */
static void
put_lines(struct jpeg_compress_struct *jpeg, cairo_surface_t *from, int width,
    int height)
{
	const unsigned char *data = cairo_image_surface_get_data(from);
	int stride = cairo_image_surface_get_stride(from);
	unsigned char *line = g_malloc((size_t)width * 3);

	for (int y = 0; y < height; y++) {
		const uint32_t *row = (const void *)(data + (size_t)y *
		    (size_t)stride);

		for (int x = 0; x < width; x++) {
			line[x * 3] = (unsigned char)(row[x] >> 16);
			line[x * 3 + 1] = (unsigned char)(row[x] >> 8);
			line[x * 3 + 2] = (unsigned char)row[x];
		}
		(void)jpeg_write_scanlines(jpeg, &line, 1);
	}
	g_free(line);
}

static void
say_picture(cairo_surface_t *from, int width, int height)
{
	struct jpeg_compress_struct jpeg;
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long n = 0;

	jpeg.err = jpeg_std_error(&errors);
	jpeg_create_compress(&jpeg);
	jpeg_mem_dest(&jpeg, &out, &n);
	jpeg.image_width = (JDIMENSION)width;
	jpeg.image_height = (JDIMENSION)height;
	jpeg.input_components = 3;
	jpeg.in_color_space = JCS_RGB;
	jpeg_set_defaults(&jpeg);
	jpeg_set_quality(&jpeg, QUALITY, TRUE);
	jpeg_start_compress(&jpeg, TRUE);
	put_lines(&jpeg, from, width, height);
	jpeg_finish_compress(&jpeg);
	say(LEAF_DONE, 1, out, n);
}

static void
draw(PopplerPage *page, const char *mark)
{
	double w, h, scale;
	cairo_surface_t *surface;
	cairo_t *cr;
	int high;

	poppler_page_get_size(page, &w, &h);
	scale = w < 1 ? 1 : WIDE / w;
	high = (int)CLAMP(h * scale, 1, HIGH_MOST);
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDE, high);
	cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_save(cr);
	cairo_scale(cr, scale, scale);
	poppler_page_render(page, cr);
	cairo_restore(cr);
	write_mark(cr, mark, WIDE, high);
	cairo_surface_flush(surface);
	if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
		_exit(1);
	say_picture(surface, WIDE, high);
}

int
leaf_main(void)
{
	const struct sandbox cage = { .name = "leaf", .memory = MEMORY_BYTES,
		.cpu_s = LEAF_SECONDS, .reads = 1 };
	struct leaf_task task;
	char mark[LEAF_MARK_MAX + 1] = "";
	PopplerDocument *of;
	PopplerPage *page;
	Paper *s;

	/* Memory goes with the process, and no leak is looked for on the way. */
	if (sandbox_enter(&cage) != 0 || sandbox_read(&task, sizeof task) != 0 ||
	    task.mark_bytes > LEAF_MARK_MAX ||
	    sandbox_read(mark, task.mark_bytes) != 0)
		_exit(1);
	s = g_object_new(paper_get_type(), NULL);
	s->bytes = task.bytes;
	of = poppler_document_new_from_stream(G_INPUT_STREAM(s), task.bytes,
	    NULL, NULL, NULL);
	page = of == NULL || task.page == 0 ||
	    task.page > (unsigned)poppler_document_get_n_pages(of) ? NULL :
	    poppler_document_get_page(of, (int)task.page - 1);
	if (page != NULL)
		draw(page, mark);
	else if (of != NULL && task.page == 0)
		count(of);
	else
		say(LEAF_NONE, 0, "", 0);
	_exit(0);
}
