# Modules and gateways: settings, journal, socket, supervisor.
# shellcheck shell=bash

READY_SECONDS=60

programs_up() {
	local name kind path
	program_settings_file tomozuna
	program_settings admin
	notices_place
	while read -r name kind path; do
		program_settings "$name"
		STATE_MODE=0700 state_give "$STATE/journal" "$STATE/journal/$name"
	done < <(build_programs)
	state_give "$STATE/log/programs"
	while read -r name kind path; do
		program_up "$name"
	done < <(build_programs)
	programs_drop
}

# The installed defaults, with this demo's places; then what only a demo needs
# (conf/demo/NAME.conf). A later line wins.
program_settings() {
	local name=$1
	if [ -e "$ROOT/conf/$name.conf" ]; then
		program_settings_file "$name"
	else
		printf 'include tomozuna.conf\ndb_user = tomozuna_%s\ndb_password_file = %s-db-password\njournal_dir = %s\n' \
			"$name" "$name" "$STATE/journal/$name" >"$CONF/$name.conf.new"
	fi
	[ ! -e "$ROOT/conf/demo/$name.conf" ] ||
		program_places <"$ROOT/conf/demo/$name.conf" >>"$CONF/$name.conf.new"
	local file
	for file in "$ROOT/conf/$name"-*.x[ms][ld]; do
		[ ! -e "$file" ] || cp "$file" "$CONF/"
	done
	if cmp -s "$CONF/$name.conf.new" "$CONF/$name.conf"; then
		rm "$CONF/$name.conf.new"
	else
		mv "$CONF/$name.conf.new" "$CONF/$name.conf"
	fi
}

program_settings_file() {
	program_places <"$ROOT/conf/$1.conf" >"$CONF/$1.conf.new"
	[ "$1" != tomozuna ] || mv "$CONF/$1.conf.new" "$CONF/$1.conf"
}

# Templates of messages, where programs of another user can read them.
notices_place() {
	mkdir -p "$CONF/notices"
	cp "$ROOT"/conf/notices/*.txt "$CONF/notices/"
	chmod 0755 "$CONF/notices"
	chmod 0644 "$CONF/notices"/*.txt
}

# A server's places become this demo's.
program_places() {
	sed "s|/run/mysqld/mysqld\\.sock|$DB_SOCKET|g
		s|/run/tomozuna|$RUN|g
		s|/var/lib/tomozuna|$STATE|g
		s|/etc/tomozuna|$CONF|g
		s|https://tomozuna\\.example|$PROFESSIONAL_URL|g
		s|https://open\\.tomozuna\\.example|$OPEN_URL|g
		s|@STATE@|$STATE|g
		s|@ROOT@|$ROOT|g
		s|@SMTP_PORT@|$SMTP_PORT|g
		s|@SENDSMS_PORT@|$SENDSMS_PORT|g
		s|@ADMIN_PORT@|$ADMIN_PORT|g
		s|@FEED_PORT@|$FEED_PORT|g
		s|@LOOPBACK_PORT@|$LOOPBACK_PORT|g"
}

# spawn-fcgi makes the socket and becomes the supervisor, which keeps it.
program_up() {
	local name=$1 unit=supervise-$1
	if held "$unit"; then program_renew "$name"; return 0; fi
	hold "$unit" -q env CREDENTIALS_DIRECTORY="$CREDENTIALS" "${AS_APP[@]}" \
		spawn-fcgi -n -s "$RUN/$name.sock" -M 0660 -b 4096 -- \
		"$BIN/supervise" "$name" "$RUN/tomozuna-$name.pid" "$STATE/log/programs/$name.log" -- \
		"$BIN/tomozuna-$name" --config "$CONF/$name.conf"
	program_note "$name"
}

# A program or its settings changed: end it, and its supervisor starts the new one.
program_renew() {
	local name=$1 pid
	[ "$(program_state "$name")" != "$(cat "$STATE/held/$name.sum" 2>/dev/null)" ] || return 0
	pid=$(cat "$RUN/tomozuna-$name.pid" 2>/dev/null) || return 0
	grep -qs "tomozuna-$name" "/proc/$pid/cmdline" && kill -s TERM "$pid"
	program_note "$name"
}

program_note() {
	program_state "$1" >"$STATE/held/$1.sum"
}

program_state() {
	cat "$BIN/tomozuna-$1" "$CONF/tomozuna.conf" "$CONF/$1.conf" | sha256sum
}

# The page that is red or green. A new command is a new watcher.
watch_up() {
	local sum
	sum=$(cat "$BIN/tomozuna" "$CONF/admin.conf" | sha256sum)
	[ "$sum" = "$(cat "$STATE/held/watch.sum" 2>/dev/null)" ] || held_stop watch
	held watch && return 0
	mkdir -p "$RUN/watch"
	chmod 0755 "$RUN/watch"
	hold watch env CREDENTIALS_DIRECTORY="$CREDENTIALS" "$BIN/tomozuna" --config "$CONF/admin.conf" \
		watch "$RUN/watch" --seconds 10
	printf '%s\n' "$sum" >"$STATE/held/watch.sum"
}

# A program that the tree no longer has is stopped.
programs_drop() {
	local file name built
	built=$(build_programs)
	for file in "$STATE"/held/supervise-*; do
		name=${file##*/supervise-}
		[ ! -e "$file" ] || grep -q "^$name " <<<"$built" || held_stop "supervise-$name" TERM 30
	done
}

programs_wait() {
	local name kind path
	while read -r name kind path; do
		if [ "$kind" = modules ]; then
			wait_until $READY_SECONDS program_ready "$name" || { program_explain "$name"; return 1; }
		else
			wait_until $READY_SECONDS test -s "$RUN/tomozuna-$name.pid" || { program_explain "$name"; return 1; }
		fi
	done < <(build_programs)
	watch_up
}

program_ready() {
	curl -fsS --max-time 5 "http://127.0.0.1:$LOOPBACK_PORT/$1/health"
}

program_explain() {
	echo "tomozuna-$1 is not ready; it says:"
	curl -sS --max-time 5 "http://127.0.0.1:$LOOPBACK_PORT/$1/health" || true
	tail -n 20 "$STATE/log/programs/$1.log" || true
}
