# What the person at the terminal sees. shellcheck shell=bash

die() {
	printf 'deploy/demo: %s\n' "$*" >&2
	exit 1
}

steps_expect() {
	STEPS=$1
	STEP=0
}

# step TITLE FUNCTION ARGS...: runs it in a shell of its own where any failure
# ends it (bash forgets -e inside a condition, so there is none here).
step() {
	local title=$1 began=$SECONDS status log=$STATE/log/demo.log
	shift
	STEP=$((STEP + 1))
	printf '[%2d/%d] %-36s ' "$STEP" "$STEPS" "$title"
	printf '\n==== %s %s\n' "$(date -u +%FT%TZ)" "$title" >>"$log"
	set +e
	(set -e; "$@") >>"$log" 2>&1
	status=$?
	set -e
	if [ $status -ne 0 ]; then
		printf 'FAILED after %d s\n' $((SECONDS - began))
		step_explain "$log"
		exit 1
	fi
	printf '%3d s\n' $((SECONDS - began))
}

step_explain() {
	printf '\nThe end of %s:\n' "$1" >&2
	awk '/^==== / { n = 0 } { line[n++] = $0 } END { for (i = n > 25 ? n - 25 : 0; i < n; i++) print line[i] }' "$1" | sed 's/^/    /' >&2
	printf 'Correct the cause and run deploy/demo again; it goes on where it stopped.\n' >&2
}

say_welcome() {
	local total=$1
	cat <<-TEXT

	Tomozuna is up after $total s.

	  professional door   $PROFESSIONAL_URL/   (asks for a client certificate)
	  open door           $OPEN_URL/

	To sign in, for example as the nurse:
	  1. let the browser trust         $CA_FILE
	  2. import the certificate        $PEOPLE/nurse.p12
	     whose pass phrase is in       $PEOPLE/nurse.password
	  3. open $PROFESSIONAL_URL/ and sign in as "nurse" with the same words;
	     the PIN that unlocks an idle page is in $PEOPLE/nurse.pin
	Without a browser:
	  eval "\$(deploy/demo env)"
	  curl --cacert \$TOMOZUNA_CA --cert \$TOMOZUNA_PEOPLE/nurse.crt --key \$TOMOZUNA_PEOPLE/nurse.key \$TOMOZUNA_URL/

	Logs are in $STATE/log. Stop: deploy/demo down. Forget: deploy/demo reset.
	TEXT
}
