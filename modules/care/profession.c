#include "profession.h"

/* The writing rights hold the lesser ones. */
enum {
	VIEW = RIGHT_VIEW,
	CARE = RIGHT_CARE | VIEW,
	MEDICAL = RIGHT_MEDICAL | CARE
};

static const struct profession professions[] = {
	/* code, Japanese, English, rights, import_only */
	{ "010", "医師", "Physician",
	    MEDICAL, false },
	{ "020", "歯科医師", "Dentist",
	    MEDICAL, false },
	{ "030", "薬剤師", "Pharmacist",
	    MEDICAL, false },
	{ "040", "看護師", "Nurse",
	    MEDICAL, false },
	{ "050", "准看護師", "Assistant nurse",
	    MEDICAL, false },
	{ "060", "保健師", "Public health nurse",
	    MEDICAL, false },
	{ "070", "助産師", "Midwife",
	    MEDICAL, false },
	{ "080", "理学療法士", "Physical therapist",
	    MEDICAL, false },
	{ "090", "作業療法士", "Occupational therapist",
	    MEDICAL, false },
	{ "100", "言語聴覚士", "Speech-language-hearing therapist",
	    MEDICAL, false },
	{ "110", "柔道整復師", "Judo therapist",
	    CARE, false },
	{ "120", "あん摩マッサージ指圧師", "Massage/shiatsu practitioner",
	    CARE, false },
	{ "125", "はり師・きゅう師", "Acupuncture/moxibustion practitioner",
	    CARE, false },
	{ "130", "歯科衛生士", "Dental hygienist",
	    MEDICAL, false },
	{ "140", "精神保健福祉士", "Psychiatric social worker",
	    CARE, false },
	{ "150", "介護支援専門員", "Care manager",
	    CARE, false },
	{ "160", "社会福祉士", "Certified social worker",
	    CARE, false },
	{ "170", "介護福祉士", "Certified care worker",
	    CARE, false },
	{ "180", "福祉用具専門相談員", "Assistive-device adviser",
	    CARE, false },
	{ "190", "管理栄養士", "Registered dietitian",
	    MEDICAL, false },
	{ "200", "栄養士", "Dietitian",
	    CARE, false },
	{ "210", "その他", "Other",
	    VIEW, false },
	{ "999", "不明", "Unknown",
	    VIEW, true },
	{ "300", "主任介護支援専門員", "Senior care manager",
	    CARE, false },
	{ "301", "訪問介護員（ホームヘルパー）", "Home helper",
	    CARE, false },
	{ "302", "介護職員（資格なし）", "Care staff",
	    CARE, false },
	{ "303", "生活相談員", "Life consultant (day service)",
	    CARE, false },
	{ "304", "相談支援専門員", "Disability consultation specialist",
	    CARE, false },
	{ "305", "医療ソーシャルワーカー", "Medical social worker",
	    CARE, false },
	{ "306", "公認心理師", "Certified public psychologist",
	    CARE, false },
	{ "307", "認知症地域支援推進員", "Dementia community promoter",
	    CARE, false },
	{ "308", "生活支援コーディネーター", "Life-support coordinator",
	    VIEW, false },
	{ "309", "地域包括支援センター職員",
	    "Community general support centre staff",
	    CARE, false },
	{ "310", "救急救命士", "Emergency life-saving technician",
	    RIGHT_EMERGENCY, false },
	{ "311", "救急隊員", "Ambulance crew",
	    RIGHT_EMERGENCY, false },
	{ "312", "消防指令員", "Fire dispatcher",
	    RIGHT_EMERGENCY, false },
	{ "320", "臨床検査技師", "Clinical laboratory technologist",
	    MEDICAL, false },
	{ "321", "診療放射線技師", "Radiological technologist",
	    MEDICAL, false },
	{ "322", "臨床工学技士", "Clinical engineer",
	    MEDICAL, false },
	{ "323", "義肢装具士", "Prosthetist/orthotist",
	    CARE, false },
	{ "324", "視能訓練士", "Orthoptist",
	    MEDICAL, false },
	{ "325", "歯科技工士", "Dental technician",
	    CARE, false },
	{ "330", "医療事務", "Medical clerk",
	    VIEW, false },
	{ "331", "行政職員（福祉）", "Municipal officer",
	    VIEW | RIGHT_ADMIN, false },
	{ "332", "行政職員（防災）", "Disaster officer",
	    VIEW | RIGHT_ADMIN, false },
	{ "333", "民生委員・児童委員", "Community welfare volunteer",
	    RIGHT_CONSENTED, false },
	{ "334", "社会福祉協議会職員", "Social welfare council staff",
	    VIEW, false },
	{ "335", "配食・見守り事業者", "Meal/monitoring provider",
	    VIEW, false },
	{ "340", "認定審査会委員", "Review-board member",
	    RIGHT_BOARD, false },
	{ "341", "審査会事務局", "Review-board secretariat",
	    RIGHT_BOARD | RIGHT_BOARD_ADMIN, false },
	{ "350", "本人・家族", "Person / family",
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
