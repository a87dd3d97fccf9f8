#!/usr/bin/env node
/*
 * Five people around one patient, each in a browser: a nurse writes, a doctor reads
 * and acknowledges, an urgent note stands out, a stranger sees nothing. Then the same
 * without script, with the keyboard alone, in English, and while the line is down.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/people.t    keeps the README's pictures
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const path = require("node:path");
const { ok, run, looks_right } = require("./look.js");
const { person, json, secret, DESK } = require("./people.js");

const PICTURES = process.env.TOMOZUNA_PICTURES;
const mark = `試 ${Date.now().toString(36)}`;
const CANARY = "<script>document.title='canary'</script><img src=x onerror=document.title='canary'>";
const REFUSED = /status of (400|401|403|404|409|503)|ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
const trouble = [];

const entry = (page, text) => page.locator(".entry", { hasText: text }).first();
const count = (page, text) => page.locator(".entry", { hasText: text }).count();

/* Presses and waits until it is stored and to be seen. */
async function write(page, text, urgent) {
	await page.fill("#body", text);
	if (urgent)
		await page.check("[name=urgent]");
	await page.click(".send");
	await page.waitForSelector("#state.good");
	await entry(page, text).waitFor({ timeout: 5000 }).catch(() => {});
}

function picture(page, name) {
	return page.screenshot({ path: path.join(PICTURES, name) });
}

/* Before anything is written: the README shows a day of the town. */
async function pictures(browser) {
	const nurse = await person(browser, "nurse"), doctor = await person(browser, "doctor", { viewport: DESK });
	const { patients } = await json(nurse, "/patients");
	const patient = patients.find((p) => p.name === "佐久間 ハル") ?? patients[0];

	await picture(nurse, "list-phone.png");
	for (const [page, name] of [[nurse, "timeline-phone.png"], [doctor, "timeline-desk.png"]]) {
		await page.goto(`/timeline/${patient.id}`);
		await picture(page, name);
		await page.context().close();
	}
}

async function nurse_and_doctor(browser) {
	const nurse = await person(browser, "nurse", { trouble });
	const doctor = await person(browser, "doctor", { trouble, viewport: DESK });

	ok(await nurse.locator(".patient").count() > 5, "the nurse sees her patients");
	await looks_right(nurse, "list on a phone");
	await looks_right(doctor, "list on a desk");
	const { patients } = await json(nurse, "/patients");
	const patient = patients[0], home = `/timeline/${patient.id}`;
	await nurse.locator(`.patient[href="${home}"]`).first().click();
	await nurse.waitForURL(`**${home}`);
	ok((await nurse.textContent(".strip .name")) === patient.name, "a tap leads to the patient's timeline");
	ok(!(await nurse.title()).includes(patient.name), "no name of a patient in a title");
	await looks_right(nurse, "timeline on a phone");

	const box = nurse.locator("#body");
	ok((await box.boundingBox()).height <= 52, "the writing box is one line");
	await box.focus();
	ok((await box.boundingBox()).height > 80, "and grows when touched");
	ok(await nurse.isVisible("text=至急にする"), "and offers what goes with it");
	await looks_right(nurse, "writing on a phone");
	await nurse.click("text=至急にする");
	ok(await nurse.isChecked("[name=urgent]"), "a press on a word does not close the box");
	await nurse.click("text=至急にする");

	await write(nurse, `${mark} 一 ${CANARY}`);
	ok((await nurse.textContent("#state")).includes("送信しました"), "the nurse is told that it is sent");
	ok(await count(nurse, `${mark} 一`) === 1, "it stands on top at once, once");
	ok((await entry(nurse, `${mark} 一`).locator(".text").textContent()).includes(CANARY), "markup in a note is text");
	ok(!(await nurse.title()).includes("canary"), "and does nothing");
	ok(await box.inputValue() === "", "the box is empty again");

	await doctor.goto("/patients");
	ok(await doctor.locator(`.waiting .patient[href="${home}"] .chip.new`).count() === 1, "the doctor's list says: unread");
	await doctor.goto(home);
	const seen = entry(doctor, `${mark} 一`);
	ok(await seen.locator("text=未読").count() === 1, "the note says so too");
	await doctor.waitForFunction((m) => [...document.querySelectorAll(".entry")]
		.some((e) => e.textContent.includes(m) && !e.classList.contains("unread")), `${mark} 一`, { timeout: 8000 })
		.catch(() => {});
	ok(!(await seen.getAttribute("class")).includes("unread"), "after a moment on the screen it is read");
	await seen.locator("text=了解する").click();
	await seen.locator(".done").waitFor();
	ok(true, "one press acknowledges, without leaving the page");
	await looks_right(doctor, "timeline on a desk");
	await nurse.reload();
	ok((await entry(nurse, `${mark} 一`).locator("[href$='/readers']").textContent()).includes("了解 1"), "the nurse sees: acknowledged by 1");
	await entry(nurse, `${mark} 一`).locator("[href$='/readers']").click();
	await nurse.waitForURL("**/readers");
	ok(await nurse.locator(".group").first().locator(".person").count() === 1, "and by whom");
	await looks_right(nurse, "readers");

	await nurse.goto(home);
	await write(nurse, `${mark} 至急の二`, true);
	ok(/\d+人/.test(await nurse.textContent("#state")), "an urgent note says how many are told");
	await doctor.goto("/patients");
	ok(await doctor.locator(`.patient.urgent[href="${home}"]`).count() > 0, "the doctor's list puts it first, as urgent");
	ok((await doctor.locator(".patient").first().getAttribute("class")).includes("urgent"), "urgent comes first");
	await doctor.goto(home);
	ok((await entry(doctor, `${mark} 至急の二`).getAttribute("class")).includes("urgent"), "and the note looks so");
	await nurse.goto(`/patients/${patient.id}`);
	await looks_right(nurse, "record on a phone");
	return { nurse, doctor, patient, home };
}

async function stranger(browser, { patient, home }) {
	const outsider = await person(browser, "outsider", { trouble, expected: REFUSED });

	ok(await outsider.locator(`text=${patient.name}`).count() === 0, "a stranger's list does not have her");
	for (const route of [home, `/patients/${patient.id}`]) {
		const answer = await outsider.goto(route);
		ok(answer.status() === 404, `${route.split("/")[1]}: 404`);
		ok(!(await outsider.content()).includes(patient.name), "without her name");
	}
	await looks_right(outsider, "error page");
	await outsider.context().close();
}

async function line_down({ nurse, home }) {
	await nurse.goto(home);
	await nurse.route("**/timeline/**", (route) => route.request().method() === "POST" ? route.abort() : route.continue());
	await nurse.fill("#body", `${mark} 三`);
	await nurse.check("[name=kind][value=report]");
	await nurse.click(".send");
	await nurse.waitForSelector("#state.bad");
	ok((await nurse.textContent("#state")).includes("送れませんでした"), "line down: it says so");
	ok(await nurse.inputValue("#body") === `${mark} 三`, "the text is still there");
	ok((await nurse.textContent(".send")).includes("もう一度"), "the button says: again");
	await nurse.reload();
	await nurse.waitForFunction(() => document.querySelector("#body").value !== "");
	ok(await nurse.inputValue("#body") === `${mark} 三`, "even after loading the page again");
	ok(await nurse.isChecked("[name=kind][value=report]"), "with its kind");
	await nurse.unroute("**/timeline/**");

	let first = true;	/* this time it is stored, but the answer is lost */
	await nurse.route(`**${home}`, async (route) => {
		if (route.request().method() !== "POST" || !first)
			return route.continue();
		first = false;
		await route.fetch();
		return route.abort();
	});
	await nurse.click(".send");
	await nurse.waitForSelector("#state.bad");
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good");
	await nurse.unroute(`**${home}`);
	await nurse.reload();
	ok(await count(nurse, `${mark} 三`) === 1, "an answer lost, pressed again: stored once");
	ok(await nurse.inputValue("#body") === "", "the draft is gone once sent");

	await nurse.fill("#body", `${mark} 四`);
	const cookies = await nurse.context().cookies();
	await nurse.context().clearCookies();
	await nurse.click(".send");
	await nurse.waitForSelector("#state.bad");
	ok(await nurse.locator("#state a[target=_blank]").count() === 1, "signed out meanwhile: it says where to open the screen");
	await nurse.context().addCookies(cookies);
	await nurse.click(".send");
	await entry(nurse, `${mark} 四`).waitFor();
	ok(await count(nurse, `${mark} 四`) === 1, "and the same press then sends it");
}

async function without_script(browser, { home, patient }) {
	const nurse = await person(browser, "nurse", { trouble, expected: REFUSED, javaScriptEnabled: false });
	const doctor = await person(browser, "doctor", { trouble, javaScriptEnabled: false });

	await nurse.goto(home);
	await nurse.focus("#body");
	await nurse.fill("#body", `${mark} 五`);
	await nurse.locator("label.choice", { hasText: "ようす・観察" }).click();
	await nurse.click(".send");
	ok(await entry(nurse, `${mark} 五`).locator("text=ようす・観察").count() === 1, "without script: written, with its kind");
	await doctor.goto(home);
	await entry(doctor, `${mark} 五`).locator("text=既読にする").click();
	ok(!(await entry(doctor, `${mark} 五`).getAttribute("class")).includes("unread"), "read by a button");
	await entry(doctor, `${mark} 五`).locator("text=了解する").click();
	ok(await entry(doctor, `${mark} 五`).locator(".done").count() === 1, "and acknowledged");
	await doctor.goto("/patients");
	await doctor.fill("#q", patient.kana.split(" ")[0]);
	await doctor.click(".search button");
	ok(await doctor.locator(`.patient[href="${home}"]`).count() === 1, "found by kana");
	await nurse.goto(home);
	await nurse.fill("#body", "あ".repeat(4001));
	await nurse.click(".send");
	ok(await nurse.locator(".trouble").count() === 1, "too long: the error page");
	ok((await nurse.inputValue("#f-body")).length === 4001, "has all that was typed");
	await nurse.fill("#f-body", `${mark} 六`);
	await nurse.click("form.card button");
	await entry(nurse, `${mark} 六`).waitFor();
	ok(await count(nurse, `${mark} 六`) === 1, "and sends it once it is right");
	await nurse.context().close();
	await doctor.context().close();
}

async function keyboard_only(browser, { home }) {
	const helper = await person(browser, "helper", { trouble, viewport: DESK });
	const at = () => helper.evaluate(() => document.activeElement.className + " " + document.activeElement.id);

	await helper.goto("/patients");
	await helper.keyboard.press("Tab");
	ok((await at()).includes("skip"), "keyboard: the first stop skips to the content");
	ok(await helper.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), "and shows itself");
	await helper.keyboard.press("Enter");
	for (let i = 0; i < 4 && !(await at()).includes("patient"); i++)
		await helper.keyboard.press("Tab");
	ok((await at()).includes("patient"), "then come search and patients");
	await helper.goto(home);
	/* By the two links that skip: how many tabs a network has does not count. */
	for (const key of ["Tab", "Enter", "Tab", "Enter"])
		await helper.keyboard.press(key);
	ok((await at()).includes(" body"), "four presses lead into the writing box");
	await helper.keyboard.type(`${mark} 七`);
	ok(await helper.evaluate(() => getComputedStyle(document.activeElement).outlineStyle) === "solid", "where one is can be seen");
	await helper.keyboard.press("Control+Enter");
	await entry(helper, `${mark} 七`).waitFor();
	ok(await count(helper, `${mark} 七`) === 1, "written without a mouse");
	await helper.context().close();
}

/* Japanese in an English page, but for what people wrote. */
function japanese() {
	const data = "main [lang=ja], .alert-bar [lang=ja], h1, .name, .names, .kana, .author, .office, .entry h3 b, .entry h3 small, .text, .brand, .me-name, .me-box, .initial, .chip.amber, .chip.soft-shu, .foot, .strip, .composer-label";
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];

	while (walk.nextNode())
		if (/[\u3041-\u30ff\u4e00-\u9fff]/.test(walk.currentNode.data) && walk.currentNode.parentElement.closest(data) === null)
			found.push(walk.currentNode.data.trim());
	return found.filter((text) => text !== "日本語");
}

async function english(browser, { home }) {
	const pharmacist = await person(browser, "pharmacist", { trouble });

	await pharmacist.goto("/account");
	await pharmacist.click("text=English");
	await pharmacist.waitForSelector("html[lang=en]");
	try {
		for (const route of ["/patients", home, home.replace("timeline", "patients"), "/account"]) {
			await pharmacist.goto(route);
			if (route !== home.replace("timeline", "patients"))
				ok((await pharmacist.evaluate(japanese)).length === 0, `English: ${route.split("/")[1]}`,
					(await pharmacist.evaluate(japanese)).slice(0, 8).join("\n"));
			await looks_right(pharmacist, `English ${route.split("/")[1]}`);
		}
	} finally {
		await pharmacist.goto("/account");
		await pharmacist.click("button:has-text('日本語')");
		await pharmacist.waitForSelector("html[lang=ja]");
	}
	await pharmacist.context().close();
}

async function doors(browser) {
	const page = await person(browser, "nurse", { stranger: true, trouble, expected: REFUSED });

	await page.goto("/patients");
	ok(new URL(page.url()).pathname === "/sign-in", "signed out: the way in");
	await looks_right(page, "sign-in");
	await page.fill("#login", "nurse");
	await page.fill("#password", "wrong wrong wrong");
	await page.click("main form button");
	ok(await page.locator(".fault").count() === 1, "a wrong password is told beside the field");
	ok(await page.inputValue("#f-login") === "nurse", "the login need not be typed again");
	await page.fill("#f-password", secret("nurse", "password"));
	await page.click("form.card button");
	await page.waitForURL("**/patients");
	ok(true, "and the right one opens");
	await page.goto("/account");
	await looks_right(page, "settings");
	await page.context().close();
}

run(async (browser) => {
	if (PICTURES !== undefined)
		await pictures(browser);
	await doors(browser);
	const all = await nurse_and_doctor(browser);
	await stranger(browser, all);
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
	trouble.length = 0;
	await keyboard_only(browser, all);
	await english(browser, all);
	await without_script(browser, all);
	ok(trouble.length === 0, "nor later", trouble.join("\n"));
	trouble.length = 0;
	await line_down(all);
	ok(trouble.every((line) => REFUSED.test(line)), "with the line down only the refusals", trouble.join("\n"));
});
