# Clean Debian roots, made once and copied for each use. shellcheck shell=bash

# section NAME: what deploy/packages.txt has there.
section() {
	awk -v section="[$1]" '/^\[/ { on = $1 == section; next } on && NF && !/^#/ { print $1 }' "$ROOT/deploy/packages.txt"
}

BUILD_NEEDS="build-essential fakeroot debhelper libcmocka-dev $(section build | tr '\n' ' ')"
# What apt would fetch for each test anew.
RUN_NEEDS="nginx mariadb-client mariadb-server redis-server openssl systemd systemd-sysv dbus curl procps logrotate
	$(section build | grep '^lib' | tr '\n' ' ')"
DEMO_NEEDS=$(section run | tr '\n' ' ')

# in_root FOLDER COMMAND...: nothing starts, nobody is asked.
in_root() {
	local folder=$1
	shift
	chroot "$folder" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root "$@"
}

root_base() {
	[ ! -d "$ROOTS/$SUITE" ] || return 0
	rm -rf "$ROOTS/$SUITE.new"
	/usr/sbin/debootstrap --variant=minbase "$SUITE" "$ROOTS/$SUITE.new" "$MIRROR" >>"$LOG" 2>&1 &&
		mv "$ROOTS/$SUITE.new" "$ROOTS/$SUITE"
}

# root_with NAME PACKAGES...: the base with these; those that a suite does not have
# are left out, and named.
root_with() {
	local to=$ROOTS/$SUITE-$1 name have=()
	shift
	[ ! -e "$to/.needs" ] || [ "$(cat "$to/.needs")" != "$*" ] || return 0
	rm -rf "$to"
	cp -a "$ROOTS/$SUITE" "$to"
	cp /etc/resolv.conf "$to/etc/"
	printf '#!/bin/sh\nexit 101\n' >"$to/usr/sbin/policy-rc.d"
	chmod 755 "$to/usr/sbin/policy-rc.d"
	in_root "$to" apt-get -q update
	for name; do
		if in_root "$to" apt-cache show "$name" >/dev/null 2>&1; then have+=("$name"); else note "has no $name" >&2; fi
	done
	in_root "$to" apt-get -qy install --no-install-recommends "${have[@]}" || return 1
	echo "$*" >"$to/.needs"
}

# root_copy FROM: one to spoil, over the other; its path is WORK.
root_copy() {
	root_drop
	WORK=$ROOTS/$SUITE-work
	mkdir -p "$WORK" "$ROOTS/$SUITE-over"/{upper,work}
	mount -t overlay overlay -o "lowerdir=$ROOTS/$SUITE-$1,upperdir=$ROOTS/$SUITE-over/upper,workdir=$ROOTS/$SUITE-over/work" "$WORK"
	mkdir -p "$WORK/debs"
	cp "$DEBS"/*.deb "$WORK/debs/"
	mount -t proc proc "$WORK/proc"
}

root_drop() {
	[ -n "${WORK:-}" ] || return 0
	umount "$WORK/proc" 2>/dev/null
	umount "$WORK" 2>/dev/null
	! mountpoint -q "$WORK" || { note "$WORK is still in use"; exit 1; }
	rm -rf "$ROOTS/$SUITE-over" "$WORK"
}
