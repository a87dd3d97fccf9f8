/* Meetings of a person, and who was invited. No link by which anybody could come in. */
#include "export.h"

#include "export_meeting_sql.h"

void
export_meeting(struct export *e)
{
	struct meeting_rows meetings;
	struct invitation_rows invitations;
	struct date_rows dates;
	struct vote_rows votes;
	struct paper_rows papers;

	if (!export_present(e, "meeting_meeting"))
		return;
	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_meeting_meetings(e->db, &meetings, e->patient);
	export_csv(e, "meeting.csv", &meetings.set);
	export_meeting_invitations(e->db, &invitations, e->patient);
	export_csv(e, "meeting_invitation.csv", &invitations.set);
	if (export_present(e, "meeting_date")) {
		export_meeting_dates(e->db, &dates, e->patient);
		export_csv(e, "meeting_date.csv", &dates.set);
		export_meeting_votes(e->db, &votes, e->patient);
		export_csv(e, "meeting_vote.csv", &votes.set);
		export_meeting_papers(e->db, &papers, e->patient);
		export_csv(e, "meeting_paper.csv", &papers.set);
	}
	e->bad |= db_end(e->db) != DB_FINE;
}
