#!/usr/bin/env node
/*
 * A lost phone, at the manager's desk and on her own phone: the list of the office's
 * devices, one press and one more to be sure, and it says that it is shut out.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { execFileSync } = require("node:child_process"), path = require("node:path");
const { ok, inspect, axe, run } = require("./look.js");
const { person, json, DESK, PHONE } = require("./people.js");

const name = `試験の端末 ${Date.now().toString(36)}`;

/* The administrator's command. */
function tomozuna(...words) {
	return execFileSync(path.join(process.env.TOMOZUNA_BIN, "tomozuna"),
		["--config", path.join(process.env.TOMOZUNA_CONF, "admin.conf"), ...words],
		{ encoding: "utf8", env: { ...process.env, CREDENTIALS_DIRECTORY: process.env.TOMOZUNA_CREDENTIALS } });
}

async function right(page, what) {
	await page.waitForLoadState("load");
	for (const [view, size] of [["phone", PHONE], ["desk", DESK]]) {
		await page.setViewportSize(size);
		const faults = [...await page.evaluate(inspect), ...await axe(page)];
		ok(faults.length === 0, `${what}, ${view}: as every page must be, nothing serious for axe`, faults.slice(0, 8).join("\n"));
	}
}

run(async (browser) => {
	const manager = await person(browser, "manager", { viewport: DESK }), nurse = await person(browser, "nurse");
	const { office } = await json(manager, "/devices");
	const ref = tomozuna("office", "list").split("\n").find((line) => line.includes(office)).match(/[0-9a-f]{32}/)[0];
	const device = tomozuna("device", "add", ref, "--name", name).trim();
	const card = manager.locator(".device", { hasText: name });

	await manager.click(".me summary");
	await manager.click(".me-box a:has-text('事業所の端末')");
	await manager.waitForURL(/\/devices$/);
	ok((await card.textContent()).includes("証明書はまだ届いていません"), "a new device waits for its certificate");
	await right(manager, "the list of devices");
	const hers = manager.locator(".device", { hasText: "いま使っている端末" });
	ok(await hers.count() === 1 && await hers.locator("button").count() === 0, "the one in her hand she cannot stop");
	ok(!await card.locator("button.stop").isVisible(), "the last press is behind another one");
	await card.locator("summary").click();
	ok((await card.textContent()).includes("元には戻せません"), "  which says what it does");
	await right(manager, "before the last press");
	await card.locator("button.stop").click();
	await card.locator(".chip", { hasText: "停止ずみ" }).waitFor();
	ok(await card.locator("button").count() === 0, "stopped, it says since when, and has no button");
	ok((await json(manager, "/devices")).devices.find((d) => d.id === device).revoked_at !== null, "  as scripts see it");
	ok(await nurse.locator(".me-box a[href='/devices']").count() === 0, "a nurse has no such entry in her menu");
	ok(await nurse.evaluate(async () => (await fetch("/devices")).status) === 403, "  nor such a page");
});
