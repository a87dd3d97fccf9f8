/* The commands around doctor: once for a person, or for ever for machines. */
#include "doctor.h"

#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WATCH_SECONDS = 30, FILE_MODE = 0644, MEM_CAP = 64 * 1024 * 1024 };

static const char *
language(struct admin *a)
{
	const char *lang = arg(a, "--lang");

	return lang == NULL ? a->settings->language : lang;
}

static void
print(struct buf *b)
{
	const char *text = buf_text(b);

	(void)fputs(text, stdout);
	buf_free(b);
}

int
doctor(struct admin *a)
{
	const char *lang = language(a);
	struct doctor d;
	struct buf b = { 0 };

	if (strcmp(lang, "ja") != 0 && strcmp(lang, "en") != 0)
		return complain("--lang is ja or en");
	doctor_examine(&d, a);
	if (arg(a, "--json") != NULL)
		report_json(&d, &b);
	else if (arg(a, "--metrics") != NULL)
		report_metrics(&d, &b);
	else
		report_table(&d, lang);
	print(&b);
	return (int)doctor_worst(&d);
}

/* Whoever reads it meanwhile gets the old or the new one. */
static int
write_file(struct admin *a, const char *folder, const char *name,
    struct buf *b)
{
	const char *path = arena_printf(a->mem, "%s/%s", folder, name);
	const char *part = arena_printf(a->mem, "%s.new", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    FILE_MODE);
	int bad = fd < 0 || b->failed ||
	    write(fd, b->p, b->n) != (ssize_t)b->n ||
	    fchmod(fd, FILE_MODE) < 0;

	if (fd >= 0 && close(fd) < 0)
		bad = 1;
	if (bad || rename(part, path) < 0)
		return complain("%s: %s", path, strerror(errno));
	return 0;
}

static int
watch_once(struct admin *a, const char *folder)
{
	struct buf json = { 0 }, page = { 0 }, metrics = { 0 };
	struct doctor d;
	int bad;

	a->mem = arena_new(MEM_CAP);
	a->now = instant_now();
	doctor_examine(&d, a);
	report_json(&d, &json);
	report_metrics(&d, &metrics);
	bad = report_page(&d, &page);
	bad |= write_file(a, folder, "status.json", &json);
	bad |= write_file(a, folder, "metrics", &metrics);
	bad |= write_file(a, folder, "status.html", &page);
	buf_free(&json);
	buf_free(&page);
	buf_free(&metrics);
	arena_free(a->mem);
	return bad != 0;
}

/* Ends by a signal, as any program that keeps nothing may. */
static int
watch(struct admin *a)
{
	struct arena *mem = a->mem;
	int64_t seconds = WATCH_SECONDS;
	int bad;

	if (arg_number(a, "--seconds", 1, 3600, &seconds) < 0)
		return 1;
	for (;;) {
		bad = watch_once(a, arg(a, "FOLDER"));
		a->mem = mem;
		if (arg(a, "--once") != NULL)
			return bad;
		(void)sleep((unsigned)seconds);
	}
}

const struct command doctor_commands[] = {
	{ "doctor", NULL, "[--json] [--metrics] [--lang LANG]", "looks at "
	  "everything and says what is wrong and what to do; exit status 0 "
	  "fine, 1 to be looked at, 2 wrong", doctor, 0 },
	{ "watch", NULL, "FOLDER [--seconds N] [--once]", "writes status.html, "
	  "status.json and metrics there, every half a minute", watch, 0 },
	{ 0 }
};
