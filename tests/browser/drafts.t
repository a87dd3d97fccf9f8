#!/usr/bin/env node
/*
 * Nothing typed is lost: by idling, a dropped line, a closed browser, a server that is
 * away. What the device keeps of it nobody can read there.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { execFileSync } = require("node:child_process");
const { ok, until, run } = require("./look.js");
const { person, json, secret } = require("./people.js");

const mark = `稿 ${Date.now().toString(36)}`;

function sql(text) {
	execFileSync("mariadb", ["--no-defaults", `--socket=${process.env.TOMOZUNA_DB_SOCKET}`,
		`--user=${process.env.USER ?? "root"}`, process.env.TOMOZUNA_DB_NAME ?? "tomozuna", "-e", text]);
}

const has = (page, text) => page.waitForFunction((t) => document.querySelector("#body").value === t, text, { timeout: 60000 })
	.then(() => true, () => false);

/* Types, and waits until the device has kept it. */
async function type(page, text) {
	const before = await page.evaluate(() => JSON.stringify(localStorage));

	await page.fill("#body", text);
	await page.waitForFunction((b) => JSON.stringify(localStorage) !== b, before, { timeout: 60000 });
}
const stored = (page, home, text) => until(page, async ([home, text]) =>
	(await (await fetch(`${home}/draft`, { headers: { Accept: "application/json" } })).json()).draft?.body === text, [home, text]);
const ready = (page) => page.waitForResponse((r) => /\/draft(\?|$)/.test(r.url()), { timeout: 60000 });

async function open(page, home) {
	await Promise.all([ready(page), page.goto(home)]);
}

async function empty(page) {
	await page.fill("#body", "");
	await page.waitForResponse((r) => r.url().endsWith("/draft") && r.request().method() === "POST", { timeout: 60000 });
}

/* What others wrote is in sight, and no words of the foot are cut off. */
async function in_sight(page, home) {
	const edge = (of, side) => page.locator(of).first().evaluate((e, side) => e.getBoundingClientRect()[side], side);
	const tall = () => page.evaluate(() => innerHeight);

	await open(page, home);
	await type(page, `${mark} 空`);
	await empty(page);
	await page.evaluate(() => document.activeElement.blur());
	ok(await edge(".composer", "bottom") <= await edge(".tabs", "top") + 1.5, "the box ends where the foot begins, whose icons it cut off");
	await type(page, `${mark} 見`);
	await stored(page, home, `${mark} 見`);
	await open(page, home);
	await has(page, `${mark} 見`);
	await page.waitForSelector(".composer.rest");
	ok(await edge(".composer", "top") > await tall() / 2, "a draft that came back leaves the upper half to what others wrote");
	const send = await edge(".send", "width"), box = await edge("#body", "width");
	ok(box >= 150, "  and its box is as wide as words need", `${box} beside ${send}`);
	await page.focus("#body");
	ok(await page.locator(".composer-more").isVisible(), "touched, it opens");
	await page.context().route("**/timeline/*", (route) => route.request().method() === "POST" ? route.abort() : route.fallback());
	await page.click(".send");
	await page.waitForSelector("#state.bad");
	ok(await edge("#body", "width") >= 150, "nor is it narrow beside the long word that offers to send again", await edge("#body", "width"));
	await page.context().unroute("**/timeline/*");
	await empty(page);
}

/* A new browser, as after a fall of the machine: only the server can know. */
async function closed_browser(browser, home) {
	const first = await person(browser, "nurse");

	await open(first, home);
	await first.fill("#body", `${mark} 閉`);
	await first.check("[name=kind][value=plan]", { force: true });
	await stored(first, home, `${mark} 閉`);
	const disk = await first.evaluate(() => JSON.stringify(localStorage));
	ok(!disk.includes(mark) && !/[\u3040-\u9fff]/.test(disk), "the device has nothing that can be read");
	await first.context().close();
	const second = await person(browser, "nurse");
	await second.goto(home);
	ok(await has(second, `${mark} 閉`), "closed browser: another one has the text");
	ok(await second.isChecked("[name=kind][value=plan]"), "  and its kind");
	const doctor = await person(browser, "doctor");
	await open(doctor, home);
	ok(await doctor.inputValue("#body") === "", "  nobody else has");
	await doctor.context().close();
	await empty(second);
	await second.context().close();
}

async function dropped_line(page, home) {
	await open(page, home);
	await page.route("**/*", (route) => route.abort());
	await type(page, `${mark} 切`);
	await page.unroute("**/*");
	await page.goto(home);
	ok(await has(page, `${mark} 切`), "dropped line: the device had kept it");
	await empty(page);
}

async function server_away(page, home) {
	await open(page, home);
	await page.route("**/timeline/**", (route) => route.request().method() === "POST" ?
		route.fulfill({ status: 503, headers: { "Content-Type": "application/json", "Retry-After": "5" },
			body: "{\"error\":{\"code\":\"unavailable\",\"message\":\"今は保存できません。\"}}" }) : route.continue());
	await type(page, `${mark} 止`);
	await page.click(".send");
	await page.waitForSelector("#state.bad");
	ok(await page.inputValue("#body") === `${mark} 止`, "503: the text stays");
	await page.reload();
	ok(await has(page, `${mark} 止`), "  and is there after a reload");
	await page.unroute("**/timeline/**");
	await page.click(".send");
	await page.waitForSelector("#state.good");
	await Promise.all([ready(page), page.reload()]);
	ok(await page.inputValue("#body") === "", "sent, it is a draft no more");
}

/* A quarter of an hour later the screen is locked; the PIN opens it again. */
async function idling(page, home) {
	await open(page, home);
	await page.fill("#body", `${mark} 休`);
	await stored(page, home, `${mark} 休`);
	sql("UPDATE care_session SET seen_at = seen_at - INTERVAL 20 MINUTE WHERE user_id = (SELECT id FROM care_user WHERE login = 'nurse')");
	await type(page, `${mark} 休み`);
	await page.goto(home);
	await page.waitForURL("**/unlock**");
	await page.fill("#pin", secret("nurse", "pin"));
	await page.click("main form button");
	await page.waitForURL((url) => !url.pathname.startsWith("/unlock"));
	await page.goto(home);
	ok(await has(page, `${mark} 休み`), "idling: after the PIN it is there, with what was typed meanwhile");
	await empty(page);
}

/* While writing, the PIN is asked for over what was typed, and the note goes on. */
async function locked_while_writing(page, home) {
	const lock = () => sql("UPDATE care_session SET seen_at = seen_at - INTERVAL 20 MINUTE WHERE user_id = (SELECT id FROM care_user WHERE login = 'nurse')");
	const fault = () => page.textContent("#lock .fault");

	await open(page, home);
	await type(page, `${mark} 錠`);
	lock();
	await page.click(".send");
	await page.waitForSelector("#lock[open]");
	ok(await page.evaluate(() => document.activeElement.id) === "lock-pin", "locked: the PIN is asked for where one writes");
	ok(await page.inputValue("#body") === `${mark} 錠`, "  what was typed stands");
	await page.fill("#lock-pin", "12");
	await page.click("#lock .go");
	ok(/6桁/.test(await fault()) && await page.getAttribute("#lock-pin", "aria-describedby") === "lock-pin-fault", "  a short one is refused in our words, at the field", await fault());
	await page.fill("#lock-pin", secret("nurse", "pin") === "000000" ? "000001" : "000000");
	await page.click("#lock .go");
	await page.waitForFunction(() => !/6桁|^$/.test(document.querySelector("#lock .fault").textContent));
	ok(!/6桁/.test(await fault()), "  a wrong one, too", await fault());
	await page.click("#lock [data-close]");
	await page.waitForSelector("#state.bad");
	ok(await page.inputValue("#body") === `${mark} 錠`, "later: it is not sent, and stays");
	await page.click(".send");
	await page.waitForSelector("#lock[open]");
	await page.fill("#lock-pin", secret("nurse", "pin"));
	await page.click("#lock .go");
	await page.waitForSelector("#state.good");
	await page.locator(".entry .text", { hasText: `${mark} 錠` }).first().waitFor();
	ok(await page.locator(".entry .text", { hasText: `${mark} 錠` }).count() === 1, "the right one: it is sent, once, with no other press");
	lock();
	await page.goto("/unlock");
	await page.fill("#pin", "12");
	await page.click("main form.card button");
	await page.waitForSelector("#pin-fault");
	ok(/6桁/.test(await page.textContent("#pin-fault")) && new URL(page.url()).pathname === "/unlock", "on the page of its own as well");
	await page.fill("#pin", secret("nurse", "pin"));
	await page.click("main form.card button");
	await page.waitForURL((url) => !url.pathname.startsWith("/unlock"));
}

/* A text for few must not come back as one for all. */
async function audience(page, home) {
	await open(page, home);
	await page.fill("#body", `${mark} 少`);
	await page.click("[data-audience]");
	await page.check("#by-profession");
	await page.check("[name=profession][value='010']", { force: true });
	ok((await page.textContent("#sees")).includes("えらんだ人"), "the box says that not all will see it");
	await until(page, async ([home, text]) => {
		const { draft } = await (await fetch(`${home}/draft`, { headers: { Accept: "application/json" } })).json();

		return draft?.professions === "010" && draft.body === text;
	}, [home, `${mark} 少`]);
	await page.goto(home);
	ok(await has(page, `${mark} 少`), "a text for few comes back");
	ok(await page.isChecked("#by-profession") && await page.isChecked("[name=profession][value='010']"), "  for the same few");
	await page.click(".send");
	await page.waitForSelector("#state.good");
	const said = await page.textContent("#state");
	ok(said.includes("えらんだ人") && !said.includes("チーム"), "sent, it says that it has reached those, and not the team", said);
	await page.locator(".entry", { hasText: `${mark} 少` }).waitFor();
	ok(await page.locator(".entry", { hasText: `${mark} 少` }).locator(".only").count() === 1, "  and is sent to them");
}

/* A reply has a draft of its own, beside the page's. */
async function reply(browser, page, home) {
	await open(page, home);
	await page.fill("#body", `${mark} 元`);
	await page.click(".send");
	await page.waitForSelector("#state.good");
	await page.fill("#body", `${mark} 別`);
	await stored(page, home, `${mark} 別`);
	const there = await page.locator(".entry", { hasText: `${mark} 元` }).locator("footer > :last-child").getAttribute("href");
	await open(page, there);
	await page.fill("#body", `${mark} 答`);
	await until(page, async ([home, to, text]) => (await (await fetch(`${home}/draft?reply_to=${to}`,
		{ headers: { Accept: "application/json" } })).json()).draft?.body === text, [home, there.split("/")[3], `${mark} 答`]);
	const second = await person(browser, "nurse");
	await second.goto(there);
	ok(await has(second, `${mark} 答`), "closed browser: another one has the reply");
	await second.click(".send");
	await second.locator(".reply", { hasText: `${mark} 答` }).waitFor();
	await Promise.all([ready(second), second.reload()]);
	ok(await second.inputValue("#body") === "", "  sent, it is a draft no more");
	await second.goto(home);
	ok(await has(second, `${mark} 別`), "  and what is for the page is still one");
	await empty(second);
	await second.context().close();
}

run(async (browser) => {
	const page = await person(browser, "nurse");
	const { patients } = await json(page, "/patients");
	const home = `/timeline/${patients[1].id}`;

	await closed_browser(browser, home);
	await in_sight(page, home);
	await dropped_line(page, home);
	await server_away(page, home);
	await audience(page, home);
	await idling(page, home);
	await locked_while_writing(page, home);
	await reply(browser, page, home);
});
