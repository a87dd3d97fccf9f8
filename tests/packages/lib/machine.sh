# A machine that boots: systemd itself runs the units. shellcheck shell=bash

NAMES=(care.town.example open.town.example)
ROUNDS=5

# in_machine COMMAND...: inside, as its root.
in_machine() {
	nsenter -t "$INIT" -m -u -i -n -p -C -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \
		LC_ALL=C.UTF-8 HOME=/root "$@"
}

in_shell() { in_machine bash -c "$1"; }

machine_boot() {
	rm -f "$WORK/usr/sbin/policy-rc.d"
	umount "$WORK/proc"
	printf '127.0.0.1 localhost %s\n' "${NAMES[*]}" >"$WORK/etc/hosts"
	setsid systemd-nspawn -q -D "$WORK" -b --register=no --keep-unit --private-network --console=pipe \
		</dev/null >"$OUT/$SUITE-console" 2>&1 &
	NSPAWN=$!
	wait_until 20 machine_init && wait_until 90 machine_up
}

machine_init() {
	local child
	for child in $(pgrep -P "$NSPAWN"); do
		[ "$(readlink "/proc/$child/ns/pid")" = "$(readlink /proc/self/ns/pid)" ] || { INIT=$child; return 0; }
	done
	return 1
}

machine_up() { in_shell 'systemctl is-system-running 2>/dev/null | grep -qE "running|degraded"' 2>/dev/null; }

# The machine's own init alone is signalled: its kernel takes all of it along.
machine_off() {
	[ -n "${INIT:-}" ] || return 0
	in_machine systemctl poweroff --no-block 2>/dev/null
	wait_until 40 machine_gone || kill -s KILL "$INIT"
	wait_until 10 machine_gone
	INIT=
}

machine_gone() { [ ! -e "/proc/$NSPAWN" ] && [ ! -e "/proc/$INIT" ]; }

step_machine() {
	# shellcheck disable=SC2086
	is 'what programs stand on is there' root_with run $RUN_NEEDS
	root_copy run
	is 'a machine boots' machine_boot
	if [ -z "${INIT:-}" ]; then note 'SKIP systemd does not come up here'; root_drop; return; fi
	machine_install
	machine_serves
	machine_office
	machine_bell
	machine_secrets
	machine_dies
	machine_upgrades
	machine_removes
	note "$(in_shell 'systemctl --failed --no-legend | grep -c tomozuna || :') failed units of ours at the end"
	in_shell 'journalctl --no-pager -u "tomozuna-*"' >"$OUT/$SUITE-journal" 2>&1
	machine_off
	root_drop
}

machine_install() {
	# shellcheck disable=SC2016
	is 'all programs install on a running machine' in_shell 'dpkg -i $(ls /debs/tomozuna-*.deb | grep -v "dbgsym\|demo")'
	is '  before there is a town nothing of ours runs, and nothing has failed' \
		in_shell '! systemctl list-units --no-legend --state=running,failed "tomozuna-*" | grep service'
	is 'tomozuna-setup makes a town' in_machine tomozuna-setup "${NAMES[@]}"
	is '  twice is as good as once' in_machine tomozuna-setup "${NAMES[@]}"
	is '  every unit runs' wait_until 30 machine_running
	in_shell 'sed -i "s/rate=20r/rate=9999r/; s/burst=100 /burst=9999 /" /etc/tomozuna/nginx/nginx.conf; tomozuna-setup --doors'
}

machine_running() {
	local name
	for name in nginx redis $(programs); do in_machine systemctl -q is-active "tomozuna-$name.service" || return 1; done
	in_machine systemctl -q is-active tomozuna-crl.path
}

# at DOOR PATH [OPTIONS]: the status.
at() {
	local name=$1 path=$2
	shift 2
	in_machine curl -s -o /dev/null -w '%{http_code}' --max-time 20 --cacert /var/lib/tomozuna/ca/server-ca.crt "$@" "https://$name$path"
}

# The same of the nurse of the first office, on her device.
DEVICE=(--cert /root/nurse.crt --key /root/nurse.key -b /root/jar -c /root/jar)
NOBODY=$(printf 'a%.0s' {1..32})
nurse() { at "${NAMES[0]}" "$@" "${DEVICE[@]}"; }

answers() { local want=$1; shift; [ "$("$@")" = "$want" ]; }

machine_serves() {
	local name
	for name in identity patient team timeline record emergency disaster board secretariat bulletin forum vaccination; do
		is "  $name is well, with its database" wait_until 20 in_machine curl -fsS "http://127.0.0.1:8442/$name/health"
	done
	is '  the professional door wants a certificate' answers 400 at "${NAMES[0]}" /sign-in
	is '  a name that is none of ours gets no answer' answers 000 at localhost /sign-in
	is '  static files come' answers 200 at "${NAMES[1]}" /static/app.css
	is 'the list of revoked devices: signed, read by nginx, and the door refuses the one it names' wait_until 60 machine_probe
}

machine_probe() { in_shell 'mariadb -N tomozuna -e "SELECT probe FROM ca_crl ORDER BY number DESC LIMIT 1" | grep -x refused'; }

# The first office, by the administrator's command alone.
machine_office() {
	is 'the first office, with a nurse and her device' in_shell 'set -e
		tomozuna network add 994014 --nickname むつみ --colour "#2f6b4f" --sender Mutsumi --phone 09900000000
		tomozuna office add 994014 --kind visiting_nurse --name むつみ訪問看護 --number 9900000001
		tomozuna user add 994014 nurse --family 山田 --given 花子 --kana-family ヤマダ --kana-given ハナコ
		tomozuna staff add nurse 9900000001 050
		umask 077; echo "four words and a rope" >/root/password
		tomozuna user password nurse --file /root/password
		device=$(tomozuna device add 9900000001 --name phone)
		tomozuna certificate ask "$device" --out /root/nurse'
	is '  she signs in' answers 303 nurse /sign-in -H "Origin: https://${NAMES[0]}" -d login=nurse --data-urlencode 'password=four words and a rope'
	is '  her list of patients is empty' answers 200 nurse /patients
	is '  without her device she is nobody' answers 400 at "${NAMES[0]}" /patients -b /root/jar
	is 'tomozuna doctor looks at everything' in_shell 'tomozuna doctor; [ $? -le 1 ]'
}

# A patient of that nurse, and a line at the doorbell: what one program's user commits
# reaches the gateway, which is another's, and the browser behind nginx, a third's.
machine_bell() {
	is 'a patient of hers' in_shell 'mariadb tomozuna -e "
		INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date)
			SELECT UNHEX(REPEAT(\"bb\", 16)), id, \"試験\", \"太郎\", \"しけん\", \"たろう\", \"しけんたろう\", \"male\", \"1940-01-02\" FROM care_network;
		INSERT INTO care_episode (ref, patient_id, opened_at) SELECT RANDOM_BYTES(16), id, UTC_TIMESTAMP(3) FROM care_patient;
		INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
			SELECT RANDOM_BYTES(16), id, \"share_team\", \"written\", \"試験\", \"本人\", \"2026-01-01\" FROM care_patient;
		INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
			SELECT RANDOM_BYTES(16), p.id, e.id, f.office_id, f.user_id, \"visiting_nurse\", UTC_TIMESTAMP(3)
			FROM care_patient p JOIN care_episode e ON e.patient_id = p.id JOIN care_staff f"'
	is '  whose page leads to the doorbell' bell_waits
	is '  a note of hers' answers 201 nurse "/timeline/$PATIENT" -H "Origin: https://${NAMES[0]}" -H 'Accept: application/json' -d body=bell
	is '  rings at once in a browser that waits' wait_until 3 in_shell 'grep -q "^data: changed" /tmp/bell'
}

PATIENT=$(printf 'b%.0s' {1..32})
bell_waits() {
	local channel
	channel=$(in_machine curl -fsS --cacert /var/lib/tomozuna/ca/server-ca.crt "${DEVICE[@]}" -H 'Accept: application/json' \
		"https://${NAMES[0]}/timeline/$PATIENT/state" | grep -o '"channel":"[^"]*"' | cut -d'"' -f4)
	[ -n "$channel" ] || return 1
	in_shell "curl -sN --max-time 60 --cacert /var/lib/tomozuna/ca/server-ca.crt --cert /root/nurse.crt --key /root/nurse.key \
		https://${NAMES[0]}/bell/$channel >/tmp/bell 2>&1 &"
	wait_until 10 in_shell 'grep -q retry /tmp/bell'
}

main_pid() { in_machine systemctl show -P MainPID "tomozuna-$1.service"; }

machine_secrets() {
	is 'no program can read the secrets of the machine' \
		in_shell '! setpriv --reuid=tomozuna-timeline --clear-groups cat /etc/tomozuna/credentials/key /var/lib/tomozuna/ca/people-ca.key'
	is '  its own it was handed' in_shell "ls /run/credentials/tomozuna-timeline.service | tr '\n' ' ' | grep -x 'file-keys key timeline-db-password '"
	is '  none is in its environment' in_shell "! tr '\0' '\n' </proc/$(main_pid timeline)/environ | grep -f <(cat /etc/tomozuna/credentials/*-password)"
	is '  it is under a filter of system calls, and gains no rights' \
		in_shell "grep -cE '^(Seccomp:.2|NoNewPrivs:.1|CapEff:.0+)\$' /proc/$(main_pid timeline)/status | grep -x 3"
	is '  it has no network' in_shell "! nsenter -t $(main_pid timeline) -n ip -o link 2>/dev/null | grep -v ' lo:'"
}

machine_dies() {
	local before
	before=$(main_pid timeline)
	in_machine kill -s KILL "$before"
	is 'a killed program comes back, and who asks meanwhile waits' answers 404 nurse "/timeline/$NOBODY"
	is '  it is another process' wait_until 10 machine_other "$before"
	before=$(main_pid timeline)
	in_machine kill -s STOP "$before"
	is 'a program that hangs is ended by the watchdog' wait_until 60 machine_other "$before"
	is '  and serves again' wait_until 20 answers 404 nurse "/timeline/$NOBODY"
	is '  the journal says why' wait_until 20 in_shell 'journalctl -u tomozuna-timeline | grep -q "Watchdog timeout"'
}

machine_other() {
	local now
	now=$(main_pid timeline)
	[ "$now" != 0 ] && [ "$now" != "$1" ]
}

# The timeline is asked all the time, by four who never stop and are signed in: for a
# patient whom she does not know, which is 404 of the program. Each answer is a line.
load_start() {
	in_shell 'rm -f /tmp/stop /tmp/told.*; for n in 1 2 3 4; do
		( while [ ! -e /tmp/stop ]; do
			curl -s -o /dev/null -w "%{http_code} %{exitcode}\n" --max-time 20 --cacert /var/lib/tomozuna/ca/server-ca.crt \
				'"${DEVICE[*]}"' -c /dev/null https://'"${NAMES[0]}/timeline/$NOBODY"' >>/tmp/told.$n
		done ) >/dev/null 2>&1 & done'
	sleep 1
}

load_stop() {
	in_shell ': >/tmp/stop; sleep 2; cat /tmp/told.* | sort | uniq -c' | tee -a "$LOG" >"$OUT/$SUITE-told"
}

machine_upgrades() {
	local round status=0 deb before
	deb=$(deb_of timeline)
	next_version timeline >>"$LOG" 2>&1
	before=$(door_reloads)
	load_start
	for round in $(seq $ROUNDS); do
		in_machine dpkg -i /debs/next_timeline.deb >>"$LOG" 2>&1 && in_machine dpkg -i "/debs/$deb" >>"$LOG" 2>&1 || status=1
	done
	load_stop
	is "timeline is upgraded and rolled back $ROUNDS times" test $status -eq 0
	is '  and not one request failed' told_only_404
	is '  for which nginx had nothing to read anew' test "$(door_reloads)" = "$before"
	note "under the upgrades: $(tr -s ' \n' ' ' <"$OUT/$SUITE-told")(requests, status, curl's end)"
}

door_reloads() { in_shell 'journalctl -u tomozuna-nginx | grep -c Reloading'; }

told_only_404() { awk '$2 != 404 { bad = 1 } { n += $1 } END { exit bad || n < 50 }' "$OUT/$SUITE-told"; }

# One of them is taken away while all others serve, and comes back.
machine_removes() {
	local piece=/etc/tomozuna/nginx/professional/bulletin.conf
	is 'a program is removed from a running machine' in_machine dpkg --remove tomozuna-bulletin
	is '  nobody is sent to it any more' wait_until 20 answers 404 nurse /bulletins
	is '  doctor does not miss it' in_shell 'tomozuna doctor --json >/tmp/doctor; ! grep -q "\"about\":\"bulletin\"" /tmp/doctor'
	is '  all else serves' answers 200 nurse /patients
	in_shell "echo '# Of this machine.' >>$piece.removed"
	is '  installed again' in_machine dpkg -i "/debs/$(deb_of bulletin)"
	is '  it serves, by the settings that were there' wait_until 20 answers 200 nurse /bulletins
	is '    with what was changed in them' in_machine grep -q 'Of this machine' $piece
}
