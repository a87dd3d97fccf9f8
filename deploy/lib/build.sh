# The build, out of the tree, and the one folder with every program.
# shellcheck shell=bash

# All that the makefiles are made from: a change of it means configure again.
build_recipe() {
	(
		cd "$ROOT"
		printf '%s\n' "${TOMOZUNA_CONFIGURE:-}"
		cat autogen.sh configure.ac
		pkg-config --modversion cmocka 2>/dev/null || true	# came later: unit tests join
		find . -path ./build\* -prune -o \( -name '*.am' -o -name '*.test.c' \) -print | sort
		cat Makefile.am modules/*/*.am gateways/*/*.am deploy/*/*.am 2>/dev/null || true
	) | sha256sum
}

# With TOMOZUNA_BUILT set the build is taken as it stands.
build_all() {
	if [ -n "${TOMOZUNA_BUILT:-}" ]; then build_collect; return 0; fi
	mkdir -p "$BUILD"
	(
		flock 8
		build_configure
		build_make
	) 8>"$BUILD/.lock"
	build_collect
}

build_configure() {
	local recipe
	recipe=$(build_recipe)
	[ ! -e "$BUILD/.recipe" ] || [ "$recipe" != "$(<"$BUILD/.recipe")" ] || return 0
	"$ROOT/autogen.sh" 8>&- 9>&-
	# shellcheck disable=SC2086
	(cd "$BUILD" && "$ROOT/configure" ${TOMOZUNA_CONFIGURE:-}) 8>&- 9>&-
	build_recipe >"$BUILD/.recipe"
	rm -f "$BUILD/.made"
}

# Even a make that has nothing to do takes seconds: look at the sources first.
build_make() {
	if [ -e "$BUILD/.made" ] && [ -z "$(build_newer)" ]; then return 0; fi
	: >"$BUILD/.making"
	make -C "$BUILD" -j "$(nproc)" all 8>&- 9>&-
	mv "$BUILD/.making" "$BUILD/.made"
}

build_newer() {
	local folder
	for folder in modules gateways deploy/tomozuna conf/po db; do
		[ ! -d "$ROOT/$folder" ] || find "$ROOT/$folder" -newer "$BUILD/.made" -print -quit
	done
}

# The programs that this build has: "NAME PATH" lines, modules first.
build_programs() {
	local kind path
	for kind in modules gateways; do
		for path in "$BUILD/$kind"/*/tomozuna-*; do
			[ -f "$path" ] && [ -x "$path" ] || continue
			[ "${path##*/}" != "tomozuna-$(basename "${path%/*}")" ] ||
				printf '%s %s %s\n' "$(basename "${path%/*}")" "$kind" "$path"
		done
	done
}

# Copies what changed, because the folder of the sources may be closed to the
# user that the programs run as. Each copy is a rename: running ones go on.
build_collect() {
	local name kind path
	while read -r name kind path; do
		build_copy "$path" "$BIN/tomozuna-$name"
	done < <(build_programs)
	path=$BUILD/deploy/tomozuna/tomozuna
	[ ! -x "$path" ] || build_copy "$path" "$BIN/tomozuna"
	build_copy "$ROOT/deploy/supervise" "$BIN/supervise"
	for path in "$ROOT"/tests/standin/*; do
		[ ! -f "$path" ] || build_copy "$path" "$STATE/standin/${path##*/}"
	done
	build_static
}

build_copy() {
	! cmp -s "$1" "$2" || return 0
	cp "$1" "$2.new"
	chmod 0755 "$2.new"
	mv "$2.new" "$2"
}

# What browsers fetch without asking a program: one folder for all modules.
build_static() {
	local file
	for file in "$ROOT"/modules/*/static/*.{css,js,svg,png,ico,webmanifest,woff2}; do
		[ ! -f "$file" ] || build_static_copy "$file"
	done
	build_static_names
	mkdir -p "$STATE/static/errors"
	for file in "$ROOT"/conf/nginx/errors/*; do
		cp -p "$file" "$STATE/static/errors/"
	done
	chmod -R u=rwX,go=rX "$STATE/static"
}

# The names with a hash, as links; those of yesterday go.
build_static_names() {
	local name hashed link
	for link in "$STATE"/static/*; do
		[ -L "$link" ] || continue
		name=$(readlink "$link")
		[ "$("$ROOT/deploy/static-names" "$STATE/static/$name")" = "$name ${link##*/}" ] || rm "$link"
	done
	while read -r name hashed; do
		[ -L "$STATE/static/$hashed" ] || ln -s "$name" "$STATE/static/$hashed"
	done < <("$ROOT/deploy/static-names" "$ROOT"/modules/*/static/*)
}

build_static_copy() {
	local to=$STATE/static/${1##*/}
	cmp -s "$1" "$to" || cp "$1" "$to"
}
