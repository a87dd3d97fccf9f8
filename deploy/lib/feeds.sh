# Public feeds that only pretend: an invented weather office, health office and
# power company of the fictional town, over real HTTPS. shellcheck shell=bash

feeds_up() {
	[ -e "$ROOT/conf/demo/feed-sources.conf" ] || return 0
	program_places <"$ROOT/conf/demo/feed-sources.conf" >"$CONF/feed-sources.conf"
	held feeds && return 0
	if [ ! -x "$STATE/standin/feeds" ]; then echo "no tests/standin/feeds in this tree"; return 0; fi
	state_give "$FEEDS" "$FEEDS-tls"
	: >>"$FEEDS_LOG"
	[ "$UID" -ne 0 ] || chown "$APP_USER:" "$FEEDS_LOG"
	hold feeds "${AS_APP[@]}" "$STATE/standin/feeds" --listen "127.0.0.1:$FEED_PORT" \
		--folder "$FEEDS" --tls "$FEEDS-tls" --log "$FEEDS_LOG" --town 99401
	wait_until 10 port_open "$FEED_PORT"
}
