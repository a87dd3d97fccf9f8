# The target: a program with four verbs. put NAME (content on standard input;
# refuses a name that is there; whole or not at all), get NAME, list (lines of
# NAME SIZE), remove NAME. Everything that reaches it is sealed.
# shellcheck shell=bash

store() {
	local kind=${TARGET%% *} place=
	[ "$kind" = "$TARGET" ] || place=${TARGET#* }
	case $kind in
	/*) ;;
	*[!a-z]* | '') die "backup_target begins with a kind or a whole path: $TARGET" ;;
	*) kind=$HERE/targets/$kind ;;
	esac
	[ -x "$kind" ] || die "there is no target program $kind"
	"$kind" "$place" "$@"
}

# store_put NAME: reads back what it has put, and compares. Prints "SIZE SHA256".
store_put() {
	local name=$1 sums=$SPOOL/sums.$BASHPID here there size
	case $name in *[!A-Za-z0-9._-]* | .* | '') die "not a name for the target: $name" ;; esac
	tee >(sha256sum | cut -c1-64 >"$sums") >(wc -c >"$sums.size") | store put "$name"
	wait_for_file "$sums"
	wait_for_file "$sums.size"
	here=$(<"$sums") size=$(<"$sums.size")
	rm -f "$sums" "$sums.size"
	there=$(store get "$name" | sha256sum | cut -c1-64)
	[ "$here" = "$there" ] || die "$name came back from the target as something else"
	printf '%d %s\n' "$size" "$here"
}

# A process substitution may end a moment after the pipeline that feeds it.
wait_for_file() {
	until [ -s "$1" ]; do sleep 0.02; done
}

# ---- sealing: age, to all recipients; only a private key opens it ----

seal() {
	age --encrypt --recipients-file "$RECIPIENTS"
}

unseal() {
	age --decrypt --identity "$IDENTITY"
}

need_identity() {
	[ -n "$IDENTITY" ] && [ -r "$IDENTITY" ] ||
		die "no private key: name it with --identity, from the safe or as backup_identity in admin.conf"
}

# Two pairs: the server's, with which each backup is tried, and the safe's, which
# opens them all when the server is gone.
keys_make() {
	local kind file
	need RECIPIENTS IDENTITY SAFE_KEY
	for file in "$RECIPIENTS" "$IDENTITY" "$SAFE_KEY"; do
		[ ! -e "$file" ] || die "$file is there already; keys are never overwritten"
		mkdir -p "$(dirname "$file")"
	done
	for kind in "$IDENTITY" "$SAFE_KEY"; do
		age-keygen -o "$kind" 2>/dev/null
		age-keygen -y "$kind" >>"$RECIPIENTS.new"
	done
	mv "$RECIPIENTS.new" "$RECIPIENTS"
	printf 'Backups are sealed to the keys in %s.\n' "$RECIPIENTS"
	printf 'Now copy %s to two media, lock them up in two places,\nprint it, and remove it from this machine. ' "$SAFE_KEY"
	printf 'Whoever has it reads every backup; without\nit none can be read once this machine is lost.\n'
}
