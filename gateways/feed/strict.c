#include "tree.h"
#include "xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* One parse: libxml2's user data. */
struct strict {
	struct tree *tree;
	xmlParserCtxtPtr parser;
	const xmlChar *uri;		/* last looked up; libxml2 keeps each once */
	enum ns ns;
	char *why;
	size_t why_bytes;
};

static enum ns
namespace_of(struct strict *s, const xmlChar *uri, const xmlChar *prefix)
{
	if (uri == NULL)
		return ns_of_prefix((const char *)prefix);
	if (uri != s->uri) {
		s->uri = uri;
		s->ns = ns_of_uri((const char *)uri);
	}
	return s->ns;
}

static void
stop_if_refused(struct strict *s)
{
	if (s->tree->refused != NULL)
		xmlStopParser(s->parser);
}

/* Attributes come in fives: name, prefix, URI, begin and end of the value. */
static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nb_namespaces, const xmlChar **namespaces, int n,
    int nb_defaulted, const xmlChar **five)
{
	struct strict *s = context;
	struct attr_in in[TREE_ATTRS];
	size_t room = sizeof in / sizeof *in;

	(void)nb_namespaces;
	(void)namespaces;
	(void)nb_defaulted;
	for (size_t i = 0; i < (size_t)n && i < room; i++, five += 5) {
		in[i].name = (const char *)five[0];
		in[i].ns = five[1] == NULL ? NS_NONE :
		    namespace_of(s, five[2], five[1]);
		in[i].value = (const char *)five[3];
		in[i].n = (size_t)(five[4] - five[3]);
	}
	if ((size_t)n > room)
		s->tree->refused = "too many attributes";
	else
		tree_start(s->tree, (const char *)name,
		    namespace_of(s, uri, prefix), in, (size_t)n);
	stop_if_refused(s);
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct strict *s = context;

	(void)name;
	(void)prefix;
	(void)uri;
	tree_end(s->tree);
}

static void
on_text(void *context, const xmlChar *p, int n)
{
	struct strict *s = context;

	tree_text(s->tree, (const char *)p, (size_t)n);
	stop_if_refused(s);
}

/* Comes at `<!DOCTYPE name`, before anything that it declares is read. */
static void
on_doctype(void *context, const xmlChar *name, const xmlChar *external,
    const xmlChar *where)
{
	struct strict *s = context;

	(void)name;
	(void)external;
	(void)where;
	s->tree->refused = "a document type declaration (DOCTYPE)";
	stop_if_refused(s);
}

/* The first error that ends the parse; libxml2's text ends in a line end. */
static void
on_error(void *context, xmlErrorPtr e)
{
	struct strict *s = context;

	if (e->level != XML_ERR_FATAL || s->why[0] != '\0')
		return;
	(void)snprintf(s->why, s->why_bytes, "line %d: %.*s", e->line,
	    (int)strcspn(e->message == NULL ? "not well-formed" : e->message,
	    "\n"), e->message == NULL ? "not well-formed" : e->message);
}

static xmlParserInputPtr
no_entity(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

/* XML_PARSE_NONET alone would still let file: through; the loader lets nothing. */
static xmlParserCtxtPtr
parser_of(struct strict *s, const char *p, size_t n)
{
	xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(p, (int)n);
	xmlSAXHandler sax = { 0 };

	if (parser == NULL)
		return NULL;
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = sax.ignorableWhitespace = sax.cdataBlock = on_text;
	sax.internalSubset = on_doctype;
	sax.serror = on_error;
	xmlSetExternalEntityLoader(no_entity);
	(void)xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC |
	    XML_PARSE_NOXINCNODE);
	/* Else &amp; in an attribute stays &#38;. There is no other entity that
	 * could be replaced: a declaration ends the parse. */
	parser->replaceEntities = 1;
	*parser->sax = sax;
	parser->sax2 = 1;
	parser->userData = s;
	return parser;
}

int
xml_strict(struct tree *t, const char *p, size_t n, void **keeper, char *why,
    size_t why_bytes)
{
	struct strict s = { .tree = t, .why = why, .why_bytes = why_bytes };

	why[0] = '\0';
	*keeper = s.parser = parser_of(&s, p, n);
	if (s.parser == NULL) {
		(void)snprintf(why, why_bytes, "not XML");
		return -1;
	}
	(void)xmlParseDocument(s.parser);
	if (t->refused != NULL || s.parser->wellFormed)
		return 0;
	if (why[0] == '\0')
		(void)snprintf(why, why_bytes, "not well-formed");
	return -1;
}

void
xml_strict_free(void *keeper)
{
	xmlParserCtxtPtr parser = keeper;

	if (parser == NULL)
		return;
	if (parser->myDoc != NULL)
		xmlFreeDoc(parser->myDoc);
	xmlFreeParserCtxt(parser);
}
