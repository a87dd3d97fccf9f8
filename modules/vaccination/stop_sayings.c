/* What is asked, and what stops, in words: questions first. */
#include "stop.h"

#include "page.h"

#include <string.h>

static const struct question_row questions[] = {
	[Q_LEAFLET] = { "leaflet", N_("説明書を読んで、効果と副反応がわかりましたか"), 0 },
	[Q_ILLNESS] = { "illness", N_("いま、何か病気にかかって、治療を受けていますか（心臓・腎臓・肝臓・血液など）"), 1 },
	[Q_IMMUNOSUPPRESSED] = { "immunosuppressed", N_("免疫がはたらきにくくなる病気や、薬（ステロイド・抗がん剤など）はありますか"), 1 },
	[Q_BLEEDING] = { "bleeding", N_("血が止まりにくい病気や、血をさらさらにする薬はありますか"), 1 },
	[Q_DOCTOR_AGREED] = { "doctor_agreed", N_("主治医に、接種してよいと言われましたか"), 0 },
	[Q_RECENT_ILLNESS] = { "recent_illness", N_("この1か月に、熱が出たり病気にかかったりしましたか"), 1 },
	[Q_UNWELL] = { "unwell", N_("きょう、体に具合の悪いところがありますか"), 1 },
	[Q_CONVULSION] = { "convulsion", N_("けいれん（ひきつけ）を起こしたことがありますか"), 1 },
	[Q_SEVERE_ALLERGY] = { "severe_allergy", N_("薬や食べもので、重いアレルギー（アナフィラキシーなど）になったことがありますか"), 1 },
	[Q_COMPONENT_ALLERGY] = { "component_allergy", N_("このワクチンにふくまれる成分で、アナフィラキシーになったことがありますか"), 1 },
	[Q_PAST_REACTION] = { "past_reaction", N_("これまでの予防接種で、具合が悪くなったことがありますか"), 1 },
	[Q_FAINTING] = { "fainting", N_("注射や採血で、気分が悪くなったり倒れたりしたことがありますか"), 1 },
	[Q_PREGNANT] = { "pregnant", N_("妊娠しているか、その可能性、または授乳中ですか"), 1 },
	[Q_RECENT_VACCINE] = { "recent_vaccine", N_("2週間以内に、ほかの予防接種を受けましたか"), 1 },
	[Q_HAS_QUESTION] = { "has_question", N_("きょうの接種について、聞きたいことがありますか"), 0 },
};

static const struct stop_row all[] = {
	[STOP_UNANSWERED] = { "unanswered", "B4",
	  N_("まだ答えのない質問があります"), 0 },
	[STOP_NO_TEMPERATURE] = { "no_temperature", "B4",
	  N_("体温が測られていません"), 0 },
	[STOP_NOT_WISHED] = { "not_wished", "B4",
	  N_("本人が接種を希望していません"), 0 },
	[STOP_NO_SIGNER] = { "no_signer", "B4",
	  N_("代わりに署名した人の名前と続柄、理由が要ります"), 0 },
	[STOP_INTENT] = { "intent", "B4",
	  N_("本人の意思を、だれが確かめたかが要ります"), 0 },
	[STOP_NO_SCREENING] = { "no_screening", "B4",
	  N_("予診票がありません"), 0 },
	[STOP_SCREENED_ANOTHER_DAY] = { "screened_another_day", "B4",
	  N_("予診票が、きょうのものではありません"), 0 },
	[STOP_NOT_A_DOCTOR] = { "not_a_doctor", "B4",
	  N_("予診の判断ができるのは医師だけです"), 0 },
	[STOP_REMOTE] = { "remote", "B4",
	  N_("この町では、離れたところからの予診は認められていません"), 0 },
	[STOP_NOT_EXPLAINED] = { "not_explained", "B4",
	  N_("効果・副反応・救済制度の説明がまだです"), 0 },
	[STOP_FEVER_STOP] = { "fever", "B4",
	  N_("明らかな発熱（37.5℃以上）があります。測りなおせます"), 0 },
	[STOP_ACUTE_ILLNESS] = { "acute_illness", "B4",
	  N_("重い急性の病気にかかっています"), 0 },
	[STOP_COMPONENT] = { "component_anaphylaxis", "B4",
	  N_("成分でアナフィラキシーを起こしたことがある人には、どんな理由でも接種できません"), 0 },
	[STOP_RECORDED] = { "recorded_anaphylaxis", "B4",
	  N_("同じ製品のあとにアナフィラキシーの記録があります。どんな理由でも接種できません"), 0 },
	[STOP_LIVE_SUPPRESSED] = { "live_immunosuppressed", "B4",
	  N_("免疫がはたらきにくい人に、生ワクチンはどんな理由でも接種できません"), 0 },
	[STOP_LIVE_PREGNANT] = { "live_pregnant", "B4",
	  N_("妊娠の可能性がある人に、生ワクチンは接種できません"), 0 },
	[STOP_NO_REMARK] = { "no_remark", "B4",
	  N_("「はい」か「わからない」の答えに、医師の所見が要ります"), 0 },
	[STOP_CONTRADICTED] = { "contradicted", "B5",
	  N_("「具合が悪くなったことはない」と答えていますが、副反応の記録があります。理由が要ります"), 1 },
	[STOP_PAST_EVENT] = { "past_event", "B5",
	  N_("前の接種で副反応がありました。接種する理由が要ります"), 1 },
	[STOP_NOT_JUDGED] = { "not_judged", "B6",
	  N_("医師の予診がまだです"), 0 },
	[STOP_JUDGED_ANOTHER_DAY] = { "judged_another_day", "B6",
	  N_("医師の予診が、きょうのものではありません"), 0 },
	[STOP_JUDGED_DEFERRED] = { "judged_deferred", "B6",
	  N_("医師が接種を見合わせています"), 0 },
	[STOP_JUDGED_OTHER_FORM] = { "judged_other_form", "B6",
	  N_("医師の予診のあとに、予診票が書きなおされています"), 0 },
	[STOP_BEFORE_JUDGED] = { "before_judged", "B6",
	  N_("接種の時刻が、医師の予診より前です"), 0 },
	[STOP_CLERK] = { "clerk", "B6",
	  N_("予診と接種を記録できるのは、医師と看護職だけです"), 0 },
	[STOP_VACCINATOR] = { "vaccinator", "B6",
	  N_("接種できるのは、医師と看護職だけです"), 0 },
	[STOP_NO_PRODUCT] = { "no_product", "B6",
	  N_("この種類のワクチンに、その製品はありません"), 0 },
	[STOP_PRODUCT_OVER] = { "product_over", "B6",
	  N_("その製品は、この日には使われていません"), 0 },
	[STOP_LOT_EXPIRED] = { "lot_expired", "B6",
	  N_("期限の切れたロットです"), 0 },
	[STOP_LOT_UNKNOWN] = { "lot_unknown", "B6",
	  N_("そのロットは、事業所の在庫にありません"), 0 },
	[STOP_LOT_EMPTY] = { "lot_empty", "B6",
	  N_("そのロットの在庫は残っていません"), 0 },
	[STOP_WRONG_ROUTE] = { "wrong_route", "B6",
	  N_("その製品に、その接種方法はありません"), 0 },
	[STOP_WRONG_AMOUNT] = { "wrong_amount", "B6",
	  N_("その製品の接種量とちがいます"), 0 },
	[STOP_SAME_DAY] = { "same_day", "B6",
	  N_("同じ日に、同じ種類のワクチンの記録があります"), 0 },
	[STOP_TOO_EARLY] = { "too_early", "B2",
	  N_("前の接種からの間隔が足りません"), 0 },
	[STOP_MIXED] = { "mixed", "B1",
	  N_("前とちがう製品を続けて接種することはできません"), 0 },
	[STOP_HAD_ALL] = { "had_all", "B1",
	  N_("必要な回数を、もう接種しています"), 0 },
	[STOP_WRONG_AGE] = { "wrong_age", "B1",
	  N_("この日には、定期接種の年齢ではありません。任意接種にしてください"), 0 },
	[STOP_WRONG_SEASON] = { "wrong_season", "B1",
	  N_("この日は、定期接種の期間ではありません。任意接種にしてください"), 0 },
	[STOP_OTHER_PRODUCT] = { "other_product", "B1",
	  N_("定期接種で使う製品ではありません。任意接種にしてください"), 0 },
	[STOP_FUTURE] = { "future", "B6",
	  N_("まだ来ていない日時です"), 0 },
	[STOP_TOO_SOON] = { "too_soon", "B5",
	  N_("経過観察の時間がまだ終わっていません。早く終えるなら理由が要ります"), 1 },
	[STOP_NO_WATCHER] = { "no_watcher", "B5",
	  N_("見守った人の名前が要ります"), 0 },
	[STOP_NOT_GIVEN] = { "not_given", "B6",
	  N_("接種の記録がありません"), 0 },
};

const struct question_row *
question_at(int i)
{
	return &questions[i];
}

int
question_find(const char *code)
{
	for (int i = 0; i < QUESTIONS_N; i++)
		if (strcmp(questions[i].code, code) == 0)
			return i;
	return -1;
}

const struct stop_row *
stop_at(enum stop which)
{
	return &all[which];
}
