#include "keys.h"

#include "place.h"
#include "query.h"
#include "search_sql.h"
#include "sound.h"

enum { AT_A_TIME = 50 };	/* patients a transaction */

/* At most `n` characters of UTF-8, as the column holds. */
static const char *
cut(struct arena *mem, const char *text, size_t n)
{
	const char *p = text;

	for (size_t i = 0; *p != '\0' && i < n; i++)
		do
			p++;
		while ((*p & 0xC0) == 0x80);
	return arena_copy(mem, text, (size_t)(p - text));
}

static void
put_phone(struct db *db, int64_t network, int64_t patient, const char *text)
{
	char phone[PHONE_TEXT];

	if (text != NULL && query_phone(text, phone) == 0)
		search_put_phone(db, network, phone, patient);
}

static void
make_names(struct db *db, struct arena *mem, const struct keyed *k,
    int64_t patient)
{
	char family[SOUND_BYTES], whole[SOUND_BYTES];

	if (sound_fold(k->kana_family, family) < 0 ||
	    sound_fold(arena_printf(mem, "%s%s", k->kana_family, k->kana_given),
	    whole) < 0)
		family[0] = whole[0] = '\0';
	search_put_name(db, patient, k->network_id, cut(mem, family, 60),
	    cut(mem, whole, 120), k->birth_date,
	    arena_printf(mem, "%s%s", k->family, k->given));
}

static void
make(struct db *db, struct arena *mem, int64_t patient)
{
	const struct keyed *k;
	struct number_rows numbers;
	struct place place;

	if (search_keyed(db, &k, patient) < 1 || k == NULL)
		return;		/* deleted meanwhile */
	make_names(db, mem, k, patient);
	search_forget_phones(db, patient);
	put_phone(db, k->network_id, patient, k->phone);
	search_numbers(db, &numbers, patient);
	for (size_t i = 0; i < numbers.set.n; i++)
		put_phone(db, k->network_id, patient,
		    number_at(&numbers, i)->phone);
	search_moved_away(db, patient);
	if (k->address != NULL && place_parse(k->address, &place) == 0)
		search_put_address(db, k->network_id, cut(mem, place.area, 80),
		    place.numbers, patient);
}

int
keys_make(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	struct due_rows due;

	(void)settings;
	(void)now;
	db_begin(db, mem, 1);
	search_due(db, &due, AT_A_TIME);
	for (size_t i = 0; i < due.set.n; i++) {
		const struct due *d = due_at(&due, i);

		make(db, mem, d->patient_id);
		search_done(db, d->patient_id, d->since);
	}
	return db_end(db) == DB_FINE && due.set.n == AT_A_TIME;
}
