# sqlgen.awk - compiles a file of declared statements into C.
#
#   awk -v out=h -f sqlgen.awk timeline.sql >timeline_sql.h
#   awk -v out=c -f sqlgen.awk timeline.sql >timeline_sql.c
#
# The form of a .sql file is told in modules/README.md. A declaration is a line
# "--! …"; it goes on over further "--!" lines until its bracket closes. Plain
# "--" lines behind it become the comment of the function. The statement ends
# at a line whose last character is ";". Output is the same from mawk and gawk.

function fail(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
	failed = 1
	exit 1
}

function trim(s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

function ctype(kind, maybe) {
	if (kind == "text") return "const char *"
	if (kind == "ref") return "const struct ref *"
	if (kind == "bytes") return "struct db_bytes "
	if (kind == "bool" && !maybe) return "int "
	if (maybe) return "struct db_maybe "
	if (kind == "i64" || kind == "key") return "int64_t "
	if (kind == "utc") return "utc_ms "
	if (kind == "date") return "civil_date "
	fail("unknown type " kind)
}

function member(kind, maybe) {
	if (kind == "text") return "text"
	if (kind == "ref") return "ref"
	if (kind == "bytes") return "bytes"
	return maybe ? "maybe" : "i64"
}

# Reads "type name, type? name, …" into kind[prefix,i], null[…], name[…].
function fields(list, prefix,    part, word, n, i, k) {
	list = trim(list)
	if (list == "")
		return 0
	n = split(list, part, ",")
	for (i = 1; i <= n; i++) {
		calc[prefix, i] = sub(/^calc[ \t]+/, "", part[i]) || \
		    sub(/^[ \t]+calc[ \t]+/, "", part[i])
		if (split(trim(part[i]), word, /[ \t]+/) != 2)
			fail("want `type name`, got `" trim(part[i]) "`")
		if (i > 1 && calc[prefix, i - 1] && !calc[prefix, i])
			fail("calc columns come last: " word[2])
		k = word[1]
		null[prefix, i] = sub(/\?$/, "", k)
		ctype(k, 0)
		if (word[2] !~ /^[a-z][a-z0-9_]*$/)
			fail("bad name `" word[2] "`")
		kind[prefix, i] = k
		name[prefix, i] = word[2]
		if ((prefix, "at", word[2]) in place)
			fail(word[2] " stands twice")
		place[prefix, "at", word[2]] = i
	}
	return n
}

# One whole declaration, without "--!".
function declare(text,    open, head, word, n) {
	open = index(text, "(")
	if (!open || text !~ /\)$/)
		fail("a declaration ends with its bracket")
	head = trim(substr(text, 1, open - 1))
	text = substr(text, open + 1, length(text) - open - 1)
	n = split(head, word, /[ \t]+/)
	if (word[1] == "row" && n == 2) {
		nrow++
		row[nrow] = word[2]
		rowsize[word[2]] = fields(text, "row " word[2])
		if (!rowsize[word[2]])
			fail("a row has columns")
		return
	}
	if ((word[1] == "one" || word[1] == "many") && n == 3) {
		if (!(word[2] in rowsize))
			fail("no row " word[2])
		begin(word[1], word[2], word[3], text)
	} else if ((word[1] == "exec" || word[1] == "exec1") && n == 2)
		begin(word[1], "", word[2], text)
	else
		fail("want row, one, many, exec or exec1")
}

function begin(v, r, q, params) {
	nq++
	verb[nq] = v
	of[nq] = r
	q = stem "_" q
	if (q in seen)
		fail(q " stands twice")
	seen[q] = 1
	query[nq] = q
	nparam[nq] = fields(params, "q " nq)
	sql[nq] = about[nq] = marks[nq] = ""
	nmark[nq] = 0
	gathering = 1
}

# Turns :name into ? and notes which parameter each mark is.
function marked(line,    out_line, c, i, quoted, w) {
	out_line = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "'")
			quoted = !quoted
		if (!quoted && c == "-" && substr(line, i, 2) == "--")
			break
		if (c == "?" && !quoted)
			fail(query[nq] ": write :name, not ?")
		if (c != ":" || substr(line, i + 1, 1) !~ /[a-z]/) {
			out_line = out_line c
			continue
		}
		if (quoted)
			fail(query[nq] ": a parameter inside a literal")
		match(substr(line, i + 1), /^[a-z][a-z0-9_]*/)
		w = substr(line, i + 1, RLENGTH)
		if (!(("q " nq, "at", w) in place))
			fail(query[nq] ": :" w " is not declared")
		used[nq, w] = 1
		marks[nq] = marks[nq] (nmark[nq]++ ? ", " : "") (place["q " nq, "at", w] - 1)
		out_line = out_line "?"
		i += RLENGTH
	}
	if (quoted)
		fail(query[nq] ": a literal may not run over the line's end")
	gsub(/\\/, "\\\\", out_line)
	gsub(/"/, "\\\"", out_line)
	return trim(out_line)
}

function finish(    i) {
	for (i = 1; i <= nparam[nq]; i++)
		if (!((nq, name["q " nq, i]) in used))
			fail(query[nq] ": :" name["q " nq, i] " is declared but not used")
	sub(/;[ \t]*$/, "", sql[nq])
	if (sql[nq] ~ /[a-z]*ref AS id[, \n\\]/ && sql[nq] ~ /ORDER BY ([^()]*[ ,])?id([ ,]|\\|$)/)
		fail(query[nq] ": `ORDER BY id` is by the ref given out as id, which is random: say of which table")
	gathering = 0
}

# Whether a statement changes anything; settings for it alone may stand in front.
function writes(text) {
	text = toupper(text)
	sub(/^SET STATEMENT [A-Z0-9_ =,]+ FOR /, "", text)
	return text !~ /^(SELECT|WITH )/
}

BEGIN {
	if (out != "h" && out != "c") {
		print "usage: awk -v out=h|c -f sqlgen.awk FILE" > "/dev/stderr"
		failed = 1
		exit 2
	}
}

FNR == 1 {
	stem = FILENAME
	sub(/.*\//, "", stem)
	sub(/\.sql$/, "", stem)
}

/^--!/ {
	if (gathering)
		fail(query[nq] ": the statement before this has no end")
	pending = trim(pending " " trim(substr($0, 4)))
	if (pending ~ /\)$/) {
		declare(pending)
		pending = ""
	}
	next
}

pending != "" { fail("the declaration before this has no end") }

/^--/ {
	if (gathering && sql[nq] == "")
		about[nq] = about[nq] " *" substr($0, 3) "\n"
	next
}

/^[ \t]*$/ { next }

{
	if (!gathering)
		fail("a statement without declaration")
	line = marked($0)
	if (line == "")
		next
	sql[nq] = sql[nq] (sql[nq] == "" ? "" : " ") line
	if (line ~ /;$/)
		finish()
}

function arguments(i,    j, s, p) {
	s = ""
	p = "q " i
	for (j = 1; j <= nparam[i]; j++)
		s = s ", " ctype(kind[p, j], null[p, j]) name[p, j]
	return s
}

function prototype(i,    s) {
	s = query[i] "(struct db *db"
	if (verb[i] == "many")
		s = s ", struct " of[i] "_rows *out"
	if (verb[i] == "one")
		s = s ", const struct " of[i] " **out"
	return s arguments(i) ")"
}

function header(    guard, i, j, p) {
	guard = toupper(stem) "_SQL_H"
	printf "/* Made by sqlgen.awk from %s.sql. */\n#ifndef %s\n#define %s\n\n", stem, guard, guard
	print "#include \"db.h\"\n"
	for (i = 1; i <= nrow; i++) {
		p = "row " row[i]
		printf "struct %s {\n", row[i]
		for (j = 1; j <= rowsize[row[i]]; j++)
			printf "\t%s%s;\n", ctype(kind[p, j], null[p, j]), name[p, j]
		print "};\n"
		printf "struct %s_rows {\n\tstruct db_set set;\n};\n\n", row[i]
		printf "static inline const struct %s *\n%s_at(const struct %s_rows *rows, size_t i)\n", row[i], row[i], row[i]
		printf "{\n\treturn (const struct %s *)rows->set.rows + i;\n}\n\n", row[i]
		if (calc[p, rowsize[row[i]]])
			editor(row[i])
		printf "extern const struct db_row %s_%s_row;\n\n", stem, row[i]
	}
	for (i = 1; i <= nq; i++) {
		if (about[i] != "")
			printf "/*\n%s */\n", about[i]
		printf "int64_t %s;\n\n", prototype(i)
	}
	printf "extern const struct db_query *const %s_queries[];\n\n#endif\n", stem
}

# For columns that the program computes: rows live in the arena, so they may
# be written, but only where a row declares such a column.
function editor(r) {
	printf "static inline struct %s *\n%s_edit(const struct %s_rows *rows, size_t i)\n", r, r, r
	printf "{\n\treturn (struct %s *)(uintptr_t)rows->set.rows + i;\n}\n\n", r
}

function upper_kind(k) { return "DB_" toupper(k) }

function body(    i) {
	printf "/* Made by sqlgen.awk from %s.sql. */\n#include \"%s_sql.h\"\n#include \"db_query.h\"\n\n", stem, stem
	for (i = 1; i <= nrow; i++)
		rowbody(row[i])
	for (i = 1; i <= nq; i++)
		querybody(i)
	printf "const struct db_query *const %s_queries[] = {\n", stem
	for (i = 1; i <= nq; i++)
		printf "\t&q_%s,\n", query[i]
	print "\tNULL\n};"
}

function rowbody(r,    j, p, wire) {
	p = "row " r
	for (j = 1; j <= rowsize[r]; j++)
		wire += !calc[p, j]
	printf "static const struct db_col col_%s[] = {\n", r
	for (j = 1; j <= rowsize[r]; j++)
		printf "\t{ \"%s\", %s, %d, offsetof(struct %s, %s) },\n", name[p, j], upper_kind(kind[p, j]), null[p, j], r, name[p, j]
	printf "};\n\nconst struct db_row %s_%s_row = {\n\t\"%s\", sizeof(struct %s), %d, col_%s, %d\n};\n\n", stem, r, r, r, rowsize[r], r, wire
}

function querybody(i,    j, p, set) {
	p = "q " i
	if (nparam[i]) {
		printf "static const struct db_param param_%s[] = {\n", query[i]
		for (j = 1; j <= nparam[i]; j++)
			printf "\t{ \"%s\", %s, %d },\n", name[p, j], upper_kind(kind[p, j]), null[p, j]
		print "};\n"
		printf "static const unsigned char mark_%s[] = { %s };\n\n", query[i], marks[i]
	}
	printf "static const struct db_query q_%s = {\n\t.name = \"%s\",\n\t.sql = \"%s\",\n", query[i], query[i], sql[i]
	printf "\t.verb = DB_%s,\n\t.writes = %d,\n", toupper(verb[i]), writes(sql[i])
	if (nparam[i])
		printf "\t.nparam = %d,\n\t.param = param_%s,\n\t.nmark = %d,\n\t.mark = mark_%s,\n", nparam[i], query[i], nmark[i], query[i]
	if (of[i] != "")
		printf "\t.row = &%s_%s_row,\n", stem, of[i]
	printf "};\n\nint64_t\n%s\n{\n", prototype(i)
	set = "NULL"
	if (nparam[i]) {
		printf "\tconst union db_val in[] = {\n"
		for (j = 1; j <= nparam[i]; j++)
			printf "\t\t{ .%s = %s },\n", member(kind[p, j], null[p, j]), name[p, j]
		print "\t};"
	}
	if (verb[i] == "one") {
		print "\tstruct db_set set;\n\tint64_t n;\n"
		printf "\tn = db_run(db, &q_%s, %s, &set);\n\t*out = n == 1 ? set.rows : NULL;\n\treturn n;\n}\n\n", query[i], nparam[i] ? "in" : "NULL"
		return
	}
	if (verb[i] == "many")
		set = "&out->set"
	printf "%s\treturn db_run(db, &q_%s, %s, %s);\n}\n\n", nparam[i] ? "\n" : "", query[i], nparam[i] ? "in" : "NULL", set
}

END {
	if (failed)
		exit 1
	if (gathering)
		fail(query[nq] ": no end")
	if (out == "h")
		header()
	else
		body()
}
