#include "check.h"
#include "daemon.h"
#include "import.h"
#include "poll.h"

/* --check with files after it reads documents; alone it is the daemon's own. */
static int
wants_files(int argc, char **argv)
{
	return argc > 2 && strcmp(argv[1], "--check") == 0 && argv[2][0] != '-';
}

int
main(int argc, char **argv)
{
	if (wants_files(argc, argv))
		return check_files(argc - 2, argv + 2);
	if (import_is_asked(argc, argv))
		return import_main(argc, argv);
	return daemon_main(&feed_gateway, argc, argv);
}
