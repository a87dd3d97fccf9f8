# pages.awk - the messages of pages, {{#t}}…{{/t}}, as entries of a POT
#
#   LC_ALL=C awk -f pages.awk modules/*/pages/*.html

{
	rest = $0
	while ((from = index(rest, "{{#t}}")) > 0) {
		rest = substr(rest, from + 6)
		to = index(rest, "{{/t}}")
		if (to == 0)
			break
		id = substr(rest, 1, to - 1)
		rest = substr(rest, to + 6)
		gsub(/\\/, "&&", id)
		gsub(/"/, "\\\"", id)
		gsub(/\t/, "\\t", id)
		printf "#: %s\nmsgid \"%s\"\nmsgstr \"\"\n\n", FILENAME, id
	}
}
