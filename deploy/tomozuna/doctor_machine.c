#include "doctor.h"

#include "kv.h"
#include "notice_text.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <curl/curl.h>

enum { FREE_ODD_PERCENT = 15, FREE_WRONG_PERCENT = 5, HEALTH_MS = 3000,
	STATUS_FINE = 200, REDIS_SECONDS = 10 };

static void
check_redis(struct doctor *d)
{
	const char *socket = d->a->settings->own.redis_socket;
	struct kv *kv = kv_open(socket);

	if (socket[0] == '\0')
		found_odd(d, "Redis", "not used", "set redis_socket: pages are "
		    "slower without");
	else if (kv_put(kv, "doctor", "1", 1, REDIS_SECONDS) < 0)
		found_wrong(d, "Redis", "does not answer",
		    "start it; until then everything works, slower");
	else
		found_fine(d, "Redis", "answers");
	kv_close(kv);
}

static void
check_folder(struct doctor *d, const char *folder)
{
	const char *what = arena_printf(d->a->mem, "disk of %s", folder);
	struct statvfs s;
	int percent;

	if (statvfs(folder, &s) < 0) {
		found_wrong(d, what, strerror(errno), "make the folder, or take "
		    "it out of `folders`");
		return;
	}
	percent = s.f_blocks == 0 ? 100 :
	    (int)(s.f_bavail * 100 / s.f_blocks);
	if (percent < FREE_WRONG_PERCENT)
		found_wrong(d, what, arena_printf(d->a->mem, "%d%% free",
		    percent), "make room now: changes will be refused");
	else if (percent < FREE_ODD_PERCENT)
		found_odd(d, what, arena_printf(d->a->mem, "%d%% free",
		    percent), "make room");
	else
		found_fine(d, what, arena_printf(d->a->mem, "%d%% free",
		    percent));
}

static size_t
drop(char *p, size_t size, size_t n, void *of)
{
	(void)p;
	(void)of;
	return size * n;
}

/* The HTTP status of a module's health, or 0. */
static long
health(const char *url)
{
	CURL *c = curl_easy_init();
	long status = 0;

	if (c == NULL)
		abort();
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)HEALTH_MS);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	if (curl_easy_perform(c) == CURLE_OK)
		curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	return status;
}

static void
check_module(struct doctor *d, const char *name)
{
	long status = health(arena_printf(d->a->mem, "%s/%s/health",
	    d->a->settings->loopback_url, name));

	if (status == STATUS_FINE)
		found_fine(d, name, "answers");
	else if (status == 0)
		found_wrong(d, name, "nginx does not answer", "start nginx");
	else
		found_wrong(d, name, arena_printf(d->a->mem, "status %ld",
		    status), "start the module, look at its log");
}

static void
check_head_file(struct doctor *d)
{
	struct stat s;

	if (stat(d->a->settings->head_file, &s) < 0)
		found_odd(d, "audit's head file", strerror(errno),
		    "start tomozuna-seal; keep the file when the database is "
		    "restored");
	else
		found_fine(d, "audit's head file", "is there");
}

static void
check_templates(struct doctor *d)
{
	struct notice_texts *texts;
	char why[300];

	if (d->a->settings->notices[0] == '\0')
		return;
	texts = notice_texts_read(d->a->settings->notices, why, sizeof why);
	if (texts == NULL)
		found_wrong(d, "templates of messages",
		    arena_text(d->a->mem, why), "mend it, then: tomozuna "
		    "notices lint");
	else
		found_fine(d, "templates of messages", "fine");
	notice_texts_free(texts);
}

void
doctor_machine(struct doctor *d)
{
	const char *folders = d->a->settings->folders, *modules, *word;

	check_redis(d);
	while ((word = next_of(d->a->mem, &folders)) != NULL)
		check_folder(d, word);
	modules = d->a->settings->loopback_url[0] == '\0' ? "" :
	    d->a->settings->modules;
	while ((word = next_of(d->a->mem, &modules)) != NULL)
		check_module(d, word);
	check_head_file(d);
	check_templates(d);
}
