# nginx: two doors and a loopback server, made of conf/nginx and of the pieces
# of those programs that were built. shellcheck shell=bash

nginx_up() {
	local fresh=$CONF/nginx.new before
	nginx_folders
	rm -rf "$fresh"
	nginx_settings "$fresh"
	before=$(nginx_state "$CONF/nginx")
	nginx_swap "$fresh"
	nginx_program -t
	if ! held nginx; then
		nginx_start
	elif [ "$before" != "$(nginx_state "$CONF/nginx")" ]; then
		kill -s HUP "$(held_pid nginx)"
	fi
	wait_until 10 port_open "$PORT"
	crl_watch_up
}

# tomozuna-ca may not signal nginx: it holds the authority's key. So somebody
# else makes nginx read the list of revoked certificates when it has changed.
crl_watch_up() {
	held crl-watch && return 0
	hold crl-watch "$ROOT/deploy/crl-watch" "$CA/people.crl" -p "$NGINX_TMP/" \
		-c "$CONF/nginx/nginx.conf" -e "$STATE/log/nginx-error.log"
}

# Two renames: whoever makes nginx read its settings meanwhile finds all of them
# or none, never a folder that is half gone.
nginx_swap() {
	rm -rf "$CONF/nginx.old"
	[ ! -e "$CONF/nginx" ] || mv "$CONF/nginx" "$CONF/nginx.old"
	mv "$1" "$CONF/nginx"
	rm -rf "$CONF/nginx.old"
}

nginx_start() {
	hold nginx "$(PATH=$PATH:/usr/sbin command -v nginx)" -p "$NGINX_TMP/" \
		-c "$CONF/nginx/nginx.conf" -e "$STATE/log/nginx-error.log" -g 'daemon off;'
}

nginx_program() {
	PATH=$PATH:/usr/sbin nginx -p "$NGINX_TMP/" -c "$CONF/nginx/nginx.conf" -e "$STATE/log/nginx-error.log" "$@"
}

# Settings, certificates and the CRL: a change of any asks for a reload.
nginx_state() {
	{ cat "$1"/*.conf "$1"/*/*.conf "$CA"/*.crt "$CA/people.crl" 2>/dev/null || true; } | sha256sum
}

nginx_folders() {
	mkdir -p -m 0711 "$NGINX_TMP"
	[ -O "$NGINX_TMP" ] && [ ! -L "$NGINX_TMP" ]
	STATE_MODE=0700 state_give "$NGINX_TMP"/{body,fastcgi}
}

nginx_settings() {
	local to=$1 file name kind path
	mkdir -p "$to"/{professional,open,loopback}
	for file in http tls door headers fastcgi watch; do
		nginx_places <"$ROOT/conf/nginx/$file.conf" >"$to/$file.conf"
	done
	nginx_places <"$ROOT/conf/nginx/nginx.conf.in" >"$to/nginx.conf"
	while read -r name kind path; do
		nginx_piece "$name.conf" "$to/professional/$name.conf"
		nginx_piece "$name-open.conf" "$to/open/$name.conf"
		nginx_piece "$name-loopback.conf" "$to/loopback/$name.conf"
		[ "$kind" != modules ] || sed "s|@NAME@|$name|g" "$ROOT/conf/nginx/health.conf.in" |
			nginx_places >"$to/loopback/$name-health.conf"
	done < <(build_programs)
	nginx_optional "$to"
}

nginx_piece() {
	[ ! -e "$ROOT/conf/nginx/$1" ] || nginx_places <"$ROOT/conf/nginx/$1" >"$2"
}

# A server's places and numbers become this demo's. Everybody comes from one
# address here and benches come fast: the limits are those of a test.
nginx_places() {
	local user=
	[ "$UID" -ne 0 ] || user="user $APP_USER;"
	sed "s|@USER@|$user|
		s|@PID@|$RUN/nginx.pid|
		s|@TMP@|$NGINX_TMP|
		s|@LOG@|$STATE/log|
		s|@CA@|$CA|
		s|@LISTEN@|127.0.0.1:$PORT ssl http2 backlog=4096|
		s|@OPEN_LISTEN@|127.0.0.1:$OPEN_PORT ssl http2 backlog=4096|
		s/@SERVER@/_/
		s/@OPEN_SERVER@/_/
		s|@LOOPBACK_PORT@|$LOOPBACK_PORT|
		s|@WORKERS@|$(nproc)|
		s|@RATE@|100000r/s|
		s|@BURST@|10000|
		s|@CONNECTIONS@|4096|
		s|/etc/tomozuna/nginx|$CONF/nginx|
		s|/usr/share/tomozuna|$STATE|
		s|/run/tomozuna|$RUN|"
}

# Directives that not every nginx of Debian has.
nginx_optional() {
	printf 'events {}\nhttp { max_headers 60; }\n' >"$1/probe"
	if PATH=$PATH:/usr/sbin nginx -t -q -p "$NGINX_TMP/" -c "$1/probe" -e /dev/null -g "pid $NGINX_TMP/probe.pid;" 2>/dev/null; then
		echo 'max_headers 60;' >"$1/optional.conf"
	else
		: >"$1/optional.conf"
	fi
	rm -f "$1/probe" "$NGINX_TMP/probe.pid"
}
