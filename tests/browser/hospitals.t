#!/usr/bin/env node
/*
 * A crew asks hospitals at once and goes where it is taken: what the hospital's desk takes,
 * the request on its screen by itself and without a name, its answer on the crew's and the
 * dispatcher's, the choice, and only then who comes. The dispatcher notes what was said on
 * the telephone and searches from her own screen.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/hospitals.t     keeps pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, looks_right_at } = require("./look.js");
const { person, json, PHONE, DESK } = require("./people.js");

const REFUSED = /status of 404/;
const BY_ITSELF = { timeout: 60000 };
const trouble = [];
const mark = Date.now().toString(36), complaint = `息が苦しい ${mark}`;

const looks_right = (page, what, picture) => looks_right_at(page, what, `hospitals.${picture}`, [[DESK, "desk"], [PHONE, "phone"]]);

const text = async (page) => (await page.textContent("main")).replace(/\s+/g, " ");
const row_of = (page) => page.locator(".asked-of", { hasText: complaint });

/* The town's first patient, who agreed beforehand. */
async function open(crew) {
	await crew.fill("#q", "ざくま 91歳");
	await crew.click("form.ask button");
	await crew.locator(".people-found .btn").first().click();
	await crew.waitForSelector(".band");
}

/* What it takes now, said with one press; `name` is the hospital's. */
async function takes(desk, dispatcher) {
	const internal = desk.locator(".status-row", { has: desk.locator("[name=department][value=internal]") });

	await internal.locator("[name=note]").fill(`二床 ${mark}`);
	await internal.locator("button[value=open]").click();
	await dispatcher.waitForSelector(`#live-desk >> text=二床 ${mark}`, BY_ITSELF);
	ok(true, "what a hospital takes appears on the dispatcher's screen by itself");
}

async function ask(crew, hospital) {
	await crew.click("text=受入先をさがす");
	await crew.waitForSelector("[name=complaint]");
	ok((await text(crew)).includes(`二床 ${mark}`), "  and where the crew asks");
	await crew.selectOption("[name=department]", "internal");
	await crew.fill("[name=complaint]", complaint);
	await crew.fill("[name=vitals]", "JCS 10 SpO2 88");
	await crew.fill("[name=minutes]", "12");
	await looks_right(crew, "asking hospitals", "ask");
	await crew.locator(".hospital-choice", { hasText: hospital }).click();
	await crew.click("text=いっせいにきく");
	await row_of(crew).waitFor();
	ok(/返事まち/.test(await row_of(crew).textContent()), "asked, and waiting for an answer");
}

async function answer(desk, crew, dispatcher, who) {
	const wanted = desk.locator("#live-wanted .asked-of", { hasText: complaint });

	await wanted.waitFor(BY_ITSELF);
	ok(/SpO2 88/.test(await wanted.textContent()), "the request appears at the hospital by itself");
	ok(!(await wanted.textContent()).includes(who), "  without a name");
	await looks_right(desk, "the hospital's desk", "desk");
	await wanted.locator("[name=note]").fill("呼吸器は一台");
	await wanted.locator("button[value=conditional]").click();
	await crew.waitForSelector("#live-requests >> text=呼吸器は一台", BY_ITSELF);
	ok(/条件つき/.test(await row_of(crew).textContent()), "its answer appears on the crew's screen by itself");
	await row_of(dispatcher).locator("text=呼吸器は一台").waitFor(BY_ITSELF);
	ok(!(await row_of(dispatcher).textContent()).includes(who), "  and on the dispatcher's, who learns no name");
}

/* She is typing when the hospital says something else: both stay. */
async function by_telephone(dispatcher, desk) {
	await looks_right(dispatcher, "the dispatcher's screen", "dispatcher");
	await row_of(dispatcher).locator("summary").first().click();
	await row_of(dispatcher).locator("details [name=note]").first().fill("救急外来の入口へ");
	const surgery = desk.locator(".status-row", { has: desk.locator("[name=department][value=surgery]") });

	await surgery.locator("[name=note]").fill(`手術中 ${mark}`);
	await surgery.locator("button[value=closed]").click();
	await dispatcher.waitForSelector(`#live-desk >> text=手術中 ${mark}`, BY_ITSELF);
	ok(await row_of(dispatcher).locator("details[open] [name=note]").inputValue() === "救急外来の入口へ", "what she types stays, while the rest of the screen is renewed");
	await row_of(dispatcher).locator("details button[value=accept]").first().click();
	await row_of(dispatcher).locator("text=救急外来の入口へ").waitFor();
	ok(/電話/.test(await row_of(dispatcher).textContent()), "the dispatcher notes what was said on the telephone, as that");
	ok(new URL(dispatcher.url()).pathname === "/emergency/desk", "  and stays on her screen");
}

async function choose(crew, desk, hospital, who) {
	await crew.waitForSelector("#live-requests >> text=救急外来の入口へ", BY_ITSELF);
	await row_of(crew).locator("text=ここに決める").click();
	await row_of(crew).locator("text=ここへ行く").waitFor();
	await desk.waitForSelector(".coming", BY_ITSELF);
	ok((await desk.locator(".asked-of", { hasText: complaint }).textContent()).includes(who), "the one that is chosen learns who comes, by itself");
	ok(/ペニシリン/.test(await desk.locator(".asked-of", { hasText: complaint }).textContent()), "  and what must not be overlooked");
	await looks_right(crew, "decided", "decided");
	await crew.click("text=サマリーへもどる");
	await crew.waitForSelector(".band");
	ok(await crew.inputValue("[name=hospital]") === hospital, "the crew's report has the hospital's name ready");
}

run(async (browser) => {
	const crew = await person(browser, "crew", { trouble, expected: REFUSED });
	const dispatcher = await person(browser, "dispatcher", { trouble, expected: REFUSED });
	const desk = await person(browser, "hospitaldesk", { trouble, expected: REFUSED });

	await dispatcher.goto("/emergency/desk");
	await desk.goto("/emergency/hospital");
	await open(crew);
	const summary = await json(crew, new URL(crew.url()).pathname), who = summary.identity.name;
	await takes(desk, dispatcher);
	const hospital = await dispatcher.locator(".desk-columns li", { hasText: `二床 ${mark}` }).locator("b").first().textContent();
	await ask(crew, hospital);
	await answer(desk, crew, dispatcher, who);
	await by_telephone(dispatcher, desk);
	await choose(crew, desk, hospital, who);
	await crew.click("text=閲覧をおえる");
	await crew.waitForURL("**/emergency");

	await dispatcher.fill("#q", "ざくま 91歳");
	await dispatcher.click("form.ask button");
	await dispatcher.waitForSelector(".count");
	ok(await dispatcher.locator(".people-found > li").count() === 1, "the dispatcher finds her from the call on her own screen");
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
