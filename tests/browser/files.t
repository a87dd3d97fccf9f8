#!/usr/bin/env node
/*
 * A photo from a phone, from the camera to a colleague's eyes: made smaller, turned
 * upright, without the place where it was taken; a film that plays; the same without
 * script.
 *
 *   TOMOZUNA_PICTURES=FOLDER tests/browser/files.t    keeps pictures of the pages
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, looks_right } = require("./look.js");
const { person, json, DESK } = require("./people.js");
const { photo, stored } = require("./photo.js");

const mark = `写 ${Date.now().toString(36)}`;
const trouble = [];
const entry = (page, text) => page.locator(".entry", { hasText: text }).first();

/* A second of film that this browser can make and play, or null. */
async function film(page) {
	const text = await page.evaluate(async () => {
		const type = ["video/mp4;codecs=vp9", "video/mp4"].find((t) => MediaRecorder.isTypeSupported(t));
		const canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), parts = [];

		if (type === undefined)
			return null;
		canvas.width = 320;
		canvas.height = 240;
		const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: type });
		recorder.ondataavailable = (e) => parts.push(e.data);
		const stopped = new Promise((over) => { recorder.onstop = over; });
		recorder.start();
		for (let i = 0; i < 20; i++) {
			pen.fillStyle = `hsl(${i * 18} 80% 50%)`;
			pen.fillRect(0, 0, 320, 240);
			await new Promise((next) => setTimeout(next, 60));
		}
		recorder.stop();
		await stopped;
		const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
		return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
	});

	return text === null ? null : Buffer.from(text, "base64");
}

async function with_script(browser, patient) {
	const nurse = await person(browser, "nurse", { trouble });
	const home = `/timeline/${patient.id}`;

	await nurse.goto(home);
	const bytes = await photo(nurse);
	const chooser = nurse.waitForEvent("filechooser");
	await nurse.locator(".attach").click();
	await (await chooser).setFiles([{ name: "IMG_0001.JPG", mimeType: "image/jpeg", buffer: bytes },
		{ name: "指示書.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n") }]);
	await nurse.locator("#chosen button").nth(1).waitFor();
	ok(await nurse.locator("#chosen canvas").count() === 1, "two presses, and the photo stands in the form");
	await looks_right(nurse, "a chosen photo on a phone", "a-chosen-photo-on-a-phone");
	await nurse.fill("#body", mark);
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good", { timeout: 60000 });
	await entry(nurse, mark).locator(".attachment").first().waitFor();
	ok(await nurse.locator("#chosen li").count() === 0, "once sent the form is empty");
	ok(await entry(nurse, mark).locator(".attachment").count() === 2, "photo and paper hang on the note");
	const { entries } = await json(nurse, home);
	const [first] = entries.find((e) => e.body === mark).attachments;
	const file = `${home}/${entries.find((e) => e.body === mark).id}/files/${first.id}`;
	const large = await stored(nurse, file), small = await stored(nurse, file + "/thumbnail");
	ok(large.height === 2048 && large.width === 1536, "the photo is smaller and stands upright", JSON.stringify(large));
	ok(large.upright && small.upright, "  its sky is above, in small too", JSON.stringify([large, small]));
	ok(large.bytes < bytes.length / 2 && small.bytes < 64000, "  and lighter", `${bytes.length} ${large.bytes} ${small.bytes}`);
	ok(!large.tells && !small.tells, "  and tells nothing of place and camera");
	await entry(nurse, mark).locator("img").scrollIntoViewIfNeeded();
	ok(await nurse.waitForFunction((m) => [...document.querySelectorAll(".entry")].find((e) => e.textContent.includes(m))
		.querySelector("img").naturalWidth > 100, mark, { timeout: 10000 }).then(() => true, () => false), "the little picture is shown");
	await looks_right(nurse, "a photo on a phone", "a-photo-on-a-phone");
	await nurse.context().close();
}

async function colleague(browser, patient) {
	const doctor = await person(browser, "doctor", { trouble, viewport: DESK });

	await doctor.goto(`/timeline/${patient.id}`);
	await looks_right(doctor, "a photo on a desk", "a-photo-on-a-desk");
	await entry(doctor, mark).locator(".attachment").first().click();
	await doctor.waitForURL(/\/files#f-/);
	ok(await doctor.waitForFunction(() => document.querySelector("img.large")?.naturalHeight === 2048, null, { timeout: 10000 })
		.then(() => true, () => false), "a press shows it large");
	await looks_right(doctor, "a large photo on a desk", "a-large-photo-on-a-desk");
	await doctor.setViewportSize({ width: 390, height: 844 });
	await looks_right(doctor, "a large photo on a phone", "a-large-photo-on-a-phone");
	const waiting = doctor.waitForEvent("download");
	await doctor.locator(".file", { hasText: "指示書.pdf" }).locator("a.btn").click();
	ok((await waiting).suggestedFilename() === "指示書.pdf", "a paper is stored under its name");
	await doctor.getByRole("link", { name: "記録に戻る" }).click();
	await doctor.waitForURL(/#e-/);
	ok(true, "and one is back at the note");
	await doctor.context().close();
}

/* What the device keeps of files that were chosen and not sent. */
const shelf = (page) => page.evaluate(async () => {
	const db = await new Promise((done) => {
		const asked = indexedDB.open("drafts", 1);

		asked.onupgradeneeded = () => asked.result.createObjectStore("files");
		asked.onsuccess = () => done(asked.result);
	});
	const kept = await new Promise((done) => {
		const asked = db.transaction("files").objectStore("files").getAll();

		asked.onsuccess = () => done(asked.result);
	});
	db.close();
	return { files: kept.flatMap((k) => k.files).length, plain: kept.some((k) => k.files.some((one) =>
		/JFIF|IMG_|image/.test(new TextDecoder("latin1").decode(one.file.sealed) + new TextDecoder("latin1").decode(one.head.sealed)))) };
});

async function survives(browser, patient) {
	const nurse = await person(browser, "nurse", { trouble });
	const home = `/timeline/${patient.id}`, closed = () => nurse.locator("#chosen button");

	await nurse.goto(home);
	await nurse.setInputFiles("[name=attachment]", { name: "IMG_0009.JPG", mimeType: "image/jpeg", buffer: await photo(nurse, 1200, 900) });
	await closed().waitFor();
	await nurse.fill("#body", `${mark} 途中`);
	for (let i = 0; i < 100 && (await shelf(nurse)).files === 0; i++)
		await nurse.waitForTimeout(300);
	const kept = await shelf(nurse);
	ok(kept.files === 1 && !kept.plain, "a photo of an unsent note is kept, sealed", JSON.stringify(kept));
	await nurse.goto("/patients");
	await nurse.goto(home);
	await closed().waitFor();
	ok(await nurse.locator("#chosen canvas").count() === 1, "and stands in the form again");
	ok(await nurse.inputValue("#body") === `${mark} 途中`, "with what was typed");
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good", { timeout: 60000 });
	await entry(nurse, `${mark} 途中`).locator(".attachment img").first().waitFor();
	ok(await entry(nurse, `${mark} 途中`).locator(".attachment img").count() === 1, "sent, it hangs on the note");
	for (let i = 0; i < 100 && (await shelf(nurse)).files > 0; i++)
		await nurse.waitForTimeout(300);
	ok((await shelf(nurse)).files === 0, "and is kept no more");
	await nurse.context().close();
}

async function plays(browser, patient) {
	const nurse = await person(browser, "nurse", { trouble, viewport: DESK });
	const home = `/timeline/${patient.id}`;

	await nurse.goto(home);
	const bytes = await film(nurse);
	if (bytes === null) {
		ok(true, "# SKIP this browser makes no MP4");
		return;
	}
	await nurse.setInputFiles("[name=attachment]", { name: "歩行.mp4", mimeType: "video/mp4", buffer: bytes });
	await nurse.locator("#chosen button").waitFor();
	await nurse.fill("#body", `${mark} 動画`);
	await nurse.click(".send");
	await nurse.waitForSelector("#state.good", { timeout: 60000 }).catch(async () => ok(false, "a film is sent", await nurse.textContent("#state")));
	const still = entry(nurse, `${mark} 動画`).locator(".attachment img");
	await still.scrollIntoViewIfNeeded();
	ok(await still.evaluate(async (e) => { await e.decode(); return e.naturalWidth; }) === 320, "a film has a frame of itself as its picture");
	await entry(nurse, `${mark} 動画`).locator(".attachment").first().click();
	ok(await nurse.getAttribute("video", "poster") !== null, "and shows it before it plays");
	const state = await nurse.evaluate(async () => {
		const video = document.querySelector("video");

		video.muted = true;
		await video.play().catch(() => {});
		for (let i = 0; i < 100 && !(video.currentTime > 0); i++)
			await new Promise((next) => setTimeout(next, 100));
		return { at: video.currentTime, width: video.videoWidth, error: video.error?.message };
	});
	ok(state.at > 0 && state.width === 320, "a film plays from the page", JSON.stringify(state));
	await looks_right(nurse, "a film on a desk", "a-film-on-a-desk");
	await nurse.context().close();
}

async function without_script(browser, patient) {
	const nurse = await person(browser, "nurse", { trouble, javaScriptEnabled: false });
	const maker = await browser.newPage();
	const bytes = await photo(maker, 1200, 900), home = `/timeline/${patient.id}`;

	await nurse.goto(home);
	await nurse.fill("#body", `${mark} ohne`);
	await nurse.setInputFiles("[name=attachment]", { name: "IMG_0002.JPG", mimeType: "image/jpeg", buffer: bytes });
	await nurse.click(".send");
	await nurse.waitForURL(`**${home}`);
	ok(await entry(nurse, `${mark} ohne`).locator(".tile").count() === 1, "without script a photo hangs on the note as a tile");
	await nurse.fill("#body", `${mark} falsch`);
	await nurse.setInputFiles("[name=attachment]", { name: "x.html", mimeType: "text/html", buffer: Buffer.from("<!DOCTYPE html><html></html>") });
	await nurse.click(".send");
	ok(await nurse.inputValue("textarea") === `${mark} falsch`, "what is refused comes back with all that was typed");
	ok(await nurse.locator(".faults li").count() === 1 && await nurse.locator("input[type=file]").count() === 1, "  and asks for the file again");
	ok((await nurse.textContent(".faults")).includes("この種類のファイルは受け付けません"), "  and says why");
	await nurse.setInputFiles("input[type=file]", []);
	await nurse.click("main form button");
	await nurse.waitForURL(`**${home}`);
	ok(await entry(nurse, `${mark} falsch`).count() === 1, "  one more press sends it without");
	const scripted = await person(browser, "doctor", { trouble });
	await scripted.goto(home);
	const { entries } = await json(scripted, home);
	const e = entries.find((one) => one.body === `${mark} ohne`);
	const large = await stored(scripted, `${home}/${e.id}/files/${e.attachments[0].id}`);
	ok(large.width === 900 && large.height === 1200 && large.upright, "the server keeps the way it is turned", JSON.stringify(large));
	ok(!large.owner, "  and nothing else");
}

run(async (browser) => {
	const page = await person(browser, "nurse", { trouble });
	const { patients } = await json(page, "/patients");

	await page.context().close();
	await with_script(browser, patients[1]);
	await colleague(browser, patients[1]);
	await survives(browser, patients[1]);
	await plays(browser, patients[1]);
	await without_script(browser, patients[1]);
	const faults = trouble.filter((line) => !/status of (400|415)/.test(line));
	ok(faults.length === 0, "the console has nothing to say", faults.join("\n"));
});
