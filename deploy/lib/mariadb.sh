# The private MariaDB: a unix socket and no port. Its administrator is whoever
# runs the demo (unix_socket authentication). shellcheck shell=bash

mariadb_up() {
	mariadb_make
	cp "$ROOT/conf/mariadb.cnf" "$CONF/mariadb.cnf"
	if ! held mariadbd; then
		mariadb_start
		wait_until 60 mariadb_answers
	fi
	mariadb_admin -e 'CREATE DATABASE IF NOT EXISTS tomozuna CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
}

mariadb_make() {
	local db=$STATE/db new=$STATE/db/data.new
	mkdir -p "$db/files"
	[ "$UID" -ne 0 ] || chown -R --from="$(id -un)" "$DB_USER:" "$db"
	chmod 0711 "$db"
	[ ! -d "$db/data" ] || return 0
	rm -rf "$new"
	# A server that starts clears the temporary tables of others in its tmpdir.
	mariadb-install-db --no-defaults --user="$DB_USER" --datadir="$new" --tmpdir="$db" --skip-test-db \
		--auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" \
		--character-set-server=utf8mb4 --innodb-log-file-size=128M --skip-name-resolve >/dev/null
	mv "$new" "$db/data"
}

mariadb_start() {
	local user=()
	[ "$UID" -ne 0 ] || user=(--user="$DB_USER")
	hold mariadbd "$(mariadb_program)" --defaults-file="$CONF/mariadb.cnf" "${user[@]}" \
		--datadir="$STATE/db/data" --socket="$DB_SOCKET" --pid-file="$STATE/db/pid" \
		--secure-file-priv="$STATE/db/files" --tmpdir="$STATE/db"
}

mariadb_program() {
	PATH=$PATH:/usr/sbin command -v mariadbd
}

mariadb_admin() {
	mariadb --no-defaults --socket="$DB_SOCKET" --user="$(id -un)" --default-character-set=utf8mb4 "$@"
}

mariadb_answers() {
	mariadb_admin -e 'SELECT 1'
}
