#!/usr/bin/env node
/*
 * A crew beside somebody who cannot speak: searches by a misheard name, opens with
 * one tap, reads, calls, reports; the team is asked, answers, and the answer appears
 * on the crew's screen by itself. Then the same without consent and without script.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/crew.t     keeps pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, looks_right } = require("./look.js");
const { person, DESK } = require("./people.js");

const REFUSED = /status of 404/;
const trouble = [];
const words = `かぎは右の箱 ${Date.now().toString(36)}`;

const seen = (page, what, picture) => looks_right(page, what, `crew.${picture}`, { fullPage: true });

async function search(page, text) {
	await page.goto("/emergency");
	await page.fill("#q", text);
	await page.click("form.ask button");
	await page.waitForSelector(".count");
}

/* Whom the town's first patient is: misheard, with her age. */
async function open(page) {
	await search(page, "ざくま 91歳");
	ok(await page.locator(".people-found > li").count() === 1, "a misheard name and an age find one person");
	ok(!/昭和|ふたば3-23|ペニシリン/.test(await page.textContent("main")), "  of whom the list says no more than name, age and area");
	await seen(page, "candidates", "found");
	await page.click(".people-found .btn");
	await page.waitForSelector(".band");
}

async function summary(crew) {
	const band = await crew.locator(".band").boundingBox(), height = crew.viewportSize().height;

	ok(band.y + 260 < height, "the red band stands on the first screen");
	ok(/ペニシリン系抗菌薬禁/.test(await crew.textContent(".radio")), "  with two lines for the radio");
	ok(await crew.locator(".radio p").count() === 2, "  which are two");
	ok(await crew.locator("a[href^='tel:']").count() >= 3, "whoever can be called is one tap away");
	await seen(crew, "summary", "summary");
	await crew.setViewportSize(DESK);
	await seen(crew, "summary at a desk", "summary.desk");
	await crew.setViewportSize({ width: 390, height: 844 });
}

async function talk(crew, nurse) {
	const first = crew.locator(".callees > li").first(), who = await first.locator(".name").textContent();

	await first.locator("button[value=answered]").click();
	await crew.waitForSelector("text=最後に出た");
	ok(await crew.locator(".callees > li").first().locator(".name").textContent() === who, "who answered stays first");
	await crew.fill("[name=hospital]", "むつみ総合病院");
	await crew.click("button[value=departed]");
	await crew.waitForSelector("#live-reports >> text=病院へ出発");
	ok(true, "a report stands on the crew's own screen");

	await nurse.goto(new URL(crew.url()).pathname + "/openings");
	ok(/病院へ出発 むつみ総合病院/.test((await nurse.textContent("main")).replace(/\s+/g, " ")), "  and on the nurse's");
	await nurse.fill("#body", words);
	await nurse.click("text=救急隊に送る");
	await nurse.waitForSelector(`text=${words}`);
	await seen(nurse, "the team's side", "openings");
	await crew.waitForSelector(`#live-answers >> text=${words}`, { timeout: 60000 });
	ok(true, "the nurse's answer appears on the crew's screen by itself");
}

run(async (browser) => {
	const crew = await person(browser, "crew", { trouble, expected: REFUSED });
	const nurse = await person(browser, "nurse", { trouble, expected: REFUSED });

	ok(new URL(crew.url()).pathname === "/emergency", "a crew begins at the search");
	await seen(crew, "the search", "search");
	await open(crew);
	await summary(crew);
	await talk(crew, nurse);
	await crew.goto(new URL(crew.url()).pathname + "/handover");
	await seen(crew, "the hand-over", "handover");
	await crew.goBack();
	await crew.click("text=閲覧をおえる");
	await crew.waitForURL("**/emergency");

	const plain = await person(browser, "crew", { trouble, javaScriptEnabled: false });
	await search(plain, "000-000-0110");
	await plain.click("summary.stop");
	await seen(plain, "without consent: reasons", "reasons").catch(() => {});
	await plain.click("button[value=unconscious]");
	await plain.waitForSelector(".band");
	ok(/同意なし/.test(await plain.textContent("main")), "without consent a reason opens it, without script too");
	await plain.click("text=閲覧をおえる");
	await plain.waitForURL("**/emergency");

	const privacy = await person(browser, "privacy", { trouble });
	await privacy.goto("/emergency/reviews");
	await seen(privacy, "reviews", "reviews");
	await privacy.locator(".opening-row").first().locator("summary").click();
	await privacy.locator(".opening-row").first().locator("button[value=justified]").click();
	await privacy.waitForSelector(".opening-row .chip.moss");
	ok(true, "the privacy officer judges it");
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
