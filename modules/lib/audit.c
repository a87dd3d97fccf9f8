#include "audit.h"

#include "audit_sql.h"
#include "journal_record.h"

void
audit_insert(struct db *db, const struct audit_record *r)
{
	char program[RECORD_PROGRAM + 1], method[RECORD_METHOD + 1];
	char route[RECORD_ROUTE + 1], purpose[RECORD_PURPOSE + 1];
	char subjects[RECORD_SUBJECTS_TEXT];
	const struct audit *a = &r->a;

	audit_record_change(db, r->at, &r->request,
	    record_text(program, RECORD_PROGRAM, r->program),
	    record_text(method, RECORD_METHOD, r->method),
	    record_text(route, RECORD_ROUTE, r->route), r->status, r->outcome,
	    a->network, a->user, a->office, a->device, a->subject,
	    record_text(purpose, RECORD_PURPOSE, a->purpose), a->stand_in != 0,
	    record_subjects(a, subjects));
}
