/*
 * Figures in the words of a health body: 定点当たり報告数, the patients of a disease
 * that a sentinel clinic reported in a week. No feed has them as fields, so they
 * are read out of title and text, and only where nothing else can be meant:
 * what is of another place, of another time, a threshold or of several diseases
 * at once is left out.
 */
#ifndef FIGURE_H
#define FIGURE_H

#include "item.h"

struct arena;

enum { FIGURES_MAX = 40 };

struct figure {
	const char *disease;		/* code of care/disease.h */
	civil_date week_on;		/* Monday of its week (ISO 8601) */
	int hundredths;			/* 1234: 12.34 */
	int of_japan;			/* 全国 is said of it */
};

/*
 * The figures of an item, each disease, week and place once; returns how many. A
 * week without its year is the last one of that number before `at`.
 */
size_t figures_read(const struct item *, utc_ms at, struct arena *,
    struct figure v[FIGURES_MAX]);

/* Them as put_figures of feed.sql takes them. */
const char *figures_json(const struct figure *, size_t n, struct arena *);

#endif
