#include "command.h"

#include "instant.h"
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_EVERY_US = 10 * 1000 };

extern char **environ;

static int
refuse(char *why, size_t n, const char *program, const char *what)
{
	(void)snprintf(why, n, "%s: %s", program, what);
	return -1;
}

/* Words of `text`, which is cut up; their number, or -1 if there are many. */
static int
split(char *text, char *word[COMMAND_WORDS_MAX + 1])
{
	char *rest = text;
	int n = 0;

	while (*(rest += strspn(rest, " ")) != '\0') {
		if (n == COMMAND_WORDS_MAX)
			return -1;
		word[n++] = rest;
		rest += strcspn(rest, " ");
		if (*rest != '\0')
			*rest++ = '\0';
	}
	word[n] = NULL;
	return n;
}

/* With nothing to read, and nobody to tell. */
static int
start(char *const word[], pid_t *pid)
{
	posix_spawn_file_actions_t files;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDWR, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_RDWR, 0);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_RDWR, 0);
	error = program_spawn(pid, word[0], &files, word, environ);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

/* Its wait status; -1 if it had to be killed. */
static int
finish(pid_t pid, int seconds)
{
	int64_t end = instant_monotonic_ms() + seconds * SECOND_MS;
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (instant_monotonic_ms() > end) {
			(void)kill(pid, SIGKILL);
			(void)waitpid(pid, &status, 0);
			return -1;
		}
		(void)usleep(LOOK_EVERY_US);
	}
	return status;
}

int
command_run(const char *text, int seconds, char *why, size_t n)
{
	char copy[COMMAND_BYTES_MAX + 1], *word[COMMAND_WORDS_MAX + 1];
	char reason[40];
	int words, error, status;
	pid_t pid;

	if (strlen(text) > COMMAND_BYTES_MAX)
		return refuse(why, n, "command", "too long");
	(void)snprintf(copy, sizeof copy, "%s", text);
	words = split(copy, word);
	if (words == 0)
		return 0;
	if (words < 0 || word[0][0] != '/')
		return refuse(why, n, "command", words < 0 ?
		    "too many words" : "is no absolute path");
	error = start(word, &pid);
	if (error != 0)
		return refuse(why, n, word[0], strerror(error));
	status = finish(pid, seconds);
	if (status == 0)
		return 0;
	if (status == -1 || !WIFEXITED(status))
		return refuse(why, n, word[0], "did not end, or was killed");
	(void)snprintf(reason, sizeof reason, "ended with status %d",
	    WEXITSTATUS(status));
	return refuse(why, n, word[0], reason);
}
