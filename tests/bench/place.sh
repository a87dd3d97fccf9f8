# The bench's own set: MariaDB, Redis, nginx and the modules as deploy/demo has
# them, without a town and without messages.
# shellcheck shell=bash

DEVICES=200

# How many entries the set has, ENTRIES of the environment: 500 of each patient.
bench_size() {
	case $1 in
	1e4) PATIENTS=20 ;;
	1e5) PATIENTS=200 ;;
	1e6) PATIENTS=2000 ;;
	1e7) PATIENTS=20000 ;;
	*) echo "ENTRIES is 1e4, 1e5, 1e6 or 1e7" >&2; return 2 ;;
	esac
}

# data.sql and fresh.sql are written for 1e6. Vital signs of twenty years are of 2,000 patients at most.
bench_sized() {
	sed -E "s/seq_1_to_2000 p JOIN seq_1_to_520/seq_1_to_VITAL p JOIN seq_1_to_520/; s/seq_1_to_2000\b/seq_1_to_$PATIENTS/g
		s/seq_1_to_100000\b/seq_1_to_$((PATIENTS * 50))/g; s/VISITS/$((PATIENTS > 8000 ? 1 : 8000 / PATIENTS))/g
		s/VITAL/$((PATIENTS < 2000 ? PATIENTS : 2000))/; s/\* 2000 \+/* $PATIENTS +/g; s/id > 1000000/id > $((PATIENTS * 500))/" "$1"
}

bench_up() {
	packages_install run build
	packages_as_needed
	place_check
	build_all
	bench_build
	credentials_make
	mariadb_up
	redis_up
	town_migrate
	people_make
	bench_data
	programs_up
	bench_programs_up
	bench_nginx_up
	bench_wait
}

packages_as_needed() {
	command -v wrk >/dev/null || packages_as_root wrk
	command -v php-fpm8.2 >/dev/null || packages_as_root php8.2-fpm php8.2-mysql
}

bench_build() {
	local name
	make -C "$BUILD" -j "$(nproc)" tests/bench/{floor,ceiling,journal,page} 8>&- 9>&-
	for name in floor ceiling; do build_copy "$BUILD/tests/bench/$name" "$BIN/tomozuna-$name"; done
}

# ---- data ----

bench_data() {
	bench_certificates
	if [ -e "$STATE/db/.bench-loaded" ]; then return 0; fi
	bench_devices | mariadb_admin tomozuna
	bench_sized "$ROOT/tests/bench/data.sql" | mariadb_admin tomozuna >/dev/null
	mariadb_admin tomozuna <"$ROOT/tests/bench/board.sql" >/dev/null
	mariadb_admin tomozuna -e 'DROP TABLE bench_device'
	: >"$STATE/db/.bench-loaded"
}

# The town of the vaccination rows, once, and whose sessions they are: clerks, and who closes which visit.
bench_vaccination() {
	[ -e "$STATE/db/.bench-vaccination" ] || bench_sized "$ROOT/tests/bench/vaccination.sql" | mariadb_admin tomozuna >/dev/null
	: >"$STATE/db/.bench-vaccination"
	mariadb_admin tomozuna -e 'REPLACE INTO vaccination_pass (on_day, started_at, ended_at, people, looked)
		SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), COUNT(*), COUNT(*) FROM care_patient'
	mariadb_admin -N tomozuna -e "SELECT SHA2(CONCAT('session', user_id), 256), device_id, 0 FROM care_session
		WHERE user_id BETWEEN 41 AND 80 ORDER BY user_id" >"$STATE/bench/sessions.clerk"
	mariadb_admin -N tomozuna -e "SELECT SHA2(CONCAT('session', s.user_id), 256), s.device_id,
			CONCAT('/vaccination/', LOWER(HEX(p.ref)), '/visits/', LOWER(HEX(v.ref)), '/close')
		FROM vaccination_visit v JOIN care_patient p ON p.id = v.patient_id
		JOIN (SELECT t.patient_id, MIN(s.user_id) AS user_id FROM care_team t
			JOIN care_session s ON s.office_id = t.office_id AND t.user_id IN (0, s.user_id)
			JOIN care_staff f ON f.user_id = s.user_id AND f.profession IN ('010', '040')
			WHERE t.left_at IS NULL GROUP BY t.patient_id) AS m ON m.patient_id = v.patient_id
		JOIN care_session s ON s.user_id = m.user_id ORDER BY MD5(v.id)" >"$STATE/bench/sessions.visits"
}

# All visits wait again.
bench_waiting() {
	mariadb_admin tomozuna -e "SET SESSION sql_log_bin = 0; UPDATE vaccination_visit SET state = 'waiting', closed_at = NULL"
}

# A certificate a device. Their keys are thrown away: nobody asks for a proof.
bench_certificates() {
	local n to=$STATE/bench
	mkdir -p "$to"
	for ((n = 1; n <= DEVICES; n++)); do
		[ -s "$to/$n.crt" ] || openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 \
			-days 3650 -subj "/O=Tomozuna bench/CN=device $n" -keyout /dev/null -out "$to/$n.crt"
	done
}

bench_devices() {
	local n
	echo 'CREATE OR REPLACE TABLE bench_device (number INT PRIMARY KEY, certificate BINARY(32) NOT NULL);'
	for ((n = 1; n <= DEVICES; n++)); do
		printf "INSERT INTO bench_device VALUES (%d, UNHEX('%s'));\n" "$n" \
			"$(openssl x509 -in "$STATE/bench/$n.crt" -outform DER | sha256sum | cut -d ' ' -f 1)"
	done
}

# The same state at each run, and the sessions for the load tool.
bench_fresh() {
	bench_sized "$ROOT/tests/bench/fresh.sql" | mariadb_admin -N tomozuna >"$STATE/bench/sessions"
	# The review board's members, in their order.
	mariadb_admin -N tomozuna -e "SELECT SHA2(CONCAT('session', user_id), 256), device_id, 0 FROM care_session WHERE user_id <= 40 ORDER BY user_id" \
		>"$STATE/bench/sessions.board"
	bench_php_up
	perl -I"$ROOT/tests/lib" "$ROOT/tests/bench/files.pl" make "$STATE/bench" "http://127.0.0.1:$BENCH_PORT" "$PROFESSIONAL_URL"
}

# ---- programs ----

bench_programs_up() {
	STATE_MODE=0700 state_give "$STATE/journal/ceiling"
	{
		cat "$CONF/timeline.conf"
		printf 'journal_dir = %s\n' "$STATE/journal/ceiling"
	} >"$CONF/ceiling.conf"
	bench_program floor 16
	bench_program ceiling --config "$CONF/ceiling.conf"
	[ -z "${PEER:-}" ] || bench_peer_up
}

# Another build of a program beside this one's.
bench_peer_up() {
	STATE_MODE=0700 state_give "$STATE/journal/$PEER_OF-peer"
	sed "s|/journal/$PEER_OF|/journal/$PEER_OF-peer|" "$CONF/$PEER_OF.conf" >"$CONF/$PEER_OF-peer.conf"
	build_copy "$PEER" "$BIN/tomozuna-$PEER_OF-peer"
	bench_program "$PEER_OF-peer" --config "$CONF/$PEER_OF-peer.conf"
}

# The peer in PHP: as many workers as serve it best, each with a connection that it keeps.
bench_php_up() {
	local to=$STATE/bench/php
	STATE_MODE=0700 state_give "$STATE/journal/php"
	mkdir -p "$to"
	cp "$ROOT/tests/bench/peer.php" "$to/peer.php"
	perl "$ROOT/tests/bench/peer.pl" statements "$ROOT/modules/care/admit.sql" "$ROOT/modules/timeline/timeline.sql" >"$to/statements.php"
	page html | perl "$ROOT/tests/bench/peer.pl" frame >"$to/frame.php"
	install -m 0400 "$CREDENTIALS/timeline-db-password" "$to/password"
	[ ${#AS_APP[@]} -eq 0 ] || chown www-data: "$to/password"
	cat >"$to/fpm.conf" <<-FPM
		[global]
		error_log = $STATE/journal/php/fpm.log
		[www]
		listen = $RUN/php.sock
		listen.backlog = 4096
		listen.mode = 0660
		pm = static
		pm.max_children = 16
		env[PEER_SOCKET] = $DB_SOCKET
		env[PEER_PASSWORD] = $to/password
		env[PEER_JOURNAL] = $STATE/journal/php
		php_admin_value[opcache.enable] = 1
		php_admin_value[opcache.validate_timestamps] = 0
	FPM
	! held php-fpm || held_stop php-fpm TERM 10
	hold php-fpm -q "${AS_APP[@]}" php-fpm8.2 -F -y "$to/fpm.conf"
	wait_until 20 test -S "$RUN/php.sock"
	[ "$(page php | grep -c '<article')" = "$(page html | grep -c '<article')" ] || { echo "the peer answers otherwise"; return 1; }
}

# As programs_up starts a module.
bench_program() {
	local name=$1 unit=supervise-$1
	shift
	! held "$unit" || held_stop "$unit" TERM 30
	hold "$unit" -q env CREDENTIALS_DIRECTORY="$CREDENTIALS" "${AS_APP[@]}" \
		spawn-fcgi -n -s "$RUN/$name.sock" -M 0660 -b 4096 -- \
		"$BIN/supervise" "$name" "$RUN/tomozuna-$name.pid" "$STATE/log/programs/$name.log" -- \
		"$BIN/tomozuna-$name" "$@"
}

# ---- nginx ----

bench_nginx_up() {
	local to=$CONF/bench file
	mkdir -p "$to/modules"
	nginx_up
	bench_certificate_map >"$to/certificates.conf"
	# shellcheck disable=SC2016
	sed 's|\$ssl_client_escaped_cert|$bench_certificate|; s|\$ssl_client_verify|SUCCESS|' \
		"$CONF/nginx/fastcgi.conf" >"$to/fastcgi.conf"
	for file in "$CONF"/nginx/professional/*.conf; do
		sed "s|$CONF/nginx/fastcgi.conf|$to/fastcgi.conf|; s|unix:$RUN/$PEER_OF.sock|\$bench_program|" "$file" >"$to/modules/${file##*/}"
	done
	sed "s|@CONF@|$CONF|g; s|@RUN@|$RUN|g; s|@STATE@|$STATE|g; s|@BENCH_PORT@|$BENCH_PORT|; s|@PEER_OF@|$PEER_OF|" \
		"$ROOT/tests/bench/nginx.conf.in" >"$to/nginx.conf"
	grep -q bench/nginx.conf "$CONF/nginx/optional.conf" ||
		printf 'include %s;\n' "$to/nginx.conf" >>"$CONF/nginx/optional.conf"
	nginx_program -t
	kill -s HUP "$(held_pid nginx)"
}

# A line a device: its number, its certificate as nginx writes one.
bench_certificate_map() {
	local n
	for ((n = 1; n <= DEVICES; n++)); do
		perl -0777 -pe 's/([^A-Za-z0-9_.~-])/sprintf "%%%02X", ord $1/ge' "$STATE/bench/$n.crt" |
			sed "s/^/$n /; s/\$/;/"
		echo
	done
}

bench_wait() {
	local name
	wait_until 20 port_open "$BENCH_PORT"
	for name in timeline patient record; do wait_until 60 program_ready "$name"; done
	wait_until 20 curl -fsS "http://127.0.0.1:$BENCH_PORT/bench/floor/10"
}
