#include "settings.h"

#include "arena.h"
#include "text.h"

#include <errno.h>
#include <unistd.h>
#include <inttypes.h>
#include <stdarg.h>

enum {
	DEPTH_MAX = 8,			/* files that include each other */
	LINE_BYTES_MAX = 4096,
	SECRET_BYTES_MAX = 64 * 1024,
	TEXTS_BYTES_MAX = 64 * 1024 * 1024
};

#define AT(member) offsetof(struct settings, member)

static const struct setting own[] = {
	{ "run_dir", SETTING_TEXT, AT(run_dir), 1, 80, "/run/tomozuna",
	  "folder of sockets and pid files" },
	{ "journal_dir", SETTING_TEXT, AT(journal_dir), 1, 1000,
	  "/var/lib/tomozuna/journal", "folder of the audit journal" },
	{ "key_file", SETTING_FILE, AT(key), 1, 1000, SYSCONFDIR "/master.key",
	  "file of the master key, 64 hexadecimal digits" },
	{ "db_socket", SETTING_TEXT, AT(db_socket), 1, 107,
	  "/run/mysqld/mysqld.sock", "MariaDB's socket" },
	{ "db_name", SETTING_TEXT, AT(db_name), 1, 64, "tomozuna",
	  "database" },
	{ "db_user", SETTING_TEXT, AT(db_user), 0, 80, "",
	  "database account; empty: that of the unix user" },
	{ "db_password_file", SETTING_SECRET_FILE, AT(db_password), 0, 200, "",
	  "file with the account's password; empty: none" },
	{ "db_timeout_ms", SETTING_NUMBER, AT(db_timeout_ms), 100, 60000,
	  "2000", "longest wait for an answer of MariaDB, milliseconds" },
	{ "redis_socket", SETTING_TEXT, AT(redis_socket), 0, 107, "",
	  "Redis' socket; empty: run without" },
	{ "threads", SETTING_NUMBER, AT(threads), 1, 256, "16",
	  "requests answered at the same time" },
	{ "tidy_seconds", SETTING_NUMBER, AT(tidy_seconds), 1, 3600, "60",
	  "between two looks for what is due or left over, seconds" },
	{ "body_max_bytes", SETTING_NUMBER, AT(body_max_bytes), 1024,
	  16 * 1024 * 1024, "65536", "largest request without files, bytes" },
	{ "upload_max_bytes", SETTING_NUMBER, AT(upload_max_bytes), 1024,
	  1024 * 1024 * 1024, "41943040", "largest request with files, bytes" },
	{ "file_keys_file", SETTING_SECRET_FILE, AT(file_keys), 0, 4096, "",
	  "file with the keys of stored files, `NUMBER KEY' a line; empty: none "
	  "are stored" },
	{ "clamd_socket", SETTING_TEXT, AT(clamd_socket), 0, 107, "",
	  "ClamAV's socket; empty: files are not looked through" },
	{ "origin", SETTING_TEXT, AT(origin), 8, 255, NULL,
	  "professional door, such as https://care.example:8443" },
	{ "open_origin", SETTING_TEXT, AT(open_origin), 8, 255, NULL,
	  "open door, such as https://family.example" },
	{ "pid_file", SETTING_TEXT, AT(pid_file), 0, 1000, "",
	  "file for the process's number; empty: none" },
	{ 0 }
};

/* Keeps the texts, which live as long as the program. */
static struct arena *texts;

/* What the files say of one setting; the last line that named it. */
struct given {
	const struct setting *setting;
	const char *text;		/* NULL: not given */
	const char *file;
	int line;
	int64_t number;			/* once checked */
};

/* A reading under way, and the line that it is at. */
struct reading {
	struct given *given;
	size_t n;
	const char *file;
	int line, depth;
	char *why;
	size_t why_bytes;
};

/* Leaves "FILE:LINE: reason" and returns -1; line 0 is the whole file. */
static int __attribute__((format(printf, 2, 3)))
refuse(struct reading *r, const char *format, ...)
{
	struct buf b = { 0 };
	char reason[512];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(reason, sizeof reason, format, ap);
	va_end(ap);
	buf_puts(&b, r->file);
	if (r->line > 0)
		buf_printf(&b, ":%d", r->line);
	buf_printf(&b, ": %s", reason);
	(void)snprintf(r->why, r->why_bytes, "%s", buf_text(&b));
	buf_free(&b);
	return -1;
}

/* A path as seen from the folder of the file that names it. */
static const char *
beside(const char *file, const char *path)
{
	const char *slash = strrchr(file, '/');

	if (path[0] == '/' || slash == NULL)
		return arena_text(texts, path);
	return arena_printf(texts, "%.*s/%s", (int)(slash - file), file, path);
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Cuts the comment and the blanks around; the trimmed text inside `line`. */
static char *
trim(char *line)
{
	char *end;

	for (char *p = line; *p != '\0'; p++)
		if (*p == '#' && (p == line || is_blank(p[-1])))
			*p = '\0';
	while (is_blank(*line))
		line++;
	end = line + strlen(line);
	while (end > line && is_blank(end[-1]))
		end--;
	*end = '\0';
	return line;
}

static int
take_value(struct reading *r, const char *name, const char *value)
{
	for (size_t i = 0; i < r->n; i++) {
		struct given *g = &r->given[i];

		if (strcmp(g->setting->name, name) != 0)
			continue;
		g->text = arena_text(texts, value);
		g->file = r->file;
		g->line = r->line;
		return 0;
	}
	return refuse(r, "there is no setting `%.100s'", name);
}

static int read_file(struct reading *, const char *path);

static int
take_include(struct reading *r, const char *path)
{
	struct reading inner = *r;
	const char *found = beside(r->file, path);
	FILE *probe;

	if (path[0] == '\0')
		return refuse(r, "include names no file");
	if (r->depth == DEPTH_MAX)
		return refuse(r, "more than %d files include each other",
		    DEPTH_MAX);
	probe = fopen(found, "re");
	if (probe == NULL)
		return refuse(r, "%.300s: %s", found, strerror(errno));
	(void)fclose(probe);
	inner.depth++;
	return read_file(&inner, found);
}

static int
take_line(struct reading *r, char *raw, size_t n)
{
	char *line, *equals;

	if (n > LINE_BYTES_MAX)
		return refuse(r, "longer than %d bytes", LINE_BYTES_MAX);
	if (text_check(raw, n, 1) != TEXT_OK)
		return refuse(r, "not UTF-8, or a control character");
	line = trim(raw);
	if (line[0] == '\0')
		return 0;
	if (strncmp(line, "include", 7) == 0 &&
	    (is_blank(line[7]) || line[7] == '\0'))
		return take_include(r, trim(line + 7));
	equals = strchr(line, '=');
	if (equals == NULL)
		return refuse(r, "neither `name = value' nor `include FILE'");
	*equals = '\0';
	return take_value(r, trim(line), trim(equals + 1));
}

static int
read_file(struct reading *r, const char *path)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int result = 0;
	FILE *f;

	r->file = path;
	r->line = 0;
	f = fopen(path, "re");
	if (f == NULL)
		return refuse(r, "%s", strerror(errno));
	errno = 0;
	while (result == 0 && (n = getline(&line, &room, f)) != -1) {
		r->line++;
		result = take_line(r, line, (size_t)n);
		errno = 0;
	}
	if (result == 0 && !feof(f))
		result = refuse(r, "%s", strerror(errno));
	free(line);
	(void)fclose(f);
	return result;
}

/* ---- checking what was read ---- */

static int
check_number(struct reading *r, struct given *g)
{
	const struct setting *s = g->setting;
	char *end;

	errno = 0;
	g->number = strtoll(g->text, &end, 10);
	if (end == g->text || *end != '\0' || is_blank(g->text[0]))
		return refuse(r, "%s: not a whole number", s->name);
	if (errno == ERANGE || g->number < s->min || g->number > s->max)
		return refuse(r, "%s: not within %" PRId64 " to %" PRId64,
		    s->name, s->min, s->max);
	return 0;
}

static int
check_length(struct reading *r, const struct given *g)
{
	const struct setting *s = g->setting;
	int64_t n = (int64_t)strlen(g->text);

	if (n >= s->min && n <= s->max)
		return 0;
	if (n == 0)
		return refuse(r, "%s: empty", s->name);
	return refuse(r, "%s: not within %" PRId64 " to %" PRId64 " bytes",
	    s->name, s->min, s->max);
}

/* Where a file named without `/` is: the service manager's folder first. */
static const char *
credential(const struct given *g)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY"), *path;

	if (dir != NULL && strchr(g->text, '/') == NULL) {
		path = arena_printf(texts, "%s/%s", dir, g->text);
		if (access(path, F_OK) == 0)
			return path;
	}
	return beside(g->file, g->text);
}

/* Replaces the name of a file by its content without the line end. */
static int
check_secret(struct reading *r, struct given *g)
{
	char content[SECRET_BYTES_MAX];
	const char *path;
	size_t n;
	FILE *f;
	int bad;

	if (g->text[0] == '\0')
		return check_length(r, g);
	path = credential(g);
	f = fopen(path, "re");
	if (f == NULL)
		return refuse(r, "%s: %.300s: %s", g->setting->name, path,
		    strerror(errno));
	setbuf(f, NULL);
	n = fread(content, 1, sizeof content, f);
	bad = ferror(f);
	(void)fclose(f);
	if (n > 0 && content[n - 1] == '\n')
		n--;
	if (n > 0 && content[n - 1] == '\r')
		n--;
	bad = bad || memchr(content, '\0', n) != NULL;
	g->text = arena_copy(texts, content, n);
	explicit_bzero(content, sizeof content);
	if (bad)
		return refuse(r, "%s: its file cannot be read, or holds a NUL",
		    g->setting->name);
	return check_length(r, g);
}

static int
check(struct reading *r, struct given *g, const char *main_file)
{
	r->file = g->file;
	r->line = g->line;
	if (g->text == NULL) {
		r->file = g->file = main_file;
		r->line = 0;
		g->text = g->setting->fallback;
	}
	if (g->text == NULL)
		return refuse(r, "%s: not set, and it has no default",
		    g->setting->name);
	switch (g->setting->kind) {
	case SETTING_NUMBER:
		return check_number(r, g);
	case SETTING_SECRET_FILE:
		return check_secret(r, g);
	case SETTING_FILE:
		if (g->text[0] != '\0')
			g->text = credential(g);
		break;
	case SETTING_TEXT:
		break;
	}
	return check_length(r, g);
}

static void
store(const struct given *g, void *into)
{
	char *to = (char *)into + g->setting->at;

	if (g->setting->kind == SETTING_NUMBER)
		memcpy(to, &g->number, sizeof g->number);
	else
		memcpy(to, &g->text, sizeof g->text);
}

static size_t
count(const struct setting *s)
{
	size_t n = 0;

	while (s != NULL && s[n].name != NULL)
		n++;
	return n;
}

int
settings_read(const char *path, const struct setting *extra, void *into,
    char *why, size_t why_bytes)
{
	size_t nown = count(own), n = nown + count(extra);
	struct reading r = { .n = n, .why = why, .why_bytes = why_bytes };
	int result;

	if (texts == NULL)
		texts = arena_new(TEXTS_BYTES_MAX);
	r.given = arena_take_many(texts, n, sizeof *r.given);
	for (size_t i = 0; i < n; i++)
		r.given[i].setting = i < nown ? &own[i] : &extra[i - nown];
	path = arena_text(texts, path);
	result = read_file(&r, path);
	for (size_t i = 0; result == 0 && i < n; i++)
		result = check(&r, &r.given[i], path);
	for (size_t i = 0; result == 0 && i < n; i++)
		store(&r.given[i], into);
	return result;
}

/* ---- --help ---- */

static void
describe(const struct setting *s)
{
	for (; s != NULL && s->name != NULL; s++) {
		printf("  %s", s->name);
		if (s->fallback == NULL)
			printf(" (must be set;");
		else if (s->fallback[0] == '\0')
			printf(" (default: empty;");
		else
			printf(" (default: %s;", s->fallback);
		printf(" %" PRId64 " to %" PRId64 "%s)\n      %s\n", s->min,
		    s->max, s->kind == SETTING_NUMBER ? "" : " bytes",
		    s->about);
	}
}

void
settings_describe(const struct setting *extra)
{
	describe(own);
	describe(extra);
}
