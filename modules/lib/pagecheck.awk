# pagecheck.awk - refuses pages in which escaping is not enough
#
#   awk -f pagecheck.awk page.html …      file:line: reason, exit 1
#
# `{{x}}` is escaped for text and for quoted attributes. Anywhere else it could
# become markup, script or another site's address, so it is refused: in script,
# comments, names of elements and attributes, unquoted attributes, and in a URL
# unless the URL begins with fixed text (`/patients/…`, `?…`, `#…`, `tel:…`; a
# path from the model is `/./{{path}}`, which stays on this site). A section
# begins and ends in the same place of the HTML, so that leaving it out or
# repeating it cannot change what surrounds it.
#
# The Content-Security-Policy forbids inline script and style and other sites:
# those are refused too, before a browser has to.

function fail(why) {
	if (!failed)
		printf "%s:%d: %s\n", file, line, why
	failed = bad = 1
}

# ---- HTML ----

function is_url(a) {
	return a ~ /^(href|src|action|formaction|poster|cite|data|ping|background|manifest|icon|longdesc|usemap|codebase|profile|classid|archive|xlink:href)$/
}

function begin_attr() {
	attr = tolower(attr)
	pre = ""
	safe = tagged = 0
	if (attr ~ /^on/)
		fail("event handler " attr)
	else if (attr ~ /^(style|srcdoc)$/)
		fail("attribute " attr)
	else if (attr == "http-equiv")
		fail("http-equiv: send a header")
	else if (attr !~ /^[a-z][a-z0-9:_-]*$/)
		fail("not an attribute's name: " attr)
	if (attr == "src")
		has_src = 1
}

function end_value() {
	if (!tagged && is_url(attr) && pre ~ /^[ \t\n]*([A-Za-z][A-Za-z0-9+.-]*:|[\/\\][\/\\])/ && pre !~ /^(tel|mailto):/)
		fail("another site or a scheme in " attr)
	if (!tagged && attr ~ /srcset$/ && pre ~ /(:|\/\/)/)
		fail("another site or a scheme in " attr)
	state = "gap"
}

function begin_tag() {
	el = tolower(el)
	has_src = 0
	if (el ~ /^(style|base|object|embed|applet|xmp|plaintext|noembed|noframes|frame|frameset|math|animate|animatemotion|animatetransform|set)$/)
		fail("element " el)
}

function end_tag() {
	state = "text"
	if (closing)
		return
	if (el == "script" && !has_src)
		fail("script without src")
	if (el == "script")
		state = "script"
	else if (el == "textarea" || el == "title")
		state = "rcdata"
}

# Text that no tag ends but that of its own element.
function raw(c) {
	if (c == "<" && tolower(substr(s, p, length(el) + 2)) == "</" el) {
		state = "text"
		return text(c)
	}
	if (state == "script" && c !~ /[ \t\r\n]/)
		fail("inline script")
	if (c == "<")
		fail("< in " el)
	return 1
}

function text(c,	next2) {
	if (c != "<")
		return 1
	next2 = substr(s, p + 1, 2)
	if (substr(s, p, 4) == "<!--") {
		state = "comment"
		return 4
	}
	if (tolower(substr(s, p, 9)) == "<!doctype") {
		state = "decl"
		return 9
	}
	closing = substr(next2, 1, 1) == "/"
	if (substr(next2, 1 + closing, 1) !~ /[A-Za-z]/)
		fail("< that begins no element")
	state = "name"
	el = ""
	return 1 + closing
}

# Between attributes.
function inside(c) {
	if (c == ">")
		end_tag()
	else if (c ~ /[ \t\r\n\/]/)
		state = "in"
	else if (state == "gap")
		fail("a blank is missing before " c)
	else {
		state = "attr"
		attr = c
	}
}

function attr_name(c) {
	if (c !~ /[ \t\r\n=>\/]/) {
		attr = attr c
		return
	}
	begin_attr()
	if (c == "=")
		state = "value"
	else if (c ~ /[ \t\r\n]/ && substr(s, p + 1) ~ /^[ \t\r\n]*=/)
		fail("a blank before =")
	else
		inside(c)
}

function value(c) {
	if (c == "\"")
		state = "dq"
	else if (c == "'")
		state = "sq"
	else if (c ~ /[ \t\r\n>]/)
		fail("a blank after =")
	else {
		state = "bare"
		pre = c
	}
}

function in_value(c) {
	if ((state == "dq" && c == "\"") || (state == "sq" && c == "'"))
		end_value()
	else if (state == "bare" && c ~ /[ \t\r\n>]/) {
		end_value()
		inside(c)
	} else if (state == "bare" && c ~ /["'`=<]/)
		fail("quote the value of " attr)
	else if (!tagged)
		pre = pre c
}

# Takes one character, or what belongs to it; returns how many.
function html(c) {
	if (state == "text")
		return text(c)
	if (state == "rcdata" || state == "script")
		return raw(c)
	if (state == "comment") {
		if (substr(s, p, 3) != "-->")
			return 1
		state = "text"
		return 3
	}
	if (state == "decl") {
		if (c == ">")
			state = "text"
	} else if (state == "name") {
		if (c ~ /[A-Za-z0-9:-]/) {
			el = el c
		} else {
			begin_tag()
			inside(c)
		}
	} else if (state == "in" || state == "gap")
		inside(c)
	else if (state == "attr")
		attr_name(c)
	else if (state == "value")
		value(c)
	else
		in_value(c)
	return 1
}

# ---- Mustache ----

# A value, or a section about to put something, into an attribute.
function into_value() {
	tagged = 1
	if (attr ~ /srcset$/)
		fail("a value in " attr)
	if (!is_url(attr) || safe)
		return
	if (pre !~ /^(\/[A-Za-z0-9_.-]|\?|#|tel:)/)
		fail("a URL begins with fixed text: /folder, ?, # or tel:")
	safe = 1
}

function put(what) {
	if (state == "dq" || state == "sq")
		into_value()
	else if (state != "text" && state != "rcdata")
		fail(what " in " place())
}

function place() {
	if (state == "name" || state == "in" || state == "gap")
		return "a tag"
	if (state == "value" || state == "bare")
		return "an unquoted attribute"
	if (state == "attr")
		return "an attribute's name"
	if (state == "dq" || state == "sq")
		return "an attribute"
	return state == "decl" ? "a declaration" : "a " state
}

# What must be the same at both ends of a section.
function signature() {
	if (state == "in" || state == "gap")
		return "tag " el
	if (state == "dq" || state == "sq")
		return state " " el " " attr " " safe
	return state == "rcdata" ? state " " el : state
}

function section_place() {
	if (state == "name") {
		begin_tag()
		state = "gap"
	} else if (state == "attr") {
		begin_attr()
		state = "gap"
	} else if (state == "dq" || state == "sq")
		into_value()
	else if (state !~ /^(text|rcdata|in|gap)$/)
		fail("a section in " place())
}

function open_section(sigil, name) {
	if (name == "t")
		fail("{{^t}}")
	section_place()
	depth++
	opened[depth] = name
	opened_line[depth] = line
	opened_at[depth] = signature()
}

function close_section(name) {
	if (depth == 0)
		return fail("nothing to close")
	if (name != "" && name != opened[depth])
		fail("{{/" name "}} closes {{#" opened[depth] "}}")
	section_place()
	if (signature() != opened_at[depth])
		fail("{{#" opened[depth] "}} of line " opened_line[depth] " ends elsewhere in the HTML than it begins")
	depth--
}

# {{#t}}…{{/t}}: plain text and values on one line. Returns its length.
function message(from,	n, words, rest) {
	rest = substr(s, from)
	n = index(rest, "{{/t}}")
	words = substr(rest, 1, n - 1)
	if (n == 0 || words ~ /\n/) {
		fail("a message ends with {{/t}} on its line")
		return 0
	}
	if (is_url(attr) && (state == "dq" || state == "sq"))
		fail("a message in a URL")
	put("a message")
	if (words ~ /</)
		fail("markup in a message")
	if (words ~ /^[ \t]*$/)
		fail("an empty message")
	gsub(/[{][{][A-Za-z0-9_.-]+[}][}]/, "", words)
	if (words ~ /[{][{]|[}][}]/)
		fail("a message holds only text and values")
	return n - 1 + length("{{/t}}")
}

# Takes the tag at p; returns its length.
function tag(	n, body, sigil, name) {
	n = index(substr(s, p + 2), "}}")
	if (n == 0) {
		fail("a tag without its end")
		return 1
	}
	body = substr(s, p + 2, n - 1)
	sigil = substr(body, 1, 1)
	if (sigil == "!")
		return n + 3
	if (sigil == "{" || sigil == "&") {
		fail("there is no raw form")
		return 1
	}
	if (sigil !~ /[#^\/>]/)
		sigil = ""
	name = substr(body, 1 + length(sigil))
	gsub(/^[ \t]+|[ \t]+$/, "", name)
	if (name !~ /^([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\.)$/ && !(sigil == "/" && name == ""))
		fail("not a key: {{" body "}}")
	else if (sigil == "#" && name == "t")
		return n + 3 + message(p + n + 3)
	else if (sigil == "#" || sigil == "^")
		open_section(sigil, name)
	else if (sigil == "/")
		close_section(name)
	else if (sigil == ">" && state != "text")
		fail("an include in " place())
	else if (sigil == "")
		put("a value")
	return n + 3
}

# ---- a file ----

function check(	n, c, len, piece) {
	line = 1
	depth = failed = 0
	state = "text"
	len = length(s)
	for (p = 1; p <= len && !failed; p += n) {
		c = substr(s, p, 1)
		n = c == "{" && substr(s, p + 1, 1) == "{" ? tag() : html(c)
		piece = n == 1 ? c : substr(s, p, n)
		line += gsub(/\n/, "", piece)
	}
	if (state != "text")
		fail("ends in " place())
	if (depth > 0) {
		line = opened_line[depth]
		fail("{{#" opened[depth] "}} is not closed")
	}
}

FNR == 1 {
	if (file != "")
		check()
	file = FILENAME
	s = ""
}

{ s = s $0 "\n" }

END {
	if (file != "")
		check()
	exit bad
}
