#!/usr/bin/env node
/*
 * What people do with an entry, each by pressing: reply, correct, withdraw, take back,
 * move to the right patient, mark as unread, search, copy, print on one sheet. And how
 * the first view arrives: what it weighs, how soon it is seen, that nothing jumps.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, soon, inspect, axe, run } = require("./look.js");
const { person, json, DESK } = require("./people.js");

const mark = `事 ${Date.now().toString(36)}`;
const card = (page, text) => page.locator(".entry", { hasText: text }).first();

async function right(page, what) {
	await page.waitForLoadState("load");
	const faults = [...await page.evaluate(inspect), ...await axe(page)];

	ok(faults.length === 0, `${what}: as every page must be, nothing serious for axe`, faults.slice(0, 8).join("\n"));
}

async function write(page, home, text) {
	await page.goto(home);
	await page.fill("#body", text);
	await page.click(".send");
	await page.waitForSelector("#state.good");
	await card(page, text).waitFor();
}

async function more(page, home, text) {
	await page.goto(home);
	await card(page, text).locator("footer > :last-child").click();
	await page.waitForURL(/\/timeline\/[0-9a-f]{32}\/[0-9a-f]{32}$/);
}

async function replies(nurse, doctor, home) {
	await write(nurse, home, `${mark} 一`);
	await more(doctor, home, `${mark} 一`);
	await right(doctor, "one entry");
	await doctor.fill("#body", `${mark} 返信です`);
	await doctor.click(".send");
	await doctor.locator(".reply", { hasText: "返信です" }).waitFor();
	ok(true, "a reply stands under its entry");
	await nurse.goto(home);
	ok(await card(nurse, `${mark} 一`).locator(".reply").count() === 1, "the author of the entry sees it there");
	ok((await card(nurse, `${mark} 一`).locator("footer > :last-child").textContent()).includes("1"), "and how many there are");
}

async function fates(nurse, doctor, home) {
	await write(nurse, home, `${mark} 二 まちがい`);
	await more(nurse, home, `${mark} 二`);
	await right(nurse, "one's own entry");
	await nurse.click("summary:has-text('訂正する')");
	await nurse.fill("#f-correct", `${mark} 二 ただしい`);
	await nurse.click("text=訂正を送る");
	await card(nurse, "ただしい").waitFor();
	ok(await card(nurse, "ただしい").locator("text=前の記録の訂正").count() === 1, "a correction names what it corrects");
	ok(await card(nurse, "まちがい").locator("text=訂正されました").count() === 1, "which stays, and says so");
	await more(nurse, home, "ただしい");
	await nurse.click("summary:has-text('取り消す')");
	await nurse.fill("#f-reason", "別の日のこと");
	await nurse.click("text=この記録を取り消す");
	await nurse.waitForURL(`**${home}`);
	ok(await nurse.locator(".trace", { hasText: "別の日のこと" }).count() > 0, "a withdrawal leaves a trace");
	ok(await nurse.locator(".entry", { hasText: "ただしい" }).count() === 0, "without the text");
	await write(nurse, home, `${mark} 三 うっかり`);
	await card(nurse, `${mark} 三`).locator("[formaction$='/recall']").click();
	await nurse.waitForFunction((t) => document.querySelector("#body")?.value === t, `${mark} 三 うっかり`);
	ok(await nurse.locator(".entry", { hasText: `${mark} 三` }).count() === 0, "taken back, it is in the box again and nowhere else");
	await nurse.fill("#body", "");
	await doctor.goto(home);
	await more(doctor, home, `${mark} 一`);
	await doctor.click("text=未読に戻す");
	await doctor.waitForURL(`**${home}`);
	ok(await card(doctor, `${mark} 一`).locator("text=あとで見る").count() === 1, "marked as unread, for later");
	await doctor.waitForTimeout(2500);
	ok(await card(doctor, `${mark} 一`).locator("text=あとで見る").count() === 1, "looking does not take the mark away");
	await card(doctor, `${mark} 一`).locator("[formaction$='/read']").click();
	await doctor.waitForFunction((t) => ![...document.querySelectorAll(".entry.kept")].some((e) => e.textContent.includes(t)), `${mark} 一`);
	ok(true, "a press does");
}

async function moved(nurse, home, other) {
	await write(nurse, home, `${mark} 四 人ちがい`);
	await more(nurse, home, `${mark} 四`);
	await nurse.click("text=別の方のことだった");
	await right(nurse, "moving");
	await nurse.check(`[name=patient][value="${other.id}"]`);
	await nurse.click("button:has-text('移す')");
	await nurse.waitForURL(`**${home}`);
	ok(await nurse.locator(".entry", { hasText: "人ちがい" }).count() === 0, "moved, it is gone from here");
	await nurse.goto(`/timeline/${other.id}`);
	ok(await card(nurse, "人ちがい").locator("text=移されました").count() === 1, "and stands where it belongs");
}

async function search(nurse, home) {
	await nurse.goto(home);
	await nurse.fill("#q", `${mark} 一`.slice(2));
	await nurse.click(".find button");
	await nurse.locator(".found").waitFor();
	ok(await nurse.locator(".entry").count() >= 1, "what one searches for is found");
	await right(nurse, "found");
}

async function paper(nurse, home) {
	await nurse.addInitScript(() => { window.print = () => {}; });
	const texts = [`${mark} 短い`, `${mark} 長い` + "あいうえおかきくけこ".repeat(390), `${mark} 行` + "あ\n".repeat(1900)];

	await nurse.context().grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
	for (const text of texts) {
		await nurse.evaluate(async ([home, body]) => fetch(home, { method: "POST", body: new URLSearchParams({ body }) }), [home, text]);
		await more(nurse, home, text.slice(0, 12));
		if (text === texts[0]) {
			await nurse.click("[data-copy]");
			await nurse.waitForFunction(() => document.querySelector("#toast").textContent !== "");
			ok((await nurse.evaluate(() => navigator.clipboard.readText()).catch(() => nurse.inputValue("#plain"))).includes(text), "one press copies it as plain text");
		}
		await nurse.fill("#f-sent_to", "みなと病院 地域連携室");
		await nurse.click("text=送り先を記録して");
		await nurse.locator(".sheet").waitFor();
		if (text === texts[0])
			await right(nurse, "the sheet");
		const pdf = (await nurse.pdf({ format: "A4" })).toString("latin1");
		ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length === 1, `one sheet of paper for ${text.length} characters`,
			`${(pdf.match(/\/Type\s*\/Page\b/g) ?? []).length} sheets`);
	}
}

/* An age that script adds breaks no line: where it stood before there was room for it. */
async function ages(nurse, home) {
	await write(nurse, home, `${mark} 零`);
	await nurse.goto("/patients");
	const [before, after] = await nurse.evaluate(async () => {
		const heights = (page) => Array.from(page.querySelectorAll(".patient"), (e) => e.getBoundingClientRect().height).join();
		const now = heights(document), times = Array.from(document.querySelectorAll("time[data-ago]"));

		for (const t of times.filter((t) => t.dataset.ago !== undefined && t.dataset.ago !== ""))
			t.textContent = t.dataset.ago;
		return [heights(document), now];
	});
	ok(before === after, "the list: an age breaks no line", `${before} ${after}`);
}

/* 3G as Chromium's own throttling does it: 1.6 Mbit/s, 150 ms there and back. */
async function first_view(browser, route, what) {
	const page = await person(browser, "nurse");
	const session = await page.context().newCDPSession(page);
	let total = 0;

	await session.send("Network.enable");
	await session.send("Network.setCacheDisabled", { cacheDisabled: true });
	await session.send("Network.emulateNetworkConditions",
		{ offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
	session.on("Network.loadingFinished", (e) => { total += e.encodedDataLength; });
	await page.addInitScript(() => {
		globalThis.shift = 0;
		new PerformanceObserver((list) => {
			for (const e of list.getEntries())
				if (!e.hadRecentInput)
					globalThis.shift += e.value;
		}).observe({ type: "layout-shift", buffered: true });
	});
	await page.goto(route);
	await page.waitForTimeout(1500);
	const seen = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
	const shift = await page.evaluate(() => globalThis.shift);
	console.log(`# ${what}: ${Math.round(total / 1000)} kB, seen after ${Math.round(seen)} ms, layout shift ${shift.toFixed(4)}`);
	await page.context().close();
	return { total, seen, shift };
}

run(async (browser) => {
	const nurse = await person(browser, "nurse"), doctor = await person(browser, "doctor", { viewport: DESK });
	const { patients } = await json(nurse, "/patients");
	const shared = (await json(doctor, "/patients")).patients.map((p) => p.id);
	const patient = patients.find((p) => shared.includes(p.id));
	const other = patients.find((p) => p.id !== patient.id);
	const home = `/timeline/${patient.id}`;

	/* The last patient's timeline: fifty entries of the town's, none that a test wrote. */
	for (const [route, what] of [["/patients", "the list"], [`/timeline/${patients.at(-1).id}`, "a timeline"]]) {
		const view = await first_view(browser, route, what);
		/* Web Vitals calls 0.1 good; the day's date beside 今日 is 0.0007. */
		ok(view.shift < 0.1, `${what}: nothing jumps`, view.shift);
		soon(view.seen, 1000, `${what}: seen within a second on 3G`);
		ok(view.total < 100e3, `${what}: the first view has less than 100 kB`, view.total);
	}
	await ages(nurse, home);
	await replies(nurse, doctor, home);
	await fates(nurse, doctor, home);
	await moved(nurse, home, other);
	await search(nurse, home);
	await paper(nurse, home);
	await doctor.goto("/patients");
	await right(doctor, "the list");
	await doctor.goto(`${home}/write`);
	await right(doctor, "writing for few");
});
