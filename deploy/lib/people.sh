# Demo people: a certificate, a password and a PIN each. The authorities (one for
# people's devices, one for the doors, so that neither can sign the other's) are
# made by the administrator's command; tomozuna-ca signs the devices, as in a
# real town. shellcheck shell=bash

people_make() {
	if [ ! -x "$BIN/tomozuna" ]; then echo "no administrator's command in this tree"; return 0; fi
	"$BIN/tomozuna" ca init "$CA" localhost 127.0.0.1
	[ "$UID" -ne 0 ] || chown -R "$APP_USER:" "$CA"
	mkdir -p -m 0700 "$PEOPLE"
	cp "$CA_FILE" "$PEOPLE/server-ca.crt"
}

# The town's loader made devices, passwords and PINs. Their certificates are
# asked for here, signed by tomozuna-ca, and fetched; `lost` then loses hers.
people_admit() {
	[ ! -e "$STATE/db/.people-admitted" ] || return 0
	if [ ! -x "$BIN/tomozuna" ]; then echo "no administrator's command in this tree"; return 0; fi
	wait_until 20 test -s "$RUN/tomozuna-ca.pid"
	rm -f "$PEOPLE"/*.crt "$PEOPLE"/*.key "$PEOPLE"/*.p12
	cp "$CA_FILE" "$PEOPLE/server-ca.crt"
	people_command certificate ask-all "$PEOPLE"
	people_command device revoke "$(cat "$PEOPLE/lost.device")"
	people_pack
	people_wait_revoked
	: >"$STATE/db/.people-admitted"
}

# For trying, one secret a person is enough: the parcel opens with the password.
# A relative comes through the open door, which asks for no certificate; hers is
# signed by nobody, so that a script finds the same files for everyone.
people_pack() {
	local file name
	for file in "$PEOPLE"/*.password; do
		name=${file%.password}
		(
			umask 077
			[ -e "$name.crt" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc \
				-days 30 -subj "/CN=${name##*/}" -keyout "$name.key" -out "$name.crt"
			openssl pkcs12 -export -in "$name.crt" -inkey "$name.key" -passout "file:$file" -out "$name.p12"
			rm -f "$name.passphrase"
		)
	done
}

# The administrator's command on this demo.
people_command() {
	CREDENTIALS_DIRECTORY=$CREDENTIALS "$BIN/tomozuna" --config "$CONF/admin.conf" "$@"
}

# The second wall: nginx itself refuses the lost device once it has the new list.
people_wait_revoked() {
	wait_until 20 people_is_shut_out lost
}

people_is_shut_out() {
	[ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 5 --cacert "$CA_FILE" --cert "$PEOPLE/$1.crt" \
		--key "$PEOPLE/$1.key" "$PROFESSIONAL_URL/sign-in")" = 400 ]
}
