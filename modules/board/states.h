/*
 * How a sitting and an application may go on; the same pairs stand in the database
 * (db/board/0001-board.sql), which refuses any other by itself.
 */
#ifndef STATES_H
#define STATES_H

/*
 * 1 if a sitting may go from one state to the other:
 * draft, notice_sent, prereview_open, prereview_closed, in_session, suspended, closed,
 * minutes_approved, purged, cancelled.
 */
int sitting_may(const char *from, const char *to);

/*
 * The same of an application: registered, papers_ready, assigned, prereview, tabled,
 * decided, carried_over, re_survey, re_opinion, withdrawn, deceased, notified.
 */
int application_may(const char *from, const char *to);

#endif
