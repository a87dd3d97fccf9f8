/* Entries of feeds and alerts; feeds that are not well-formed. */
#include "unit.h"

#include "feed_world.h"
#include "text.h"

#define RSS(items) "<rss version=\"2.0\"><channel><title>架空市</title>" items \
	"</channel></rss>"
#define ITEM(inside) "<item>" inside "</item>"

static void
assert_noted(const struct reading *r, const char *what)
{
	for (size_t i = 0; i < r->n_dropped; i++)
		if (strstr(r->dropped[i], what) != NULL)
			return;
	fail_msg("not said: %s", what);
}

static void
test_rss2(void **state)
{
	struct reading *r = world_read(*state, RSS(ITEM("<title>手洗い &amp;amp; "
	    "&lt;b&gt;うがい&lt;/b&gt;</title><link> http://a.example/1 </link>"
	    "<guid isPermaLink=\"false\">g1</guid><pubDate>Thu, 28 May 2026 "
	    "09:00:00 +0900</pubDate><description><![CDATA[<p>一</p><script>x"
	    "</script><p>二</p>]]></description>")
	    ITEM("<guid>http://a.example/2</guid>")));
	const struct item *it = r->items;

	assert_null(r->refused);
	assert_string_equal(r->title, "架空市");
	assert_int_equal(r->n_items, 2);
	assert_int_equal(it->source, SOURCE_RSS2);
	assert_string_equal(it->title, "手洗い & うがい");
	assert_string_equal(it->link, "http://a.example/1");
	assert_string_equal(it->id, "g1");
	assert_string_equal(it->summary, "一\n二");
	assert_true(it->published != ITEM_NO_TIME);
	assert_string_equal(it[1].link, "http://a.example/2");
	assert_null(it[1].title);
}

static void
test_rss1_with_an_element_that_it_does_not_allow(void **state)
{
	struct reading *r = world_read(*state, "<rdf:RDF xmlns:rdf=\""
	    "http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\""
	    "http://purl.org/rss/1.0/\" xmlns:dc=\""
	    "http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\">"
	    "<title>架空省</title><copyright>c</copyright></channel>"
	    "<item rdf:about=\"https://m.example/1\"><title>会議</title>"
	    "<link>https://m.example/1</link>"
	    "<dc:date>2088-04-25T10:00:00+09:00</dc:date></item></rdf:RDF>");

	assert_null(r->refused);
	assert_int_equal(r->n_dropped, 0);
	assert_int_equal(r->items[0].source, SOURCE_RSS1);
	assert_string_equal(r->items[0].id, "https://m.example/1");
	assert_true(r->items[0].published != ITEM_NO_TIME);
}

static void
test_atom(void **state)
{
	struct reading *r = world_read(*state, "<feed xmlns=\""
	    "http://www.w3.org/2005/Atom\" xml:base=\"http://a.example/x/\">"
	    "<entry xml:base=\"y/\"><title type=\"html\">a &amp;lt; b</title>"
	    "<id>urn:1</id><link rel=\"self\" href=\"no\"/><link href=\"1.xml\"/>"
	    "<published>2026-05-28T00:00:00Z</published>"
	    "<updated>2026-05-28T01:00:00Z</updated></entry></feed>");
	const struct item *it = r->items;

	assert_null(r->refused);
	assert_int_equal(it->source, SOURCE_ATOM);
	assert_string_equal(it->title, "a < b");
	assert_string_equal(it->id, "urn:1");
	assert_string_equal(it->link, "http://a.example/x/y/1.xml");
	assert_true(it->updated - it->published == HOUR_MS);
}

static void
test_links_are_web_links(void **state)
{
	static const char *const bad[] = { "javascript:alert(1)", "file:///etc/x",
		"data:text/html,x", "//a.example/", "/x", "", "ftp://a.example/" };
	struct world *w = *state;

	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		struct reading *r = world_read(w, arena_printf(w->r.mem,
		    RSS(ITEM("<link>%s</link><title>t</title>")), bad[i]));

		assert_null(r->items[0].link);
	}
}

/* Two entries without guid and link are two, and the same again is the same. */
static void
test_entries_without_an_id(void **state)
{
	static const char text[] = RSS(ITEM("<title>休診</title><pubDate>"
	    "28 May 2026 00:00 GMT</pubDate>") ITEM("<title>再開</title>"));
	struct world *w = *state;
	struct reading *r = world_read(w, text);
	const char *first = r->items[0].id, *second = r->items[1].id;

	assert_string_equal(first, "entry:2026-05-28T00:00:00.000Z:休診");
	assert_string_equal(second, "entry::再開");
	assert_string_equal(world_read(w, text)->items[0].id, first);
}

static void
test_text_fit_for_a_page(void **state)
{
	struct reading *r = world_read(*state, RSS(ITEM("<title>\n a\t\n  b"
	    "\xe2\x80\xae" "c\xc2\x92" "d\xe3\x80\x80</title>")));

	assert_string_equal(r->items[0].title, "a bc’d");
}

/* However blanks and words meet the end, no more than so many characters. */
static void
test_long_texts_are_cut(void **state)
{
	struct world *w = *state;
	char words[6000];

	for (size_t blanks = 1; blanks < 8; blanks++)
		for (size_t from = 485; from < 505; from++) {
			const char *title;

			memset(words, 'a', sizeof words);
			memset(words + from, ' ', blanks);
			words[sizeof words - 1] = '\0';
			title = world_read(w, arena_printf(w->r.mem,
			    RSS(ITEM("<title>%s</title>")), words))->items[0].title;
			assert_in_range(text_length(title), 485, 510);
			assert_non_null(strstr(title, "…"));
		}
}

static void
test_not_well_formed(void **state)
{
	struct reading *r = world_read(*state, "\n<rss><channel>"
	    ITEM("<title>A & B</title><link>http://a.example/?a=1&b=2</link>")
	    ITEM("<title>x <b>y</title>") ITEM("<title>&eacute;\x01t&eacute;"
	    "</i></title>") "<item><title>切れ");

	assert_null(r->refused);
	assert_int_equal(r->n_items, 4);
	assert_string_equal(r->items[0].title, "A & B");
	assert_string_equal(r->items[0].link, "http://a.example/?a=1&b=2");
	assert_string_equal(r->items[1].title, "x y");
	assert_string_equal(r->items[2].title, "été");
	assert_string_equal(r->items[3].title, "切れ");
	assert_noted(r, "not well-formed");
	assert_noted(r, "line 2: a bare &");
	assert_noted(r, "the end tag that was missing: b");
	assert_noted(r, "an end tag without its start: i");
	assert_noted(r, "a control character");
	assert_noted(r, "breaks off inside: title");
}

/* A warning that is half there is none. */
static void
test_alerts_are_not_mended(void **state)
{
	struct reading *r = world_read(*state, "<alert xmlns=\""
	    "urn:oasis:names:tc:emergency:cap:1.2\"><identifier>a & b"
	    "</identifier></alert>");

	assert_non_null(r->refused);
	assert_non_null(strstr(r->refused, "not well-formed"));
}

#define ALERT(status, type, more) "<alert xmlns=\"" \
	"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>a-1</identifier>" \
	"<sender>s@example</sender><sent>2026-05-28T09:00:00+09:00</sent>" \
	"<status>" status "</status><msgType>" type "</msgType>" more "</alert>"
#define INFO "<info><language>en</language><event>Flood</event><severity>Severe" \
	"</severity><expires>2026-05-28T12:00:00+09:00</expires><headline>Water" \
	"</headline><area><areaDesc>A</areaDesc><geocode><valueName>X</valueName>" \
	"<value>7</value></geocode></area></info><info><language>ja-JP</language>" \
	"<event>洪水</event><severity>Extreme</severity><headline>水</headline>" \
	"</info>"

static void
test_cap(void **state)
{
	struct reading *r = world_read(*state, ALERT("Actual", "Update",
	    "<references>s@example,a-0,2026-05-28T08:00:00+09:00</references>"
	    INFO));
	const struct item *it = r->items;

	assert_null(r->refused);
	assert_int_equal(it->source, SOURCE_CAP);
	assert_string_equal(it->id, "a-1");
	assert_string_equal(it->title, "水");
	assert_int_equal(it->status, STATUS_ACTUAL);
	assert_int_equal(it->message, MESSAGE_UPDATE);
	assert_int_equal(it->severity, SEVERITY_EXTREME);
	assert_int_equal(it->n_warnings, 2);
	assert_string_equal(it->warnings[0].name, "洪水");
	assert_string_equal(it->warnings[1].name, "Flood");
	assert_string_equal(it->warnings[1].areas[0].code, "7");
	assert_string_equal(it->warnings[1].areas[0].coding, "X");
	assert_string_equal(it->head.refers,
	    "s@example,a-0,2026-05-28T08:00:00+09:00");
}

static void
test_cap_status(void **state)
{
	static const struct { const char *text; enum item_status is; } rows[] = {
		{ ALERT("Actual", "Alert", INFO), STATUS_ACTUAL },
		{ ALERT("Actual", "Cancel", INFO), STATUS_CANCELLED },
		{ ALERT("Exercise", "Alert", INFO), STATUS_EXERCISE },
		{ ALERT("Test", "Alert", INFO), STATUS_TEST },
		{ ALERT("System", "Alert", INFO), STATUS_TEST },
		{ ALERT("Draft", "Alert", INFO), STATUS_TEST },
		{ ALERT("", "Alert", INFO), STATUS_TEST },
	};

	for (size_t i = 0; i < NELEMENTS(rows); i++)
		assert_int_equal(world_read(*state,
		    rows[i].text)->items[0].status, rows[i].is);
}

#define SCOPED(scope) "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">" \
	"<identifier>a</identifier><sender>s</sender><sent>2026-05-28T09:00:00Z" \
	"</sent><status>Actual</status><msgType>Alert</msgType>" scope \
	"<info><event>e</event><severity>Minor</severity></info></alert>"

static void
test_what_is_not_public_is_shown_to_nobody(void **state)
{
	static const struct { const char *text; enum item_message is; } rows[] = {
		{ SCOPED("<scope>Public</scope>"), MESSAGE_ALERT },
		{ SCOPED(""), MESSAGE_ALERT },
		{ SCOPED("<scope>Private</scope>"), MESSAGE_NOTHING },
		{ SCOPED("<scope>Restricted</scope>"), MESSAGE_NOTHING },
		{ SCOPED("<scope>Insiders</scope>"), MESSAGE_NOTHING },
	};

	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		struct reading *r = world_read(*state, rows[i].text);

		assert_int_equal(r->items[0].message, rows[i].is);
		assert_int_equal(r->items[0].status, STATUS_ACTUAL);
		assert_int_equal(r->n_dropped, rows[i].is == MESSAGE_NOTHING);
	}
}

static void
test_an_entry_with_the_words_of_an_alert(void **state)
{
	struct reading *r = world_read(*state, "<feed xmlns=\""
	    "http://www.w3.org/2005/Atom\" xmlns:cap=\""
	    "urn:oasis:names:tc:emergency:cap:1.1\"><entry><id>1</id>"
	    "<title>t</title><cap:status>Exercise</cap:status><cap:msgType>Alert"
	    "</cap:msgType><cap:event>Flood</cap:event><cap:severity>Minor"
	    "</cap:severity><cap:geocode><valueName>F</valueName><value>1</value>"
	    "</cap:geocode></entry></feed>");

	assert_int_equal(r->items[0].status, STATUS_EXERCISE);
	assert_int_equal(r->items[0].severity, SEVERITY_MINOR);
	assert_string_equal(r->items[0].areas[0].code, "1");
}

#define AREA(name) "<area><areaDesc>" name "</areaDesc><geocode><valueName>X" \
	"</valueName><value>7</value></geocode></area>"

/* What two languages call differently is one place, by our language's name. */
static void
test_an_area_of_two_languages_is_one(void **state)
{
	struct reading *r = world_read(*state, ALERT("Actual", "Alert",
	    "<info><language>en</language><event>Flood</event>" AREA("Town")
	    "</info><info><language>ja</language><event>洪水</event>"
	    AREA("架空町") "</info>"));
	const struct item *it = r->items;

	assert_int_equal(it->n_areas, 1);
	assert_string_equal(it->areas[0].name, "架空町");
	assert_int_equal(it->n_warnings, 2);
	assert_int_equal(it->warnings[0].n_areas, 1);
	assert_int_equal(it->warnings[1].n_areas, 1);
}

/* Each of several codes and responses counts, not the first alone. */
static void
test_all_codes_and_responses_are_read(void **state)
{
	struct reading *r = world_read(*state, ALERT("Actual", "Update",
	    "<info><event>e</event><responseType>Monitor</responseType>"
	    "<responseType>AllClear</responseType><eventCode><valueName>L"
	    "</valueName><value>1</value></eventCode><eventCode><valueName>M"
	    "</valueName><value>2</value></eventCode>" AREA("a") "</info>"));
	const struct item *it = r->items;

	assert_int_equal(it->n_warnings, 2);
	assert_string_equal(it->warnings[0].code, "1");
	assert_string_equal(it->warnings[1].code, "2");
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(it->warnings[i].kind, KIND_NONE);
		assert_string_equal(it->warnings[i].state, "AllClear");
		assert_int_equal(it->warnings[i].n_areas, 1);
	}
}

static void
test_an_answer_warns_of_nothing(void **state)
{
	static const char *const rows[] = {
		ALERT("Actual", "Ack", INFO), ALERT("Actual", "Error", INFO)
	};

	for (size_t i = 0; i < NELEMENTS(rows); i++) {
		struct reading *r = world_read(*state, rows[i]);

		assert_int_equal(r->items[0].message, MESSAGE_NOTHING);
		assert_int_equal(r->items[0].n_warnings, 0);
		assert_int_equal(r->items[0].n_areas, 1);
	}
}

static void
test_an_index_without_events_has_areas(void **state)
{
	struct reading *r = world_read(*state, "<feed xmlns=\""
	    "http://www.w3.org/2005/Atom\" xmlns:cap=\""
	    "urn:oasis:names:tc:emergency:cap:1.2\"><entry><id>1</id>"
	    "<title>t</title><cap:areaDesc>架空町</cap:areaDesc></entry></feed>");

	assert_int_equal(r->items[0].n_warnings, 0);
	assert_int_equal(r->items[0].n_areas, 1);
	assert_string_equal(r->items[0].areas[0].name, "架空町");
}

static void
test_an_alert_in_an_envelope(void **state)
{
	struct reading *r = world_read(*state, "<s:Envelope xmlns:s=\""
	    "http://www.w3.org/2003/05/soap-envelope\"><s:Body><x xmlns=\"urn:x\">"
	    ALERT("Actual", "Alert", INFO) "</x></s:Body></s:Envelope>");

	assert_null(r->refused);
	assert_int_equal(r->n_items, 1);
	assert_string_equal(r->items[0].id, "a-1");
	r = world_read(*state, "<s:Envelope xmlns:s=\"urn:s\"><s:Body/></s:Envelope>");
	assert_non_null(r->refused);
}

static void
test_rss11(void **state)
{
	struct reading *r = world_read(*state, "<Channel xmlns=\""
	    "http://purl.org/net/rss1.1#\" xmlns:rdf=\""
	    "http://www.w3.org/1999/02/22-rdf-syntax-ns#\" rdf:about=\"urn:c\">"
	    "<title>c</title><link>https://a.example/x/</link><items rdf:parseType="
	    "\"Collection\"><item rdf:about=\"https://a.example/1\"><title>t"
	    "</title><link>1</link></item><item><title>u</title></item></items>"
	    "</Channel>");

	assert_null(r->refused);
	assert_int_equal(r->n_items, 2);
	assert_int_equal(r->source, SOURCE_RSS1);
	assert_string_equal(r->title, "c");
	assert_string_equal(r->items[0].id, "https://a.example/1");
	assert_string_equal(r->items[0].link, "https://a.example/x/1");
}

/* Paragraphs are lines, whether they stand in place or as text. */
static void
test_paragraphs_in_place_do_not_join(void **state)
{
	struct reading *r = world_read(*state, "<feed xmlns=\""
	    "http://www.w3.org/2005/Atom\"><entry><title type=\"xhtml\"><div "
	    "xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p><p>b</p></div></title>"
	    "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
	    "<p>a</p><p>b<br/>c <b>d</b>e</p><ul><li>f</li><li>g</li></ul>h</div>"
	    "</content></entry></feed>");

	assert_string_equal(r->items[0].title, "a b");
	assert_string_equal(r->items[0].summary, "a\nb\nc de\nf\ng\nh");
}

/* A fetched feed's links go from its address, whatever it says of itself. */
static void
test_links_go_from_the_address(void **state)
{
	struct world *w = *state;
	struct reading *r;

	r = world_read_from(w, RSS(ITEM("<title>t</title><link>../b?c#d</link>")
	    ITEM("<title>t</title><link>//b.example/x</link>")
	    ITEM("<title>t</title><link>?a</link>")),
	    "https://a.example/x/y/feed.xml?z");
	assert_string_equal(r->items[0].link, "https://a.example/x/b?c#d");
	assert_string_equal(r->items[1].link, "https://b.example/x");
	assert_string_equal(r->items[2].link, "https://a.example/x/y/feed.xml?a");
	r = world_read_from(w, RSS(ITEM("<title>t</title><link>b</link>")),
	    "/home/x/feed.xml");
	assert_null(r->items[0].link);
}

#define IN_WORLD(t) cmocka_unit_test_setup_teardown(t, world_begin, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(test_rss2),
		IN_WORLD(test_rss1_with_an_element_that_it_does_not_allow),
		IN_WORLD(test_atom),
		IN_WORLD(test_links_are_web_links),
		IN_WORLD(test_entries_without_an_id),
		IN_WORLD(test_text_fit_for_a_page),
		IN_WORLD(test_long_texts_are_cut),
		IN_WORLD(test_not_well_formed),
		IN_WORLD(test_alerts_are_not_mended),
		IN_WORLD(test_cap),
		IN_WORLD(test_an_area_of_two_languages_is_one),
		IN_WORLD(test_all_codes_and_responses_are_read),
		IN_WORLD(test_an_answer_warns_of_nothing),
		IN_WORLD(test_an_index_without_events_has_areas),
		IN_WORLD(test_an_alert_in_an_envelope),
		IN_WORLD(test_rss11),
		IN_WORLD(test_paragraphs_in_place_do_not_join),
		IN_WORLD(test_links_go_from_the_address),
		IN_WORLD(test_cap_status),
		IN_WORLD(test_what_is_not_public_is_shown_to_nobody),
		IN_WORLD(test_an_entry_with_the_words_of_an_alert),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
