# Makes the table of areas from areas.tsv: for each code of each list the
# municipalities that it stands for, as numbers into one pool.

BEGIN { FS = "\t" }

/^#/ || /^$/ { next }
$1 == "city" {
	city[$2] = $3
	cities[++n_cities] = $2
	if (!($7 in named)) {
		named[$7] = 1
		names = names "\t\"" $7 "\",\n"
	}
	forecast[$2] = $4
	if ($5 != "-")
		add("seismic", $5, $3)
	if ($4 != "-")
		add("forecast", $4, $3)
	if ($6 == 1 && $4 != "-")
		coast[$4] = coast[$4] " " $3
	add("pref", substr($3, 1, 2), $3)
	next
}
$1 == "group" { parent[$2] = $3; name[$2] = $4; groups[++n_groups] = $2; next }
$1 == "seismic" { name_seismic[$2] = $3; next }
$1 == "sea" { sea[$2] = $3; seas[++n_seas] = $2; next }
$1 == "was" { was[++n_was] = "\t{ \"" $2 "\", \"" $3 "\", \"" $4 "\" },"; next }
{ printf "areas.tsv:%d: what is %s?\n", NR, $1 >"/dev/stderr"; failed = 1; exit 1 }

# A town into a list, each once.
function add(list, code, town) {
	if ((list, code, town) in seen)
		return
	seen[list, code, town] = 1
	if (!((list, code) in towns))
		codes[list, ++n_codes[list]] = code
	towns[list, code] = towns[list, code] " " town
}

# Sorts a[1..n] by insertion; the lists are short or nearly sorted.
function sort(a, n,    i, j, v) {
	for (i = 2; i <= n; i++) {
		v = a[i]
		for (j = i - 1; j > 0 && a[j] > v; j--)
			a[j + 1] = a[j]
		a[j + 1] = v
	}
}

function print_list(list,    i, j, n, m, c, t) {
	n = n_codes[list]
	for (i = 1; i <= n; i++)
		c[i] = codes[list, i] "x"	# a text, not a number
	sort(c, n)
	lists = lists "static const struct area_list area_" list "[] = {\n"
	for (i = 1; i <= n; i++) {
		c[i] = substr(c[i], 1, length(c[i]) - 1)
		m = split(towns[list, c[i]], t, " ")
		for (j = 1; j <= m; j++)
			t[j] = t[j] "x"
		sort(t, m)
		lists = lists sprintf("\t{ \"%s\", \"%s\", %d, %d },\n", c[i], \
		    list == "forecast" ? name[c[i]] : "", at, m)
		for (j = 1; j <= m; j++)
			printf "\t\"%s\",\n", substr(t[j], 1, 5)
		at += m
	}
	lists = lists "};\n"
}

END {
	if (failed)
		exit 1
	for (i = 1; i <= n_cities; i++)
		for (f = parent[forecast[cities[i]]]; f != "" && f != "-"; f = parent[f])
			add("forecast", f, city[cities[i]])
	for (i = 1; i <= n_seas; i++) {
		n = split(sea[seas[i]], begin, " ")
		for (f in coast)
			for (j = 1; j <= n; j++)
				if (substr(f, 1, length(begin[j])) == begin[j]) {
					m = split(coast[f], t, " ")
					for (k = 1; k <= m; k++)
						add("sea", seas[i], t[k])
				}
	}
	print "/* Made from areas.tsv by areagen.awk. */"
	print "static const char area_pool[][6] = {"
	print_list("forecast"); print_list("seismic"); print_list("sea"); print_list("pref")
	print "};"
	printf "%s", lists
	print "static const struct area_city area_cities[] = {"
	for (i = 1; i <= n_cities; i++)
		order[i] = cities[i] "x"
	sort(order, n_cities)
	for (i = 1; i <= n_cities; i++) {
		c = substr(order[i], 1, 7)
		printf "\t{ \"%s\", \"%s\" },\n", c, city[c]
	}
	print "};"
	printf "static const char *const area_names[] = {\n%s};\n", names
	print "static const struct area_was area_past[] = {"
	for (i = 1; i <= n_was; i++)
		print was[i]
	print "};"
}
