/* The demo's people at their browsers: certificates, passwords, sign-in. */
"use strict";
const fs = require("node:fs"), path = require("node:path");
const { listen } = require("./look.js");

const URL_ = process.env.TOMOZUNA_URL, FOLDER = process.env.TOMOZUNA_PEOPLE;
const PHONE = { width: 390, height: 844 }, DESK = { width: 1280, height: 900 };

const secret = (name, what) => fs.readFileSync(path.join(FOLDER, `${name}.${what}`), "utf8").trim();

/*
 * A page of this person, signed in unless `options.stranger`. `trouble` collects what
 * the console says; a refusal that a test asks for is named in `expected`.
 */
async function person(browser, name, options = {}) {
	const { trouble, expected, stranger, ...rest } = options;
	const context = await browser.newContext({
		viewport: PHONE, locale: "ja-JP", timezoneId: "Asia/Tokyo", ignoreHTTPSErrors: true,
		reducedMotion: "reduce", baseURL: URL_,
		clientCertificates: [{
			origin: new URL(URL_).origin,
			certPath: path.join(FOLDER, `${name}.crt`), keyPath: path.join(FOLDER, `${name}.key`)
		}],
		...rest
	});
	const page = await context.newPage();

	/* Their script is fetched past the certificates that we give; pages.t has one. */
	await page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
	if (trouble !== undefined)
		listen(page, trouble, expected);
	if (stranger)
		return page;
	await page.goto("/sign-in");
	await page.fill("#login", name);
	await page.fill("#password", secret(name, "password"));
	await page.click("main form button");
	await page.waitForURL(/\/(patients|emergency)$/);
	return page;
}

/* JSON of the site, asked by the page itself. */
function json(page, route) {
	return page.evaluate(async (route) => (await fetch(route, { headers: { Accept: "application/json" } })).json(), route);
}

module.exports = { person, json, secret, PHONE, DESK };
