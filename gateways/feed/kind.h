/*
 * What a code of a JMX telegram means, by the list that its element is of. The
 * same digits mean different things in different lists: 30 is a class of danger
 * in one, a flood warning in another, nothing in a third.
 */
#ifndef KIND_H
#define KIND_H

#include "item.h"

enum code_list {
	LIST_OTHER, LIST_WEATHER, LIST_LANDSLIDE, LIST_FLOOD, LIST_RECORD_RAIN,
	LIST_TORNADO, LIST_VOLCANO, LIST_TSUNAMI, LIST_QUICK_QUAKE, LIST_INTENSITY,
	LIST_TAG, LIST_SEA, LIST_ASH
};

/* The list by the `type` of Information, Warning or VolcanoInfo. */
enum code_list code_list_of(const char *type);

/*
 * Fills kind, level and severity of a warning from its code. `bulletin` is the
 * telegram's id or NULL: in VPWW57 a storm surge warning (08) is level 3, in the
 * telegrams before it 4. 0 when the code is in no list of ours: then the kind is
 * a guess or KIND_OTHER, and never KIND_NONE, for it may be a new warning.
 */
int kind_of(enum code_list, const char *code, const char *bulletin,
    struct item_warning *);

/* 1 when a name cannot belong to a weather code: the code counts, not the name. */
int kind_name_differs(const char *code, const char *name);

/* An intensity as JMX writes it: 1 to 4, 5- to 6+, 7. Fills as kind_of does. */
void kind_of_intensity(const char *intensity, struct item_warning *);

#endif
