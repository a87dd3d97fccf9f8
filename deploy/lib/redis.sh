# The private Redis: a cache, so nothing of it is kept. shellcheck shell=bash

redis_up() {
	redis_settings
	held redis-server && return 0
	rm -f "$REDIS_SOCKET"
	hold redis-server "${AS_APP[@]}" redis-server "$CONF/redis.conf"
	wait_until 10 redis-cli -s "$REDIS_SOCKET" ping
}

redis_settings() {
	conf_private redis.conf <<-END
		s|/run/tomozuna/redis\\.sock|$REDIS_SOCKET|
		s|/var/lib/tomozuna/redis|$STATE/redis|
		s|@KEEPER_PASSWORD@|$(<"$CREDENTIALS/redis-keeper-password")|
	END
	state_give "$STATE/redis"
}

# conf_private NAME <SCRIPT: a settings file that has a password in it. It is
# nobody else's from the first byte, and no command line, which all can read, has
# the password.
conf_private() {
	local file=$CONF/$1
	(umask 077 && sed -f /dev/stdin "$ROOT/conf/$1.in" >"$file.new")
	[ "$UID" -ne 0 ] || chown "$APP_USER:" "$file.new"
	mv "$file.new" "$file"
}
