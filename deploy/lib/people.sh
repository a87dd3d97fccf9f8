# Demo people: a certificate, a password and a PIN each, and the two authorities:
# one for people's devices, one for the doors, so that neither can sign the
# other's. Also the doors' own certificates. shellcheck shell=bash

PEOPLE_NAMES="doctor nurse pharmacist caremanager helper officer disasterofficer clerk
	crew dispatcher secretary member1 member2 member3 member4 member5 manager operator
	privacy relative outsider lost"
DEVICE_DAYS=397
CRL_DAYS=7

people_make() {
	local name
	export SAN=none	# openssl's settings name it, also where it is not used
	authority_make people "Tomozuna demo, devices"
	authority_make server "Tomozuna demo, doors"
	door_certificate
	chmod 0700 "$PEOPLE"
	for name in $PEOPLE_NAMES; do
		[ -e "$PEOPLE/$name.crt" ] || person_make "$name"
	done
	[ -e "$CA/lost.revoked" ] || { person_revoke lost; : >"$CA/lost.revoked"; }
	crl_make
	cp "$CA_FILE" "$PEOPLE/server-ca.crt"
}

# A self-signed P-256 authority with the database that `openssl ca` keeps.
authority_make() {
	local name=$1 title=$2 dir=$CA/$1
	[ ! -e "$CA/$name-ca.crt" ] || return 0
	rm -rf "$dir"
	mkdir -p "$dir/issued"
	: >"$dir/index.txt"
	printf '01\n' >"$dir/crlnumber"
	authority_settings "$dir" "$name" >"$dir/openssl.cnf"
	openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256 -days 3650 \
		-config "$dir/openssl.cnf" -extensions authority -utf8 -subj "/CN=$title" \
		-keyout "$CA/$name-ca.key" -out "$dir/ca.crt"
	mv "$dir/ca.crt" "$CA/$name-ca.crt"
}

authority_settings() {
	cat <<-CNF
	[ca]
	default_ca = this
	[this]
	dir = $1
	database = \$dir/index.txt
	new_certs_dir = \$dir/issued
	crlnumber = \$dir/crlnumber
	certificate = $CA/$2-ca.crt
	private_key = $CA/$2-ca.key
	rand_serial = yes
	unique_subject = no
	default_md = sha256
	policy = any
	[any]
	commonName = supplied
	[req]
	distinguished_name = name
	string_mask = utf8only
	[name]
	[authority]
	basicConstraints = critical, CA:true, pathlen:0
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	[device]
	basicConstraints = critical, CA:false
	keyUsage = critical, digitalSignature
	extendedKeyUsage = clientAuth
	authorityKeyIdentifier = keyid
	subjectAltName = \${ENV::SAN}
	[door]
	basicConstraints = critical, CA:false
	keyUsage = critical, digitalSignature
	extendedKeyUsage = serverAuth
	authorityKeyIdentifier = keyid
	subjectAltName = \${ENV::SAN}
	CNF
}

# certificate AUTHORITY PROFILE NAME SAN DAYS OUT: makes OUT.key and OUT.crt.
certificate() {
	local dir=$CA/$1
	export SAN=$4
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -config "$dir/openssl.cnf" \
		-subj "/CN=$3" -keyout "$6.key" -out "$dir/request"
	openssl ca -batch -notext -config "$dir/openssl.cnf" -extensions "$2" -days "$5" \
		-in "$dir/request" -out "$dir/new.crt"
	rm -f "$dir/request"
	mv "$dir/new.crt" "$6.crt"
}

door_certificate() {
	if [ ! -e "$CA/door.crt" ] || ! openssl x509 -checkend 604800 -noout -in "$CA/door.crt"; then
		certificate server door localhost "DNS:localhost,IP:127.0.0.1" 90 "$CA/door"
	fi
}

# ---- one person: what `tomozuna device issue` will do takes the place of this ----

person_make() {
	local name=$1 out=$PEOPLE/$1
	(
		umask 077
		person_words >"$out.password"
		printf '%06d\n' $((0x$(od -An -vtx4 -N 4 /dev/urandom | tr -d ' ') % 1000000)) >"$out.pin"
		certificate people device "$name demo device" "URI:urn:tomozuna:demo:$name" $DEVICE_DAYS "$out.new"
		openssl pkcs12 -export -in "$out.new.crt" -inkey "$out.new.key" -certfile "$CA/people-ca.crt" \
			-name "tomozuna $name" -passout "file:$out.password" -out "$out.p12"
		mv "$out.new.key" "$out.key"
		mv "$out.new.crt" "$out.crt"
	)
}

# Four groups of five letters that nobody confuses: about 92 bits.
person_words() {
	local letters
	letters=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'abcdefghjkmnpqrstuvwxyz' | head -c 20)
	printf '%s-%s-%s-%s\n' "${letters:0:5}" "${letters:5:5}" "${letters:10:5}" "${letters:15:5}"
}

person_revoke() {
	openssl ca -batch -config "$CA/people/openssl.cnf" -revoke "$PEOPLE/$1.crt" -crl_reason keyCompromise
}

# ---- the list of revoked devices: nginx refuses everybody once it is out of date ----

# Made anew when it is half a day old; in place by a rename, after a look at it.
crl_make() {
	local crl=$CA/people.crl
	if [ -e "$crl" ] && [ -z "$(find "$crl" -mmin +720)" ] && [ "$crl" -nt "$CA/people/index.txt" ]; then
		return 0
	fi
	openssl ca -config "$CA/people/openssl.cnf" -gencrl -crldays $CRL_DAYS -out "$crl.new"
	openssl crl -in "$crl.new" -CAfile "$CA/people-ca.crt" -verify -noout
	mv "$crl.new" "$crl"
}

# Tells the program which certificate each person's device has. The town's
# loader made the devices and left each one's ref in PEOPLE/NAME.device.
people_admit() {
	[ ! -e "$STATE/db/.people-admitted" ] || return 0
	people_fingerprints | mariadb --no-defaults --socket="$DB_SOCKET" --user="$(id -un)" tomozuna
	: >"$STATE/db/.people-admitted"
}

people_fingerprints() {
	local name sum
	for name in $PEOPLE_NAMES; do
		[ -s "$PEOPLE/$name.device" ] || continue
		sum=$(openssl x509 -in "$PEOPLE/$name.crt" -outform der | sha256sum | cut -d' ' -f1)
		echo "UPDATE care_device SET certificate = X'$sum' WHERE ref = X'$(cat "$PEOPLE/$name.device")';"
	done
	echo "UPDATE care_device SET revoked_at = UTC_TIMESTAMP(3) WHERE ref = X'$(cat "$PEOPLE/lost.device")';"
}
