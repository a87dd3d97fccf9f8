#!/bin/sh
# Prepares the tree for ./configure. Finds what was dropped in: every folder
# with a module.am, gateway.am or program.am is a program, every
# tests/*/*.test.c and tests/*/*.t is a unit test. So none is listed by hand. A
# program whose parts are looked at by unit tests keeps them in libNAME.a.
set -eu
cd "$(dirname "$0")"

fragments=$(ls modules/*/module.am gateways/*/gateway.am deploy/*/program.am tests/*/module.am 2>/dev/null || :)
names=""
: >programs.am
for f in $fragments; do
	name=$(basename "$(dirname "$f")")
	names="$names $name"
	printf 'if WANT_%s\ninclude %s\nendif\n' "$name" "$f" >>programs.am
done
{
	for name in $names; do
		# Whoever links its library wants it built, too.
		asked="*,$name,*"
		for f in $(grep -ls "modules/$name/lib" $fragments || :); do
			asked="$asked|*,$(basename "$(dirname "$f")"),*"
		done
		printf 'case ,$enable_modules, in *,all,*|*,yes,*|%s) want_%s=yes ;; *) want_%s=no ;; esac\n' "$asked" "$name" "$name"
		printf 'AM_CONDITIONAL([WANT_%s], [test "x$want_%s" = xyes])\n' "$name" "$name"
	done
	printf 'for asked in `echo "$enable_modules" | tr , " "`; do\n'
	printf '  case " all yes no%s " in *" $asked "*) ;; *) AC_MSG_ERROR([--enable-modules: there is no $asked]) ;; esac\ndone\n' "$names"
} >programs.m4

: >tests/unit.am
for f in tests/*/*.test.c; do
	[ -e "$f" ] || continue
	t=${f%.c}
	id=$(printf '%s' "$t" | tr -c 'A-Za-z0-9' '_')
	name=$(basename "$(dirname "$f")")
	own=$(grep -ls "/lib$name\.a\$" modules/"$name"/module.am \
	    gateways/"$name"/gateway.am deploy/"$name"/program.am || :)
	dir=${own%/*}
	flags=${own:+ -iquote \$(top_srcdir)/$dir -iquote $dir}
	if grep -q '"db_wire\.h"' "$f"; then flags="$flags -DWITH_MYSQL"; fi
	{
		[ -z "$own" ] || printf 'if WANT_%s\n' "$name"
		printf 'check_PROGRAMS += %s\n' "$t"
		printf '%s_SOURCES = %s\n' "$id" "$f"
		printf '%s_CPPFLAGS = $(UNIT_CPPFLAGS)%s\n' "$id" "$flags"
		printf '%s_LDADD = %s$(UNIT_LIBS)\n' "$id" "${own:+$dir/lib$name.a }"
		[ -z "$own" ] || printf 'endif\n'
	} >>tests/unit.am
done
# Of the others tests/run makes use: they want a demo.
for f in tests/lib/*.t; do
	[ -e "$f" ] && printf 'check_SCRIPTS += %s\n' "$f" >>tests/unit.am
done

exec autoreconf --install --force
