#!/usr/bin/env node
/*
 * A face on a patient's pages, from the camera to the head of each page: made smaller,
 * turned upright, with a little one besides; taken away; the same without script.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/portrait.t    keeps pictures of the pages
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, looks_right } = require("./look.js");
const { person, json, DESK } = require("./people.js");
const { photo, stored } = require("./photo.js");

const trouble = [];

/* Chooses a picture, says that she agreed, and sends both. */
async function set(page, home, bytes) {
	await page.goto(home);
	await page.locator("#portrait summary").click();
	await page.setInputFiles("#portrait input[type=file]", { name: "IMG_0003.JPG", mimeType: "image/jpeg", buffer: bytes });
	await page.check("#portrait input[name=agreed]");
	await page.locator("#portrait form[data-portrait] button:enabled").click();
	await page.locator("#portrait .portrait-large").waitFor({ timeout: 60000 });
}

async function with_script(browser, home, timeline) {
	const nurse = await person(browser, "nurse", { trouble });

	await nurse.goto(home);
	await nurse.locator("#portrait summary").scrollIntoViewIfNeeded();
	await looks_right(nurse, "no portrait on a phone", "no-portrait-on-a-phone");
	const bytes = await photo(nurse);
	await set(nurse, home, bytes);
	const large = await stored(nurse, `${home}/portrait`), small = await stored(nurse, `${home}/portrait/thumbnail`);
	ok(Math.max(large.width, large.height) === 1024 && large.height > large.width, "it is smaller and stands upright", JSON.stringify(large));
	ok(small.width === small.height && small.width <= 96 && small.bytes <= 8000, "a small one is square and light", JSON.stringify(small));
	ok(large.upright && small.upright, "  in both what was above is above", JSON.stringify([large, small]));
	ok(large.bytes < bytes.length / 2, "  and lighter than it was", `${bytes.length} ${large.bytes}`);
	ok(!large.tells && !small.tells, "neither tells of place and camera");
	await nurse.locator("#portrait .portrait-large").scrollIntoViewIfNeeded();
	await looks_right(nurse, "a portrait on a phone", "a-portrait-on-a-phone");
	await nurse.goto(timeline);
	const face = nurse.locator("img[src$='/portrait/thumbnail']").first();
	ok(await face.evaluate(async (e) => { await e.decode(); return e.naturalWidth > 0; }), "it stands at the head of her timeline");
	await looks_right(nurse, "a timeline with a face on a phone", "a-timeline-with-a-face-on-a-phone");
	await nurse.context().close();
}

/* Posts as the page's own forms do; the answer's status. */
async function post(page, path, fields) {
	return page.evaluate(async ([path, fields]) => (await fetch(path, { method: "POST", headers: { Accept: "application/json" },
		body: new URLSearchParams({ ...fields, idempotency_key: crypto.randomUUID() }) })).status, [path, fields]);
}

/* Agreed to apart: a crew that has her open sees it small beside her name. */
async function for_crews(browser, home, patient) {
	for (const [what, settings] of [["phone", {}], ["desk", { viewport: DESK }]]) {
		const nurse = await person(browser, "nurse", { trouble }), crew = await person(browser, "crew", { trouble, ...settings });
		const face = crew.locator("img.crew-face");

		await crew.goto("/emergency");
		ok(await post(crew, "/emergency/open", { patient, reason: "unconscious" }) === 201, `${what}: a crew opens her`);
		await crew.goto(`/emergency/${patient}`);
		ok(await face.count() === 0, "  and has no face: nobody has agreed to that");
		await nurse.goto(home);
		await nurse.locator("#portrait summary").click();
		await nurse.click("#portrait form[action$='/crews'] button");
		await nurse.getByText("救急隊にも見えます").waitFor();
		await crew.goto(`/emergency/${patient}`);
		ok(await face.evaluate(async (e) => { await e.decode(); return e.naturalWidth > 0 && e.width === 64 && e.height === 64; }), "  then it stands beside her name, 64 pixels square");
		await looks_right(crew, `a face for a crew, ${what}`, `crew.a-face-${what}`);
		await nurse.locator("#portrait summary").click();
		await nurse.click("#portrait form[action$='/crews'] button");
		await nurse.getByText("救急隊には見えません").waitFor();
		await post(crew, `/emergency/${patient}/stop`, {});
		await nurse.context().close();
		await crew.context().close();
	}
}

async function colleague(browser, home, timeline) {
	const doctor = await person(browser, "doctor", { trouble, viewport: DESK });

	await doctor.goto(home);
	await doctor.locator("#portrait .portrait-large").scrollIntoViewIfNeeded();
	await looks_right(doctor, "a portrait on a desk", "a-portrait-on-a-desk");
	await doctor.locator("#portrait summary").click();
	await doctor.locator("#portrait form[action$='/remove'] button").click();
	await doctor.locator("#portrait .portrait-large").waitFor({ state: "detached" });
	ok(true, "a colleague takes it away");
	await doctor.goto(timeline);
	ok(await doctor.locator("img[src$='/portrait/thumbnail']").count() === 0, "  and no head has it any more");
	await doctor.context().close();
}

async function without_script(browser, home, timeline) {
	const maker = await browser.newPage();
	const bytes = await photo(maker, 1200, 900);
	const nurse = await person(browser, "nurse", { trouble, javaScriptEnabled: false });

	await maker.close();
	await set(nurse, home, bytes);
	await nurse.goto(timeline);
	ok(await nurse.locator("img[src$='/portrait/thumbnail']").count() === 0, "without script her page has it, a head has none");
	await nurse.goto(home);
	await nurse.locator("#portrait summary").click();
	await nurse.locator("#portrait form[action$='/remove'] button").click();
	ok(await nurse.locator("#portrait .portrait-large").count() === 0, "  and it is taken away");
	await nurse.context().close();
}

run(async (browser) => {
	const page = await person(browser, "nurse", { trouble });
	const { patients } = await json(page, "/patients");
	const home = `/patients/${patients[1].id}`, timeline = `/timeline/${patients[1].id}`;

	await page.context().close();
	await with_script(browser, home, timeline);
	await for_crews(browser, home, patients[1].id);
	await colleague(browser, home, timeline);
	await without_script(browser, home, timeline);
	ok(trouble.length === 0, "the console has nothing to say", trouble.join("\n"));
});
