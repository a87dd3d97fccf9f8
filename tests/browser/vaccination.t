#!/usr/bin/env node
/*
 * A vaccination at the kitchen table: a nurse with a phone, a doctor at another screen, a
 * browser that is closed in the middle, and the clock that rings.
 */
"use strict";
if (process.env.TOMOZUNA_URL === undefined) {
	console.log("1..0 # SKIP no demo: eval \"$(deploy/demo env)\"");
	process.exit(0);
}
const { ok, run, inspect, until } = require("./look.js");
const { person, json, DESK } = require("./people.js");

const SHOTS = process.env.TOMOZUNA_SHOTS;

/* Looks right on a phone and at a desk; with TOMOZUNA_SHOTS a picture of each stays. */
async function look(page, name) {
	for (const width of [390, 1280]) {
		await page.setViewportSize({ width, height: 844 });
		const faults = await page.evaluate(inspect);

		ok(faults.length === 0, `${name} at ${width}`, faults.join("\n"));
		if (SHOTS !== undefined)
			await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 390, height: 844 });
}

/* Who has none of these open, so that a second run finds one too. */
async function free_patient(page) {
	const { patients } = await json(page, "/patients");

	for (const p of patients) {
		const { visits, immunizations } = await json(page, `/vaccination/${p.id}`);

		if (visits.every((v) => v.vaccine !== "influenza") && immunizations.length === 0)
			return p.id;
	}
	throw new Error("nobody is left without a dose");
}

async function press(page, words) {
	await Promise.all([page.waitForNavigation(), page.click(`main button:visible:has-text("${words}")`)]);
}

async function fill_form(page, names) {
	for (const name of names)
		await page.check(`main [name=${name}][value=no]`, { force: true });
}

run(async (browser) => {
	const trouble = [];

	const nurse = await person(browser, "nurse", { trouble });
	const patient = await free_patient(nurse);

	await nurse.goto(`/vaccination/${patient}`);
	await nurse.click("summary:has-text(\"訪問での接種を予定する\")");
	await nurse.check("form[action$=visits] [name=vaccine][value=influenza]", { force: true });
	await look(nurse, "vaccination-person");
	await press(nurse, "予定にする");
	const visit = new URL(nurse.url()).pathname;

	await look(nurse, "vaccination-planned");
	const names = await nurse.$$eval("fieldset.question", (all) => all.map((e) => e.querySelector("input").name));

	ok(names.length === 15, "fifteen questions");
	await nurse.fill("[name=temperature]", "36.4");
	await fill_form(nurse, names.slice(0, 5));
	await press(nurse, "予診票を保存する");
	ok((await nurse.textContent(".stops")).includes("まだ答えのない質問"), "half of it says what is open");
	await nurse.context().close();

	const again = await person(browser, "nurse", { trouble });

	await again.goto(visit);
	ok(await again.isChecked(`[name=${names[0]}][value=no]`), "closed and opened again, it goes on");
	await fill_form(again, names.slice(5));
	await again.check("[name=wish][value=wishes]", { force: true });
	await press(again, "予診票を保存する");
	await look(again, "vaccination-screened");

	const doctor = await person(browser, "doctor", { trouble, viewport: DESK });

	await doctor.goto(visit);
	await doctor.check("[name=explained]");
	await look(doctor, "vaccination-judge");
	await press(doctor, "接種できる");
	await again.waitForSelector("form[action$='/dose']", { timeout: 60000 });
	ok(true, "the nurse's page goes on by itself");
	await look(again, "vaccination-eligible");
	const stocked = await again.$("form[action$='/dose'] [name=lot]");

	if (stocked !== null)
		await again.check("[name=lot] >> nth=0", { force: true });
	else {
		await again.check("[name=product] >> nth=0", { force: true });
		await again.fill("[name=lot_number]", "TEST01");
		await again.fill("[name=expires_on]", "2199-03-31");
	}
	await again.check("[name=site][value=left_arm]", { force: true });
	await again.check("[name=route][value=sc]", { force: true });
	await again.fill("[name=dose_ml]", "0.5");
	await press(again, "経過観察をはじめる");
	ok(/^1[45]:\d\d$/.test(await again.textContent("[data-clock]")), "a quarter of an hour on the clock");
	await look(again, "vaccination-waiting");
	ok(await again.isHidden("[data-over]"), "nothing rings yet");
	await again.evaluate(() => {
		const box = document.querySelector("[data-seconds]"), fresh = box.cloneNode(true);

		/* The same clock with a second left. */
		fresh.dataset.seconds = "1";
		box.replaceWith(fresh);
		const script = document.createElement("script");

		script.src = document.querySelector("script[src*=visit]").src + "?again";
		document.head.append(script);
	});
	await until(again, () => !document.querySelector("[data-over]").hidden);
	ok(true, "then it rings, and says so in words");
	await again.goto(visit);
	await again.check("[name=condition_after][value=well]", { force: true });
	await press(again, "観察を終えて");
	ok((await again.textContent("main")).includes("早く終えるなら理由が要ります"), "it does not end early without a reason");
	await again.fill("[name=early_reason]", "試験のため");
	await press(again, "もう一度送る");
	ok((await again.textContent("main")).includes("接種を完了しました"), "with one it does");
	await look(again, "vaccination-completed");
	await again.goto((await again.getAttribute("a[href*='/doses/']", "href")).replace("#adverse", ""));
	await look(again, "vaccination-dose");
	await again.goto("/vaccination");
	await look(again, "vaccination-list");
	await again.goto("/vaccination/stock");
	await look(again, "vaccination-stock");
	await again.goto("/patients");
	ok((await again.textContent("main")).includes("接種 20"), "the list of patients shows it");
	ok(trouble.filter((t) => !t.includes("400")).length === 0, "nothing in the console, nothing against the policy", trouble.join("\n"));
});
