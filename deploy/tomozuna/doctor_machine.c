#include "doctor.h"

#include "kv.h"
#include "notice_text.h"

#include <errno.h>
#include <glob.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <curl/curl.h>

enum { FREE_ODD_PERCENT = 15, FREE_WRONG_PERCENT = 5, HEALTH_MS = 3000,
	STATUS_FINE = 200, REDIS_SECONDS = 10 };

/* Debian puts it there when an update wants one. */
static const char RESTART_FILE[] = "/run/reboot-required";

static void
check_redis(struct doctor *d)
{
	const char *socket = d->a->settings->own.redis_socket;
	struct kv *kv = kv_open(socket);
	int up = socket[0] != '\0' &&
	    kv_put(kv, "doctor", "1", 1, REDIS_SECONDS) == 0;

	if (socket[0] == '\0')
		found(d, "redis.off", NULL, NULL, NULL);
	else
		found(d, up ? "redis.fine" : "redis.away", NULL, NULL, NULL);
	if (socket[0] != '\0')
		gauge(d, "redis_up", NULL, NULL, up);
	kv_close(kv);
}

/* Percent that is free: of bytes or of files, whichever ends first. */
static int
free_percent(const struct statvfs *s)
{
	int bytes = s->f_blocks == 0 ? 100 :
	    (int)(s->f_bavail * 100 / s->f_blocks);
	int files = s->f_files == 0 ? 100 :
	    (int)(s->f_favail * 100 / s->f_files);

	return bytes < files ? bytes : files;
}

static void
check_folder(struct doctor *d, const char *folder)
{
	const char *id = "disk.fine";
	struct statvfs s;
	int percent;

	if (statvfs(folder, &s) < 0) {
		found(d, "disk.missing", folder, strerror(errno), NULL);
		return;
	}
	percent = free_percent(&s);
	if (percent < FREE_WRONG_PERCENT)
		id = "disk.full";
	else if (percent < FREE_ODD_PERCENT)
		id = "disk.low";
	gauge(d, "disk_free_percent", "folder", folder, percent);
	found(d, id, folder, table_number(d->a->mem, percent), NULL);
}

static size_t
drop(char *p, size_t size, size_t n, void *of)
{
	(void)p;
	(void)of;
	return size * n;
}

/* The HTTP status of a module's health, 0 without nginx, -1 when it hangs. */
static long
health(const char *url)
{
	CURL *c = curl_easy_init();
	long status = 0;
	CURLcode said;

	if (c == NULL)
		abort();
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)HEALTH_MS);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	said = curl_easy_perform(c);
	if (said == CURLE_OK)
		curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	else if (said == CURLE_OPERATION_TIMEDOUT)
		status = -1;
	curl_easy_cleanup(c);
	return status;
}

static void
check_module(struct doctor *d, const char *name)
{
	long status = health(arena_printf(d->a->mem, "%s/%s/health",
	    d->a->settings->loopback_url, name));

	gauge(d, "module_up", "module", name, status == STATUS_FINE);
	if (status == STATUS_FINE)
		found(d, "module.fine", name, NULL, NULL);
	else if (status < 0)
		found(d, "module.hangs", name, NULL, NULL);
	else if (status == 0)
		found(d, "module.nginx", name, NULL, NULL);
	else
		found(d, "module.away", name, table_number(d->a->mem, status),
		    NULL);
}

static void
check_head_file(struct doctor *d)
{
	struct stat s;

	if (stat(d->a->settings->head_file, &s) < 0)
		found(d, "heads.missing", strerror(errno), NULL, NULL);
	else
		found(d, "heads.fine", NULL, NULL, NULL);
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
		found(d, "templates.bad", why, NULL, NULL);
	else
		found(d, "templates.fine", NULL, NULL, NULL);
	notice_texts_free(texts);
}

/* Modules of this machine: each has brought nginx a piece that asks its health. */
static const char *
installed_modules(struct doctor *d)
{
	static const char end[] = "-health.conf";
	const char *slash = strrchr(d->a->config, '/'), *all = "";
	int dir = slash == NULL ? 1 : (int)(slash - d->a->config);
	glob_t found;

	if (glob(arena_printf(d->a->mem, "%.*s/nginx/loopback/*%s", dir,
	    slash == NULL ? "." : d->a->config, end), 0, NULL, &found) != 0)
		return all;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *name = strrchr(found.gl_pathv[i], '/') + 1;

		all = arena_printf(d->a->mem, "%s%.*s ", all,
		    (int)(strlen(name) + 1 - sizeof end), name);
	}
	globfree(&found);
	return all;
}

void
doctor_machine(struct doctor *d)
{
	const char *folders = d->a->settings->folders, *modules, *word;

	check_redis(d);
	while ((word = next_of(d->a->mem, &folders)) != NULL)
		check_folder(d, word);
	modules = d->a->settings->loopback_url[0] == '\0' ? "" :
	    d->a->settings->modules[0] == '\0' ? installed_modules(d) :
	    d->a->settings->modules;
	while ((word = next_of(d->a->mem, &modules)) != NULL)
		check_module(d, word);
	check_head_file(d);
	check_templates(d);
	if (access(RESTART_FILE, F_OK) == 0)
		found(d, "machine.restart", NULL, NULL, NULL);
}
