/* Pieces of FHIR R4, and the bundle. */
#include "export.h"

#include "model.h"
#include "text.h"

void
bundle_open(struct export *e)
{
	struct buf b = { 0 };
	char at[INSTANT_TEXT];

	e->bundle = export_open(e, "bundle.json");
	e->begun = 0;
	buf_printf(&b, "{\"resourceType\":\"Bundle\",\"type\":\"collection\","
	    "\"timestamp\":\"%s\",\"entry\":[",
	    instant_iso(e->a->now, at));
	export_write(e, e->bundle, &b);
	buf_free(&b);
}

void
bundle_close(struct export *e)
{
	struct buf b = { 0 };

	buf_puts(&b, "\n]}\n");
	export_write(e, e->bundle, &b);
	buf_free(&b);
	export_close(e, e->bundle);
	e->bundle = NULL;
}

struct model *
resource_new(struct export *e, const char *type, const struct ref *id)
{
	struct model *m;
	char hex[REF_HEX];

	arena_reset(e->scratch);
	m = model_new(e->scratch);
	put_text(m, "resourceType", type);
	put_text(m, "id", arena_text(e->scratch, ref_hex(id, hex)));
	return m;
}

void
resource_put(struct export *e, struct model *m)
{
	struct buf b = { 0 };

	/* The patient is the first: nothing stands before her. */
	buf_puts(&b, e->begun ? ",\n{\"resource\":" : "\n{\"resource\":");
	e->begun = 1;
	model_json(m, &b);
	buf_putc(&b, '}');
	export_write(e, e->bundle, &b);
	buf_free(&b);
	e->resources++;
}

void
put_some(struct model *m, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		put_text(m, key, text);
}

void
put_some_utc(struct model *m, const char *key, struct db_maybe at)
{
	if (at.set)
		put_utc(m, key, at.v);
}

void
put_reference(struct export *e, struct model *m, const char *key,
    const char *type, const struct ref *id)
{
	char hex[REF_HEX];

	put_text(put_object(m, key), "reference", arena_printf(e->scratch,
	    "%s/%s", type, ref_hex(id, hex)));
}

void
put_concept(struct model *m, const char *key, const char *text)
{
	put_text(put_object(m, key), "text", text);
}

void
put_coded(struct model *m, const char *key, const char *uri,
    const char *code)
{
	struct model *coding = put_item(put_object(m, key), "coding");

	put_text(coding, "system", uri);
	put_text(coding, "code", code);
}

void
put_period(struct model *m, const char *key, struct db_maybe start,
    struct db_maybe end)
{
	struct model *o = put_object(m, key);

	put_some_utc(o, "start", start);
	put_some_utc(o, "end", end);
}
