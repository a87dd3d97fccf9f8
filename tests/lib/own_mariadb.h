/*
 * A MariaDB of the test's own: a temporary directory, a socket, no network,
 * ended with the test. Statements go through the mariadb client, because no
 * code of ours takes SQL as text.
 */
#ifndef OWN_MARIADB_H
#define OWN_MARIADB_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OWN_ANSWER = 4096, OWN_START_TRIES = 300 };

struct own_mariadb {
	pid_t pid;
	char path[64], data[80], socket[80];
};

/* Becomes another program. */
static void
own_exec(const char *const *argv)
{
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Runs a program to its end; output goes to `log`, or to nothing. */
static int
own_run(const char *const *argv, const char *log)
{
	int status, fd;
	pid_t pid = fork();

	if (pid == 0) {
		fd = open(log == NULL ? "/dev/null" : log,
		    O_RDWR | O_CREAT | O_APPEND, 0644);
		dup2(fd, 1);
		dup2(fd, 2);
		own_exec(argv);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* Runs SQL as the server's root; its output, tabs between columns. */
static int
own_sql(const struct own_mariadb *m, const char *sql,
    char out[OWN_ANSWER])
{
	const char *const argv[] = { "mariadb", "--no-defaults", "-uroot", "-S",
	    m->socket, "-N", "-B", "-e", sql, "tomozuna",
	    NULL };
	int status, pipes[2];
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(pipes[1], 1);
		own_exec(argv);
	}
	close(pipes[1]);
	while (n < OWN_ANSWER - 1 &&
	    (got = read(pipes[0], out + n, OWN_ANSWER - 1 - n)) > 0)
		n += (size_t)got;
	close(pipes[0]);
	out[n] = '\0';
	if (n > 0 && out[n - 1] == '\n')
		out[n - 1] = '\0';
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* Starts the server over its data; it answers when this returns 0. */
static int
own_serve(struct own_mariadb *m)
{
	char data[100], sock[100], log[100], tmp[100];
	const char *const argv[] = {
		"mariadbd", "--no-defaults", "--user=mysql", data, sock, tmp,
		"--skip-networking", "--innodb-autoinc-lock-mode=2",
		"--innodb-buffer-pool-size=256M",
		"--character-set-server=utf8mb4", NULL
	};
	const struct timespec pause = { 0, 100 * 1000 * 1000 };
	const char *const ping[] = { "mariadb-admin", "--no-defaults", "-uroot",
	    "-S", m->socket, "ping", NULL };
	int i, fd;

	snprintf(data, sizeof data, "--datadir=%s", m->data);
	/* In a shared one each that starts clears the tables of the others. */
	snprintf(tmp, sizeof tmp, "--tmpdir=%s", m->path);
	snprintf(sock, sizeof sock, "--socket=%s", m->socket);
	snprintf(log, sizeof log, "%s/log", m->path);
	m->pid = fork();
	if (m->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		fd = open(log, O_RDWR | O_CREAT | O_APPEND, 0644);
		dup2(fd, 1);
		dup2(fd, 2);
		own_exec(argv);
	}
	for (i = 0; i < OWN_START_TRIES; i++) {
		if (own_run(ping, NULL) == 0)
			return 0;
		nanosleep(&pause, NULL);
	}
	return -1;
}

static int
own_remove(const char *path, const struct stat *s, int type, struct FTW *f)
{
	(void)s;
	(void)type;
	(void)f;
	return remove(path);
}

/* Ends the server; with `keep` its data stay for own_serve. */
static void
own_stop(struct own_mariadb *m, int keep)
{
	if (m->pid > 0) {
		kill(m->pid, SIGTERM);
		waitpid(m->pid, NULL, 0);
		m->pid = 0;
	}
	if (!keep)
		nftw(m->path, own_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* Makes a server with a database `tomozuna`. 0; 1 if there is no MariaDB. */
static int
own_start(struct own_mariadb *m)
{
	char data[100], log[100], tmp[100];
	const char *const there[] = { "mariadbd", "--no-defaults", "--version",
	    NULL };
	const char *const install[] = { "mariadb-install-db", "--no-defaults",
	    "--user=mysql", "--auth-root-authentication-method=normal",
	    "--skip-test-db", data, tmp, NULL };
	const char *const make[] = { "mariadb", "--no-defaults", "-uroot", "-S",
	    m->socket, "-e", "CREATE DATABASE tomozuna", NULL };
	struct passwd *owner = getpwnam("mysql");

	memset(m, 0, sizeof *m);
	if (own_run(there, NULL) < 0)
		return 1;
	snprintf(m->path, sizeof m->path, "/tmp/own-mariadb-XXXXXX");
	if (mkdtemp(m->path) == NULL)
		return -1;
	if (geteuid() == 0 && (owner == NULL ||
	    chown(m->path, owner->pw_uid, owner->pw_gid) < 0))
		return -1;
	chmod(m->path, 0755);
	snprintf(m->data, sizeof m->data, "%s/data", m->path);
	snprintf(m->socket, sizeof m->socket, "%s/socket", m->path);
	snprintf(data, sizeof data, "--datadir=%s", m->data);
	snprintf(tmp, sizeof tmp, "--tmpdir=%s", m->path);
	snprintf(log, sizeof log, "%s/log", m->path);
	if (own_run(install, log) < 0 || own_serve(m) < 0)
		return -1;
	return own_run(make, NULL);
}

/* Feeds a file of the tree to the client. 0 or -1. */
static int
own_source(const struct own_mariadb *m, const char *path)
{
	char sql[400], out[OWN_ANSWER];

	snprintf(sql, sizeof sql, "source %s", path);
	return own_sql(m, sql, out);
}

#endif
