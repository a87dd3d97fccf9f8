# The demo of packages: a town, and a nurse who signs in. shellcheck shell=bash

step_demo() {
	# shellcheck disable=SC2086
	is 'what the demo stands on is there' root_with demo $RUN_NEEDS $DEMO_NEEDS
	root_copy demo
	mount --bind /dev "$WORK/dev"
	is 'all packages install together' apt_install install $(cd "$DEBS" && for deb in tomozuna-*.deb; do
		case $deb in *-dbgsym_*) ;; *) printf '/debs/%s ' "$deb" ;; esac; done)
	if in_root "$WORK" sh -c 'command -v bearerbox' >/dev/null; then
		is 'tomozuna-demo starts a town' demo_run up
		is '  a nurse signs in and sees her patients' demo_sign_in
		is '  and it ends' demo_run reset
	else
		note 'SKIP the demo: this suite has no kannel'
	fi
	umount "$WORK/dev"
	root_drop
}

demo_run() {
	in_root "$WORK" env TOMOZUNA_PORT="${TOMOZUNA_TEST_PORT:-8840}" TOMOZUNA_STATE=/var/tmp/town tomozuna-demo "$1"
}

demo_sign_in() {
	in_root "$WORK" env TOMOZUNA_PORT="${TOMOZUNA_TEST_PORT:-8840}" TOMOZUNA_STATE=/var/tmp/town bash -ec '
		eval "$(tomozuna-demo env)"
		me="--cacert $TOMOZUNA_CA --cert $TOMOZUNA_PEOPLE/nurse.crt --key $TOMOZUNA_PEOPLE/nurse.key -b /tmp/jar -c /tmp/jar"
		curl -fsS $me -H "Origin: $TOMOZUNA_URL" -d login=nurse --data-urlencode "password=$(cat $TOMOZUNA_PEOPLE/nurse.password)" $TOMOZUNA_URL/sign-in
		curl -fsS $me -H "Accept: application/json" $TOMOZUNA_URL/patients | grep -o "\"id\":" | wc -l | grep -v "^0"'
}
