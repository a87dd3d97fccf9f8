# Where things are, what the administrator set, and how it is said.
# shellcheck shell=bash

TARGET=${BACKUP_TARGET:-}		# KIND PLACE: targets/KIND, or a program's whole path
RECIPIENTS=${BACKUP_RECIPIENTS:-}	# age's public keys, one a line
IDENTITY=${BACKUP_IDENTITY:-}		# the server's own private key; may be absent
SAFE_KEY=${BACKUP_SAFE_KEY:-}		# where `keys` leaves the other one
SPOOL=${BACKUP_SPOOL:-}			# work, state, and the log as it comes in
FILES=${BACKUP_FILES:-}			# folders that a restore needs besides the database
DAYS=${BACKUP_DAYS:-35}			# every set is kept for so long
MONTHS=${BACKUP_MONTHS:-12}		# the first of each month for so long
EVERY=${BACKUP_LOG_SECONDS:-60}		# how often changes leave for the target
SOCKET=${BACKUP_SOCKET:-}
DATABASE=${BACKUP_DATABASE:-tomozuna}
ADMIN=${TOMOZUNA_DB_ADMIN:-$(id -un)}	# MariaDB's administrator, by unix socket
STATE=$SPOOL/state			# what doctor reads
# Where MariaDB encrypts its files: the settings that name its key, for the server
# that a restore is proved on. mariadb-backup learns it from the server itself.
DEFAULTS=--no-defaults
[ -z "${BACKUP_DEFAULTS:-}" ] || DEFAULTS=--defaults-file=$BACKUP_DEFAULTS

die() {
	printf 'tomozuna backup: %s\n' "$*" >&2
	exit 1
}

# All of these settings must be there, or nothing begins.
need() {
	local name
	for name in "$@"; do
		[ -n "${!name}" ] || die "${name,,} is not set: see backup_${name,,} in admin.conf"
	done
}

place_make() {
	need SPOOL
	mkdir -p "$SPOOL" "$STATE" "$SPOOL/log"
	chmod 0711 "$SPOOL" "$STATE"
	trap place_give EXIT
}

# Units run as MariaDB's user, people as root: what one has left is the other's, too.
place_give() {
	[ "$UID" -ne 0 ] || ! id mysql >/dev/null 2>&1 || chown -R mysql: "$SPOOL"
}

# One at a time; a second one says so instead of waiting for hours.
place_lock() {
	exec 9>"$SPOOL/$1.lock"
	flock -n 9 || die "another \`tomozuna backup $1' is at work"
}

# note NAME WORDS...: what doctor shall know, a line, by rename.
note() {
	local name=$1
	shift
	(umask 022 && printf '%s\n' "$*" >"$STATE/$name.new")
	mv "$STATE/$name.new" "$STATE/$name"
}

sql() {
	mariadb --no-defaults --socket="$SOCKET" --user="$ADMIN" --batch --skip-column-names "$@"
}

# ---- progress: a line a step, its seconds and its bytes ----

STEP=0
STEPS=0

# step TITLE FUNCTION ARGS...
step() {
	local title=$1 began=$SECONDS watcher=
	shift
	STEP=$((STEP + 1))
	printf '[%d/%d] %-44s' "$STEP" "$STEPS" "$title" >&2
	: >"$SPOOL/progress"
	if [ -t 2 ]; then progress_show "$title" & watcher=$!; fi
	if ! ( set -e; "$@" ) 9>&-; then
		[ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
		printf '  FAILED after %d s\n' $((SECONDS - began)) >&2
		exit 1
	fi
	[ -z "$watcher" ] || { kill "$watcher" && wait "$watcher"; } 2>/dev/null || true
	printf '%s  %d s\n' "$(progress_text)" $((SECONDS - began)) >&2
}

# progress WHAT [TOTAL]: a folder that grows, or a file in which dd counts; and the
# bytes that are expected, if that is known.
progress() {
	printf '%s\n' "$@" >"$SPOOL/progress"
}

# counted FILE: passes everything on and counts it there.
counted() {
	dd bs=1M iflag=fullblock status=progress 2>"$1"
}

progress_text() {
	local what total='' bytes=
	{ read -r what && read -r total; } <"$SPOOL/progress" || true
	if [ -d "${what:-/-}" ]; then
		bytes=$(du -sb "$what" 2>/dev/null | cut -f1)
	elif [ -f "${what:-/-}" ]; then
		bytes=$(tr '\r' '\n' <"$what" | sed -n 's/^\([0-9]*\) bytes.*/\1/p' | tail -n 1)
	fi
	[ -z "$bytes" ] || printf '  %s' "$(numfmt --to=iec --suffix=B "$bytes")"
	[ -z "$bytes" ] || [ -z "$total" ] || printf ' of about %s' "$(numfmt --to=iec --suffix=B "$total")"
}

progress_show() {
	while sleep 1; do
		printf '\r[%d/%d] %-44s%s ' "$STEP" "$STEPS" "$1" "$(progress_text)" >&2
	done
}
