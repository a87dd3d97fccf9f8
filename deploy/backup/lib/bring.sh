# Bringing it back: a set, the log up to an instant, and the proof that all of it
# is there. The folder appears under its own name only when it is whole.
# shellcheck shell=bash

restore_usage() {
	echo "usage: tomozuna restore --to FOLDER [--at last|INSTANT] [--set ID] [--identity FILE]" >&2
	exit 2
}

restore_arguments() {
	TO= AT=last CHOSEN=
	while [ $# -gt 0 ]; do
		[ $# -ge 2 ] || restore_usage
		case $1 in
		--to) TO=${2%/} ;;
		--at) AT=$2 ;;
		--set) CHOSEN=$2 ;;
		--identity) IDENTITY=$2 ;;
		*) restore_usage ;;
		esac
		shift 2
	done
	[ -n "$TO" ] || restore_usage
	case $TO in /*) ;; *) TO=$PWD/$TO ;; esac
	[ "$AT" = last ] || AT=$(date -d "$AT" +%s 2>/dev/null) ||
		die "--at is \`last', or an instant such as 2026-11-22T10:15:00+09:00"
}

restore_all() {
	restore_arguments "$@"
	need TARGET SPOOL
	need_identity
	restore_refuse
	place_make
	place_lock restore
	restore_to "$TO"
	note restored "$(date +%s) $ID $SECONDS"
	restore_say
}

# Nothing is overwritten, here or by half.
restore_refuse() {
	[ ! -e "$TO" ] || [ -d "$TO" ] && [ -z "$(ls -A "$TO" 2>/dev/null)" ] ||
		die "$TO holds something. Move it aside first: mv $TO $TO.lost"
	[ ! -e "$TO.restoring" ] || die "$TO.restoring is left of an attempt: remove it first"
}

# restore_to FOLDER: with AT and CHOSEN; sets ID.
restore_to() {
	local to=$1
	NEW=$to.restoring
	WORK=$(mktemp -d "${TMPDIR:-/tmp}/tomozuna-restore.XXXXXX")
	chmod 0711 "$WORK"
	inventory
	restore_choose
	STEPS=7 STEP=0 REPORT=$SPOOL/restored-$ID.txt
	trap restore_stop EXIT
	mkdir -p "$NEW"
	chmod 0700 "$NEW"
	step "fetching the set $ID" bring_database
	step "making it consistent" bring_prepare
	step "fetching the log" bring_log
	step "starting a server on it, without a door" server_start
	step "applying the changes up to $(restore_until)" bring_replay
	step "counting, and walking the audit chain" bring_prove
	step "handing over" bring_hand_over
	trap place_give EXIT
	rmdir "$to" 2>/dev/null || true
	mv "$NEW" "$to"
	rm -rf "$WORK"
}

restore_until() {
	if [ "$AT" = last ]; then echo "the last one"; else date -d "@$AT" '+%F %T UTC'; fi
}

# The newest set that was taken before the instant.
restore_choose() {
	local id
	ID=
	for id in $(sets); do
		[ -z "$CHOSEN" ] || [ "$id" = "$CHOSEN" ] || continue
		MANIFEST=$(manifest "$id")
		[ "$AT" = last ] || [ "$(value "$MANIFEST" taken)" -le "$AT" ] || continue
		ID=$id
	done
	[ -n "$ID" ] || die "no set at the target was taken before that: tomozuna backup list"
	MANIFEST=$(manifest "$ID")
	BINLOG=$(value "$MANIFEST" binlog)
	POSITION=$(value "$MANIFEST" position)
}

restore_stop() {
	local status=$?
	trap - EXIT
	server_stop || true
	rm -rf "$WORK" "$NEW"
	place_give
	exit $status
}

# fetch PART: opened; its sealed sum is compared on the way.
fetch() {
	local want got=$WORK/$1.got
	read -r _ want < <(value "$MANIFEST" "$1")
	store get "$ID-$1.age" | tee >(sha256sum | cut -c1-64 >"$got") | unseal
	wait_for_file "$got"
	[ "$(<"$got")" = "$want" ] || { echo "$ID-$1.age is not what the manifest says" >&2; return 1; }
}

bring_database() {
	progress "$NEW"
	fetch database | zstd -q -d | mbstream -x -C "$NEW"
}

bring_prepare() {
	mariadb-backup --defaults-file="$NEW/backup-my.cnf" --prepare --target-dir="$NEW" >"$WORK/prepare.log" 2>&1 ||
		{ tail -n 5 "$WORK/prepare.log" >&2; return 1; }
	rm -f "$NEW"/xtrabackup_* "$NEW"/mariadb_backup_* "$NEW/backup-my.cnf"
	[ "$UID" -ne 0 ] || chown -R mysql: "$NEW" "$WORK"
}

# ---- the log ----

# Each file from the set's on: of the target, or of the spool if that has more.
bring_log() {
	local name here
	mkdir "$WORK/log"
	progress "$WORK/log"
	for name in $( { log_names; sed -n 's/^log-\(.*\)-\(whole\|[0-9]*-[0-9]*\)\.age .*/\1/p' "$SPOOL/inventory"; } |
		sort -u -t. -k2n); do
		[ "$((10#${name##*.}))" -ge "$((10#${BINLOG##*.}))" ] || continue
		bring_log_file "$name" >"$WORK/log/$name"
		here=$(log_copy "$name")
		[ -z "$here" ] || [ "$(stat -c %s "$here")" -le "$(stat -c %s "$WORK/log/$name")" ] ||
			cat "$here" >"$WORK/log/$name"
	done
	bring_log_check
}

bring_log_file() {
	local name=$1 piece from to next=0
	if grep -q "^log-$name-whole\.age " "$SPOOL/inventory"; then
		store get "log-$name-whole.age" | unseal | zstd -q -d
		return
	fi
	for piece in $(sed -n "s/^\(log-$name-[0-9]*-[0-9]*\.age\) .*/\1/p" "$SPOOL/inventory" | sort); do
		from=${piece%-*} from=$((10#${from##*-}))
		to=${piece##*-} to=$((10#${to%.age}))
		[ "$from" -eq "$next" ] || return 0	# a hole: what is before it counts
		store get "$piece" | unseal | zstd -q -d
		next=$to
	done
}

# No number may be missing from the set's own file to the last. No log at all is
# an installation that does not follow: then the set itself is the last instant.
bring_log_check() {
	local name number last=$((10#${BINLOG##*.} - 1))
	for name in $(ls "$WORK/log" | sort -t. -k2n); do
		number=$((10#${name##*.}))
		[ "$number" -eq $((last + 1)) ] ||
			{ echo "the log has a hole before $name: name an instant before it with --at" >&2; return 1; }
		last=$number
	done
}

# A file that ends inside of an event (its machine died) counts up to there.
bring_replay() {
	local file files=() options=("--start-position=$POSITION") end
	for file in $(find "$WORK/log" -type f -size +4c | sort -t. -k2n); do files+=("$file"); done
	[ ${#files[@]} -gt 0 ] || return 0
	[ "$AT" = last ] || options+=("--stop-datetime=$(date -d "@$AT" '+%F %T')")
	if ! mariadb-binlog --no-defaults "${files[-1]}" >"$WORK/tail" 2>/dev/null; then
		end=$(sed -n 's/.* end_log_pos \([0-9]*\) .*/\1/p' "$WORK/tail" | tail -n 1)
		truncate -s "${end:-4}" "${files[-1]}"
	fi
	rm -f "$WORK/tail"
	mariadb-binlog --no-defaults "${options[@]}" "${files[@]}" | server_sql
}
