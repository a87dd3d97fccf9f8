# Secrets, each a file of its own: the master key, a database password a
# program, Kannel's words. Made once. shellcheck shell=bash

credentials_make() {
	local name kind path
	credential key 32
	credential_file_keys
	while read -r name kind path; do
		credential "$name-db-password" 24
	done < <(build_programs)
	# The town's meeting service shares a secret with tomozuna-meet.
	credential meet_994014 24
	for name in kannel-admin kannel-sendsms smsc redis-keeper; do
		credential "$name-password" 24
	done
	credentials_give
}

# credential NAME BYTES: that many random bytes in hexadecimal, if there is none.
credential() {
	local file=$CREDENTIALS/$1
	[ ! -s "$file" ] || return 0
	(umask 077 && od -An -vtx1 -N "$2" /dev/urandom | tr -d ' \n' >"$file.new" && echo >>"$file.new")
	mv "$file.new" "$file"
}

# Keys of stored files, `NUMBER KEY` a line (modules/care/file.h).
credential_file_keys() {
	local file=$CREDENTIALS/file-keys
	[ ! -s "$file" ] || return 0
	(umask 077 && { printf '1 ' && od -An -vtx1 -N 32 /dev/urandom | tr -d ' \n' && echo; } >"$file.new")
	mv "$file.new" "$file"
}

# The programs' user reads them, nobody else does (root aside).
credentials_give() {
	[ "$UID" -ne 0 ] || chown -R "$APP_USER:" "$CREDENTIALS"
	chmod 0700 "$CREDENTIALS"
	find "$CREDENTIALS" -type f -exec chmod 0600 {} +
}

# SMPP takes eight characters of a password.
credential_short() {
	head -c 8 "$CREDENTIALS/$1"
}
