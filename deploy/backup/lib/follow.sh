# Taking each change along: mariadb-binlog receives the server's log as it is
# written, into the spool (best on another disk than the database), and every
# minute what is new there goes to the target, sealed. shellcheck shell=bash
#
# A receiver that starts again begins its last file anew, in a folder of its own,
# so that what an earlier one has received is never cut short. Of each file the
# longest copy counts.

LOG_NAME='[A-Za-z0-9_-]*.[0-9]*'

follow_for_ever() {
	need TARGET RECIPIENTS SOCKET
	place_make
	place_lock follow
	mkdir -p "$SPOOL/log/shipped"
	RECEIVER=
	trap follow_end EXIT
	trap 'exit 0' TERM INT
	while :; do
		follow_receive
		while kill -0 "$RECEIVER" 2>/dev/null; do
			follow_ship || note log-failed "$(date +%s)"
			sleep "$EVERY" 9>&- &
			wait -n "$RECEIVER" $! || true
		done
		sleep 1 9>&-
	done
}

follow_end() {
	trap - EXIT
	[ -z "$RECEIVER" ] || kill "$RECEIVER" 2>/dev/null || true
	wait 2>/dev/null || true
	follow_ship || true
	place_give
}

follow_receive() {
	local from run
	from=$(follow_from) || return 0
	run=$SPOOL/log/run-$(date +%s%N)
	mkdir "$run"
	mariadb-binlog --no-defaults --socket="$SOCKET" --user="$ADMIN" --read-from-remote-server \
		--raw --stop-never --result-file="$run/" "$from" 9>&- 2>"$SPOOL/log/receiver.log" &
	RECEIVER=$!
}

# The last file that was begun, if the server still has it, or its oldest.
follow_from() {
	local there last
	there=$(sql -e 'SHOW BINARY LOGS' 2>/dev/null | cut -f1)
	[ -n "$there" ] || return 1
	last=$(log_names | tail -n 1)
	if grep -qx -- "${last:-none}" <<<"$there"; then echo "$last"; else head -n 1 <<<"$there"; fi
}

# ---- the spool ----

# Names of files received, in order.
log_names() {
	find "$SPOOL/log" -path "*/run-*/$LOG_NAME" -size +0 -printf '%f\n' 2>/dev/null | sort -u -t. -k2n
}

# log_copy NAME: the longest copy of it.
log_copy() {
	find "$SPOOL/log" -path "*/run-*/$1" -printf '%s %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-
}

# ---- to the target ----

# What is new of each file; a file that has a successor goes once more as a whole,
# and its pieces are taken away (a target that removes nothing keeps them).
follow_ship() {
	local name newest
	newest=$(log_names | tail -n 1)
	for name in $(log_names); do
		[ ! -e "$SPOOL/log/shipped/$name.whole" ] || continue
		if [ "$name" = "$newest" ]; then follow_piece "$name"; else follow_whole "$name"; fi
	done
	follow_note "$newest"
	follow_tidy
}

follow_piece() {
	local name=$1 copy from=0 to
	copy=$(log_copy "$name")
	[ ! -e "$SPOOL/log/shipped/$name" ] || from=$(<"$SPOOL/log/shipped/$name")
	sync -d "$copy"
	to=$(stat -c %s "$copy")
	[ "$to" -gt "$from" ] || return 0
	tail -c +$((from + 1)) "$copy" | head -c $((to - from)) | zstd -q | seal |
		store_put "$(printf 'log-%s-%012d-%012d.age' "$name" "$from" "$to")" >/dev/null
	echo "$to" >"$SPOOL/log/shipped/$name"
}

follow_whole() {
	local name=$1 piece
	zstd -q <"$(log_copy "$name")" | seal | store_put "log-$name-whole.age" >/dev/null
	: >"$SPOOL/log/shipped/$name.whole"
	rm -f "$SPOOL/log/shipped/$name"
	for piece in $(store list | sed -n "s/^\(log-$name-[0-9]*-[0-9]*\.age\) .*/\1/p"); do
		store remove "$piece" || true
	done
}

# For doctor: when the server's log and ours were last seen to be the same length.
follow_note() {
	local file position size
	read -r file position _ < <(sql -e 'SHOW MASTER STATUS') || return 0
	size=$(stat -c %s "$(log_copy "$file")" 2>/dev/null) || return 0
	[ "$file" != "$1" ] || [ "$size" -lt "$position" ] && [ "$file" = "$1" ] ||
		note log "$(date +%s) $file $size"
}

# Files that have gone whole stay here for two days.
follow_tidy() {
	local file
	find "$SPOOL/log" -path "*/run-*/$LOG_NAME" -mmin +2880 -printf '%p\n' | while read -r file; do
		[ ! -e "$SPOOL/log/shipped/${file##*/}.whole" ] || rm -f "$file"
	done
	find "$SPOOL/log" -mindepth 1 -maxdepth 1 -name 'run-*' -mmin +10 -empty -delete
}
