# Processes that we hold: number and start time are written down when one is
# started, and only a process that still has both is ever signalled. A process
# number that somebody else got in the meantime is therefore safe.
# shellcheck shell=bash

# The instant a process started, in ticks since boot; fails if it is gone.
process_start() {
	local line
	read -r line 2>/dev/null <"/proc/$1/stat" || return 1
	line=${line##*) }
	# shellcheck disable=SC2086
	set -- $line
	[ "$1" != Z ] && [ "$1" != X ] || return 1
	printf '%s\n' "${20}"
}

# held NAME: is the process that we started under this name alive?
held() {
	local pid start
	[ -r "$STATE/held/$1" ] || return 1
	read -r pid start <"$STATE/held/$1" || return 1
	[ "$(process_start "$pid")" = "$start" ]
}

held_pid() {
	local pid start
	read -r pid start <"$STATE/held/$1"
	printf '%s\n' "$pid"
}

# hold NAME [-q] COMMAND...: starts it in a session of its own. Its number goes
# to RUN/NAME.pid too, unless -q (supervisors: the number there is the program's).
hold() {
	local name=$1 quiet=
	shift
	if [ "$1" = -q ]; then quiet=1; shift; fi
	setsid "$@" </dev/null >>"$STATE/log/$name.log" 2>&1 9>&- &
	local pid=$! start
	start=$(process_start "$pid") || { echo "$name did not start"; return 1; }
	printf '%s %s\n' "$pid" "$start" >"$STATE/held/$name"
	[ -n "$quiet" ] || printf '%s\n' "$pid" >"$RUN/$name.pid"
}

# Ends one: TERM (or the signal given), and KILL after the seconds given.
held_stop() {
	local name=$1 signal=${2:-TERM} tenths=$((${3:-10} * 10)) pid
	if held "$name"; then
		pid=$(held_pid "$name")
		kill -s "$signal" "$pid" 2>/dev/null || true
		while held "$name" && [ $tenths -gt 0 ]; do
			sleep 0.1
			tenths=$((tenths - 1))
		done
		if held "$name"; then kill -s KILL "$pid" 2>/dev/null || true; fi
	fi
	rm -f "$STATE/held/$name" "$RUN/$name.pid"
	case $name in supervise-*) rm -f "$RUN/${name#supervise-}.sock" ;; esac
}

# Doors first, the database last; programs all at once.
held_stop_all() {
	local file name
	held_stop nginx QUIT 5
	for file in "$STATE"/held/supervise-*; do
		if held "${file##*/}"; then kill -s TERM "$(held_pid "${file##*/}")" || true; fi
	done
	for file in "$STATE"/held/supervise-*; do
		[ ! -e "$file" ] || held_stop "${file##*/}" TERM 30
	done
	for name in watch crl-watch smsbox bearerbox mailbox smsc feeds redis-server; do
		held_stop $name
	done
	held_stop mariadbd TERM 60
}

# wait_until SECONDS COMMAND...: tries it ten times a second.
wait_until() {
	local tenths=$(($1 * 10))
	shift
	until "$@" >/dev/null 2>&1; do
		tenths=$((tenths - 1))
		if [ $tenths -le 0 ]; then
			echo "waited in vain for: $*"
			return 1
		fi
		sleep 0.1
	done
}
