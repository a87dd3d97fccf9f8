# What there is at the target, and what may go. shellcheck shell=bash

# Lines of "NAME SIZE", once for a whole command.
inventory() {
	store list >"$SPOOL/inventory" || die "the target does not answer"
}

# Sets that have a manifest, oldest first.
sets() {
	sed -n 's/^\([0-9T]*Z\)-manifest .*/\1/p' "$SPOOL/inventory" | sort
}

# manifest ID: fetched, and compared with the ledger of this machine, if that
# knows the set. Whoever only has the target cannot slip in another one.
manifest() {
	local id=$1 file=$SPOOL/manifest.$1 known
	store get "$id-manifest" >"$file" || die "the manifest of $id cannot be fetched"
	known=$(sed -n "s/^$id //p" "$STATE/ledger" 2>/dev/null | tail -n 1)
	[ -z "$known" ] || [ "$known" = "$(sha256sum <"$file" | cut -c1-64)" ] ||
		die "the manifest of $id is not the one that was written here: somebody has changed the target"
	grep -q "^set=$id\$" "$file" || die "the manifest of $id names another set"
	echo "$file"
}

value() {
	sed -n "s/^$2=//p" "$1"
}

list_all() {
	local id file
	need TARGET
	place_make
	inventory
	printf '%-18s %-22s %10s  %s\n' set "taken (UTC)" size log
	for id in $(sets); do
		file=$(manifest "$id")
		printf '%-18s %-22s %10s  %s\n' "$id" "$(date -d "@$(value "$file" taken)" '+%F %T')" \
			"$(numfmt --to=iec --suffix=B "$(set_bytes "$file")")" "from $(value "$file" binlog)"
	done
	printf 'log: %s\n' "$(log_range)"
}

set_bytes() {
	local d f
	read -r d _ < <(value "$1" database)
	read -r f _ < <(value "$1" files)
	echo $((d + f))
}

log_range() {
	local names
	names=$(sed -n 's/^log-\(.*\)-\(whole\|[0-9]*-[0-9]*\)\.age .*/\1/p' "$SPOOL/inventory" | sort -u -t. -k2n)
	if [ -z "$names" ]; then echo none; else echo "$(head -n 1 <<<"$names") to $(tail -n 1 <<<"$names")"; fi
}

# ---- retention: all of DAYS, the first of each of MONTHS, and two in any case ----

prune_all() {
	local id
	need TARGET
	place_make
	inventory
	for id in $(prune_choose); do
		# The manifest first: what is left of a set after a failure does not count.
		store remove "$id-manifest" && store remove "$id-database.age" && store remove "$id-files.age" ||
			{ echo "the target does not remove $id; prune it there" >&2; return 0; }
		echo "removed $id" >&2
	done
	prune_log
}

prune_choose() {
	local id seen= month day since months_since
	since=$(date -d "-$DAYS days" +%Y%m%d)
	months_since=$(date -d "-$MONTHS months" +%Y%m%d)
	for id in $(sets | head -n -2); do
		day=${id%%T*} month=${id:0:6}
		if [ "$day" -ge "$since" ]; then continue; fi
		if [ "$month" != "$seen" ] && [ "$day" -ge "$months_since" ]; then seen=$month; continue; fi
		echo "$id"
	done
}

# Files of the log that no set within DAYS begins in or before.
prune_log() {
	local since id first= name number
	inventory
	since=$(date -d "-$DAYS days" +%Y%m%d)
	for id in $(sets); do
		[ "${id%%T*}" -ge "$since" ] || continue
		first=$(value "$(manifest "$id")" binlog)
		break
	done
	[ -n "$first" ] || return 0
	for name in $(sed -n 's/^\(log-[^ ]*\) .*/\1/p' "$SPOOL/inventory"); do
		number=${name#*.}
		number=${number%%-*}
		[ "$((10#$number))" -ge "$((10#${first##*.}))" ] || store remove "$name" || return 0
	done
}
