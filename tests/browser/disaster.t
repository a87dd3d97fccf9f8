#!/usr/bin/env node
/*
 * A disaster from its room to paper: an officer opens the register, a nurse marks on a
 * phone whose line drops, the officer's counts follow by themselves, a list is typed
 * back, areas are drawn, and it is closed. As a drill, so that nobody is told. Then one
 * from a telegram in the feed's poll to the report, in earnest.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/disaster.t     keeps pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { execFileSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const { ok, run, looks_right_at } = require("./look.js");
const { person, json, DESK, PHONE } = require("./people.js");

const EXPECTED = /ERR_INTERNET_DISCONNECTED|Failed to fetch|status of 404|\/bell\//;
const LONG = { timeout: 60000 };
const trouble = [];

const looks_right = (page, what, picture) => looks_right_at(page, what, `disaster.${picture}`, [[DESK, "desk"], [PHONE, "phone"]]);

async function accept(page) {
	const button = page.locator("form[action='/disaster/secrecy'] button");

	if (await button.count() > 0)
		await button.click();
	await page.waitForLoadState();
}

/* Prepared, and opened for the whole town; where it is. */
async function open(officer) {
	await officer.goto("/disaster");
	await looks_right(officer, "incidents", "home");
	await officer.click("summary:has-text('災害の対応を用意する')");
	const form = officer.locator("details:has(select[name=kind]) form");
	await form.locator("[name=title]").fill("訓練の停電");
	await form.locator("[name=kind]").selectOption("outage");
	await form.locator("[name=drill]").check();
	await form.locator("button").click();
	await officer.waitForURL(/disaster\/[0-9a-f]{32}$/);
	ok(await officer.locator(".people-list").count() === 0, "a prepared room shows nobody");
	await looks_right(officer, "a prepared room", "prepared");
	await officer.check("[name=whole]");
	await officer.fill("[name=basis]", "停電が3日続く見込み");
	await officer.check("[name=secrecy]");
	await officer.click("button:has-text('名簿をひらく')");
	await officer.waitForSelector(".nums");
	return new URL(officer.url()).pathname;
}

async function outage(officer) {
	await officer.click("summary:has-text('停電している地区')");
	for (const box of await officer.locator("[name=area]").all())
		await box.check();
	await officer.fill("[name=minutes_ago]", "60");
	await officer.click("text=停電の地区を変える");
	await officer.waitForSelector("#live-people .chip.shu");
	ok(/電池切れのおそれ|あと/.test(await officer.locator("#live-people li").first().textContent()), "whose battery ends first is next, and why");
}

const count = async (page, n) => Number(await page.locator(`#live-counts .card >> nth=${n} >> b`).textContent());

/* A press without a line waits on the phone, says so, and arrives once. */
async function drop(nurse, officer) {
	const before = await count(officer, 0), first = nurse.locator("#live-people li:has(.row-text)").first();
	const name = await first.locator("a.name").textContent();

	await nurse.context().setOffline(true);
	await first.locator("button[value=safe]").click();
	await nurse.waitForSelector("#queue:not([hidden])");
	ok(/1件/.test(await nurse.textContent("#queue")), "without a line a press waits on the phone, and the page says so");
	const kept = await nurse.evaluate(() => JSON.stringify(localStorage));
	ok(/disaster-queue/.test(kept) && !/safe|idempotency|disaster\/[0-9a-f]{32}/.test(kept), "  sealed: neither whom nor what it says can be read on the device");
	ok(await count(officer, 0) === before, "  nobody has heard of it yet");
	await nurse.context().setOffline(false);
	await nurse.evaluate(() => dispatchEvent(new Event("online")));
	await nurse.waitForFunction(() => !/1件/.test(document.getElementById("queue").textContent), undefined, LONG);
	await officer.waitForFunction((n) => Number(document.querySelector("#live-counts b").textContent) === n, before + 1, LONG);
	ok(true, "with the line back it is sent, and the officer's counts follow by themselves");
	await nurse.waitForFunction((who) => ![...document.querySelectorAll("#live-people a.name")].some((a) => a.textContent === who), name, LONG);
	ok(true, "  and she is off the list of who is next");
}

async function paper(officer, room) {
	const before = await count(officer, 2);

	await officer.goto(room + "/paper");
	await looks_right(officer, "the list for paper", "paper");
	const number = await officer.locator(".sheet-table tbody th").last().textContent();
	await officer.fill("[name=rows]", `${number} 要救助\n9999 無事`);
	await officer.click("text=書きうつす >> nth=-1");
	await officer.waitForSelector("text=1人の状況を書きうつしました");
	ok(/9999 無事/.test(await officer.textContent(".trouble")), "a line that cannot be taken comes back");
	await looks_right(officer, "what was taken over", "typed");
	await officer.goto(room);
	ok(await count(officer, 2) === before + 1, "what was on paper counts");
}

/* Relatives are asked; whom no SMS reaches is rung, and what came of it is pressed. */
async function ask(officer, nurse, room) {
	await officer.click("text=家族にたずね始める");
	await officer.waitForURL("**/calls");
	ok(await officer.locator(".people-list .marks-row").count() > 0, "whom no SMS reaches stands on the list to be rung");
	await looks_right(officer, "the list to be rung", "calls");
	const first = officer.locator(".people-list li:has(.marks-row)").first(), name = await first.locator("a.name").textContent();

	await first.locator("button[value=no_answer]").click();
	await officer.waitForLoadState();
	ok(!(await officer.locator(".people-list a.name").allTextContents()).includes(name), "  and not again for a while once it was tried");
	await officer.goto(room);
	ok(/たずねています/.test(await officer.textContent("section:has(#h-ask)")), "the room says that relatives are being asked");
	ok(await nurse.locator("#h-ask").count() === 0, "  which is an officer's to begin");
}

/* How shelters and offices stand: the nurse presses once, the officer sees it by herself. */
async function stand(officer, nurse, room) {
	await officer.goto("/disaster/shelters");
	await officer.locator("details.fold > summary").last().click();
	await looks_right(officer, "shelters", "shelters");
	await officer.goto(room + "/shelters");
	await officer.locator("details.more > summary").first().click();
	const form = officer.locator("details.more form").first();
	await form.locator("[name=state]").selectOption("open");
	await form.locator("[name=people]").fill("7");
	await form.locator("button").click();
	await officer.waitForSelector(".register-list .chip.moss");
	ok(/7 \//.test(await officer.locator(".register-list li").first().textContent()), "a shelter is open, and how many are there");
	await looks_right(officer, "how shelters stand", "stand");
	await officer.goto(room + "/offices");
	const stopped = () => officer.locator("#live-tally b").nth(2).textContent();
	const before = Number(await stopped());
	await nurse.goto(room + "/offices");
	await nurse.click("button[value=stopped]");
	await nurse.waitForSelector("#live-offices .chip.shu");
	await looks_right(nurse, "how an office stands", "office");
	await officer.waitForFunction((n) => Number(document.querySelectorAll("#live-tally b")[2].textContent) === n, before + 1, LONG);
	ok(true, "an office says by one press how it stands, and the officer sees it by herself");
	await looks_right(officer, "how offices stand", "offices");
}

/* ---- what the town draws ---- */

const HAZARD = "試験の崖";

/* Presses the map at points of its 640 by 480, as the town's own script counts them. */
async function press(page, corners) {
	const box = await page.locator("#sheet").boundingBox();

	for (const [x, y] of corners)
		await page.mouse.click(box.x + x / 640 * box.width, box.y + y / 480 * box.height);
}

/* A hazard area drawn around all of the town lists everybody in it on the incident's map; outages are there, too. */
async function draw(officer, room) {
	await officer.goto("/disaster/town/areas");
	await officer.click("summary:has-text('危険な区域を書く')");
	await looks_right(officer, "where areas are drawn", "areas");
	const form = officer.locator("#new-hazard"), corners = () => form.locator("[name=outline]").inputValue().then((text) => text.split("\n").length);

	await officer.locator("#sheet").scrollIntoViewIfNeeded();
	await press(officer, [[8, 8], [632, 8], [632, 472], [300, 300]]);
	ok(await corners() === 4 && /4個/.test(await officer.textContent("#hint")), "each press on the map is a corner");
	await officer.click("#undo");
	ok(await corners() === 3, "  the last of which can be taken back");
	await officer.locator("#sheet").focus();
	for (const key of ["Shift+ArrowLeft", "ArrowLeft", "Enter"])
		await officer.keyboard.press(key);
	ok(await corners() === 4, "arrows and Enter set one, too");
	await officer.keyboard.press("Backspace");
	await press(officer, [[8, 472]]);
	await form.locator("[name=kind]").selectOption("landslide");
	await form.locator("[name=name]").fill(HAZARD);
	await form.locator("button").click();
	await officer.waitForSelector(`summary:has-text('${HAZARD}')`);
	ok(true, "a hazard area is drawn by hand");

	const shelter = officer.locator("li:has(input[name=place])").first(), name = (await shelter.locator("summary").textContent()).trim().split(" ")[0];
	await shelter.locator("summary").click();
	await officer.locator("#sheet").scrollIntoViewIfNeeded();
	await press(officer, [[320, 240]]);
	ok(/^33\.\d+,137\.\d+$/.test(await shelter.locator("[name=place]").inputValue()), "a press puts a shelter where it is");
	await shelter.locator("button").click();
	await officer.waitForSelector("#sheet .shelter");

	await officer.goto(room + "/map");
	const all = await officer.locator(".town-map circle, .town-map rect:not(defs *)").count();
	ok(await officer.locator(".town-map .outage").count() > 0, "the map shows where the power is out");
	ok(await officer.locator(".town-map .shelter").count() === 1, `  and the shelter (${name})`);
	await officer.click(`a:has-text('${HAZARD}')`);
	await officer.waitForSelector(".town-map .hazard.here");
	const inside = (await json(officer, new URL(officer.url()).pathname + new URL(officer.url()).search)).hazards.find((one) => one.here);
	ok(inside.people === all && all > 0 && await officer.locator("section:has(#h-hazards) a.fact-name").count() === Math.min(all, 300),
		"  and lists by name whoever lives in what was drawn", `${inside.people} of ${all}`);
	await looks_right(officer, "the map", "map");
}

function rub_out() {
	sql(`DELETE FROM disaster_hazard WHERE name = '${HAZARD}'; UPDATE disaster_shelter SET latitude = NULL, longitude = NULL`);
}

/* ---- in earnest ---- */

function sql(text) {
	return execFileSync("mariadb", ["--no-defaults", "--batch", "--skip-column-names", `--socket=${process.env.TOMOZUNA_DB_SOCKET}`,
		`--user=${process.env.USER ?? "root"}`, process.env.TOMOZUNA_DB_NAME ?? "tomozuna", "-e", text], { encoding: "utf8" }).trim();
}

/*
 * A landslide warning for the town, in the weather office's own form, laid where its
 * feed is read: the poll finds it as it finds any other. Its title. What waits for an
 * officer already is put away first: one room of a kind is proposed at a time.
 */
const FEED = `${process.env.TOMOZUNA_FEEDS}/weather.xml`;
let feed, laid;

function telegram() {
	const tag = crypto.randomBytes(3).toString("hex"), title = `試験地方土砂災害警戒情報${tag}`, now = new Date();
	const japan = new Date(now.getTime() + 9 * 3600e3).toISOString().slice(0, 19) + "+09:00";
	const utc = now.toISOString().slice(0, 19) + "Z", code = sql("SELECT MIN(municipality) FROM care_network_municipality");
	const name = `${utc.replace(/[-:TZ]/g, "")}_0_VXWW50_${tag}.xml`;

	sql("UPDATE disaster_incident SET discarded_at = UTC_TIMESTAMP(3) WHERE opened_at IS NULL AND discarded_at IS NULL AND bulletin IS NOT NULL");
	feed = fs.readFileSync(FEED, "utf8");
	const office = /<name>(.*?)<\/name>/.exec(feed)[1], base = /href="(https:[^"]*)\/weather.xml"/.exec(feed)[1];

	laid = `${process.env.TOMOZUNA_FEEDS}/${name}`;
	fs.writeFileSync(laid, `<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/" xmlns:jmx="http://xml.kishou.go.jp/jmaxml1/">
<Control><Title>土砂災害警戒情報</Title><DateTime>${utc}</DateTime><Status>通常</Status><EditorialOffice>${office}</EditorialOffice><PublishingOffice>${office}</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/">
<Title>${title}</Title><ReportDateTime>${japan}</ReportDateTime><TargetDateTime>${japan}</TargetDateTime><EventID>${tag}</EventID><InfoType>発表</InfoType><Serial>1</Serial>
<InfoKind>土砂災害警戒情報</InfoKind><InfoKindVersion>1.0_0</InfoKindVersion><Headline><Text>土砂災害がいつ発生してもおかしくない状況です。（架空の発表です）</Text></Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/"><Warning type="土砂災害警戒情報"><Item><Kind><Name>警戒</Name><Code>3</Code><Status>発表</Status></Kind><Area><Name>試験町</Name><Code>${code}00</Code></Area></Item></Warning></Body>
</Report>
`);
	const entry = `<entry><title>土砂災害警戒情報</title><id>${base}/${name}</id><updated>${utc}</updated><author><name>${office}</name></author>` +
		`<link type="application/xml" href="${base}/${name}"/><content type="text">${title}</content></entry>\n`;
	fs.writeFileSync(FEED, feed.replace("<entry>", entry + "<entry>"));
	return title;
}

/* The feed as it was, and nothing of ours among the bulletins. */
function forget(title) {
	fs.writeFileSync(FEED, feed);
	fs.unlinkSync(laid);
	sql(`DELETE a FROM care_bulletin_area a JOIN care_bulletin b ON b.id = a.bulletin_id WHERE b.title = '${title}';
		DELETE FROM care_bulletin WHERE title = '${title}'`);
}

/* It proposes, and the officer opens, with what it drafted for her. */
async function proposed(officer, title) {
	const link = officer.locator(`.incident-card a:has-text("${title}")`);

	/* The poll comes by each half minute. */
	for (let i = 0; i < 240 && await link.count() === 0; i++) {
		await officer.waitForTimeout(500);
		await officer.goto("/disaster");
	}
	await link.click();
	await officer.waitForSelector("#h-open");
	ok(/気象台/.test(await officer.textContent("main")) && await officer.locator(".people-list").count() === 0, "a telegram in the poll prepares a room, says why, and shows nobody");
	await officer.check("[name=whole]");
	await officer.fill("[name=basis]", "崖がくずれる見込み");
	await officer.check("[name=secrecy]");
	await officer.click("button:has-text('名簿をひらく')");
	await officer.waitForSelector("#live-counts");
	await officer.click("summary:has-text('知らせを出す')");
	await officer.locator("form:has(input[name=message]) button").first().click();
	await officer.waitForSelector("#live-messages .message");
	ok((await officer.textContent("#live-messages")).includes(title), "what it drafted is given out by one press");
	await looks_right(officer, "a room in earnest", "earnest");
	return new URL(officer.url()).pathname;
}

/* A son far away, with a browser of his own and twelve digits. */
async function relative(browser, nurse, room) {
	await nurse.goto(room);
	ok(await nurse.locator("#live-messages .message").count() > 0, "the nurse reads it on her phone");
	await nurse.locator("#live-people a.name").first().click();
	await nurse.waitForSelector(".big-marks");
	await nurse.click("button[value=evacuated]");
	await nurse.waitForSelector("#live-said >> text=避難済み", LONG);
	await nurse.click("summary:has-text('一回だけの符号')");
	await nurse.fill("form[action$='/codes'] [name=name]", "試験一郎");
	await nurse.fill("[name=relation]", "長男");
	await nurse.fill("[name=known_by]", "生年月日と住所");
	await nurse.click("form[action$='/codes'] button");
	await nurse.waitForSelector(".one-time");
	await looks_right(nurse, "a code for a relative", "code");
	const code = await nurse.textContent(".one-time");
	const context = await browser.newContext({ viewport: PHONE, locale: "ja-JP", ignoreHTTPSErrors: true, baseURL: process.env.TOMOZUNA_OPEN_URL });
	const son = await context.newPage();

	await son.goto("/disaster/relative");
	await looks_right(son, "where a relative asks", "ask");
	await son.fill("[name=code]", code);
	await son.click("main form button");
	await son.waitForSelector(".now");
	ok(/避難済み/.test(await son.textContent(".now")), "with it a relative learns how one person is");
	await looks_right(son, "what he is told", "answer");
	await context.close();
}

async function report(officer, room) {
	await officer.goto(room);
	await officer.click("summary:has-text('時間をのばす')");
	await officer.click("text=対応を終わり、名簿を閉じる");
	await officer.waitForSelector("text=名簿は閉じています");
	await officer.click("a:has-text('報告')");
	await officer.waitForSelector("#h-shares");
	await looks_right(officer, "the report", "report");
	const kind = await officer.evaluate(async (path) => {
		const answer = await fetch(path), bytes = new Uint8Array(await answer.arrayBuffer());
		return answer.headers.get("content-type") + " " + String.fromCharCode(...bytes.slice(0, 4));
	}, room + "/report/paper");
	ok(/^application\/pdf.* %PDF$/.test(kind), "closed, it ends in a report as PDF", kind);
}

run(async (browser) => {
	const officer = await person(browser, "disasterofficer", { trouble, expected: EXPECTED });
	const nurse = await person(browser, "nurse", { trouble, expected: EXPECTED });

	await officer.goto("/disaster/register");
	await accept(officer);
	await looks_right(officer, "the register", "register");
	await officer.goto("/disaster/town");
	await looks_right(officer, "the town's rules", "town");
	const room = await open(officer);
	await outage(officer);
	await looks_right(officer, "the room", "room");
	await nurse.goto(room);
	const all = (await json(officer, room)).counts.people, hers = (await json(nurse, room)).counts.people;
	ok(hers > 0 && hers < all, "a nurse sees those whom she looks after, an officer all");
	await looks_right(nurse, "the nurse's list", "nurse");
	await drop(nurse, officer);
	await ask(officer, nurse, room);
	await paper(officer, room);
	await stand(officer, nurse, room);
	try {
		await draw(officer, room);
	} finally {
		rub_out();
	}
	await nurse.goto(room);
	await nurse.locator("#live-people a.name").first().click();
	await nurse.waitForSelector(".big-marks");
	await looks_right(nurse, "one person", "person");
	await nurse.click("button[value=evacuated]");
	await nurse.waitForSelector("#live-said >> text=避難済み", LONG);
	ok(true, "what is said of one person stands there at once");

	await nurse.goto("/disaster/of/" + new URL(nurse.url()).pathname.split("/").pop());
	await looks_right(nurse, "relatives who are told", "relatives");
	await nurse.click("text=計画を見る・書く");
	await nurse.waitForSelector("[name=route]");
	await looks_right(nurse, "an evacuation plan", "plan");

	const plain = await person(browser, "nurse", { trouble, expected: EXPECTED, javaScriptEnabled: false });
	await plain.goto(room);
	await plain.locator("#live-people button[value=safe]").first().click();
	await plain.waitForURL("**" + room);
	ok(true, "without script a form does the same");

	await officer.goto(room);
	await officer.click("summary:has-text('時間をのばす')");
	await officer.click("text=対応を終わり、名簿を閉じる");
	await officer.waitForSelector("text=名簿は閉じています");
	/* Elsewhere than in the page that is about to find that out by itself. */
	const gone = await (await nurse.context().newPage()).goto(room);
	ok(gone.status() === 404, "closed: for a nurse there is no such room");

	const title = telegram();
	try {
		const earnest = await proposed(officer, title);
		await relative(browser, nurse, earnest);
		await report(officer, earnest);
	} finally {
		forget(title);
	}
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
