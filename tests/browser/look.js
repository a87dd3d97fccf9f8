/*
 * What every page must be, whoever looks at it: nothing cut off, nothing too
 * small for a thumb, nothing too pale, nothing blocked by the policy. TAP.
 */
"use strict";
const fs = require("node:fs"), path = require("node:path");
const { chromium } = require("playwright-core");

let n = 0, bad = 0;

function ok(right, what, why) {
	n++;
	if (!right)
		bad++;
	console.log(`${right ? "ok" : "not ok"} ${n} - ${what}`);
	if (!right && why !== undefined)
		for (const line of String(why).split("\n"))
			console.log("# " + line);
	return right;
}

/*
 * That something took less than so many milliseconds. A machine that does nothing
 * else (TOMOZUNA_HEAVY) is held to that; elsewhere ten times as long is a hang.
 */
function soon(took, limit, what) {
	return ok(took < (process.env.TOMOZUNA_HEAVY ? limit : 10 * limit), what, `${Math.round(took)} ms of ${limit}`);
}

function done() {
	console.log(`1..${n}`);
	process.exitCode = bad > 0 ? 1 : 0;
}

/* A test is one function of a browser; what it throws is a failure, too. */
function run(main) {
	(async () => {
		const browser = await open_browser();

		try {
			await main(browser);
		} finally {
			await browser.close();
		}
		done();
	})().catch((e) => {
		console.log(`not ok - ${e.message.split("\n")[0]}\n# ${e.stack.replaceAll("\n", "\n# ")}`);
		process.exitCode = 1;
	});
}

function open_browser() {
	return chromium.launch({
		executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"]
	});
}

/* Collects what the console says of errors and of the policy. */
function listen(page, trouble, expected) {
	page.on("console", (m) => {
		if ((m.type() === "error" || m.type() === "warning") && !(expected?.test(m.text())))
			trouble.push(`${page.url()}: ${m.text()}`);
	});
	page.on("pageerror", (e) => trouble.push(`${page.url()}: ${e.message}`));
}

/* Runs inside the page; returns lists of what is wrong. */
function inspect() {
	const faults = [];
	const name = (e) => `<${e.tagName.toLowerCase()}${e.id && "#" + e.id}${e.classList.length ? "." + [...e.classList].join(".") : ""}> ` +
		`"${(e.textContent ?? "").trim().slice(0, 30)}"`;
	const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
		e.closest(".off, .skip, [hidden]") === null;

	if (document.documentElement.scrollWidth > innerWidth)
		faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${innerWidth}`);

	for (const e of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea")) {
		if (!seen(e) || (e.matches("a") && e.closest("p, .foot, .faults") !== null))
			continue;
		const area = (e.closest("label") ?? e).getBoundingClientRect();
		if (area.width < 44 || area.height < 43.9)
			faults.push(`target ${Math.round(area.width)}x${Math.round(area.height)}: ${name(e)}`);
	}

	for (const e of document.querySelectorAll("input:not([type=hidden]), textarea"))
		if (e.labels.length === 0)
			faults.push(`no label: ${name(e)}`);
	/* lib/request.h, KEY_MAX: a form with a longer one is refused. */
	for (const e of document.querySelectorAll("input[name=idempotency_key]"))
		if (e.value.length < 8 || e.value.length > 64)
			faults.push(`key of ${e.value.length}: ${name(e.form)}`);
	for (const e of document.querySelectorAll("a[href], button"))
		if (e.textContent.trim() === "" && !e.hasAttribute("aria-label"))
			faults.push(`no name: ${name(e)}`);
	const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
	for (const id of ids.filter((id, i) => ids.indexOf(id) !== i))
		faults.push(`id twice: ${id}`);
	if (document.querySelectorAll("h1").length !== 1)
		faults.push(`${document.querySelectorAll("h1").length} h1`);

	const colour = (text) => {
		const v = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];

		return v.length === 3 ? [...v, 1] : v;
	};
	const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
	const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
		const x = c[i] / 255;

		return sum + part * (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
	}, 0);
	const ground = (e) => {
		const layers = [];

		for (let at = e; at !== null; at = at.parentElement) {
			const c = colour(getComputedStyle(at).backgroundColor);
			if (c[3] > 0)
				layers.push(c);
			if (c[3] === 1)
				break;
		}
		return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
	};
	const contrast = (e, style) => {
		const under = ground(e), top = over(colour(style.color), under);
		const [a, b] = [light(top), light(under)].sort((x, y) => y - x);

		return (a + 0.05) / (b + 0.05);
	};
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const pairs = new Set();
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;

		if (walk.currentNode.data.trim() === "" || !seen(e))
			continue;
		const style = getComputedStyle(e), ratio = contrast(e, style);
		const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
		if (ratio < (large ? 3 : 4.5) && !pairs.has(style.color + ground(e)))
			faults.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
		pairs.add(style.color + ground(e));
		if (size < 12)
			faults.push(`${size}px: ${name(e)}`);
	}
	for (const e of document.querySelectorAll("[placeholder]"))
		if (contrast(e, getComputedStyle(e, "::placeholder")) < 4.5)
			faults.push(`pale placeholder: ${name(e)}`);
	return faults;
}

const PICTURES = process.env.TOMOZUNA_PICTURES;

/* The page as it stands, a check; with TOMOZUNA_PICTURES it is also kept there as `picture`. */
async function looks_right(page, what, picture, options = {}) {
	const faults = await page.evaluate(inspect);

	ok(faults.length === 0, `${what}: width, targets, labels, contrast`, faults.slice(0, 10).join("\n"));
	if (PICTURES !== undefined && picture !== undefined)
		await page.screenshot({ path: path.join(PICTURES, `${picture}.png`), ...options });
}

/* The same at each size, `sizes` as pairs of a viewport and its name; the last one stays. */
async function looks_right_at(page, what, picture, sizes) {
	for (const [size, name] of sizes) {
		await page.setViewportSize(size);
		await looks_right(page, `${what}, ${name}`, `${picture}.${name}`, { fullPage: true });
	}
}

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/* What axe-core finds serious or critical on the page as it stands; of some of its rules alone. */
async function axe(page, rules) {
	if (!await page.evaluate(() => "axe" in globalThis))
		await page.evaluate(AXE);
	const { violations } = await page.evaluate((of) => globalThis.axe.run(document, { resultTypes: ["violations"], ...of }),
		rules === undefined ? {} : { runOnly: { type: "rule", values: rules } });

	return violations.filter((v) => v.impact === "serious" || v.impact === "critical")
		.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}

/*
 * Asks the page until it says yes, for a minute. Not waitForFunction: there an
 * asynchronous question is a promise, and a promise is always true.
 */
async function until(page, question, of) {
	for (const end = Date.now() + 60000; Date.now() < end; await page.waitForTimeout(300))
		if (await page.evaluate(question, of))
			return;
	throw new Error(`in vain: ${question}`);
}

module.exports = { ok, soon, run, open_browser, listen, inspect, looks_right, looks_right_at, axe, until };
