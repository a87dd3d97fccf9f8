/*
 * What is read out of one document of a public feed: an entry of RSS or Atom,
 * a CAP alert, a telegram of the Japan Meteorological Agency (JMX).
 *
 * Texts are valid UTF-8 without controls and live in the arena of the caller; a
 * text that the document does not say is NULL. Instants are UTC in milliseconds;
 * ITEM_NO_TIME is one that is not said or cannot be read. Arrays have their count
 * before them. Everything is as the document says it, checked for form alone:
 * whether to believe it is the caller's business.
 */
#ifndef ITEM_H
#define ITEM_H

#include "instant.h"

#include <stddef.h>
#include <stdint.h>

#define ITEM_NO_TIME INT64_MIN

enum item_source { SOURCE_RSS1, SOURCE_RSS2, SOURCE_ATOM, SOURCE_CAP, SOURCE_JMX };

/*
 * May one act on it? Only ACTUAL may raise an alert. A drill that is withdrawn
 * stays a drill, so that CANCELLED is always about something that was actual.
 * JMX: 通常 訓練 試験; CAP: Actual Exercise, and Test for System, Test and Draft.
 */
enum item_status { STATUS_ACTUAL, STATUS_EXERCISE, STATUS_TEST, STATUS_CANCELLED };

/*
 * What it does to what was said before. JMX: 発表 and 遅延 are ALERT, 訂正 UPDATE,
 * 取消 CANCEL (of the telegram with the same type and event). CAP: Alert, Update,
 * Cancel; Ack and Error are NOTHING: they tell senders, not people, and so is
 * whatever its scope says is not Public.
 */
enum item_message { MESSAGE_ALERT, MESSAGE_UPDATE, MESSAGE_CANCEL, MESSAGE_NOTHING };

/* CAP's scale, in order; for JMX it is set from kind and code (kind.h). */
enum item_severity {
	SEVERITY_UNKNOWN, SEVERITY_MINOR, SEVERITY_MODERATE, SEVERITY_SEVERE,
	SEVERITY_EXTREME
};

/*
 * What a warning is about, decided by the element that it stands in and its
 * code, never by a code or a name alone. A level 3 to 5 of WEATHER, LANDSLIDE,
 * TIDE and FLOOD is "equivalent to" an alert level: calling people to leave is
 * the mayor's, and no kind here is an evacuation order.
 */
enum warning_kind {
	KIND_OTHER,		/* nothing that we know more of */
	KIND_NONE,		/* 解除, なし: what was in force no longer is */
	KIND_ADVISORY,		/* 注意報 */
	KIND_WARNING,		/* 警報 */
	KIND_DANGER,		/* 危険警報, 氾濫危険 */
	KIND_EMERGENCY,		/* 特別警報 */
	KIND_EARTHQUAKE,	/* code: seismic intensity 1 2 3 4 5- 5+ 6- 6+ 7 */
	KIND_TSUNAMI_FORECAST,	/* 津波予報 */
	KIND_TSUNAMI_ADVISORY, KIND_TSUNAMI_WARNING, KIND_TSUNAMI_MAJOR,
	KIND_LANDSLIDE, KIND_FLOOD, KIND_RECORD_RAIN, KIND_TORNADO,
	KIND_VOLCANO, KIND_HEAT, KIND_OUTLOOK	/* 早期注意情報 */
};

/*
 * An area as the document names it. `coding` says which list `code` is of, such
 * as "気象・地震・火山情報／市町村等" or CAP's valueName; NULL: none is said.
 */
struct item_area {
	const char *code, *name, *coding;
	/* Municipalities that it stands for: five digits of JIS X 0402, sorted,
	 * as in force at the item's time. None when it is not on land, is not
	 * known, or is of a kind that no list of ours resolves. */
	size_t n_towns;
	const char (*towns)[6];
};

/* Something in force (or no longer, KIND_NONE) in some areas. */
struct item_warning {
	const char *code, *name;
	enum warning_kind kind;
	int level;			/* 1..5 as of Japan's alert levels; 0: none */
	enum item_severity severity;
	const char *state;		/* JMX Status: 発表 継続 解除 …; CAP responseType */
	utc_ms from, until;		/* validity, if said */
	size_t n_areas;
	const struct item_area *areas;
};

/* Of JMX and CAP only; all NULL or ITEM_NO_TIME for an entry of a feed. */
struct item_head {
	const char *type;		/* bulletin id such as VPWW54 where element
					 * path and control title decide it */
	const char *control_title;	/* Control/Title */
	const char *office;		/* EditorialOffice; CAP: sender */
	const char *event;		/* EventID; CAP: incidents */
	const char *serial;
	const char *info_type;		/* 発表 訂正 取消 遅延; CAP: msgType */
	const char *info_kind;		/* InfoKind; CAP: first info's event */
	const char *headline;
	const char *refers;		/* CAP references, as they stand */
	utc_ms control, report, target, valid;	/* Control/DateTime and Head's */
};

struct item {
	enum item_source source;
	enum item_status status;
	enum item_message message;
	enum item_severity severity;	/* greatest of the warnings */
	const char *id;			/* the same again is the same item: guid or
					 * Atom id, else the link, else made of time and
					 * title; CAP identifier, unique for its
					 * sender; JMX made of title, office, event,
					 * serial, InfoType, times */
	const char *title, *link, *summary;
	utc_ms published, updated;
	struct item_head head;
	int none;			/* JMX: it says of some area that nothing is
					 * in force there (なし); without this and
					 * without warnings nothing was understood */
	const char *unknown;		/* JMX: the first thing that it says of what
					 * is in force and that is in no list of
					 * ours; NULL: all was understood */
	const char *note;		/* what of it is amiss and was left out, such
					 * as a day that no calendar has; NULL: nothing */
	size_t n_warnings;
	const struct item_warning *warnings;
	size_t n_areas;			/* each area of all warnings once, and those
					 * the document names beside them */
	const struct item_area *areas;
};

/* The words that --check prints and tables hold: "rss1" "actual" "severe" … */
const char *item_source_word(enum item_source);
const char *item_status_word(enum item_status);
const char *item_message_word(enum item_message);
const char *item_severity_word(enum item_severity);
const char *warning_kind_word(enum warning_kind);

#endif
