# words.awk - compiles a PO file into the table of translations
#
#   LC_ALL=C awk -f words.awk en.po >tomozuna_words.c
#
# A message's id is its Japanese text. Refuses, as file:line: reason, a message
# that is untranslated or fuzzy, that is there twice, or whose values ({{n}})
# are not those of its id. The table is sorted by strcmp for page_word.

function fail(why) {
	printf "%s:%d: %s: %s\n", FILENAME, at, why, id >"/dev/stderr"
	bad = 1
}

# A PO string, which is a C string, without its escapes: to compare and sort.
function plain(s,	i, c, r) {
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\\") {
			c = substr(s, ++i, 1)
			if (c == "n")
				c = "\n"
			else if (c == "t")
				c = "\t"
		}
		r = r c
	}
	return r
}

# The values of a text, each once, in a fixed order.
function values(s,	n, i, k, v, has, r) {
	while (match(s, /[{][{][^}]*[}][}]/)) {
		v = substr(s, RSTART, RLENGTH)
		s = substr(s, RSTART + RLENGTH)
		for (i = 1; i <= n && has[i] < v; i++)
			;
		if (i <= n && has[i] == v)
			continue
		for (k = ++n; k > i; k--)
			has[k] = has[k - 1]
		has[i] = v
	}
	for (i = 1; i <= n; i++)
		r = r has[i]
	return r
}

function keep(	key, i) {
	if (str == "")
		return fail("not translated")
	if (fuzzy)
		return fail("fuzzy")
	if (values(id) != values(str))
		return fail("other values than the id's")
	key = plain(id)
	if (key in seen)
		return fail("there twice")
	seen[key] = 1
	for (i = ++n; i > 1 && keys[i - 1] > key; i--) {
		keys[i] = keys[i - 1]
		ja[i] = ja[i - 1]
		en[i] = en[i - 1]
	}
	keys[i] = key
	ja[i] = id
	en[i] = str
}

function done() {
	if (part == "str" && id != "")
		keep()
	part = id = str = ""
	fuzzy = 0
}

function content(s) {
	sub(/^[^"]*"/, "", s)
	sub(/"[ \t\r]*$/, "", s)
	return s
}

/^#~/ { next }
/^#/ && part == "str" { done() }
/^#,.*fuzzy/ { fuzzy = 1 }
/^msgctxt|^msgid_plural/ { at = FNR; fail("not supported") }
/^msgid / {
	if (part == "str")
		done()
	part = "id"
	at = FNR
	id = content($0)
	next
}
/^msgstr / { part = "str"; str = content($0); next }
/^"/ {
	if (part == "id")
		id = id content($0)
	else
		str = str content($0)
}

END {
	done()
	if (bad)
		exit 1
	print "/* Made by words.awk. */"
	print "#include \"page.h\"\n"
	print "static const struct word word[] = {"
	for (i = 1; i <= n; i++)
		printf "\t{ \"%s\",\n\t  \"%s\" },\n", ja[i], en[i]
	print "\t{ 0 }\n};\n"
	printf "const struct words tomozuna_words = { %d, word };\n", n
}
