# pagegen.awk - compiles a folder of pages into a table
#
#   awk -v name=timeline -f pagegen.awk pages/*.html   >timeline_pages.c
#   awk -v name=timeline -v out=h -f pagegen.awk       >timeline_pages.h
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

{ print "\t  " quoted($0) }

END {
	if (out == "h")
		exit
	if (open)
		print "\t},"
	print "\t{ 0 }"
	print "};"
}
