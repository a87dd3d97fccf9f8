/*
 * Two ways of turning bytes into the events of a tree. Both take UTF-8 and pay no
 * heed to the encoding declared. Both refuse a document type declaration: without
 * one there is no entity of the document's own, and nothing to fetch.
 */
#ifndef XML_H
#define XML_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct tree;

/* What to say of each thing mended or left out. */
struct xml_notes {
	void (*note)(void *context, size_t line, const char *what);
	void *context;
};

/*
 * By libxml2, which takes well-formed XML only. Returns 0, or -1 with the reason
 * and its line in `why`. The parser that names live in is *keeper, to be given
 * to xml_strict_free when the tree is no longer needed.
 */
int xml_strict(struct tree *, const char *p, size_t n, void **keeper, char *why,
    size_t why_bytes);
void xml_strict_free(void *keeper);

/*
 * For what is not well-formed: whatever tags and text can be made out, as far as
 * they go. Knows HTML's names of characters. Never gives up but for a document
 * type, which is said in t->refused.
 */
void xml_loose(struct tree *, struct arena *, const char *p, size_t n,
    const struct xml_notes *);

/*
 * The character that `&name;` or `&#...;` at p stands for, in UTF-8 with a NUL.
 * Returns the bytes that were read, or 0 when it stands for none.
 */
size_t xml_entity(const char *p, size_t n, char out[8]);

/*
 * What is meant by a character from U+0080 to U+009F: windows-1252's at the same
 * place, which programs write so by mistake. Others stand for themselves.
 */
uint32_t xml_meant(uint32_t c);

/* UTF-8 of a character, with a NUL; returns its bytes. */
size_t xml_utf8(uint32_t c, char out[8]);

#endif
