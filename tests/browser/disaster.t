#!/usr/bin/env node
/*
 * A disaster from its room to paper: an officer opens the register, a nurse marks on a
 * phone whose line drops, the officer's counts follow by themselves, a list is typed
 * back, and it is closed. As a drill, so that nobody is told.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/disaster.t     keeps pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const path = require("node:path");
const { ok, run, inspect } = require("./look.js");
const { person, json, DESK, PHONE } = require("./people.js");

const PICTURES = process.env.TOMOZUNA_PICTURES;
const EXPECTED = /ERR_INTERNET_DISCONNECTED|Failed to fetch|status of 404|\/bell\//;
const LONG = { timeout: 60000 };
const trouble = [];

async function looks_right(page, what, picture) {
	for (const [size, name] of [[PHONE, "phone"], [DESK, "desk"]]) {
		await page.setViewportSize(size);
		const faults = await page.evaluate(inspect);

		ok(faults.length === 0, `${what}, ${name}: width, targets, labels, contrast`, faults.slice(0, 10).join("\n"));
		if (PICTURES !== undefined)
			await page.screenshot({ path: path.join(PICTURES, `disaster.${picture}.${name}.png`), fullPage: true });
	}
	await page.setViewportSize(PHONE);
}

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
	await paper(officer, room);
	await officer.goto(room + "/map");
	await officer.locator("a[href*='hazard=']").first().click();
	await looks_right(officer, "the map", "map");
	await nurse.goto(room);
	await nurse.locator("#live-people a.name").first().click();
	await nurse.waitForSelector(".big-marks");
	await looks_right(nurse, "one person", "person");
	await nurse.click("button[value=evacuated]");
	await nurse.waitForSelector("#live-said >> text=避難済み", LONG);
	ok(true, "what is said of one person stands there at once");

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
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
