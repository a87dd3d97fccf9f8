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

static const struct { const char *number, *name, *answers; } items[ITEMS] = {
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

/* Where each group begins; the last is the end. */
static const struct { const char *name; int from; } groups[] = {
	{ "第1群　身体機能・起居動作", 0 }, { "第2群　生活機能", 20 },
	{ "第3群　認知機能", 32 }, { "第4群　精神・行動障害", 41 },
	{ "第5群　社会生活への適応", 56 },
	{ "過去14日間の特別な医療", 62 }, { NULL, ITEMS }
};

const char *
item_name(struct arena *mem, int item)
{
	if (item < 1 || item > ITEMS)
		return NULL;
	return arena_printf(mem, "%s %s", items[item - 1].number,
	    items[item - 1].name);
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

void
put_items_of(struct req *r, struct model *m, const char *answers)
{
	put_items(m, "groups");
	if (answers == NULL || strlen(answers) != ITEMS)
		return;
	for (int g = 0; groups[g].name != NULL; g++) {
		struct model *of = put_item(m, "groups");
		int marked = 0;

		put_text(of, "name", groups[g].name);
		for (int i = groups[g].from; i < groups[g + 1].from; i++) {
			struct model *o = put_item(of, "items");

			put_text(o, "number", items[i].number);
			put_text(o, "name", items[i].name);
			put_text(o, "answer", answer_of(r->mem,
			    items[i].answers, answers[i] - '0'));
			put_bool(o, "marked", answers[i] != '1');
			marked += answers[i] != '1';
		}
		put_i64(of, "marked", marked);
	}
}

void
put_item_choices(struct req *r, struct model *m)
{
	for (int i = 1; i <= ITEMS; i++) {
		struct model *o = put_item(m, "choices");

		put_i64(o, "item", i);
		put_text(o, "name", item_name(r->mem, i));
	}
}
