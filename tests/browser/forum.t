#!/usr/bin/env node
/*
 * A group that is about no patient: made, somebody named into it, written, read by being
 * looked at, answered, taken back.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, inspect, axe, run } = require("./look.js");
const { person, json, DESK } = require("./people.js");

const mark = `会 ${Date.now().toString(36)}`;

async function right(page, what) {
	await page.waitForLoadState("load");
	const faults = [...await page.evaluate(inspect), ...await axe(page)];

	ok(faults.length === 0, `${what}: as every page must be, nothing serious for axe`, faults.slice(0, 8).join("\n"));
}

run(async (browser) => {
	const nurse = await person(browser, "nurse"), doctor = await person(browser, "doctor", { viewport: DESK });
	const name = (await doctor.textContent(".me-name")).trim();

	await nurse.goto("/forums");
	await nurse.click("summary:has-text('グループを作る')");
	await nurse.fill("#f-name", mark);
	await nurse.click("button:has-text('作る')");
	await nurse.click(`a:has-text('${mark}')`);
	await nurse.waitForURL(/\/forums\/[0-9a-f]{32}$/);
	const forum = new URL(nurse.url()).pathname;
	await right(nurse, "an empty group");
	await nurse.click("a:has-text('入っている人')");
	await nurse.waitForURL(/\/members$/);
	const value = await nurse.locator("#f-person option", { hasText: name }).first().getAttribute("value");
	await nurse.selectOption("#f-person", value);
	await nurse.click("button:has-text('加える')");
	await nurse.locator(".people", { hasText: name }).waitFor();
	await right(nurse, "who is in it");
	await nurse.goto(forum);
	await nurse.click("summary:has-text('書く')");
	await nurse.fill("#body", `${mark} 来月の勉強会`);
	await nurse.click("details[open] button:has-text('送る')");
	await nurse.locator(".entry", { hasText: "来月の勉強会" }).waitFor();

	await doctor.goto("/forums");
	ok((await doctor.locator(".card", { hasText: mark }).textContent()).includes("未読 1"), "whoever was named sees what is unread");
	await right(doctor, "the list of groups");
	const seen = doctor.waitForResponse((r) => r.url().endsWith("/read"), { timeout: 60000 });
	await doctor.goto(forum);
	await seen;
	await doctor.goto("/forums");
	ok(!(await doctor.locator(".card", { hasText: mark }).textContent()).includes("未読"), "looked at, it is read");
	await doctor.goto(forum);
	await doctor.click("summary:has-text('返信する')");
	await doctor.fill(".entry details textarea", `${mark} 第2週で`);
	await doctor.click(".entry details button:has-text('送る')");
	await doctor.locator(".reply", { hasText: "第2週で" }).waitFor();
	await right(doctor, "a group");
	await nurse.reload();
	ok(await nurse.locator(".reply", { hasText: "第2週で" }).count() === 1, "an answer stands under what it answers");
	await nurse.locator(".entry", { hasText: "来月の勉強会" }).locator("button:has-text('取り消す')").first().click();
	await nurse.locator(".trace").waitFor();
	ok(await nurse.locator(".entry", { hasText: "来月の勉強会" }).count() === 0, "taken back, a trace stays and no word");
	await nurse.goto(`${forum}/members`);
	await nurse.click("summary:has-text('閉じる')");
	await nurse.click("button:has-text('閉じる')");
	await nurse.waitForURL(/\/forums$/);
	ok((await json(nurse, "/forums")).forums.every((f) => f.name !== mark), "closed, it is in nobody's list");
});
