/* Links to other hosts (tomozuna-link): whether what they lead to answers, and how long
 * the certificates still are. They end after ten years, and nobody thinks of them then. */
#include "doctor.h"


#include <errno.h>
#include <glob.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	LINE_BYTES = 1000,
	WAIT_MS = 700		/* nginx hangs up at once when it finds no other end */
};

/* Early: two hosts have to be brought together. */
static const struct certificate_words of_link = {
	"link.certificate_none", "link.certificate_ended",
	"link.certificate_soon", "link.certificate_fine", 90
};

/* 1 when somebody is at the other end: he says nothing, or greets, as MariaDB does. */
static int
answers(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct pollfd p = { .events = POLLIN };
	char first;
	int up = 0;

	if (strlen(path) >= sizeof to.sun_path)
		return 0;
	memcpy(to.sun_path, path, strlen(path) + 1);
	p.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (p.fd < 0)
		return 0;
	if (connect(p.fd, (struct sockaddr *)&to, sizeof to) == 0)
		up = poll(&p, 1, WAIT_MS) == 0 ||
		    recv(p.fd, &first, 1, MSG_PEEK) > 0;
	(void)close(p.fd);
	return up;
}

/* One line of FOLDER/links; deploy/link says what it may be. */
static void
check_line(struct doctor *d, const char *line)
{
	char what[8], socket[LINE_BYTES], there[LINE_BYTES], host[LINE_BYTES];
	int up;

	if (sscanf(line, "%7s %999s %999s %999s", what, socket, there,
	    host) != 4 || strcmp(what, "take") != 0)
		return;
	up = answers(socket);
	gauge(d, "link_up", "socket", socket, up);
	found(d, up ? "link.fine" : "link.away", socket, host, there);
}

static void
check_lines(struct doctor *d, const char *file)
{
	char line[LINE_BYTES];
	FILE *f = fopen(file, "re");

	if (f == NULL) {
		found(d, "link.unread", file, strerror(errno), NULL);
		return;
	}
	while (fgets(line, sizeof line, f) != NULL)
		check_line(d, line);
	(void)fclose(f);
}

void
doctor_links(struct doctor *d)
{
	const char *folder = d->a->settings->link_folder;
	const char *links = arena_printf(d->a->mem, "%s/links", folder);
	glob_t found_files = { 0 };

	if (folder[0] == '\0' || access(links, F_OK) < 0)
		return;
	check_lines(d, links);
	if (glob(arena_printf(d->a->mem, "%s/*.crt", folder), 0, NULL,
	    &found_files) == 0)
		for (size_t i = 0; i < found_files.gl_pathc; i++)
			check_certificate(d, found_files.gl_pathv[i],
			    &of_link);
	globfree(&found_files);
}
