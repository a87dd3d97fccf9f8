#include "message.h"

static const struct message {
	const char *code, *text[LANG_COUNT];
} messages[] = {
	/* of one input */
	{ "missing", { "入力してください。", "Please fill this in." } },
	{ "too_long", { "長すぎます。", "This is too long." } },
	{ "too_short", { "短すぎます。", "This is too short." } },
	{ "not_utf8", { "読み取れない文字があります。",
	    "There are characters that cannot be read." } },
	{ "control", { "使えない文字があります。",
	    "There are characters that cannot be used." } },
	{ "not_a_number", { "数字で入力してください。",
	    "Please enter a number." } },
	{ "out_of_range", { "範囲の外です。", "This is out of range." } },
	{ "not_a_choice", { "選択肢から選んでください。",
	    "Please choose one of the choices." } },
	{ "malformed", { "形式が正しくありません。",
	    "This does not have the right form." } },
	{ "twice", { "同じ項目が二度あります。", "This was sent twice." } },
	{ "check_digit", { "番号を確かめてください。検証番号が合いません。",
	    "Please check the number: its check digit is wrong." } },
	{ "exists", { "すでにあります。", "There is one already." } },
	{ "confirm", { "よく似たものがあります。確かめてから、もう一度送信してください。",
	    "There is something very like it. Please check, then send it again." } },
	{ "no_consent", { "同意が記録されていません。", "No consent to it is recorded." } },
	{ "in_future", { "まだ来ていない日です。", "That day has not come yet." } },
	{ "expired", { "期限が切れています。", "This has expired." } },
	{ "too_few", { "人数または件数が足りません。", "There are too few." } },
	{ "undecided", { "過半数になりません。もう一度話し合ってください。",
	    "There is no majority: please go on talking." } },
	{ "unknown", { "この画面にない項目があります。",
	    "There is an input that this page does not have." } },
	{ "wrong_password", { "ログインIDまたはパスワードが違います。",
	    "The login or the password is wrong." } },
	{ "wrong_pin", { "暗証番号が違います。", "The PIN is wrong." } },
	/* of a file */
	{ "file_type", { "この種類のファイルは受け付けません。",
	    "Files of this type are not accepted." } },
	{ "file_heic", { "HEICの写真は受け付けません。JPEGにして送ってください。",
	    "HEIC pictures are not accepted. Please send it as JPEG." } },
	{ "file_damaged", { "ファイルが壊れているため、保存できません。",
	    "This file is damaged and cannot be stored." } },
	{ "file_unreadable", { "このファイルは調べている途中で読めなくなったため、保存しませんでした。別のファイルにして送ってください。",
	    "This file could not be read to its end and was not stored. Please "
	    "send it in another form." } },
	{ "file_empty", { "ファイルの中身がありません。", "This file is empty." } },
	{ "file_name", { "ファイルの名前に使えない文字があるか、長すぎます。",
	    "The file's name has characters that cannot be used, or is too "
	    "long." } },
	{ "file_pixels", { "写真の縦横が大きすぎます。",
	    "This picture has too many pixels." } },
	{ "infected", { "ウイルスが見つかったため、保存しませんでした。",
	    "A virus was found: this was not stored." } },
	{ "too_many", { "ファイルが多すぎます。", "These are too many files." } },
	/* of a request */
	{ "busy", { "混み合っています。少し待ってからもう一度ひらいてください。",
	    "Too much is going on. Please wait a little and open it again." } },
	{ "header_twice", { "リクエストが正しくありません。",
	    "The request is not right." } },
	{ "body_incomplete", { "送信が途中で切れました。もう一度送信してください。",
	    "What was sent stopped half-way. Please send it again." } },
	{ "sign_in", { "サインインしてください。", "Please sign in." } },
	{ "forbidden", { "この操作は許可されていません。",
	    "You may not do this." } },
	{ "certificate", { "この端末の証明書を確認できません。",
	    "The certificate of this device cannot be confirmed." } },
	{ "cross_site", { "ほかのサイトからの操作は受け付けません。",
	    "A change from another site is not accepted." } },
	{ "not_found", { "見つかりません。", "Not found." } },
	{ "method", { "この操作はできません。", "This cannot be done here." } },
	{ "conflict", { "ほかの人が先に変更しました。内容を確かめてください。",
	    "Someone else has changed this first. Please look again." } },
	{ "idempotency_key_reused", {
	    "この画面からは一度送信されています。内容を確かめて、もう一度送信してください。",
	    "This page has been sent once. Please check and send it again." } },
	{ "too_large", { "大きすぎます。", "This is too large." } },
	{ "media_type", { "この形式は受け付けません。",
	    "This type is not accepted." } },
	{ "too_often", { "回数が多すぎます。少し待ってからもう一度送信してください。",
	    "Too often. Please wait a little and send it again." } },
	{ "unavailable", {
	    "今は保存できません。入力は残っています。少し待ってからもう一度送信してください。",
	    "This cannot be done now. Nothing you typed is lost: please wait "
	    "a little and send it again." } },
	{ "not_in_copy", {
	    "データベースにつながらないため、この画面だけ、いまは使えません。写しで答える画面"
	    "（さがす・救急サマリー・知らせ）は、そのまま使えます。",
	    "The database cannot be reached, so this page cannot be used now. "
	    "Those that a copy answers (search, summary, reports) go on." } },
	{ "sign_in_away", {
	    "いまは新しくサインインできません。サインインしている端末は、そのまま使えます。",
	    "Nobody can sign in at the moment. Devices that are signed in go on." } },
	{ "unsettled", {
	    "保存できたか確かめられませんでした。内容を確かめてください。",
	    "It could not be confirmed whether this was stored. Please look." } },
	{ "journal", { "記録を残せないため、今は表示できません。",
	    "This cannot be shown now, because it cannot be recorded." } },
	{ "failed", { "システムの誤りです。管理者に連絡してください。",
	    "A mistake of the system. Please tell the administrator." } },
};

const char *
message_code(int status)
{
	switch (status) {
	case 400: return "malformed";
	case 401: return "sign_in";
	case 403: return "forbidden";
	case 404: return "not_found";
	case 405: return "method";
	case 409: return "conflict";
	case 413: return "too_large";
	case 415: return "media_type";
	case 429: return "too_often";
	case 503: return "unavailable";
	default: return "failed";
	}
}

const char *
message_text(enum lang lang, const char *code)
{
	size_t n = sizeof messages / sizeof messages[0];

	for (size_t i = 0; i < n; i++)
		if (strcmp(messages[i].code, code) == 0)
			return messages[i].text[lang];
	return messages[n - 1].text[lang];
}
