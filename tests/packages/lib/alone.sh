# Each package alone with tomozuna-common: a whole life. shellcheck shell=bash

programs() {
	local deb name
	for deb in "$DEBS"/tomozuna-*.deb; do
		name=${deb##*/tomozuna-}
		name=${name%%_*}
		case $name in common | demo | *-dbgsym) ;; *) printf '%s\n' "$name" ;; esac
	done
}

deb_of() { (cd "$DEBS" && ls tomozuna-"$1"_*.deb); }

apt_install() { in_root "$WORK" apt-get -qy --no-install-recommends --allow-downgrades "$@"; }

# The next version of a package: the same files, and a line more in its settings.
next_version() {
	local tree=$WORK/debs/next file
	rm -rf "$tree"
	dpkg-deb -R "$DEBS/$(deb_of "$1")" "$tree"
	sed -i 's/^Version: .*/Version: 9.0-1/' "$tree/DEBIAN/control"
	for file in "$tree/etc/tomozuna/$1.conf" "$tree/etc/tomozuna/tomozuna.conf"; do
		[ ! -e "$file" ] || echo '# Of the next version.' >>"$file"
	done
	dpkg-deb --root-owner-group -b "$tree" "$WORK/debs/next_$1.deb" && rm -rf "$tree"
}

step_alone() {
	local name
	# shellcheck disable=SC2086
	is 'what programs stand on is there' root_with run $RUN_NEEDS
	for name in ${PROGRAMS:-$(programs)}; do alone "$name"; done
	common_life
	is 'make install leaves the same files as the packages' same_as_make_install
}

alone() {
	local name=$1 conf=/etc/tomozuna/$1.conf
	root_copy run
	find "$WORK" -xdev | sort >"$OUT/$SUITE-before"
	is "$name installs" apt_install install "/debs/$(deb_of common)" "/debs/$(deb_of "$name")"
	is "  and runs" in_root "$WORK" "/usr/libexec/tomozuna/tomozuna-$name" --version
	is '  its settings are read' settings_read "$name"
	is '  as a user of its own' in_root "$WORK" id "tomozuna-$name"
	is '  its unit is enabled' in_root "$WORK" systemctl is-enabled "tomozuna-$name.service"
	is '  its units hold together' in_root "$WORK" systemd-analyze verify --man=no "tomozuna-$name.service"
	is 'a next version of it' next_version "$name"
	is "$name is upgraded alone" apt_install install "/debs/next_$name.deb"
	is '  untouched settings follow' grep -q 'next version' "$WORK$conf"
	echo '# Of this machine.' >>"$WORK$conf"
	is "$name is rolled back" apt_install -o Dpkg::Options::=--force-confold install "/debs/$(deb_of "$name")"
	is '  changed settings stay' grep -q 'Of this machine' "$WORK$conf"
	is "$name is removed" apt_install remove "tomozuna-$name"
	is '  its program and units are gone' gone "/usr/libexec/tomozuna/tomozuna-$name" "*/lib/systemd/system/tomozuna-$name.*"
	is '  nothing of nginx leads to it' gone "/etc/tomozuna/nginx/*/$name.conf" "/etc/tomozuna/nginx/*/$name-*.conf"
	is '  its settings stay' grep -q 'Of this machine' "$WORK$conf"
	is '  tomozuna-common stays' in_root "$WORK" tomozuna --version
	is "$name is installed again" apt_install -o Dpkg::Options::=--force-confold install "/debs/$(deb_of "$name")"
	is '  with the settings of this machine' grep -q 'Of this machine' "$WORK$conf"
	is "$name is purged" apt_install purge "tomozuna-$name"
	is '  no file of its name is left' gone "*/tomozuna-$name" "*/tomozuna-$name.*" "/etc/tomozuna/*/$name*" "$conf" "*/tomozuna/db/$name"
	is 'tomozuna-common is purged' apt_install purge tomozuna-common
	is '  nothing of ours is left' leftovers
	root_drop
}

# Before tomozuna-setup there is no key: the program has to say so, and nothing else.
settings_read() {
	local said
	said=$(in_root "$WORK" "/usr/libexec/tomozuna/tomozuna-$1" --check 2>&1) && return 1
	echo "$said"
	grep -qE 'password_file|key_file|database' <<<"$said"
}

# gone PATTERN...: no file of the root, but for logs and dpkg's own, has such a path.
gone() {
	local pattern
	for pattern; do
		if find "$WORK" -xdev \( -path "$WORK/debs" -o -path "$WORK/var/log" -o -path "$WORK/var/lib/dpkg" -o -path "$WORK/proc" \) -prune \
			-o -path "$WORK$pattern" -print | grep .; then return 1; fi
	done
}

leftovers() {
	local left
	left=$(find "$WORK" -xdev | sort | comm -13 "$OUT/$SUITE-before" - | sed "s|^$WORK||" |
		grep -vE '^/(debs|run|var/(log|cache|lib/(dpkg|apt|systemd))|etc/(passwd|group|shadow|gshadow|subuid|subgid)-?|proc)(/|$)|\.dpkg-')
	[ -z "$left" ] || { printf 'left: %s\n' "$left"; return 1; }
}

common_life() {
	root_copy run
	is 'common installs alone' apt_install install "/debs/$(deb_of common)"
	is '  the command runs' in_root "$WORK" tomozuna --version
	is '  its units hold together' in_root "$WORK" systemd-analyze verify --man=no tomozuna-nginx.service tomozuna-redis.service tomozuna-crl.path
	is 'a next version of it' next_version common
	echo '# Of this machine.' >>"$WORK/etc/tomozuna/tomozuna.conf"
	is 'common is upgraded' apt_install -o Dpkg::Options::=--force-confold install /debs/next_common.deb
	is '  changed settings stay' grep -q 'Of this machine' "$WORK/etc/tomozuna/tomozuna.conf"
	is '  and there is one copy of the new ones beside them' test -e "$WORK/etc/tomozuna/tomozuna.conf.dpkg-dist"
	root_drop
}

# All files of all packages, against `make install` in the same build root.
same_as_make_install() {
	local root=$ROOTS/$SUITE-build tree=/src/tomozuna-$SOURCE_VERSION deb
	rm -rf "$root/tmp/whole"
	in_root "$root" make -s -C "$tree" install DESTDIR=/tmp/whole unitdir=/usr/lib/systemd/system || return 1
	(cd "$root/tmp/whole" && find . ! -type d | plain) >"$OUT/$SUITE-made"
	for deb in "$DEBS"/tomozuna-*.deb; do
		case $deb in *-dbgsym_*) ;; *) dpkg-deb --fsys-tarfile "$deb" | tar -t | grep -v '/$' ;; esac
	done | grep -v '^\./usr/share/\(doc\|lintian\)/' | plain >"$OUT/$SUITE-packed"
	diff "$OUT/$SUITE-made" "$OUT/$SUITE-packed"
}

plain() { sed -e 's|\.gz$||' -e 's|^\./lib/systemd|./usr/lib/systemd|' | LC_ALL=C sort; }
