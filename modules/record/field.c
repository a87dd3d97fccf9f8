#include "field.h"

#include "profession.h"
#include "record.h"
#include "record_sql.h"
#include "viewer.h"

const struct field fields[] = {
	/* name label section right none hint */
	{ "allergies", N_("アレルギー"), 1, RIGHT_MEDICAL, N_("アレルギーはない"), NULL },
	{ "medications", N_("くすり"), 1, RIGHT_MEDICAL, N_("飲んでいる薬はない"), NULL },
	{ "equipment", N_("在宅医療機器"), 1, RIGHT_CARE, N_("機器は使っていない"), NULL },
	{ "health_conditions", N_("病気・既往歴"), 1, RIGHT_MEDICAL, N_("病気・既往歴はない"), NULL },
	{ "advance_directives", N_("本人の願い（事前指示・人生会議）"), 1, RIGHT_MEDICAL,
	    N_("書いたものはない"), NULL },
	{ "emergency_contacts", N_("緊急連絡先"), 1, RIGHT_CARE, N_("連絡できる人がいない"), NULL },
	{ "infection", N_("感染症の注意"), 0, RIGHT_MEDICAL, N_("なし"),
	    N_("例　MRSA（2026年3月、喀痰）。手袋とマスク") },
	{ "independence_physical", N_("障害高齢者の日常生活自立度"), 0, RIGHT_CARE, N_("自立"),
	    N_("例　B2") },
	{ "independence_cognitive", N_("認知症高齢者の日常生活自立度"), 0, RIGHT_CARE, N_("自立"),
	    N_("例　Ⅱb") },
	{ "mobility", N_("移動・移乗"), 0, RIGHT_CARE, N_("助けは要らない"),
	    N_("例　屋内は歩行器。立ち上がりに一部介助") },
	{ "eating", N_("食事・飲みこみ"), 0, RIGHT_CARE, N_("助けは要らない"),
	    N_("例　きざみ食、とろみ中。左の麻痺で食べこぼす") },
	{ "toileting", N_("排泄"), 0, RIGHT_CARE, N_("助けは要らない"),
	    N_("例　日中はポータブルトイレ、夜間はおむつ") },
	{ "bathing", N_("入浴・清潔"), 0, RIGHT_CARE, N_("助けは要らない"),
	    N_("例　週2回、通所で機械浴") },
	{ "communication", N_("会話・意思の伝え方"), 0, RIGHT_CARE, N_("支障はない"),
	    N_("例　うなずきで答える。右の耳もとでゆっくり") },
	{ "vision_hearing", N_("見え方・聞こえ方"), 0, RIGHT_CARE, N_("支障はない"),
	    N_("例　左耳に補聴器。白内障で暗い所は見えにくい") },
	{ "behaviour", N_("認知・行動"), 0, RIGHT_CARE, N_("気になることはない"),
	    N_("例　夕方に外へ出ようとする。声をかけると落ちつく") },
	{ "family_caregiver", N_("家族と介護"), 0, RIGHT_CARE, N_("介護する家族はいない"),
	    N_("例　長女が同居、日中は仕事。腰痛あり") },
	{ "dwelling", N_("住まい・入り方"), 0, RIGHT_CARE, N_("特になし"),
	    N_("例　3階、エレベーターなし。玄関は段差30cm") },
	{ "preferred_hospital", N_("搬送先の希望"), 0, RIGHT_MEDICAL, N_("希望はない"),
	    N_("例　かかりつけの病院（診察券番号は保険証の袋）") },
	{ "blood_group", N_("血液型（参考。輸血には使えません）"), 0, RIGHT_MEDICAL,
	    N_("検査したことがない"),
	    N_("例　A型 Rh＋（2024年3月、町立病院の検査票）。聞いただけなら、だれから") },
	{ 0 }
};

const struct field *
field_find(const char *name)
{
	for (const struct field *f = fields; f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

void
field_note(struct req *r, const struct field *f, const char *state,
    const char *value, int64_t replaces)
{
	record_add_field(r->db, viewer_patient(r), req_ref(r, 1), f->name,
	    state, value, replaces, r->viewer->user, record_writer(r),
	    r->viewer->profession, r->now);
}

void
field_follow(struct req *r, const struct field *f, int present)
{
	const struct field_row *was;

	record_field(r->db, &was, viewer_patient(r), f->name);
	if (was != NULL && strcmp(was->state, present ? "none" : "present") == 0)
		field_note(r, f, "not_asked", NULL, was->field_id);
}
