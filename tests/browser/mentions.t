#!/usr/bin/env node
/*
 * A name behind an @ waits for whoever bears it, and a note to one person says, before
 * and after it is sent, that two read it and nobody else.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, inspect, axe, run } = require("./look.js");
const { person, json, DESK } = require("./people.js");

const mark = `名 ${Date.now().toString(36)}`;
const card = (page, text) => page.locator(".entry", { hasText: text }).first();

async function right(page, what) {
	await page.waitForLoadState("load");
	const faults = [...await page.evaluate(inspect), ...await axe(page)];

	ok(faults.length === 0, `${what}: as every page must be, nothing serious for axe`, faults.slice(0, 8).join("\n"));
}

async function named(nurse, doctor, patient, name) {
	await nurse.goto(`/timeline/${patient.id}`);
	await nurse.fill("#body", `${mark} ＠${name} 見てください`);
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good");
	ok((await card(nurse, mark).locator(".chip.plain").first().textContent()).includes(name), "the entry says who is named");
	await doctor.goto("/patients");
	const row = doctor.locator(`.waiting .patient[href$='${patient.id}']`);
	ok((await row.textContent()).includes("あなたへ"), "her list says that something is for her");
	await right(doctor, "the list");
	await row.click();
	await doctor.waitForURL(/\/timeline\//);
	await doctor.click(".to-questions a");
	await doctor.waitForURL(/\/questions$/);
	ok((await card(doctor, mark).textContent()).includes("あなたへ"), "and the page of what waits for her has it");
	await right(doctor, "what waits");
	await card(doctor, mark).locator(".ok").click();
	await card(doctor, mark).waitFor({ state: "detached" });
	await doctor.reload();
	ok(await card(doctor, mark).count() === 0, "understood, it waits no more");
}

async function between(nurse, doctor, patient, name) {
	await nurse.goto(`/timeline/${patient.id}`);
	await nurse.fill("#body", `${mark} 二人の話`);
	await nurse.click("[data-audience]");
	await nurse.waitForSelector("#by-name");
	await nurse.check("#by-name");
	await nurse.locator(".of-people label", { hasText: name }).click();
	ok((await nurse.textContent("#sees")).includes(`${name} さんとあなた、二人だけ`), "before it is sent: who will read it");
	await nurse.locator(".of-people label").last().click();
	ok(!(await nurse.textContent("#sees")).includes("二人だけ"), "  with one more, they are not two");
	await nurse.locator(".of-people label").last().click();
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good");
	ok((await card(nurse, "二人の話").textContent()).includes(`${name} さんとあなた、二人だけ`), "after: with whom");
	await doctor.goto(`/timeline/${patient.id}`);
	ok(await card(doctor, "二人の話").evaluate((e) => e.classList.contains("between")), "whoever reads it sees it, too");
	await right(doctor, "a timeline with an entry between two");
	await card(doctor, "二人の話").locator("footer > :last-child").click();
	await doctor.waitForURL(/\/timeline\/[0-9a-f]{32}\/[0-9a-f]{32}$/);
	ok((await doctor.textContent("label[for=body]")).includes("二人だけに見えます"), "and so does where she answers");
	await right(doctor, "an entry between two");
}

run(async (browser) => {
	const nurse = await person(browser, "nurse"), doctor = await person(browser, "doctor", { viewport: DESK });
	const { patients } = await json(nurse, "/patients");
	const shared = (await json(doctor, "/patients")).patients.map((p) => p.id);
	const patient = patients.find((p) => shared.includes(p.id));
	const name = (await doctor.textContent(".me-name")).trim();

	await named(nurse, doctor, patient, name);
	await between(nurse, doctor, patient, name);
});
