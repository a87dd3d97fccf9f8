#!/usr/bin/env node
/*
 * Every page with every model of models/, as pages.test renders it, in Chromium:
 * on a phone and on a desk, light and dark, in Japanese and English, under the
 * Content-Security-Policy of the doors. See look.js for what must hold; axe-core
 * finds nothing serious.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/pages.t     keeps a picture of each
 */
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs"), http = require("node:http"), os = require("node:os"), path = require("node:path");
const { ok, listen, inspect, axe, until, run } = require("./look.js");

const ROOT = path.resolve(__dirname, "../..");
const BUILD = process.env.TOMOZUNA_BUILD ?? path.join(ROOT, "build");
const PICTURES = process.env.TOMOZUNA_PICTURES;
const TYPES = { ".css": "text/css", ".js": "application/javascript", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8", ".webmanifest": "application/manifest+json" };
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; media-src 'self' blob:";
const VIEWS = [
	{ name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light", axe: true },
	{ name: "phone.dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
	{ name: "narrow", viewport: { width: 320, height: 640 }, colorScheme: "light" },
	{ name: "desk", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
	/* What is said and how it hangs together is the phone's; colours are not. */
	{ name: "desk.dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark", axe: true, rules: ["color-contrast", "link-in-text-block"] }
];

function static_file(name) {
	for (const module of fs.readdirSync(path.join(ROOT, "modules"))) {
		const file = path.join(ROOT, "modules", module, "static", name.replace(/\.[0-9a-f]{8}\./, "."));
		if (fs.existsSync(file))
			return file;
	}
	return null;
}

function serve(folder) {
	const server = http.createServer((request, answer) => {
		const name = path.basename(request.url.split("?")[0]);
		/* Whatever hangs on an entry, and every face, is this picture. */
		const file = /\/files\/|[0-9a-f]{32}\/(?:portrait|face)|\/page\?page=/.test(request.url) ? static_file("icon.svg") :
			request.url.startsWith("/static/") || name === "sw.js" ? static_file(name) : path.join(folder, name);

		/* What a script asks a program for: there is none here. */
		if (/\/(?:state|draft|key)(?:\?|$)/.test(request.url)) {
			answer.writeHead(204);
			answer.end();
			return;
		}
		if (request.method !== "GET" || file === null || !fs.existsSync(file)) {
			answer.writeHead(request.method === "GET" ? 404 : 204);
			answer.end();
			return;
		}
		answer.writeHead(200, { "Content-Type": TYPES[path.extname(file)], "Content-Security-Policy": POLICY });
		answer.end(fs.readFileSync(file));
	});
	return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

/* One page in every view: loaded once, then turned as a device is; English on the phone, without axe. */
async function look_at(page, base, name) {
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize(VIEWS[0].viewport);
	await page.goto(`${base}/${name}`);
	for (const view of name.endsWith(".ja.html") ? VIEWS : [{ ...VIEWS[0], axe: false }]) {
		await page.emulateMedia({ colorScheme: view.colorScheme });
		await page.setViewportSize(view.viewport);
		const faults = await page.evaluate(inspect);
		if (view.axe)
			faults.push(...await axe(page, view.rules));
		ok(faults.length === 0, `${view.name}: ${name}`, faults.slice(0, 12).join("\n"));
		if (PICTURES !== undefined)
			await page.screenshot({ path: path.join(PICTURES, `${name}.${view.name}.png`) });
	}
}

async function look(browser, base, names) {
	const trouble = [];
	const context = await browser.newContext({ locale: "ja-JP", timezoneId: "Asia/Tokyo", reducedMotion: "reduce" });
	const page = await context.newPage();

	listen(page, trouble);
	await page.clock.install({ time: new Date("2026-11-22T03:00:00Z") });
	for (const name of names)
		await look_at(page, base, name);
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
	await context.close();
}

run(async (browser) => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pages."));

	execFileSync(path.join(BUILD, "tests/browser/pages.test"), [folder], { stdio: "ignore" });
	const names = fs.readdirSync(folder).sort();
	const server = await serve(folder);
	try {
		ok(names.length > 40, `${names.length} pages`);
		await look(browser, `http://127.0.0.1:${server.address().port}`, names);
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${server.address().port}/entries.long.ja.html`);
		await page.evaluate(() => navigator.serviceWorker.ready);
		await page.reload();
		await until(page, async () => (await (await caches.open("static-1")).keys()).length >= 2);
		const kept = await page.evaluate(async () => (await (await caches.open("static-1")).keys()).map((r) => new URL(r.url).pathname));
		ok(kept.every((name) => name.startsWith("/static/")), "the service worker keeps static files and no page", kept.join(" "));
		ok(await page.evaluate(async () => {
			const manifest = await (await fetch(document.querySelector("link[rel=manifest]").href)).json();
			return manifest.display === "standalone" && (await fetch(manifest.icons[0].src)).ok;
		}), "there is a manifest, with an icon");
		ok(await page.evaluate(() => [...document.scripts].every((s) => /^\/static\/(app|files|pictures|lock)\.js$/.test(new URL(s.src).pathname))), "a script element in a note is text");
		ok((await page.textContent(".entry .text")).includes("<script>alert('canary')</script>"), "and is there to be read");
	} finally {
		server.close();
		fs.rmSync(folder, { recursive: true });
	}
});
