#!/usr/bin/env node
/*
 * What a team does before anything happens: her nurse issues the kit card, prints it and ends
 * it; names a contact who is told by SMS; enters her in the ledger of those who live alone.
 * The town's officer reads the ledger and confirms it; a crew sees in the summary who has the
 * key, and finds her by the card's number until it is ended.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/prepare.t     keeps pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, looks_right_at } = require("./look.js");
const { person, json, PHONE, DESK } = require("./people.js");

const trouble = [];
const key = `となりの試験さん ${Date.now().toString(36)}`;

const looks_right = (page, what, picture) => looks_right_at(page, what, `prepare.${picture}`, [[DESK, "desk"], [PHONE, "phone"]]);

const text = async (page) => (await page.textContent("main")).replace(/\s+/g, " ");

async function search(crew, words) {
	await crew.goto("/emergency");
	await crew.fill("#q", words);
	await crew.click("form.ask button");
	await crew.waitForSelector(".count");
	return crew.locator(".people-found > li").count();
}

/* Issued, printed, found by, ended; a card of before is left alone. */
async function card(nurse, crew) {
	if (await nurse.locator(".card-code").count() > 0) {
		await nurse.click("summary:has-text('カードを使えなくする')");
		await nurse.click("button[value=replaced]");
	}
	await nurse.click("text=カードを発行する");
	await nurse.waitForSelector(".card-code");
	const code = (await nurse.textContent(".card-code")).trim();
	ok(/^\d{4}-\d{4}-\d{4}$/.test(code), "a card is issued with one press, and has twelve digits");
	await looks_right(nurse, "with a card", "card");
	const paper = await nurse.request.get(await nurse.getAttribute("a:has-text('カードを印刷する')", "href"));
	ok(paper.status() === 200 && (await paper.body()).subarray(0, 5).toString() === "%PDF-", "  and a paper to print");
	ok(await search(crew, code) === 1, "a crew finds her by its number alone");
	await nurse.click("summary:has-text('カードを使えなくする')");
	await nurse.click("button[value=lost]");
	await nurse.waitForSelector("text=まだ発行していません");
	ok(await search(crew, code) === 0, "once it is lost and ended, nobody is found by it");
}

async function told(nurse) {
	const form = nurse.locator(".told-row").first();

	if (!ok(await form.count() === 1, "a contact with a mobile may be told"))
		return;
	await form.locator("[name=agreed_by]").fill("本人（試験）");
	await form.locator("button").click();
	const row = nurse.locator("li", { hasText: "本人（試験）の話" });
	await row.waitFor();
	ok(true, "who is told stands there, and on whose word");
	await row.locator("text=知らせるのをやめる").click();
	await row.waitFor({ state: "detached" });
	ok(true, "  until it is ended with one press");
}

async function enter(nurse) {
	const fields = { keyholder: key, keyholder_phone: "000-444-5555", watcher: "配食 週3回", agreed_by: "本人", agreed_relation: "本人" };

	await nurse.click("summary:has-text('台帳に'), summary:has-text('確かめて書きなおす')");
	for (const [name, words] of Object.entries(fields))
		await nurse.fill(`[action$='/alone'] [name=${name}]`, words);
	await looks_right(nurse, "entering her in the ledger", "enter");
	await nurse.click("text=台帳に書く");
	await nurse.waitForSelector(`dd:has-text("${key}")`);
	ok(/承諾\s*本人/.test(await text(nurse)), "she stands in the ledger, with her word");
}

async function ledger(officer) {
	await officer.goto("/emergency/alone");
	while (await officer.locator(`li:has-text("${key}")`).count() === 0)
		await officer.click("text=次の100人");
	const row = officer.locator(".people-alone > li", { hasText: key });
	ok(/000-444-5555/.test(await row.textContent()), "the officer reads who has the key");
	await looks_right(officer, "the ledger", "ledger");
	await row.locator("text=いまもこのとおり").click();
	await officer.waitForURL("**/emergency/alone");
	ok(true, "  and confirms it with one press");
}

async function at_the_door(crew, patient) {
	await search(crew, "ざくま 91歳");
	await crew.locator(".people-found .btn").first().click();
	await crew.waitForSelector(".band");
	ok(new URL(crew.url()).pathname === `/emergency/${patient}`, "a crew at the locked door opens her");
	ok((await text(crew)).includes(key), "  and reads who has the key");
	ok(await crew.locator("a[href='tel:000-444-5555']").count() === 1, "  who is one tap away");
	await crew.click("text=閲覧をおえる");
	await crew.waitForURL("**/emergency");
}

run(async (browser) => {
	const nurse = await person(browser, "nurse", { trouble });
	const crew = await person(browser, "crew", { trouble });
	const officer = await person(browser, "officer", { trouble });

	await search(crew, "ざくま 91歳");
	const patient = (await json(nurse, "/patients")).patients.find((p) => p.name === "佐久間 ハル").id;
	await nurse.goto(`/emergency/${patient}/openings`);
	await nurse.click("text=救急のそなえ（カードなど）");
	await nurse.waitForSelector("h1:has-text('救急のそなえ')");
	await card(nurse, crew);
	await told(nurse);
	await enter(nurse);
	await ledger(officer);
	await at_the_door(crew, patient);
	await nurse.reload();
	await nurse.click("summary:has-text('台帳からはずす')");
	await nurse.click("button[value=unwanted]:visible");
	await nurse.waitForSelector("text=台帳にのっていません");
	ok(true, "who does not want it any more is taken out with one press");
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
