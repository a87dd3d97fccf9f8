# The source package, its build, and the same build once more elsewhere.
# shellcheck shell=bash

SOURCE_VERSION=$(sed -n '1s/.*(\(.*\)-[^-]*).*/\1/p' "$ROOT/deploy/debian/changelog")

step_build() {
	rm -rf "$DEBS"
	mkdir -p "$DEBS"
	# shellcheck disable=SC2086
	is 'what a build needs is there' root_with build $BUILD_NEEDS
	is 'a source package' "$ROOT/deploy/package" source "$DEBS/source"
	is 'the same tree gives the same source package' source_again
	is 'it builds, and its unit tests pass' build_in /src C.UTF-8 UTC 022 ''
	cp "$ROOTS/$SUITE-build"/src/*.deb "$ROOTS/$SUITE-build"/src/*.changes "$ROOTS/$SUITE-build"/src/*.buildinfo \
		"$ROOTS/$SUITE-build"/src/*.dsc "$ROOTS/$SUITE-build"/src/*.tar.* "$DEBS/" 2>/dev/null
	is 'it builds elsewhere, at another time of day, with another umask' \
		build_in /var/elsewhere/deeper/src C Asia/Tokyo 077 nocheck
	is 'both builds are the same, byte for byte' build_same
	[ -n "$(find "$DEBS" -name '*.deb')" ] || return 1
	: >"$DEBS/.built"
	note "$(find "$DEBS" -name '*.deb' ! -name '*dbgsym*' | wc -l) packages, $(du -ch $(find "$DEBS" -name '*.deb' ! -name '*dbgsym*') | tail -n 1 | cut -f 1)"
}

source_again() {
	"$ROOT/deploy/package" source "$DEBS/again" &&
		cmp "$DEBS/source/tomozuna_$SOURCE_VERSION.orig.tar.xz" "$DEBS/again/tomozuna_$SOURCE_VERSION.orig.tar.xz" &&
		cmp "$DEBS"/source/*.debian.tar.xz "$DEBS"/again/*.debian.tar.xz
	local status=$?
	rm -rf "$DEBS/again"
	return $status
}

# build_in FOLDER LOCALE ZONE UMASK OPTIONS: with /proc, as Debian's own builders have it.
build_in() {
	local root=$ROOTS/$SUITE-build status=0
	rm -rf "$root${1:?}"
	mkdir -p "$root$1"
	cp -a "$DEBS/source/." "$root$1/"
	BUILD_PROC=$root/proc
	mount -t proc proc "$BUILD_PROC" || return 1
	in_root "$root" env LC_ALL="$2" TZ="$3" DEB_BUILD_OPTIONS="parallel=$(nproc) $5" \
		sh -c "umask $4; cd $1/tomozuna-$SOURCE_VERSION && dpkg-buildpackage -us -uc" || status=1
	build_drop
	return $status
}

build_drop() {
	[ -z "${BUILD_PROC:-}" ] || umount "$BUILD_PROC"
	BUILD_PROC=
}

build_same() {
	local root=$ROOTS/$SUITE-build deb status=0
	for deb in "$DEBS"/*.deb; do
		cmp "$deb" "$root/var/elsewhere/deeper/src/${deb##*/}" || status=1
	done
	return $status
}

# Its own address a publisher gives (DEBEMAIL); the tree has none.
step_lintian() {
	command -v lintian >/dev/null || { note 'SKIP no lintian here'; return; }
	lintian --allow-root --tag-display-limit 0 --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog \
		"$DEBS"/*.changes >"$DEBS/lintian" 2>&1
	is 'lintian has no error' lintian_clean E
	is '  and no warning' lintian_clean W
}

lintian_clean() {
	! grep "^$1:" "$DEBS/lintian"
}
