#!/usr/bin/env node
/*
 * A medication notebook's codes by camera and by photo, with a reader of QR codes that the
 * test brings along: Chromium here has none. Without one the buttons are not there.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, inspect, until, run } = require("./look.js");
const { person, json } = require("./people.js");

const PART = ["JAHISTC07,1\r\n1,試験 太郎,1,S150102\r\n5,R081101,1\r\n51,試験医院,13,1,9999999,1\r\n201,1,試験錠１ｍｇ,1,錠,1,,1\r\n911,A,2,1\r\n",
	"JAHISTC07,1\r\n1,試験 太郎,1,S150102\r\n5,R081101,1\r\n51,試験医院,13,1,9999999,1\r\n301,1,分1 朝食後,14,日分,1,1,,1\r\n911,A,2,2\r\n"];

/* Sees what the test holds before it; the camera is a black picture. */
function reader() {
	globalThis.held = [];
	globalThis.BarcodeDetector = class {
		static async getSupportedFormats() { return ["qr_code"]; }
		async detect() { return globalThis.held.map((rawValue) => ({ rawValue })); }
	};
	navigator.mediaDevices.getUserMedia = async () => {
		const canvas = document.createElement("canvas");

		canvas.getContext("2d").fillRect(0, 0, 64, 64);
		globalThis.stream = canvas.captureStream(5);
		return globalThis.stream;
	};
}

async function open_list(page, path) {
	await page.goto(path);
	await page.evaluate(() => document.querySelector("[name=codes]").closest("details")?.setAttribute("open", ""));
}

const codes = (page) => page.inputValue("[name=codes]");
const said = (page) => page.textContent("[data-codes] [role=status]");

run(async (browser) => {
	const trouble = [];
	const page = await person(browser, "pharmacist", { trouble });
	const { patients } = await json(page, "/patients");
	const path = `/record/${patients[0].id}/medications`;

	await open_list(page, path);
	ok(!(await page.isVisible("[data-codes]")), "a browser that reads no codes offers none of it");
	ok(await page.isVisible("[name=codes]"), "  but the text can be pasted");

	await page.addInitScript(reader);
	await open_list(page, path);
	await page.click("[data-codes] button >> nth=0");
	await page.waitForSelector("[data-codes] video:visible");
	const faults = await page.evaluate(inspect);
	ok(faults.length === 0, "the camera is open: width, targets, labels, contrast", faults.join("\n"));
	await page.evaluate((part) => { globalThis.held = [part]; }, PART[1]);
	await until(page, async () => /1/.test(document.querySelector("[data-codes] [role=status]").textContent));
	await page.evaluate((part) => { globalThis.held = part; }, PART);
	await until(page, async () => /2/.test(document.querySelector("[data-codes] [role=status]").textContent));
	ok((await codes(page)).match(/JAHISTC/g).length === 2, "two codes are taken, each once, however long they are held");
	await page.click("[data-codes] button:visible");
	ok(await page.evaluate(() => globalThis.stream.getTracks().every((t) => t.readyState === "ended")), "the camera is off again");

	await page.fill("[name=codes]", "");
	await page.evaluate(() => { globalThis.held = ["JAHISTC07,1\n1,\ufffd\ufffd,1"]; });
	const photo = { name: "a.png", mimeType: "image/png", buffer: await page.screenshot() };
	await page.setInputFiles("[data-codes] input", photo);
	await until(page, async () => document.querySelector("[data-codes] [role=status]").textContent.includes("読めませんでした"));
	ok(await codes(page) === "", "what the browser read wrongly is not taken");
	await page.evaluate(() => { globalThis.held = []; });
	await page.setInputFiles("[data-codes] input", photo);
	await until(page, async () => document.querySelector("[data-codes] [role=status]").textContent !== "");
	ok((await said(page)).length > 5, "a photo without a code: it says so");
	await page.evaluate((part) => { globalThis.held = part; }, PART);
	await page.setInputFiles("[data-codes] input", photo);
	await until(page, async () => document.querySelector("[name=codes]").value.split("JAHISTC").length === 3);
	ok(true, "a photo of two codes is read");
	await Promise.all([page.waitForURL("**/read"), page.click("[name=codes] >> xpath=ancestor::form >> button.go")]);
	ok((await page.textContent("main")).includes("試験錠1mg"), "and compared with the list");
	ok(trouble.length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
