# Taking a set: the database whole, the files that go with it, and last its
# manifest. A set without a manifest does not count. shellcheck shell=bash

run_all() {
	need TARGET RECIPIENTS SOCKET
	[ -s "$RECIPIENTS" ] || die "no keys in $RECIPIENTS: tomozuna backup keys"
	place_make
	place_lock run
	ID=$(date +%Y%m%dT%H%M%SZ)
	WORK=$SPOOL/work.$ID
	STEPS=4
	mkdir "$WORK"
	trap take_forget EXIT
	step "copying the database" take_database
	step "copying keys, certificates, journals" take_files
	step "reading it back" take_read_back
	step "writing the manifest" take_manifest
	note full "$(date +%s) $ID $(take_size) $SECONDS"
	trap place_give EXIT
	rm -rf "$WORK"
	prune_all
}

# What an interrupted run leaves: nothing here, no half set there.
take_forget() {
	local status=$?
	trap - EXIT
	note failed "$(date +%s) $ID"
	store remove "$ID-database.age" 2>/dev/null || true
	store remove "$ID-files.age" 2>/dev/null || true
	rm -rf "$WORK"
	place_give
	exit $status
}

# The log is turned over first, so that a day of changes is a file of its own.
take_database() {
	progress "$WORK/database.count" "$(take_expected)"
	sql -e 'FLUSH BINARY LOGS'
	mariadb-backup --no-defaults --backup --stream=mbstream --socket="$SOCKET" --user="$ADMIN" \
		--target-dir="$WORK/empty" --extra-lsndir="$WORK" 2>"$WORK/mariadb-backup.log" |
		counted "$WORK/database.count" | zstd -q -3 | take_put database || { tail -n 5 "$WORK/mariadb-backup.log" >&2; return 1; }
	tail -n 1 "$WORK/mariadb-backup.log" | grep -q 'completed OK!'
}

# take_put PART: seals and puts it; remembers sizes and sums of both forms.
take_put() {
	tee >(sha256sum | cut -c1-64 >"$WORK/$1.plain") | seal | store_put "$ID-$1.age" >"$WORK/$1.sealed"
	cut -d' ' -f1 "$WORK/$1.sealed" >"$WORK/$1.bytes"
	wait_for_file "$WORK/$1.plain"
}

# Programs write to some of these while they are read: a file that grows is fine.
# A program's local copy of the database is written meanwhile, and fills itself anew.
take_files() {
	local list=() folder status=0
	progress "$WORK/files.count"
	for folder in $FILES; do
		[ ! -e "$folder" ] || list+=("${folder#/}")
	done
	[ ${#list[@]} -gt 0 ] || die "none of backup_files is there"
	{ tar -C / -c --exclude='*.sock' --exclude='*/journal/*/copy' --exclude="${SAFE_KEY#/}" --warning=no-file-changed "${list[@]}" || status=$?
		[ "$status" -le 1 ]; } 2>"$WORK/tar.log" | counted "$WORK/files.count" | zstd -q -3 | take_put files
}

# With the server's own key each part is opened to its end, where age has proved
# every byte; without it only the sealed sums are compared (store_put did).
take_read_back() {
	local part
	for part in database files; do
		progress "$WORK/$part.again" "$(<"$WORK/$part.bytes")"
		[ -n "$IDENTITY" ] && [ -r "$IDENTITY" ] || continue
		[ "$(store get "$ID-$part.age" | counted "$WORK/$part.again" | unseal | sha256sum | cut -c1-64)" = "$(<"$WORK/$part.plain")" ] ||
			{ echo "$ID-$part.age does not open to what was sealed" >&2; return 1; }
	done
}

# name_of WHAT: from mariadb-backup's own account of the set.
take_info() {
	sed -n "s/^$1 = //p" "$WORK"/*backup_info | head -n 1
}

take_manifest() {
	local position
	position=$(take_info binlog_pos)
	{
		echo "set=$ID"
		echo "taken=$(date -d "$(take_info end_time)" +%s)"
		echo "server=$(take_info server_version)"
		echo "binlog=$(sed -n "s/^filename '\([^']*\)'.*/\1/p" <<<"$position")"
		echo "position=$(sed -n "s/.*position '\([0-9]*\)'.*/\1/p" <<<"$position")"
		echo "database=$(<"$WORK/database.sealed")"
		echo "files=$(<"$WORK/files.sealed")"
	} >"$WORK/manifest"
	grep -q '^binlog=.' "$WORK/manifest" || { echo "MariaDB writes no binary log" >&2; return 1; }
	store_put "$ID-manifest" <"$WORK/manifest" >/dev/null
	echo "$ID $(sha256sum <"$WORK/manifest" | cut -c1-64)" >>"$STATE/ledger"
}

take_size() {
	echo $(($(<"$WORK/database.bytes") + $(<"$WORK/files.bytes")))
}

# What the copy will come to, nearly: the server's folder without its log.
take_expected() {
	du -sb --exclude='*bin.[0-9]*' --exclude='binlog.*' --exclude='ib_logfile*' "$(sql -e 'SELECT @@datadir')" |
		cut -f1
}
