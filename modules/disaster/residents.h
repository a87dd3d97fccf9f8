/*
 * The residents' register as a town's system gives it: CSV with a line of names.
 *
 *   宛名番号 姓 名 姓かな 名かな 生年月日 性別 住所 電話番号 要介護度 独居 身体障害
 *   療育 精神障害 難病 緯度 経度 異動
 *
 * in any order; others are passed over. 宛名番号 must be there. A line whose 異動 is
 * 転出 or 死亡 needs nothing else; any other 姓, 名, both readings, 生年月日 and 住所.
 */
#ifndef RESIDENTS_H
#define RESIDENTS_H

#include "arena.h"
#include "criteria.h"
#include "instant.h"

/* A first line that has all of them. */
#define RESIDENTS_NAMES "宛名番号,姓,名,姓かな,名かな,生年月日,性別,住所,電話番号,"	\
	"要介護度,独居,身体障害,療育,精神障害,難病,緯度,経度,異動"

enum { RESIDENT_FIELDS = 18, RESIDENT_CELLS = 60, DEGREE = 1000000 };

enum resident_end { RESIDENT_STAYS, RESIDENT_MOVED, RESIDENT_DIED };

struct resident {
	const char *number;
	const char *family, *given, *kana_family, *kana_given;
	const char *sex;		/* female male other unknown */
	const char *address, *phone;	/* phone: NULL if none */
	const char *care_level;		/* none support1-2 care1-5 */
	civil_date birth_date;
	int lives_alone;
	int physical, intellectual, mental, intractable;	/* 0: none */
	int placed;
	int64_t latitude, longitude;	/* millionths of a degree, if placed */
	enum resident_end end;
};

/* Which cell of a line has which field; -1: none. */
struct residents_head {
	int at[RESIDENT_FIELDS];
};

/* Reads the first line. NULL, or what is wrong with it, for people. */
const char *residents_head(struct arena *, const char *line,
    struct residents_head *);

/*
 * Reads another. NULL, or what is wrong with it, for people. Texts live in the
 * arena.
 */
const char *residents_line(struct arena *, const struct residents_head *,
    const char *line, struct resident *);

/*
 * "35.123456", within `limit` degrees, in millionths. 0, or -1 leaving *out as it
 * was.
 */
int degrees_read(const char *text, int limit, int64_t *out);

#endif
