#include "profession.h"

#include "page.h"

#include <string.h>

/* The writing rights hold the lesser ones. */
enum {
	VIEW = RIGHT_VIEW,
	CARE = RIGHT_CARE | VIEW,
	MEDICAL = RIGHT_MEDICAL | CARE
};

static const struct profession professions[] = {
	/* code, Japanese, English, rights, import_only */
	{ "010", N_("医師"), "Physician",
	    MEDICAL, false },
	{ "020", N_("歯科医師"), "Dentist",
	    MEDICAL, false },
	{ "030", N_("薬剤師"), "Pharmacist",
	    MEDICAL, false },
	{ "040", N_("看護師"), "Nurse",
	    MEDICAL, false },
	{ "050", N_("准看護師"), "Assistant nurse",
	    MEDICAL, false },
	{ "060", N_("保健師"), "Public health nurse",
	    MEDICAL, false },
	{ "070", N_("助産師"), "Midwife",
	    MEDICAL, false },
	{ "080", N_("理学療法士"), "Physical therapist",
	    MEDICAL, false },
	{ "090", N_("作業療法士"), "Occupational therapist",
	    MEDICAL, false },
	{ "100", N_("言語聴覚士"), "Speech-language-hearing therapist",
	    MEDICAL, false },
	{ "110", N_("柔道整復師"), "Judo therapist",
	    CARE, false },
	{ "120", N_("あん摩マッサージ指圧師"), "Massage/shiatsu practitioner",
	    CARE, false },
	{ "125", N_("はり師・きゅう師"), "Acupuncture/moxibustion practitioner",
	    CARE, false },
	{ "130", N_("歯科衛生士"), "Dental hygienist",
	    MEDICAL, false },
	{ "140", N_("精神保健福祉士"), "Psychiatric social worker",
	    CARE, false },
	{ "150", N_("介護支援専門員"), "Care manager",
	    CARE, false },
	{ "160", N_("社会福祉士"), "Certified social worker",
	    CARE, false },
	{ "170", N_("介護福祉士"), "Certified care worker",
	    CARE, false },
	{ "180", N_("福祉用具専門相談員"), "Assistive-device adviser",
	    CARE, false },
	{ "190", N_("管理栄養士"), "Registered dietitian",
	    MEDICAL, false },
	{ "200", N_("栄養士"), "Dietitian",
	    CARE, false },
	{ "210", N_("その他"), "Other",
	    VIEW, false },
	{ "999", N_("不明"), "Unknown",
	    VIEW, true },
	{ "300", N_("主任介護支援専門員"), "Senior care manager",
	    CARE, false },
	{ "301", N_("訪問介護員（ホームヘルパー）"), "Home helper",
	    CARE, false },
	{ "302", N_("介護職員（資格なし）"), "Care staff",
	    CARE, false },
	{ "303", N_("生活相談員"), "Life consultant (day service)",
	    CARE, false },
	{ "304", N_("相談支援専門員"), "Disability consultation specialist",
	    CARE, false },
	{ "305", N_("医療ソーシャルワーカー"), "Medical social worker",
	    CARE, false },
	{ "306", N_("公認心理師"), "Certified public psychologist",
	    CARE, false },
	{ "307", N_("認知症地域支援推進員"), "Dementia community promoter",
	    CARE, false },
	{ "308", N_("生活支援コーディネーター"), "Life-support coordinator",
	    VIEW, false },
	{ "309", N_("地域包括支援センター職員"),
	    "Community general support centre staff",
	    CARE, false },
	{ "310", N_("救急救命士"), "Emergency life-saving technician",
	    RIGHT_EMERGENCY, false },
	{ "311", N_("救急隊員"), "Ambulance crew",
	    RIGHT_EMERGENCY, false },
	{ "312", N_("消防指令員"), "Fire dispatcher",
	    RIGHT_EMERGENCY, false },
	{ "320", N_("臨床検査技師"), "Clinical laboratory technologist",
	    MEDICAL, false },
	{ "321", N_("診療放射線技師"), "Radiological technologist",
	    MEDICAL, false },
	{ "322", N_("臨床工学技士"), "Clinical engineer",
	    MEDICAL, false },
	{ "323", N_("義肢装具士"), "Prosthetist/orthotist",
	    CARE, false },
	{ "324", N_("視能訓練士"), "Orthoptist",
	    MEDICAL, false },
	{ "325", N_("歯科技工士"), "Dental technician",
	    CARE, false },
	{ "330", N_("医療事務"), "Medical clerk",
	    VIEW, false },
	{ "331", N_("行政職員（福祉）"), "Municipal officer",
	    VIEW | RIGHT_ADMIN, false },
	{ "332", N_("行政職員（防災）"), "Disaster officer",
	    VIEW | RIGHT_ADMIN, false },
	{ "333", N_("民生委員・児童委員"), "Community welfare volunteer",
	    RIGHT_CONSENTED, false },
	{ "334", N_("社会福祉協議会職員"), "Social welfare council staff",
	    VIEW, false },
	{ "335", N_("配食・見守り事業者"), "Meal/monitoring provider",
	    VIEW, false },
	{ "340", N_("認定審査会委員"), "Review-board member",
	    RIGHT_BOARD, false },
	{ "341", N_("審査会事務局"), "Review-board secretariat",
	    RIGHT_BOARD | RIGHT_BOARD_ADMIN, false },
	{ "350", N_("本人・家族"), "Person / family",
	    RIGHT_OWN_PAGE, false },
};

enum { COUNT = sizeof professions / sizeof professions[0] };

const struct profession *
profession_at(size_t i)
{
	return i < COUNT ? &professions[i] : NULL;
}

const struct profession *
profession_find(const char *code)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(professions[i].code, code) == 0)
			return &professions[i];
	return NULL;
}

/* The profession whose code begins here; the list goes on behind it, or ends. */
static const struct profession *
next_of(const char **codes)
{
	char code[4] = "";
	size_t n = strcspn(*codes, ",");

	if (n < sizeof code)
		memcpy(code, *codes, n);
	*codes += n + ((*codes)[n] == ',');
	return profession_find(code);
}

unsigned
profession_rights(const char *codes)
{
	unsigned rights = 0;

	while (*codes != '\0') {
		const struct profession *p = next_of(&codes);

		rights |= p == NULL ? 0 : p->rights;
	}
	return rights;
}

const char *
profession_among(const char *codes, const char *wanted)
{
	while (*codes != '\0') {
		const struct profession *p = next_of(&codes);

		for (const char *at = wanted; p != NULL && *at != '\0'; )
			if (next_of(&at) == p)
				return p->code;
	}
	return NULL;
}

const char *
profession_name(const char *code)
{
	const struct profession *p = profession_find(code);

	return p == NULL ? "" : p->ja;
}
