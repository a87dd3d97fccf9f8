/*
 * The types of JMA's telegrams. Source: the agency's list of the XML telegrams that
 * it publishes, its samples, and the titles and addresses in its own feeds.
 */
#include "type.h"

#include <string.h>

/* The first title that a telegram's begins with; so the longer stand first. */
static const struct { const char *title, *id; } titles[] = {
	{ "気象特別警報・警報・注意報", "VPWW53" },
	{ "気象警報・注意報（Ｈ２７）", "VPWW54" },
	{ "気象警報・注意報時系列情報", "VPWP50" },
	{ "気象特別警報報知", "VPNO50" },
	{ "特別警報報知", "VPNO50" },
	{ "府県気象防災速報（潮位）", "VPBS51" },
	{ "府県気象防災速報", "VPBS50" },
	{ "土砂災害警戒情報", "VXWW50" },
	{ "記録的短時間大雨情報", "VPOA50" },
	{ "竜巻注意情報（目撃情報付き）", "VPHW51" },
	{ "竜巻注意情報", "VPHW50" },
	{ "早期注意情報（明後日まで）", "VPFD61" },
	{ "早期注意情報（明々後日以降）", "VPFW61" },
	{ "警報級の可能性（明日まで）", "VPFD60" },
	{ "警報級の可能性（明後日以降）", "VPFW60" },
	{ "熱中症警戒アラート", "VPFT50" },
	{ "府県高温注意情報", "VPFT50" },
	{ "地方高温注意情報", "VPCT50" },
	{ "震度速報", "VXSE51" },
	{ "震源に関する情報", "VXSE52" },
	{ "震源・震度に関する情報", "VXSE53" },
	{ "地震の活動状況等に関する情報", "VXSE56" },
	{ "地震回数に関する情報", "VXSE60" },
	{ "顕著な地震の震源要素更新のお知らせ", "VXSE61" },
	{ "長周期地震動に関する観測情報", "VXSE62" },
	{ "津波警報・注意報・予報", "VTSE41" },
	{ "津波情報", "VTSE51" },
	{ "沖合の津波観測に関する情報", "VTSE52" },
	{ "噴火警報・予報", "VFVO50" },
	{ "火山の状況に関する解説情報", "VFVO51" },
	{ "噴火に関する火山観測報", "VFVO52" },
	{ "降灰予報（定時）", "VFVO53" },
	{ "降灰予報（速報）", "VFVO54" },
	{ "降灰予報（詳細）", "VFVO55" },
	{ "噴火速報", "VFVO56" },
	{ "南海トラフ地震臨時情報", "VYSE50" },
	/* Where several types share a title, the name of the file tells them apart. */
	{ "南海トラフ地震関連解説情報", "VYSE51" },
	{ "南海トラフ地震関連解説情報", "VYSE52" },
	{ "北海道・三陸沖後発地震注意情報", "VYSE60" },
	{ "緊急地震速報（警報）", "VXSE43" },
	{ "緊急地震速報（警報）", "VXSE40" },
	{ "緊急地震速報（予報）", "VXSE44" },
	{ "緊急地震速報（予報）", "VXSE41" },
	{ "緊急地震速報（地震動予報）", "VXSE45" },
	{ "地震・津波に関するお知らせ", "VZSE40" },
	/* These two end in a number for the river's office. */
	{ "指定河川洪水予報", "VXKO" },
	{ "水位周知河川に関する情報", "VXSU" },
	{ "火山現象に関する海上警報・海上予報", "VFSV" },
	{ "地方海上警報（Ｈ２８）", "VPCU51" },
	{ "地方海上警報", "VPCU50" },
	{ "全般気象解説情報（潮位）", "VMCJ53" },
	{ "地方気象解説情報（潮位）", "VMCJ54" },
	{ "府県気象解説情報（潮位）", "VMCJ55" },
	{ "全般気象解説情報", "VPZJ51" },
	{ "地方気象解説情報", "VPCJ51" },
	{ "府県気象解説情報", "VPFJ51" },
	{ "全般気象情報", "VPZJ50" },
	{ "地方気象情報", "VPCJ50" },
	{ "府県気象情報", "VPFJ50" },
	{ "全般潮位情報", "VMCJ50" },
	{ "地方潮位情報", "VMCJ51" },
	{ "府県潮位情報", "VMCJ52" },
	{ "全般スモッグ気象情報", "VPZS50" },
	{ "スモッグ気象情報", "VPSG50" },
	{ "全般台風情報（定型）", "VPTI51" },
	{ "全般台風情報（詳細）", "VPTI52" },
	{ "全般台風情報", "VPTI50" },
	/* What is not for people of a town, so that nobody wonders at it. */
	{ "全般海上警報（定時）（Ｈ２９）", "VPZU52" },
	{ "全般海上警報（臨時）（Ｈ２９）", "VPZU53" },
	{ "全般海上警報（定時）", "VPZU50" },
	{ "全般海上警報（臨時）", "VPZU51" },
	{ "地方海上予報（Ｈ２８）", "VPCY51" },
	{ "地方海上予報", "VPCY50" },
	{ "台風解析・予報情報", "VPTW" },
	{ "府県天気予報（Ｒ１）", "VPFD51" },
	{ "府県天気予報", "VPFD50" },
	{ "府県天気概況", "VPFG50" },
	{ "府県週間天気予報", "VPFW50" },
	{ "地方週間天気予報", "VPCW50" },
	{ "全般週間天気予報", "VPZW50" },
	{ "全般季節予報（２週間気温予報）", "VPZK70" },
	{ "地方季節予報（２週間気温予報）", "VPCK70" },
	{ "全般季節予報", "VPZK50" },
	{ "全般１か月予報", "VPZK50" },
	{ "全般３か月予報", "VPZK50" },
	{ "地方季節予報", "VPCK50" },
	{ "地方１か月予報", "VPCK50" },
	{ "地方３か月予報", "VPCK50" },
	{ "早期天候情報", "VPAW51" },
	{ "異常天候早期警戒情報", "VPAW50" },
	{ "全般暖・寒候期予報", "VPZK50" },
	{ "地方暖・寒候期予報", "VPCK50" },
	{ "全般天候情報", "VPZI50" },
	{ "地方天候情報", "VPCI50" },
	{ "府県天候情報", "VPFI50" },
	{ "季節観測", "VGSK50" },
	{ "生物季節観測", "VGSK55" },
	{ "特殊気象報", "VGSK60" },
	{ "台風の暴風域に入る確率", "VPTA" },
	{ "大雨危険度通知", "VPRN50" },
	{ "推定噴煙流向報", "VFVO60" },
	{ "地上実況図", "VZSA50" },
	{ "アジア太平洋地上実況図", "VZSA60" },
	{ "地上２４時間予想図", "VZSF50" },
	{ "地上４８時間予想図", "VZSF51" },
	{ "アジア太平洋海上悪天２４時間予想図", "VZSF60" },
	{ "アジア太平洋海上悪天４８時間予想図", "VZSF61" },
	{ "緊急地震速報配信テスト", "VXSE42" },
	{ "緊急地震速報テスト", "VXSE42" },
	{ "火山に関するお知らせ", "VZVO40" },
};

/* The warnings of 2026 have a telegram a phenomenon, named at the title's end. */
static const struct { const char *end, *id; } phenomena[] = {
	{ "（大雨）", "VPWW55" }, { "（土砂）", "VPWW56" }, { "（高潮）", "VPWW57" },
	{ "（暴風）", "VPWW58" }, { "（波浪）", "VPWW59" }, { "（大雪）", "VPWW60" },
	{ "（その他注意報）", "VPWW61" }, { "（集約通報）", "VPWS50" },
};

const char *
type_of_title(const char *title)
{
	static const char warnings[] = "気象警報・注意報";
	size_t n = title == NULL ? 0 : strlen(title);

	if (n == 0)
		return NULL;
	for (size_t i = 0; strncmp(title, warnings, sizeof warnings - 1) == 0 &&
	    i < sizeof phenomena / sizeof *phenomena; i++) {
		size_t end = strlen(phenomena[i].end);

		if (n > end && strcmp(title + n - end, phenomena[i].end) == 0)
			return phenomena[i].id;
	}
	if (strcmp(title, warnings) == 0)
		return "VPWW50";
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (strncmp(title, titles[i].title,
		    strlen(titles[i].title)) == 0)
			return titles[i].id;
	return NULL;
}

const char *
type_id(size_t n)
{
	size_t first = sizeof titles / sizeof *titles;

	if (n < first)
		return titles[n].id;
	n -= first;
	return n < sizeof phenomena / sizeof *phenomena ? phenomena[n].id :
	    n == sizeof phenomena / sizeof *phenomena ? "VPWW50" : NULL;
}

int
type_is_word(const char *p, size_t n)
{
	return n == TYPE_BYTES - 1 &&
	    strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 4 &&
	    strspn(p + 4, "0123456789") == 2;
}

/* The id that the word is, or that stands for all that begin so, as VXKO. */
static const char *
id_of(const char *word)
{
	const char *id;

	for (size_t i = 0; (id = type_id(i)) != NULL; i++)
		if (strncmp(word, id, strlen(id)) == 0)
			return id;
	return NULL;
}

const char *
type_of_place(const char *place)
{
	const char *p = place == NULL ? NULL : strrchr(place, '/');
	const char *id = NULL;

	for (p = p == NULL ? place : p + 1; p != NULL && *p != '\0' &&
	    id == NULL;) {
		size_t n = strcspn(p, "_.");

		if (type_is_word(p, n))
			id = id_of(p);
		p += n + strspn(p + n, "_.");
	}
	return id;
}
