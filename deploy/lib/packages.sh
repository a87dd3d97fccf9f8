# Debian packages: installs those of deploy/packages.txt that are missing, and
# does not let them start servers of their own. shellcheck shell=bash

POLICY=/usr/sbin/policy-rc.d

# packages_list SECTION...: one line a package: its name, its least version.
packages_list() {
	local wanted=" $* "
	awk -v wanted="$wanted" '
		/^\[/ { on = index(wanted, " " substr($1, 2, length($1) - 2) " "); next }
		on && NF && $1 !~ /^#/ { print $1, $2, $3 }' "$ROOT/deploy/packages.txt"
}

# Prints what is missing or too old. A third word names a command that will do
# as well, from wherever it came.
packages_missing() {
	local name least command version
	while read -r name least command; do
		if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
		# shellcheck disable=SC2016
		version=$(dpkg-query -W -f '${db:Status-Status} ${Version}' "$name" 2>/dev/null) || version=
		case $version in
		'installed '*)
			if [ "$least" = - ] || dpkg --compare-versions "${version#* }" ge "$least"; then continue; fi ;;
		esac
		printf '%s\n' "$name"
	done < <(packages_list "$@")
}

# What is built already needs no compiler.
packages_wanted() {
	if [ -n "${TOMOZUNA_BUILT:-}" ]; then packages_install run; else packages_install run build; fi
}

packages_install() {
	local missing
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	printf 'to install: %s\n' "${missing//$'\n'/ }"
	packages_as_root "$missing"
	missing=$(packages_missing "$@")
	[ -z "$missing" ] || { printf 'still missing or too old: %s\n' "${missing//$'\n'/ }"; return 1; }
}

# The policy file forbids starting; an existing one stays as it is.
packages_as_root() {
	local sudo=()
	if [ "$UID" -ne 0 ]; then
		command -v sudo >/dev/null || { echo "root or sudo is needed to install packages"; return 1; }
		sudo=(sudo)
	fi
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive bash -s -- "$POLICY" "$1" <<-'ROOT_PART'
		set -eu
		policy=$1
		if [ ! -e "$policy" ]; then
			trap 'rm -f "$policy"' EXIT
			printf '#!/bin/sh\nexit 101\n' >"$policy"
			chmod 0755 "$policy"
		fi
		apt-get -q -o DPkg::Lock::Timeout=120 update </dev/null
		# shellcheck disable=SC2086
		apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold \
			install --no-install-recommends $2 </dev/null
	ROOT_PART
}
