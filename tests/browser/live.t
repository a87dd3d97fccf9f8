#!/usr/bin/env node
/*
 * What somebody else writes is offered within a second while the doorbell works, and
 * within ten without; nothing moves under the reader's thumb, and the doorbell says
 * nothing to those who may not hear.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const fs = require("node:fs"), path = require("node:path");
const { ok, soon, run } = require("./look.js");
const { person, json } = require("./people.js");

const mark = `報 ${Date.now().toString(36)}`;

function write(page, home, body) {
	return page.evaluate(async ([home, body]) => (await fetch(home, {
		method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ body })
	})).status, [home, body]);
}

/* Milliseconds from the writing to the button, and where a card stood before and after. */
async function offered(writer, reader, home, body) {
	await reader.evaluate(() => scrollTo(0, 400));
	const place = () => reader.evaluate(() => document.querySelectorAll(".entry")[2].getBoundingClientRect().top);
	const before = await place(), began = Date.now();

	await write(writer, home, body);
	await reader.waitForSelector("[data-live]:not([hidden])", { timeout: 60000 });
	return { ms: Date.now() - began, moved: await place() - before };
}

/* On a page that never looks by itself. */
async function with_bell(browser, writer, home) {
	const reader = await person(browser, "nurse");

	await reader.addInitScript(() => { window.setInterval = () => 0; });
	await Promise.all([reader.waitForResponse("**/bell/**", { timeout: 60000 }), reader.goto(home)]);
	const quick = await offered(writer, reader, home, `${mark} 一`);
	console.log(`# with the doorbell: ${quick.ms} ms`);
	soon(quick.ms, 1000, "offered within a second because the doorbell rang");
	ok(quick.moved === 0, "nothing moved");
	ok((await reader.textContent("[data-live]")).includes("1"), "the button says how many");
	ok(await reader.locator(".entry", { hasText: `${mark} 一` }).count() === 0, "and is not the entry itself");
	await write(writer, home, `${mark} 二`);
	await reader.waitForFunction(() => document.querySelector("[data-live]").textContent.includes("2"));
	await reader.click("[data-live]");
	await reader.locator(".entry", { hasText: `${mark} 二` }).waitFor();
	ok(await reader.locator(".entry", { hasText: `${mark} 一` }).count() === 1, "a press shows all of them");
	ok(await reader.isHidden("[data-live]"), "and the button goes");
	await reader.context().close();
}

async function without_bell(writer, reader, home) {
	await reader.route("**/bell/**", (route) => route.abort());
	await Promise.all([reader.waitForResponse("**/state", { timeout: 60000 }), reader.goto(home)]);
	await reader.waitForTimeout(500);	/* it has taken the answer in */
	const slow = await offered(writer, reader, home, `${mark} 三`);
	console.log(`# without: ${slow.ms} ms`);
	/* A look each ten seconds, and the time that one takes. */
	soon(slow.ms, 11000, "without the doorbell within ten seconds");
	ok(slow.moved === 0, "without the doorbell it is offered, too, and nothing moves");
	await reader.unroute("**/bell/**");
}

/* A line is closed to who has no channel, and a killed doorbell comes back. */
async function the_line(reader, home) {
	const { channel } = await json(reader, `${home}/state`);
	const status = (name) => reader.evaluate(async (name) => {
		const stop = new AbortController();
		const answer = await fetch("/bell/" + name, { signal: stop.signal });
		const { status } = answer, type = answer.headers.get("Content-Type");
		stop.abort();
		return `${status} ${type}`;
	}, name);

	ok((await status(channel)).startsWith("200 text/event-stream"), "a channel opens a line");
	ok(!(await status("A".repeat(channel.length))).startsWith("200"), "a made-up one does not");
	ok(!(await status(channel.slice(0, -2) + "AA")).startsWith("200"), "nor an altered one");
	const file = path.join(process.env.TOMOZUNA_RUN, "tomozuna-bell.pid");
	const old = fs.readFileSync(file, "utf8").trim();
	process.kill(Number(old), "SIGKILL");
	for (let i = 0; i < 300 && (!fs.existsSync(file) || fs.readFileSync(file, "utf8").trim() === old); i++)
		await reader.waitForTimeout(100);
	ok(fs.readFileSync(file, "utf8").trim() !== old, "killed, it comes back");
}

/* Signed out elsewhere, the page goes by itself: what it showed is nobody's any more. */
async function shut_out(browser, home) {
	const left = await person(browser, "nurse"), words = `${mark} 残らない`;

	await left.addInitScript(() => { window.setInterval = () => 0; });
	await Promise.all([left.waitForResponse("**/bell/**", { timeout: 60000 }), left.goto(home)]);
	await left.fill("#body", words);
	const other = await left.context().newPage();
	await other.goto("/account");
	await other.evaluate(() => fetch("/sign-out", { method: "POST", headers: { Accept: "application/json" } }));
	await left.waitForSelector("#login", { timeout: 60000 });
	ok(await left.locator(".entry").count() === 0, "signed out elsewhere, an open page shows nothing any more");
	await left.context().close();
}

run(async (browser) => {
	const writer = await person(browser, "doctor"), reader = await person(browser, "nurse");
	const { patients } = await json(reader, "/patients");
	const home = `/timeline/${patients[0].id}`;
	const outsider = await person(browser, "outsider");

	await with_bell(browser, writer, home);
	await without_bell(writer, reader, home);
	await the_line(reader, home);
	await shut_out(browser, home);
	ok(await outsider.evaluate(async (p) => (await fetch(p)).status, `${home}/state`) === 404, "a stranger gets no channel");
});
