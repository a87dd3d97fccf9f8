/* The signs that are measured: units, limits of sense, reading a value. */
#include "vital.h"

const struct vital_sign vital_signs[VITALS] = {
	/* name label unit loinc tenths least most */
	{ "temperature", N_("体温"), "℃", "8310-5", 1, 250, 450 },
	{ "systolic", N_("血圧（上）"), "mmHg", "8480-6", 0, 30, 300 },
	{ "diastolic", N_("血圧（下）"), "mmHg", "8462-4", 0, 10, 200 },
	{ "pulse", N_("脈拍"), "/min", "8867-4", 0, 10, 300 },
	{ "spo2", "SpO2", "%", "59408-5", 0, 30, 100 },
	{ "respiration", N_("呼吸数"), "/min", "9279-1", 0, 2, 80 },
	{ "weight", N_("体重"), "kg", "29463-7", 1, 20, 3000 },
	{ "glucose", N_("血糖"), "mg/dL", "2339-0", 0, 10, 1500 },
};

int
vital_find(const char *name)
{
	for (int i = 0; i < VITALS; i++)
		if (strcmp(vital_signs[i].name, name) == 0)
			return i;
	return -1;
}

/* One character of a number, ASCII or full-width, as ASCII; *p moves on. */
static int
number_char(const char **p)
{
	const unsigned char *s = (const unsigned char *)*p;

	if (s[0] == 0xef && s[1] == 0xbc && s[2] >= 0x8c && s[2] <= 0x99) {
		*p += 3;
		return s[2] - 0x8c + ',';
	}
	(*p)++;
	return s[0];
}

int
vital_parse(const struct vital_sign *v, const char *text, int *out)
{
	int n = 0, digits = 0, decimals = -1;

	while (*text != '\0') {
		int c = number_char(&text);

		if ((c == '.' || c == ',') && decimals < 0 && digits > 0) {
			decimals = 0;
			continue;
		}
		if (c < '0' || c > '9' || ++digits > 5 || decimals == 1)
			return -1;
		n = n * 10 + (c - '0');
		decimals += decimals >= 0;
	}
	if (digits == 0 || decimals == 0 || (decimals > 0 && !v->tenths))
		return -1;
	if (v->tenths && decimals < 0)
		n *= 10;
	if (n < v->least || n > v->most)
		return -2;
	*out = n;
	return 0;
}

const char *
vital_text(struct arena *mem, const struct vital_sign *v, int value)
{
	return v->tenths ? arena_printf(mem, "%d.%d", value / 10, value % 10) :
	    arena_printf(mem, "%d", value);
}

void
put_vital_values(struct req *r, struct model *m, const char *joined,
    int64_t outside)
{
	put_items(m, "values");
	for (int i = 0; i < VITALS; i++) {
		const struct vital_sign *v = &vital_signs[i];
		char *end;
		long n = strtol(joined, &end, 10);
		struct model *o;

		if (end != joined) {
			o = put_item(m, "values");
			put_text(o, "sign", v->name);
			put_text(o, "label", v->label);
			put_text(o, "unit", v->unit);
			put_text(o, "value", vital_text(r->mem, v, (int)n));
			put_bool(o, "outside", (outside >> i & 1) != 0);
		}
		joined = end + (*end == ',');
	}
}
