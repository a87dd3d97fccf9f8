# pagegen.awk - compiles a folder of pages into a table
#
#   awk -v name=timeline -v static=FILE -f pagegen.awk pages/*.html   >timeline_pages.c
#   awk -v name=timeline -v out=h -f pagegen.awk       >timeline_pages.h
#
# FILE has the output of deploy/static-names: "/static/app.css" of a page becomes
# the name that browsers may keep. Without it pages stay as they are.
#
# The table is `const struct page_source timeline_pages[]`, a row a file, ending
# with a NULL name. mawk, gawk and gawk --posix write the same bytes.

function quoted(s) {
	gsub(/\\/, "&&", s)
	gsub(/"/, "\\\"", s)
	gsub(/\?/, "\\?", s)	# no trigraphs
	gsub(/\r/, "\\r", s)
	gsub(/\t/, "\\t", s)
	return "\"" s "\\n\""
}

# Each /static/NAME that ends where a name can end gets its hash.
function kept(line,    done, name, rest) {
	done = ""
	while (match(line, /\/static\/[A-Za-z0-9_-]+\.[a-z0-9]+/)) {
		name = substr(line, RSTART + 8, RLENGTH - 8)
		rest = substr(line, RSTART + RLENGTH)
		done = done substr(line, 1, RSTART + 7) (name in hashed ? hashed[name] : name)
		line = rest
	}
	return done line
}

function base(path) {
	sub(/.*\//, "", path)
	return path
}

BEGIN {
	if (out == "h") {
		print "/* Made by pagegen.awk. */"
		print "#include \"page.h\""
		printf "extern const struct page_source %s_pages[];\n", name
		exit
	}
	while (static != "" && (getline line <static) > 0) {
		split(line, part, " ")
		hashed[part[1]] = part[2]
	}
	print "/* Made by pagegen.awk. */"
	printf "#include \"%s_pages.h\"\n\n", name
	printf "const struct page_source %s_pages[] = {\n", name
}

FNR == 1 {
	if (open)
		print "\t},"
	printf "\t{ \"%s\",\n", base(FILENAME)
	open = 1
}

{ print "\t  " quoted(kept($0)) }

END {
	if (out == "h")
		exit
	if (open)
		print "\t},"
	print "\t{ 0 }"
	print "};"
}
