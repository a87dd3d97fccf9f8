#include "tomozuna.h"

#include "text.h"

#include <errno.h>
#include <termios.h>
#include <unistd.h>

enum { PASSWORD_LEAST = 15, PASSWORD_MOST = 200, PIN_DIGITS = 6 };

/* Switches the terminal's echo; does nothing elsewhere. */
static void
echo(int fd, int on)
{
	struct termios t;

	if (tcgetattr(fd, &t) < 0)
		return;
	if (on)
		t.c_lflag |= (tcflag_t)ECHO;
	else
		t.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(fd, TCSAFLUSH, &t);
}

int
secret_read(const char *path, char *out, size_t room)
{
	FILE *f = path == NULL ? stdin : fopen(path, "re");
	int got;

	if (f == NULL)
		return complain("%s: %s", path, strerror(errno)), -1;
	if (f == stdin)
		echo(STDIN_FILENO, 0);
	setbuf(f, NULL);
	got = fgets(out, (int)room, f) != NULL;
	if (f == stdin)
		echo(STDIN_FILENO, 1);
	else
		(void)fclose(f);
	if (!got)
		return complain("nothing to read"), -1;
	out[strcspn(out, "\r\n")] = '\0';
	return 0;
}

int
secret_password_check(const char *login, const char *password)
{
	size_t n = strlen(password);

	if (text_check(password, n, 0) != TEXT_OK)
		return complain("the password is not UTF-8, or has a control "
		    "character"), -1;
	if (text_length(password) < PASSWORD_LEAST || n > PASSWORD_MOST)
		return complain("a password has %d characters or more, and "
		    "%d bytes at most", PASSWORD_LEAST, PASSWORD_MOST), -1;
	if (strstr(password, login) != NULL)
		return complain("the password may not hold the login"), -1;
	return 0;
}

int
secret_pin_check(const char *pin)
{
	int same = 1, rising = 1, falling = 1;

	if (strlen(pin) != PIN_DIGITS ||
	    strspn(pin, "0123456789") != PIN_DIGITS)
		return complain("a PIN has six digits"), -1;
	for (int i = 1; i < PIN_DIGITS; i++) {
		same &= pin[i] == pin[0];
		rising &= pin[i] == pin[i - 1] + 1;
		falling &= pin[i] == pin[i - 1] - 1;
	}
	if (same || rising || falling)
		return complain("a PIN that everybody tries first"), -1;
	return 0;
}
