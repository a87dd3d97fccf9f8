# A server on the restored folder that nobody else can reach, and the proof.
# shellcheck shell=bash

server_sql() {
	mariadb --no-defaults --socket="$WORK/sock" --user="$ADMIN" --batch --skip-column-names \
		--default-character-set=utf8mb4 --max-allowed-packet=64M "$@"
}

server_start() {
	server_run --skip-log-bin
}

# server_run OPTIONS...: quick and careless about a crash; bring_hand_over ends it
# in order, and what it made is synced before it counts. Its tmpdir is its own: a
# server that starts clears what others have there, such as the living one in /tmp.
server_run() {
	local user=() tenths=1200
	[ "$UID" -ne 0 ] || user=(--user=mysql)
	PATH=$PATH:/usr/sbin setsid mariadbd "$DEFAULTS" "${user[@]}" --datadir="$NEW" --socket="$WORK/sock" \
		--pid-file="$WORK/pid" --tmpdir="$WORK" --skip-networking --character-set-server=utf8mb4 --collation-server=utf8mb4_bin \
		--default-time-zone=+00:00 --max-allowed-packet=64M --innodb-buffer-pool-size=256M \
		--innodb-flush-log-at-trx-commit=0 --event-scheduler=OFF "$@" </dev/null >"$WORK/server.log" 2>&1 9>&- &
	echo $! >"$WORK/server"
	until server_sql -e 'DO 0' 2>/dev/null; do
		tenths=$((tenths - 1))
		kill -0 "$(<"$WORK/server")" 2>/dev/null && [ $tenths -gt 0 ] || { tail -n 5 "$WORK/server.log" >&2; return 1; }
		sleep 0.1
	done
}

server_stop() {
	local pid
	[ -s "$WORK/server" ] || return 0
	pid=$(<"$WORK/server")
	rm -f "$WORK/server"
	kill "$pid" 2>/dev/null || return 0
	while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

# The statement that counts a table's rows and adds up a checksum of each. CHECKSUM TABLE is
# none: of a table with a generated column it says another number after each start of the
# server, though not a byte is another (MariaDB 10.11).
sum_statement() {
	server_sql -e "SET SESSION group_concat_max_len = 1000000;
		SELECT CONCAT('SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS(\'/\', ',
			GROUP_CONCAT('COALESCE(CRC32(CAST(\`', column_name, '\` AS BINARY)), \'-\')' ORDER BY ordinal_position),
			'))), 0) FROM \`', table_name, '\`')
		  FROM information_schema.columns WHERE table_schema = '$DATABASE' AND table_name = '$1' GROUP BY table_name"
}

# Every table: sound, its rows, its checksum; then the audit trail against the
# heads that were kept outside of the database.
bring_prove() {
	local table
	for table in $(server_sql -e "SELECT table_name FROM information_schema.tables
			WHERE table_schema = '$DATABASE' AND table_type = 'BASE TABLE' ORDER BY table_name"); do
		server_sql "$DATABASE" -e "CHECK TABLE \`$table\`" | grep -q 'status.OK$' ||
			{ echo "the table $table is not sound" >&2; return 1; }
		printf '%s %s\n' "$table" "$(server_sql "$DATABASE" -e "$(sum_statement "$table")" | tr '\t' ' ')"
	done >"$REPORT"
	prove_audit >"$REPORT.audit" 2>&1 || true
}

# Rows that had no seal yet get one as soon as the sealer runs: no finding here.
prove_audit() {
	[ -n "${BACKUP_COMMAND:-}" ] || { echo "not asked"; return 0; }
	printf 'include %s\ndb_socket = %s/sock\n' "$BACKUP_CONFIG" "$WORK" >"$WORK/admin.conf"
	"$BACKUP_COMMAND" --config "$WORK/admin.conf" audit verify
}

# The log of the restored database goes on behind every file that was ever seen,
# so that a name means one thing for ever.
bring_hand_over() {
	local last
	server_stop
	last=$( { log_names; sed -n 's/^log-\(.*\)-\(whole\|[0-9]*-[0-9]*\)\.age .*/\1/p' "$SPOOL/inventory"; echo "$BINLOG"; } |
		sort -t. -k2n | tail -n 1)
	server_run --log-bin="${BINLOG%.*}"
	server_sql -e "RESET MASTER TO $((10#${last##*.} + 1))"
	server_stop
	rm -f "$NEW/aria_log.stopped"
	sync -f "$NEW"
}

restore_say() {
	local rows
	rows=$(awk '{ n += $2 } END { print n }' "$REPORT")
	cat <<-TEXT
	$TO is the database as of $(restore_until), from the set $ID, in $SECONDS s.
	$(wc -l <"$REPORT") tables, $rows rows; each with its checksum in $REPORT
	audit: $(tail -n 1 "$REPORT.audit")
	Now start MariaDB on it, run \`tomozuna doctor', and then \`tomozuna backup run'.
	TEXT
	grep -vE '^(unsealed|[0-9]+ seals)' "$REPORT.audit" | head -n 20 || true
}

# verify [ID]: all of that in a folder that goes again. Says how long it took.
verify_set() {
	need TARGET SPOOL
	need_identity
	place_make
	place_lock verify
	CHOSEN=$1 AT=last TO=$SPOOL/verify
	rm -rf "$TO" "$TO.restoring"
	restore_to "$TO"
	rm -rf "$TO"
	note verified "$(date +%s) $ID $SECONDS"
	printf '%s can be restored: %d tables, %d s; audit: %s\n' "$ID" "$(wc -l <"$REPORT")" "$SECONDS" \
		"$(tail -n 1 "$REPORT.audit")"
}

# restore --files FOLDER: keys, certificates, journals, never over what is there.
restore_files() {
	local to=
	CHOSEN= AT=last
	while [ $# -ge 2 ]; do
		case $1 in
		--to) to=$2 ;;
		--set) CHOSEN=$2 ;;
		--identity) IDENTITY=$2 ;;
		*) break ;;
		esac
		shift 2
	done
	[ $# -eq 0 ] && [ -n "$to" ] || { echo "usage: tomozuna backup files --to FOLDER [--set ID] [--identity FILE]" >&2; exit 2; }
	need TARGET SPOOL
	need_identity
	[ ! -e "$to" ] || [ -z "$(ls -A "$to")" ] || die "$to holds something: name an empty folder"
	place_make
	inventory
	restore_choose
	mkdir -p "$to"
	WORK=$(mktemp -d "${TMPDIR:-/tmp}/tomozuna-restore.XXXXXX")
	fetch files | zstd -q -d | tar -C "$to" -x --same-owner -p
	rm -rf "$WORK"
	printf 'The files of %s are below %s. Copy back what is missing; nothing was changed in its place.\n' "$ID" "$to"
}
