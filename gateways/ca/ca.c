/*
 * tomozuna-ca: signs the certificates of devices. It alone can read the
 * authority's key; what others want of it they write in ca_request.
 */
#include "ca.h"

#include "ca_sql.h"
#include "daemon.h"
#include "log.h"

#include <signal.h>

#include <curl/curl.h>

#define AT(member) offsetof(struct ca_settings, member)

static const struct setting settings[] = {
	{ "ca_key_file", SETTING_TEXT, AT(key_file), 1, 1000, NULL,
	  "file of the authority's key, open to this program alone" },
	{ "ca_pass_phrase_file", SETTING_SECRET_FILE, AT(pass_phrase), 0, 200,
	  "", "file with the key's pass phrase; empty: it has none" },
	{ "ca_certificate_file", SETTING_TEXT, AT(certificate_file), 1, 1000,
	  NULL, "file of the authority's certificate" },
	{ "ca_days", SETTING_NUMBER, AT(days), 1, 1200, "730",
	  "days that a device's certificate lasts" },
	{ "crl_file", SETTING_TEXT, AT(crl_file), 1, 1000, NULL,
	  "file of the list of revoked certificates, as nginx reads it" },
	{ "crl_check_command", SETTING_TEXT, AT(check_command), 0, 1000, "",
	  "command that must succeed before a reload, such as nginx -t" },
	{ "crl_reload_command", SETTING_TEXT, AT(reload_command), 0, 1000, "",
	  "command that makes nginx read the list; empty: others watch it" },
	{ "probe_url", SETTING_TEXT, AT(probe.url), 0, 500, "",
	  "page of the professional door that nginx itself answers, to ask "
	  "whether the list counts; empty: do not" },
	{ "probe_door_ca", SETTING_TEXT, AT(probe.door_ca), 0, 1000, "",
	  "file of the authority that signs the door's certificate" },
	{ 0 }
};

enum { SIGN_MS = 250, EXPIRE_MS = 30 * 1000, CRL_MS = 1000, RELOAD_MS = 1000 };

static const struct job jobs[] = {
	{ "sign", SIGN_MS, sign_job },
	{ "crl", CRL_MS, crl_job },
	{ "reload", RELOAD_MS, reload_job },
	{ "expire", EXPIRE_MS, expire_job },
	{ 0 }
};

static struct ca held;

const struct ca *
ca_held(void)
{
	return &held;
}

static int
start(struct daemon *d)
{
	const struct ca_settings *s = (const struct ca_settings *)d->settings;
	char why[400];

	held.settings = s;
	(void)signal(SIGPIPE, SIG_IGN);
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	if (authority_load(&held.authority, s->key_file, s->certificate_file,
	    s->pass_phrase, why, sizeof why) < 0) {
		log_line(LOG_ERROR, "the authority's key", "reason", why, NULL);
		return -1;
	}
	if (seal_load_key(s->own.key, &held.master) < 0) {
		log_line(LOG_ERROR, "the master key", "reason",
		    "its file cannot be read", NULL);
		return -1;
	}
	return 0;
}

static void
stop(struct daemon *d)
{
	(void)d;
	revoke_done();
	authority_done(&held.authority);
	explicit_bzero(&held.master, sizeof held.master);
}

int
main(int argc, char **argv)
{
	static const struct db_query *const *const queries[] = {
		ca_queries, NULL
	};
	static const struct gateway ca = {
		.name = "ca",
		.jobs = jobs,
		.queries = queries,
		.settings = settings,
		.settings_bytes = sizeof (struct ca_settings),
		.start = start,
		.stop = stop
	};

	if (argc > 1 && strcmp(argv[1], "init") == 0)
		return init_main(argc - 1, argv + 1);
	return daemon_main(&ca, argc, argv);
}
