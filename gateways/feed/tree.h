/*
 * A document as a light tree, built from a parser's events. Text stands in its
 * own nodes; runs of blanks with a line end are left out. Names and values live
 * as long as the arenas and the parser do.
 */
#ifndef TREE_H
#define TREE_H

#include <stddef.h>

struct arena;

/* Namespaces that we know, by what they are about, not by version. */
enum ns {
	NS_NONE, NS_OTHER, NS_ATOM, NS_RSS, NS_RDF, NS_DC, NS_DCTERMS, NS_CONTENT,
	NS_CAP, NS_EDXL, NS_JMX, NS_JMX_EB, NS_XHTML, NS_XML
};

struct attr {
	struct attr *next;
	enum ns ns;
	const char *name, *value;
};

struct node {
	const char *name;		/* NULL: a text */
	enum ns ns;
	int depth;			/* 0: the root */
	const char *text;		/* of a text; NUL-terminated */
	size_t n;			/* its bytes */
	struct attr *attrs;
	struct node *parent, *first, *last, *next;
};

enum { TREE_DEPTH = 120, TREE_ATTRS = 200 };	/* more is refused */

/* A tree under construction. */
struct tree {
	struct arena *keep, *item;	/* item: what lies in one entry; reset after it */
	struct node *root, *at;
	struct node *entry;		/* the entry under way, or NULL */
	struct node *before;		/* its elder sibling */
	char *run;			/* text since the last tag */
	size_t run_n, run_room;
	const char *known_uri;		/* cache of ns_of */
	enum ns known_ns;
	/* May say that an element begins an entry; then entry_end gets it whole. */
	int (*is_entry)(const struct node *);
	void (*entry_end)(void *context, struct tree *, struct node *);
	/* An element whose inside is of no use; NULL: all is kept. */
	int (*is_ballast)(const struct node *);
	int ballast;			/* depth inside such an element */
	void *context;
	const char *refused;		/* why nothing more is taken, or NULL */
};

/* Which namespace a URI or, without one, a customary prefix means. */
enum ns ns_of_uri(const char *uri);
enum ns ns_of_prefix(const char *prefix);

/* An attribute as a parser hands it over; value need not be NUL-terminated. */
struct attr_in {
	enum ns ns;
	const char *name, *value;
	size_t n;
};

/* The events. `name` must live as long as the tree. */
void tree_start(struct tree *, const char *name, enum ns, const struct attr_in *,
    size_t n);
void tree_text(struct tree *, const char *, size_t);
void tree_end(struct tree *);
void tree_free(struct tree *);

/* First child element of that name; NULL if there is none or n is NULL. */
struct node *node_child(const struct node *n, enum ns, const char *name);

/* The next element of the same name after n, among its siblings. */
struct node *node_again(const struct node *n);

/* Follows names one below the other, all in one namespace: "Head/Title". */
struct node *node_at(const struct node *n, enum ns, const char *path);

/*
 * All text inside, trimmed; NULL when there is none but blanks. It lives as long as
 * the node and the arena do.
 */
const char *node_text(struct arena *, const struct node *);

/* The same; where an element is a block of HTML is a line end. */
const char *node_lines(struct arena *, const struct node *);

/* Text of node_at, trimmed of blanks, or NULL. */
const char *node_text_at(struct arena *, const struct node *, enum ns, const char *path);

/* An attribute's value, or NULL. */
const char *node_attr(const struct node *, enum ns, const char *name);

#endif
