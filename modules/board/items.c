#include "items.h"

#include <stdlib.h>

/* Answers, from 1, joined by a stroke. */
#define NONE_SOME "ない|ある"
#define CAN_HOLD "つかまらないでできる|何かにつかまればできる|できない"
#define CAN_LEAN "支えなしでできる|何か支えがあればできる|できない"
#define CARE4 "介助されていない|見守り等|一部介助|全介助"
#define CARE3 "介助されていない|一部介助|全介助"
#define ABLE "できる|できない"
#define OFTEN "ない|ときどきある|ある"

#define HELP4 "支援が不要|見守り等の支援が必要|部分的な支援が必要|全面的な支援が必要"
#define HELP3 "支援が不要|部分的な支援が必要|全面的な支援が必要"
#define DAILY "支援が不要|希に支援が必要|月に1回以上の支援が必要|週に1回以上の支援が必要|ほぼ毎日支援が必要"

struct item { const char *number, *name, *answers; };

/* Where a group begins; the last is the end. */
struct group { const char *name; int from; };

static const struct item care_items[] = {
	{ "1-1", "麻痺（左上肢）", NONE_SOME }, { "1-1", "麻痺（右上肢）", NONE_SOME },
	{ "1-1", "麻痺（左下肢）", NONE_SOME }, { "1-1", "麻痺（右下肢）", NONE_SOME },
	{ "1-1", "麻痺（その他）", NONE_SOME },
	{ "1-2", "拘縮（肩関節）", NONE_SOME }, { "1-2", "拘縮（股関節）", NONE_SOME },
	{ "1-2", "拘縮（膝関節）", NONE_SOME }, { "1-2", "拘縮（その他）", NONE_SOME },
	{ "1-3", "寝返り", CAN_HOLD }, { "1-4", "起き上がり", CAN_HOLD },
	{ "1-5", "座位保持", "できる|自分の手で支えればできる|支えてもらえればできる|できない" },
	{ "1-6", "両足での立位保持", CAN_LEAN }, { "1-7", "歩行", CAN_HOLD },
	{ "1-8", "立ち上がり", CAN_HOLD }, { "1-9", "片足での立位", CAN_LEAN },
	{ "1-10", "洗身", "介助されていない|一部介助|全介助|行っていない" },
	{ "1-11", "つめ切り", CARE3 },
	{ "1-12", "視力", "普通|1m先が見える|目の前が見える|ほとんど見えない|判断不能" },
	{ "1-13", "聴力", "普通|やっと聞き取れる|大きな声なら聞き取れる|ほとんど聞こえない|判断不能" },
	{ "2-1", "移乗", CARE4 }, { "2-2", "移動", CARE4 },
	{ "2-3", "えん下", "できる|見守り等|できない" }, { "2-4", "食事摂取", CARE4 },
	{ "2-5", "排尿", CARE4 }, { "2-6", "排便", CARE4 },
	{ "2-7", "口腔清潔", CARE3 }, { "2-8", "洗顔", CARE3 }, { "2-9", "整髪", CARE3 },
	{ "2-10", "上衣の着脱", CARE4 }, { "2-11", "ズボン等の着脱", CARE4 },
	{ "2-12", "外出頻度", "週1回以上|月1回以上|月1回未満" },
	{ "3-1", "意思の伝達", "できる|ときどきできる|ほとんどできない|できない" },
	{ "3-2", "毎日の日課を理解", ABLE }, { "3-3", "生年月日や年齢を言う", ABLE },
	{ "3-4", "短期記憶", ABLE }, { "3-5", "自分の名前を言う", ABLE },
	{ "3-6", "今の季節を理解", ABLE }, { "3-7", "場所の理解", ABLE },
	{ "3-8", "徘徊", OFTEN }, { "3-9", "外出すると戻れない", OFTEN },
	{ "4-1", "被害的", OFTEN }, { "4-2", "作話", OFTEN }, { "4-3", "感情が不安定", OFTEN },
	{ "4-4", "昼夜逆転", OFTEN }, { "4-5", "同じ話をする", OFTEN },
	{ "4-6", "大声を出す", OFTEN }, { "4-7", "介護に抵抗", OFTEN },
	{ "4-8", "落ち着きなし", OFTEN }, { "4-9", "一人で出たがる", OFTEN },
	{ "4-10", "収集癖", OFTEN }, { "4-11", "物や衣類を壊す", OFTEN },
	{ "4-12", "ひどい物忘れ", OFTEN }, { "4-13", "独り言・独り笑い", OFTEN },
	{ "4-14", "自分勝手に行動する", OFTEN }, { "4-15", "話がまとまらない", OFTEN },
	{ "5-1", "薬の内服", CARE3 }, { "5-2", "金銭の管理", CARE3 },
	{ "5-3", "日常の意思決定", "できる|特別な場合を除いてできる|日常的に困難|できない" },
	{ "5-4", "集団への不適応", OFTEN }, { "5-5", "買い物", CARE4 },
	{ "5-6", "簡単な調理", CARE4 },
	{ "6", "点滴の管理", NONE_SOME }, { "6", "中心静脈栄養", NONE_SOME },
	{ "6", "透析", NONE_SOME }, { "6", "ストーマの処置", NONE_SOME },
	{ "6", "酸素療法", NONE_SOME }, { "6", "レスピレーター", NONE_SOME },
	{ "6", "気管切開の処置", NONE_SOME }, { "6", "疼痛の看護", NONE_SOME },
	{ "6", "経管栄養", NONE_SOME }, { "6", "モニター測定", NONE_SOME },
	{ "6", "じょくそうの処置", NONE_SOME }, { "6", "カテーテル", NONE_SOME }
};

static const struct group care_groups[] = {
	{ "第1群　身体機能・起居動作", 0 }, { "第2群　生活機能", 20 },
	{ "第3群　認知機能", 32 }, { "第4群　精神・行動障害", 41 },
	{ "第5群　社会生活への適応", 56 },
	{ "過去14日間の特別な医療", 62 }, { NULL, 74 }
};

static const struct item support_items[] = {
	{ "1-1", "寝返り", HELP4 }, { "1-2", "起き上がり", HELP4 }, { "1-3", "座位保持", HELP4 },
	{ "1-4", "移乗", HELP4 }, { "1-5", "立ち上がり", HELP4 }, { "1-6", "両足での立位保持", HELP4 },
	{ "1-7", "片足での立位保持", HELP4 }, { "1-8", "歩行", HELP4 }, { "1-9", "移動", HELP4 },
	{ "1-10", "衣服の着脱", HELP4 }, { "1-11", "じょくそう", NONE_SOME },
	{ "1-12", "えん下", "支援が不要|見守り等の支援が必要|全面的な支援が必要" },
	{ "2-1", "食事", HELP3 }, { "2-2", "口腔清潔", HELP3 }, { "2-3", "入浴", HELP3 },
	{ "2-4", "排尿", HELP3 }, { "2-5", "排便", HELP3 }, { "2-6", "健康・栄養管理", HELP3 },
	{ "2-7", "薬の管理", HELP3 }, { "2-8", "金銭の管理", HELP3 }, { "2-9", "電話等の利用", HELP3 },
	{ "2-10", "日常の意思決定", HELP3 }, { "2-11", "危険の認識", HELP3 }, { "2-12", "調理", HELP3 },
	{ "2-13", "掃除", HELP3 }, { "2-14", "洗濯", HELP3 }, { "2-15", "買い物", HELP3 },
	{ "2-16", "交通手段の利用", HELP3 },
	{ "3-1", "視力", "日常生活に支障がない|約1m離れた図が見える|目の前の図が見える|ほとんど見えていない|全く見えない|判断不能" },
	{ "3-2", "聴力", "日常生活に支障がない|普通の声がやっと聞き取れる|かなり大きな声なら聞き取れる|ほとんど聞こえない|全く聞こえない|判断不能" },
	{ "3-3", "コミュニケーション", "日常生活に支障がない|特定の者であればできる|会話以外の方法でできる|独自の方法でできる|できない" },
	{ "3-4", "説明の理解", "理解できる|理解できない|判断できない" }, { "3-5", "読み書き", HELP3 },
	{ "3-6", "感覚過敏・感覚鈍麻", NONE_SOME }, { "4-1", "被害的・拒否的", DAILY },
	{ "4-2", "作話", DAILY }, { "4-3", "感情が不安定", DAILY }, { "4-4", "昼夜逆転", DAILY },
	{ "4-5", "暴言暴行", DAILY }, { "4-6", "同じ話をする", DAILY },
	{ "4-7", "大声・奇声を出す", DAILY }, { "4-8", "支援の拒否", DAILY }, { "4-9", "徘徊", DAILY },
	{ "4-10", "落ち着きがない", DAILY }, { "4-11", "外出して戻れない", DAILY },
	{ "4-12", "1人で出たがる", DAILY }, { "4-13", "収集癖", DAILY },
	{ "4-14", "物や衣類を壊す", DAILY }, { "4-15", "不潔行為", DAILY }, { "4-16", "異食行動", DAILY },
	{ "4-17", "ひどい物忘れ", DAILY }, { "4-18", "こだわり", DAILY },
	{ "4-19", "多動・行動停止", DAILY }, { "4-20", "不安定な行動", DAILY },
	{ "4-21", "自らを傷つける行為", DAILY }, { "4-22", "他人を傷つける行為", DAILY },
	{ "4-23", "不適切な行為", DAILY }, { "4-24", "突発的な行動", DAILY },
	{ "4-25", "過食・反すう等", DAILY }, { "4-26", "そう鬱状態", DAILY },
	{ "4-27", "反復的行動", DAILY }, { "4-28", "対人面の不安緊張", DAILY },
	{ "4-29", "意欲が乏しい", DAILY }, { "4-30", "話がまとまらない", DAILY },
	{ "4-31", "集中力が続かない", DAILY }, { "4-32", "自己の過大評価", DAILY },
	{ "4-33", "集団への不適応", DAILY }, { "4-34", "多飲水・過飲水", DAILY },
	{ "5-1", "点滴の管理", NONE_SOME }, { "5-2", "中心静脈栄養", NONE_SOME },
	{ "5-3", "透析", NONE_SOME }, { "5-4", "ストーマの処置", NONE_SOME },
	{ "5-5", "酸素療法", NONE_SOME }, { "5-6", "レスピレーター", NONE_SOME },
	{ "5-7", "気管切開の処置", NONE_SOME }, { "5-8", "疼痛の看護", NONE_SOME },
	{ "5-9", "経管栄養", NONE_SOME }, { "5-10", "モニター測定", NONE_SOME },
	{ "5-11", "じょくそうの処置", NONE_SOME }, { "5-12", "カテーテル", NONE_SOME }
};

static const struct group support_groups[] = {
	{ "移動や動作等", 0 }, { "身の回りの世話や日常生活等", 12 },
	{ "意思疎通等", 28 }, { "行動障害", 34 }, { "特別な医療", 68 }, { NULL, 80 }
};

/* The form that a scheme's survey has. */
struct form { const struct item *items; const struct group *groups; };

static const struct form forms[] = {
	{ care_items, care_groups }, { support_items, support_groups }
};

static const struct form *
form_of(const struct scheme *c)
{
	return &forms[c == scheme_at(0) ? 0 : 1];
}

const char *
item_name(struct arena *mem, const struct scheme *c, int item)
{
	const struct item *of = form_of(c)->items;

	if (item < 1 || item > c->items)
		return NULL;
	return arena_printf(mem, "%s %s", of[item - 1].number,
	    of[item - 1].name);
}

/* The n-th of the answers, from 1; "" when there are not so many. */
static const char *
answer_of(struct arena *mem, const char *answers, int n)
{
	for (; n > 1; n--) {
		answers += strcspn(answers, "|");
		if (*answers++ == '\0')
			return "";
	}
	return n < 1 ? "" : arena_copy(mem, answers, strcspn(answers, "|"));
}

/* A group of the form with its answers. */
static void
put_group(struct req *r, struct model *of, const struct item *items, int from,
    int to, const char *answers)
{
	int marked = 0;

	for (int i = from; i < to; i++) {
		struct model *o = put_item(of, "items");

		put_text(o, "number", items[i].number);
		put_text(o, "name", items[i].name);
		put_text(o, "answer", answer_of(r->mem, items[i].answers,
		    answers[i] - '0'));
		put_bool(o, "marked", answers[i] != '1');
		marked += answers[i] != '1';
	}
	put_i64(of, "marked", marked);
}

void
put_items_of(struct req *r, struct model *m, const struct scheme *c,
    const char *answers)
{
	const struct form *f = form_of(c);

	put_i64(m, "item_count", c->items);
	put_items(m, "groups");
	if (answers == NULL || strlen(answers) != (size_t)c->items)
		return;
	for (int g = 0; f->groups[g].name != NULL; g++) {
		struct model *of = put_item(m, "groups");

		put_text(of, "name", f->groups[g].name);
		put_group(r, of, f->items, f->groups[g].from,
		    f->groups[g + 1].from, answers);
	}
}

void
put_item_choices(struct req *r, struct model *m, const struct scheme *c)
{
	for (int i = 1; i <= c->items; i++) {
		struct model *o = put_item(m, "choices");

		put_i64(o, "item", i);
		put_text(o, "name", item_name(r->mem, c, i));
	}
}
