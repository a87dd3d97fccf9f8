# The private Redis: a cache, so nothing of it is kept. shellcheck shell=bash

redis_up() {
	redis_settings
	held redis-server && return 0
	rm -f "$REDIS_SOCKET"
	hold redis-server "${AS_APP[@]}" redis-server "$CONF/redis.conf"
	wait_until 10 redis-cli -s "$REDIS_SOCKET" ping
}

redis_settings() {
	sed "s|/run/tomozuna/redis\\.sock|$REDIS_SOCKET|
		s|/var/lib/tomozuna/redis|$STATE/redis|
		s|@KEEPER_PASSWORD@|$(<"$CREDENTIALS/redis-keeper-password")|" \
		"$ROOT/conf/redis.conf.in" >"$CONF/redis.conf"
	state_give "$STATE/redis"
	conf_private "$CONF/redis.conf"
}

# A settings file that has a password in it.
conf_private() {
	[ "$UID" -ne 0 ] || chown "$APP_USER:" "$1"
	chmod 0600 "$1"
}
