/*
 * A status that is pressed goes by fetch. When the line is down it is kept on the
 * device, sealed with the key of who is signed in (app.js), under its idempotency key
 * and with the seconds that have passed since, and
 * sent when the line is back: once, whatever happened meanwhile. And what others
 * mark appears by itself, at most once a second. Without script forms and reloads
 * do the same, but for the keeping.
 */
"use strict";
(() => {
	const MINUTE_MS = 60000, RETRY_MS = 5000, PACE_MS = 1000, OLD_MS = 72 * 3600e3;
	const page = document.querySelector("[data-room]"), note = document.getElementById("queue");
	let line, timer, last = 0, sending = false;

	if (page === null)
		return;

	/* ---- what waits for the line: each user's own, on a device that several share ---- */

	const SHELF = "disaster-queue";
	let store, early = [];		/* pressed before the key is here */

	/* What `act` makes of all that waits is kept; one tab at a time. */
	const change = (act) => navigator.locks.request(SHELF, async () => {
		if (store === undefined)
			return early = act(early);
		const all = act(((await store.take(SHELF))?.all ?? []).filter((one) => Date.now() - one.at < OLD_MS));

		if (all.length > 0)
			await store.put(SHELF, { at: Date.now(), all });
		else
			store.drop(SHELF);
		return all;
	});

	const shelf = () => change((all) => all);

	/* The key is to be had only while somebody is signed in; without it nothing is read. */
	async function unseal() {
		const answer = await fetch("/disaster/key", { headers: { "Accept": "application/json" } });

		if (!answer.ok)
			return;
		store = await globalThis.vault((await answer.json()).key);
		const pressed = early;
		early = [];
		if (pressed.length > 0)
			await change((all) => [...all, ...pressed]);
	}

	async function tell(word) {
		const n = (await shelf()).length;

		if (note === null)
			return;
		note.hidden = n === 0 && word === undefined;
		note.textContent = n > 0 ? note.dataset.waiting.replace("{n}", n) : note.dataset[word] ?? "";
	}

	/* true: taken; false: refused for good; null: not now. */
	async function send(one) {
		const fields = new URLSearchParams(one.fields);

		fields.set("seconds_ago", Math.round((Date.now() - one.at) / 1000));
		try {
			const answer = await fetch(one.path, {
				method: "POST", body: fields, redirect: "error", signal: AbortSignal.timeout(20000),
				headers: { "Accept": "application/json", "Idempotency-Key": one.key }
			});

			/* 409: it arrived before, and only its answer was lost. */
			return answer.ok || answer.status === 409 ? true : [401, 429].includes(answer.status) || answer.status >= 500 ? null : false;
		} catch {
			return null;
		}
	}

	async function flush() {
		let word;

		if (sending)
			return;
		sending = true;
		if (store === undefined)
			await unseal().catch(() => undefined);
		for (let all = await shelf(); all.length > 0; all = await shelf()) {
			const done = await send(all[0]);

			if (done === null)
				break;
			word = done ? word ?? "sent" : "refused";
			await change((now) => now.filter((one) => one.key !== all[0].key));
		}
		sending = false;
		await tell(word);
		if ((await shelf()).length > 0)
			setTimeout(flush, RETRY_MS);
		else if (word !== undefined)
			renew();
	}

	async function mark(event) {
		const form = event.target.closest("form[data-queue]");

		if (form === null)
			return;
		event.preventDefault();
		const fields = [...new FormData(form, event.submitter)].filter(([name, value]) => name !== "idempotency_key" && value !== "");
		const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

		const one = { path: new URL(form.action).pathname, fields, key, at: Date.now() };
		form.closest("li")?.classList.add("queued");
		document.getElementById("main")?.focus({ preventScroll: true });
		await change((all) => [...all, one]);
		await tell();
		flush();
	}

	/* ---- what others mark ---- */

	function listen(channel) {
		if (!channel || (line !== undefined && line.readyState !== EventSource.CLOSED))
			return;
		line = new EventSource("/bell/" + channel);
		line.addEventListener("message", renew);
		/* Shut out: the look is refused, and nothing stays on the screen. */
		line.addEventListener("shut", () => {
			line.close();
			renew();
		});
		/* A channel is good for one line: the next look brings another. */
		line.addEventListener("error", () => line.close());
	}

	function exchange(other) {
		for (const part of document.querySelectorAll("[data-live]")) {
			const now = other.getElementById(part.id);

			/* Under a finger nothing moves; the next look brings it. */
			if (now !== null && now.innerHTML !== part.innerHTML && !part.matches(":focus-within, :active"))
				part.replaceChildren(...now.childNodes);
		}
		listen(other.querySelector("[data-channel]")?.dataset.channel);
	}

	async function look() {
		const answer = await fetch(location.href, { headers: { Accept: "text/html" } });

		if (answer.ok)
			exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
		else if ([401, 403, 404].includes(answer.status))
			location.reload();
	}

	function renew() {
		if (timer !== undefined)
			return;
		timer = setTimeout(async () => {
			last = Date.now();
			await look().catch(() => undefined);	/* the next minute will tell */
			timer = undefined;
		}, Math.max(0, last + PACE_MS - Date.now()));
	}

	document.addEventListener("submit", mark);
	addEventListener("online", flush);
	listen(page.dataset.channel);
	flush();
	setInterval(() => {
		if (document.visibilityState === "visible")
			renew();
	}, MINUTE_MS);
})();
