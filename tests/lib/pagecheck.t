#!/bin/sh
# What pagecheck.awk lets through and what it refuses, where and why: a file in
# pages/good or pages/bad, the latter with `{{! refused: LINE: REASON }}` first.
LC_ALL=C; export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)
check="${AWK:-awk} -f $here/../../modules/lib/pagecheck.awk"
n=0
bad=0

ok() {	# name expected got
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
		return
	fi
	bad=1
	printf 'not ok %d - %s\n#  expected: %s\n#       got: %s\n' "$n" "$1" "$2" "$3"
}

for page in "$here"/pages/good/*.html; do
	got=$($check "$page" 2>&1; echo "exit $?")
	ok "good: ${page##*/}" "exit 0" "$got"
done
for page in "$here"/pages/bad/*.html; do
	reason=$(sed -n '1s/^{{! refused: \(.*\) }}$/\1/p' "$page")
	got=$($check "$page" 2>&1; echo "exit $?")
	ok "bad: ${page##*/}" "$page:$reason
exit 1" "$got"
done
got=$($check "$here"/pages/bad/raw.html "$here"/pages/good/*.html \
	"$here"/pages/bad/base.html | wc -l)
ok "every file is checked" 2 "$((got))"
echo "1..$n"
exit $bad
