#include "rules.h"

#include "age.h"

#include <string.h>

/* Tenths from which the band of a care level begins. */
static const int begins[] = {
	[NOT_ELIGIBLE] = 0, [SUPPORT1] = 250, [SUPPORT2] = 320, [CARE1] = 320,
	[CARE2] = 500, [CARE3] = 700, [CARE4] = 900, [CARE5] = 1100
};

enum { BAND_FROM = 320, BAND_TO = 500, BRINK = 30, LONG_ENOUGH = 12 };

int
is_band(int tenths)
{
	return tenths >= BAND_FROM && tenths < BAND_TO;
}

int
wants_state_image(int tenths, enum level l)
{
	return is_band(tenths) && l == CARE1;
}

/* The lightest level of these minutes. */
static enum level
level_of_minutes(int tenths)
{
	int l = CARE5;

	while (l > 0 && (begins[l] > tenths || l == CARE1))
		l--;
	return (enum level)l;
}

int
level_fits(int tenths, enum level l)
{
	if (is_band(tenths))
		return l == SUPPORT2 || l == CARE1;
	return level_of_minutes(tenths) == l;
}

int
tenths_left(int tenths)
{
	for (int l = SUPPORT1; l <= CARE5; l++)
		if (begins[l] > tenths)
			return begins[l] - tenths;
	return -1;
}

enum kind
kind_find(const char *word)
{
	static const char *const words[] = { "new", "change", "renewal" };

	for (int k = 0; word != NULL && k <= KIND_RENEWAL; k++)
		if (strcmp(word, words[k]) == 0)
			return (enum kind)k;
	return KIND_NONE;
}

struct validity
validity_of(const struct scheme *c, enum kind kind, enum level previous,
    enum level now, int cap)
{
	struct validity v = kind != KIND_RENEWAL ? c->fresh :
	    previous == now ? c->unchanged : c->renewed;

	if (c->capped && cap >= v.least && cap < v.most)
		v.most = cap;
	if (v.usual > v.most)
		v.usual = v.most;
	return v;
}

civil_date
validity_from(const struct scheme *c, enum kind kind, civil_date applied,
    civil_date previous_to, civil_date decided)
{
	if (kind == KIND_RENEWAL)
		return previous_to + 1;
	return c->from_decision ? decided : applied;
}

civil_date
validity_to(civil_date from, int months)
{
	struct civil c = civil_from_date(from);
	civil_date first = date_from_civil((struct civil){ c.year, c.month, 1 },
	    NULL);

	return add_months(first, c.day == 1 ? months : months + 1) - 1;
}

const char *
urgency(const struct scheme *c, civil_date applied, civil_date today)
{
	civil_date days = today - applied;

	if (c->limit_days == 0)
		return "none";
	if (days > c->limit_days)
		return "late";
	if (days >= ALARM_DAYS)
		return "alarm";
	return days >= WARN_DAYS ? "warn" : "calm";
}

/* Not within three minutes below the next heavier level; 要介護5 has none. */
static int
is_far(int tenths)
{
	int left = tenths_left(tenths);

	return left < 0 || left > BRINK;
}

unsigned
simple_holds(const struct simple *s)
{
	int slight = s->first == SUPPORT2 || s->first == CARE1;
	unsigned holds = 0;

	if (s->first_insured)
		holds |= SIMPLE_FIRST_INSURED;
	if (s->kind == KIND_RENEWAL)
		holds |= SIMPLE_RENEWAL;
	if (s->first > NOT_ELIGIBLE && s->first == s->previous)
		holds |= SIMPLE_SAME_LEVEL;
	if (s->previous_months >= LONG_ENOUGH)
		holds |= SIMPLE_LONG_ENOUGH;
	if (!slight || (s->stable && s->slight_too))
		holds |= SIMPLE_STABLE;
	if (is_far(s->tenths))
		holds |= SIMPLE_FAR_FROM_HEAVIER;
	return holds;
}

int
panel_least(int renewals_only, int hard_to_find)
{
	return renewals_only || hard_to_find ? PANEL_LEAST : PANEL_STANDARD;
}

int
has_quorum(int members, int present, int chair)
{
	return chair && present * 2 > members;
}

int
all_agree(const enum level *of, int n, enum level first)
{
	for (int i = 0; i < n; i++)
		if (of[i] != first)
			return 0;
	return n > 0 && first != LEVEL_NONE;
}

enum manner
vote_of(const enum level *votes, int n, enum level chairs, enum level *won)
{
	int count[LEVELS] = { 0 }, best = 0;

	*won = LEVEL_NONE;
	if (n < 2)
		return UNDECIDED;
	for (int i = 0; i < n; i++) {
		if (votes[i] == LEVEL_NONE)
			return UNDECIDED;
		count[votes[i]]++;
	}
	for (int l = 0; l < LEVELS; l++)
		if (count[l] > count[best])
			best = l;
	*won = (enum level)best;
	if (count[best] * 2 > n)
		return count[best] == n ? BY_AGREEMENT : BY_MAJORITY;
	if (count[best] * 2 == n && chairs != LEVEL_NONE)
		for (int l = best + 1; l < LEVELS; l++)
			if (count[l] == count[best]) {
				*won = chairs;
				return chairs == (enum level)l ||
				    chairs == (enum level)best ? BY_CHAIR :
				    UNDECIDED;
			}
	*won = LEVEL_NONE;
	return UNDECIDED;
}
