/*
 * What pages do besides, where script runs; without it everything still works.
 *
 * - An entry that has been on the screen for 1.5 s is marked as read.
 * - What is pressed goes by fetch under a key of its own: again, it has one effect.
 *   Text stays in the box until the server has it.
 * - A draft is kept on the server, sealed, and in localStorage, sealed with a key
 *   of whoever is signed in that is never stored.
 * - A timeline looks every ten seconds, and when the doorbell rings.
 */
"use strict";
(() => {
	const READ_MS = 1500, NEAR = 300, LOOK_MS = 10000, SAVE_MS = 2000;
	const OLD_MS = 30 * 24 * 3600e3;
	let renew = () => {};	/* of what is live: it was shown anew */
	const words = document.getElementById("words")?.dataset ?? {};
	const toast = document.getElementById("toast");

	const say = (text, n) => (text ?? "").replace("{n}", String(n));
	const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)),
		(b) => b.toString(16).padStart(2, "0")).join("");

	/* A change: its JSON, or an error with the status (0: nobody answered). */
	async function post(path, fields, key) {
		let answer;

		try {
			answer = await fetch(path, {
				method: "POST",
				headers: { "Accept": "application/json", "Idempotency-Key": key },
				body: fields instanceof FormData ? fields : new URLSearchParams(fields),
				credentials: "same-origin",
				redirect: "error",
				signal: AbortSignal.timeout(fields instanceof FormData ? 600000 : 30000)
			});
		} catch {
			throw { status: 0 };
		}
		const type = answer.headers.get("Content-Type") ?? "";
		const json = type.includes("json") ? await answer.json().catch(() => ({})) : {};
		if (!answer.ok)
			throw { status: answer.status, message: json.error?.message };
		return json;
	}

	/* lock.js, fetched when it is first needed; without it the browser says what it says. */
	let helper;
	const help = () => helper ??= new Promise((done, fail) => {
		const script = document.createElement("script");

		script.src = words.lock;
		script.onload = () => done(globalThis.lock);
		script.onerror = () => {
			helper = undefined;
			fail();
		};
		document.head.append(script);
	});

	document.addEventListener("invalid", (event) => {
		const field = event.target;

		if (words.lock === undefined || !(field.dataset.fault !== undefined || field.validity.valueMissing) || field.type === "file")
			return;
		event.preventDefault();
		help().then(({ missing }) => missing(field)).catch(() => {});
	}, true);

	/* What somebody has pressed for: locked, it waits for the PIN and goes on. */
	async function ask(path, fields, key) {
		try {
			return await post(path, fields, key);
		} catch (e) {
			if (e.status !== 401 || !await help().then(({ unlock }) => unlock()).catch(() => false))
				throw e;
			return post(path, fields, key);
		}
	}

	async function get(path) {
		const answer = await fetch(path, {
			headers: { "Accept": "application/json" }, signal: AbortSignal.timeout(30000)
		});

		if (!answer.ok)
			throw { status: answer.status };
		return answer.json();
	}

	/* This page again, as the server has it now. */
	async function fresh() {
		const answer = await fetch(location.href, { headers: { "Accept": "text/html" } });

		if (!answer.ok || answer.redirected)
			throw { status: answer.status };
		return new DOMParser().parseFromString(await answer.text(), "text/html");
	}

	function storage(act) {
		try {
			return act(localStorage);
		} catch {
			return null;
		}
	}

	/* ---- what the device keeps ---- */

	const bytes = (hex) => Uint8Array.from(hex.match(/../g), (b) => parseInt(b, 16));
	const toText = (b) => btoa(String.fromCharCode(...b));
	const fromText = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

	/*
	 * With the key of who is signed in: named after it, another's is not touched. For
	 * other scripts, too.
	 */
	globalThis.vault = vault;
	async function vault(hex) {
		const raw = bytes(hex);
		const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
		const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
		const mine = (name) => "draft " + toText(digest.slice(0, 9)) + " " + name;
		const open = ({ iv, sealed }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);

		async function seal(plain) {
			const iv = crypto.getRandomValues(new Uint8Array(12));

			return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
		}

		return {
			mine, seal, open,
			async put(name, value) {
				const { iv, sealed: buffer } = await seal(new TextEncoder().encode(JSON.stringify(value)));
				const sealed = new Uint8Array(buffer);
				let text = toText(iv) + ".";
				for (let i = 0; i < sealed.length; i += 3000)
					text += toText(sealed.slice(i, i + 3000));
				storage((s) => s.setItem(mine(name), value.at + "." + text));
			},
			async take(name) {
				const [, iv, text] = (storage((s) => s.getItem(mine(name))) ?? "").split(".");
				if (text === undefined)
					return null;
				try {
					return JSON.parse(new TextDecoder().decode(await open({ iv: fromText(iv), sealed: fromText(text) })));
				} catch {
					return null;
				}
			},
			drop(name) {
				storage((s) => s.removeItem(mine(name)));
			}
		};
	}

	storage((s) => {
		for (const name of Object.keys(s))
			if (name.startsWith("draft ") && !(Date.now() - parseInt(s.getItem(name), 10) < OLD_MS))
				s.removeItem(name);
	});

	/* ---- times ---- */

	const minutesSince = (t) => Math.floor((Date.now() - Date.parse(t.dateTime)) / 60000);
	const sayAge = (minutes) => minutes < 1 ? words.now : say(words.minutes, minutes);

	/* Beside a time, or in its place (data-ago); where there is room for it, so that no line breaks anew. */
	function showAges() {
		for (const t of document.querySelectorAll("time[data-ago]")) {
			const minutes = minutesSince(t);

			t.dataset.ago ||= t.textContent;
			t.textContent = minutes > 59 || minutes < -1 ? t.dataset.ago : sayAge(minutes);
		}
		for (const t of document.querySelectorAll(".entry > header time, time.clock")) {
			const minutes = minutesSince(t);
			let ago = t.nextElementSibling;

			if (!ago?.classList.contains("ago")) {
				if (minutes > 59)
					continue;
				ago = document.createElement("span");
				ago.className = "ago num";
				t.after(ago);
			}
			ago.textContent = minutes > 59 || minutes < -1 ? "" : sayAge(minutes);
		}
	}

	/* 今日 alone does not say which weekday: add the day. */
	function showDays(root) {
		for (const t of root.querySelectorAll("time[data-day]"))
			if (!/\d/.test(t.textContent))
				t.textContent += "　" + t.dataset.day;
	}

	/* ---- receipts ---- */

	const waiting = new Map();
	let queue = Promise.resolve();

	/* The page has fifty entries: their buttons say where they go, and nothing besides. */
	const actOf = (button) => button.formAction.split("/").pop();
	const READ = ".entry:not(.kept) [formaction$='/read']", READERS = "footer > [href$='/readers']";

	function isSeen(hit) {
		const half = (hit.rootBounds?.height ?? innerHeight) / 2;

		return hit.intersectionRatio >= 0.6 || hit.intersectionRect.height >= half;
	}

	function markRead(card, button) {
		queue = queue.then(async () => {
			try {
				await ask(button.formAction, {}, newKey());
			} catch {
				return;		/* it stays unread, and is tried again */
			}
			watch.unobserve(card);
			button.remove();
			card.classList.remove("unread");
			const chip = card.querySelector(".chip.new");
			if (chip !== null) {
				chip.className = "chip plain";
				chip.textContent = words.read;
			}
		});
	}

	const watch = new IntersectionObserver((hits) => {
		for (const hit of hits) {
			const card = hit.target, button = card.querySelector(READ);

			clearTimeout(waiting.get(card));
			if (button !== null && isSeen(hit) && document.visibilityState === "visible")
				waiting.set(card, setTimeout(() => markRead(card, button), READ_MS));
		}
	}, { threshold: [0, 0.25, 0.6] });

	function watchUnread(root) {
		for (const card of root.querySelectorAll(".entry.unread:not(.kept)"))
			watch.observe(card);
	}

	document.addEventListener("visibilitychange", () => {
		for (const timer of waiting.values())
			clearTimeout(timer);
		if (document.visibilityState === "visible")
			for (const card of document.querySelectorAll(".entry.unread:not(.kept)")) {
				watch.unobserve(card);
				watch.observe(card);
			}
	});

	/* ---- entries ---- */

	function settle(root) {
		showDays(root);
		showAges();
		watchUnread(root);
	}

	/* Takes over one card or all of them from the server's newest page. */
	async function refresh(id) {
		const page = await fresh();

		if (id !== undefined) {
			const now = page.getElementById(id), old = document.getElementById(id);

			if (now === null || old === null) {
				old?.remove();	/* here it waits no more */
				return;
			}
			const focused = old.contains(document.activeElement);
			old.replaceWith(now);
			settle(now.parentNode);
			if (focused)
				now.querySelector(READERS)?.focus({ preventScroll: true });
			return;
		}
		const list = page.getElementById("entries"), known = new Set(
			Array.from(document.querySelectorAll(".entry"), (e) => e.id));
		if (list === null)
			return;
		document.getElementById("entries").replaceWith(list);
		settle(list);
		for (const card of list.querySelectorAll(".entry"))
			if (!known.has(card.id))
				card.classList.add("arrived");
	}

	/* ---- live ---- */

	/*
	 * Looks every ten seconds, and at once when the doorbell rings. What has come
	 * is offered by a button: nothing moves under the reader's thumb. Counts of
	 * cards that are there change where they stand.
	 */
	function live(button) {
		const path = button.dataset.live;
		let known, newest, line, busy = false, again = false, stale = false, shut = false, counted = 0;

		function offer(n) {
			button.hidden = n === 0;
			button.textContent = say(words.news, n);
		}

		/* Not more often than one looks anyway: a team reads in bursts. */
		async function recount() {
			if (!stale || Date.now() - counted < LOOK_MS)
				return;
			stale = false;
			counted = Date.now();
			const page = await fresh();

			for (const card of document.querySelectorAll(".entry")) {
				const now = page.getElementById(card.id)?.querySelector(READERS);
				if (now)
					card.querySelector(READERS).textContent = now.textContent;
			}
		}

		async function look() {
			if (busy) {
				again = true;
				return;
			}
			const out = shut;
			busy = true;
			shut = false;
			try {
				const now = await get(path + (newest === undefined ? "" : "?since=" + newest));

				newest ??= now.newest ?? undefined;
				if (known !== undefined && now.state !== known && newest === undefined)
					offer(1);
				else if (known !== undefined && now.state !== known) {
					offer(now.fresh);
					stale = true;
				}
				known = now.state;
				listen(now.channel);
				await recount();
			} catch (e) {
				/* Shut out: nothing stays on the screen. Else the next look will tell. */
				if (out && [401, 403, 404].includes(e.status))
					location.reload();
			}
			busy = false;
			if (again) {
				again = false;
				look();
			}
		}

		function listen(channel) {
			if (line !== undefined && line.readyState !== EventSource.CLOSED)
				return;
			line = new EventSource("/bell/" + channel);
			line.addEventListener("message", look);
			line.addEventListener("shut", () => {
				line.close();
				shut = true;
				look();
			});
			/* A channel is good for one line: the next look brings another. */
			line.addEventListener("error", () => line.close());
		}

		button.addEventListener("click", async () => {
			button.hidden = true;
			newest = undefined;
			known = undefined;
			await refresh().catch(() => location.reload());
			scrollTo({ top: 0 });
			document.querySelector(".entry > footer > :last-child")?.focus({ preventScroll: true });
			look();
		});
		renew = () => {
			newest = undefined;
			known = undefined;
			button.hidden = true;
			look();
		};
		setInterval(() => {
			if (document.visibilityState === "visible")
				look();
		}, LOOK_MS);
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "visible")
				look();
		});
		look();
	}

	function tell(text) {
		toast.textContent = text;
		setTimeout(() => { toast.textContent = ""; }, 6000);
	}

	function why(e) {
		return e.status === 401 ? words.locked : e.message ?? words.failed;
	}

	async function acknowledge(button) {
		if (button.disabled)
			return;
		button.dataset.key ??= newKey();
		button.disabled = true;
		try {
			await ask(button.formAction, {}, button.dataset.key);
			await refresh(button.closest(".entry").id);
		} catch (e) {
			button.disabled = false;
			tell(why(e));
		}
	}

	document.addEventListener("submit", (event) => {
		const form = event.target, button = event.submitter;

		if (form.id !== "act" || button === null)
			return;
		if (["acknowledge", "read"].includes(actOf(button))) {
			event.preventDefault();
			acknowledge(button);
		} else if (actOf(button) === "recall") {
			event.preventDefault();
			recall(button);
		}
	});

	/* Its text comes back as a draft, with the page. */
	async function recall(button) {
		try {
			await post(button.formAction, {}, newKey());
			location.reload();
		} catch (e) {
			tell(why(e));
			await refresh(button.closest(".entry").id).catch(() => {});
		}
	}

	/* ---- paper and plain text ---- */

	for (const button of document.querySelectorAll("[data-copy]")) {
		button.hidden = false;
		button.addEventListener("click", async () => {
			const from = document.getElementById(button.dataset.copy);

			try {
				await navigator.clipboard.writeText(from.value);
			} catch {
				from.select();
				document.execCommand("copy");
			}
			tell(words.copied);
		});
	}
	for (const button of document.querySelectorAll("[data-print]")) {
		const [{ type } = {}] = performance.getEntriesByType("navigation");

		button.hidden = false;
		button.addEventListener("click", () => print());
		if (type === "navigate" && document.referrer !== "")
			print();
	}

	/* ---- for whom ---- */

	/* Instead of the way to the page that has them, its choices themselves. */
	async function openAudience(form) {
		const door = form.querySelector("[data-audience]");

		if (door === null)
			return;
		const answer = await fetch(door.href, { headers: { "Accept": "text/html" } });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const choices = page.getElementById("audience");

		if (answer.ok && choices !== null)
			form.querySelector("#audience").replaceWith(choices);
	}

	/* ---- writing ---- */

	function compose(form) {
		const box = form.elements.body, button = form.querySelector(".send");
		const state = form.querySelector("#state"), count = form.querySelector("#count");
		const limit = Number(form.dataset.limit), name = form.dataset.composer;
		const word = form.querySelector(".send-word"), usual = word.textContent;
		const path = new URL(form.action).pathname.split("/").slice(0, 3).join("/");
		const reply = form.elements.reply_to?.value;	/* a draft of its own */
		const sees = form.querySelector("#sees"), all = sees?.textContent;
		let key = newKey(), sending = false, store, soon, later, opened;

		/* For files.js, once the text stands where it was. */
		form.vault = new Promise((done) => { opened = done; });

		const hasFiles = () => Number(form.dataset.files ?? 0) > 0;

		function show(text, look, withDoor) {
			state.textContent = text ?? "";
			state.className = look ?? "";
			if (!withDoor)
				return;
			const door = document.createElement("a");
			door.href = "/unlock";
			door.target = "_blank";
			door.rel = "noopener";
			door.textContent = words.open;
			state.append(" ", door);
		}

		function measure() {
			const left = limit - Array.from(box.value.trim()).length;

			count.textContent = left < 0 ? say(words.over, -left) :
				left < NEAR ? say(words.left, left) : "";
			count.className = left < 0 ? "num bad" : "num";
			button.disabled = sending || left < 0;
			if (!CSS.supports("field-sizing", "content")) {
				box.style.height = "";
				if (box.value !== "")
					box.style.height = box.scrollHeight + 2 + "px";
			}
		}

		const values = (what) => Array.from(form.querySelectorAll(`[name=${what}]:checked`), (e) => e.value);

		function now() {
			return {
				at: Date.now(), body: box.value,
				kind: form.elements.kind?.value ?? "",
				audience: form.elements.audience?.value ?? "team",
				professions: values("profession"), people: values("person"),
				urgent: form.elements.urgent?.checked ?? false
			};
		}

		function keepHere() {
			if (store === undefined)
				return;
			if (box.value.trim() === "")
				store.drop(name);
			else
				store.put(name, now()).catch(() => {});
		}

		/* What the server cannot take now it gets with the next letter typed. */
		function keepThere(leaving) {
			const v = now(), fields = new URLSearchParams();

			clearTimeout(later);
			later = undefined;
			if (sending)
				return;
			if (reply !== undefined)
				fields.set("reply_to", reply);
			if (box.value.trim() !== "") {
				fields.set("body", v.body);
				fields.set("stamp", String(v.at));
				fields.set("audience", v.audience);
				if (v.kind !== "")
					fields.set("kind", v.kind);
				if (v.urgent)
					fields.set("urgent", "1");
				for (const p of v.professions)
					fields.append("profession", p);
				for (const p of v.people)
					fields.append("person", p);
			}
			fetch(path + "/draft", {
				method: "POST", body: fields, keepalive: leaving === true,
				headers: { "Accept": "application/json" }
			}).catch(() => {});
		}

		function keep() {
			clearTimeout(soon);
			soon = setTimeout(keepHere, 200);
			later ??= setTimeout(keepThere, SAVE_MS);
		}

		/* The whole form as it was left: a text for few must not go to all. */
		async function fill(kept) {
			box.value = kept.body;
			measure();
			if (kept.audience !== "team" && kept.audience !== "") {
				button.disabled = true;
				await openAudience(form);
			}
			for (const what of ["kind", "audience"])
				if (form.elements[what] !== undefined && kept[what] !== "")
					form.elements[what].value = kept[what];
			if (form.elements.urgent !== undefined)
				form.elements.urgent.checked = kept.urgent;
			for (const [what, list] of [["profession", kept.professions], ["person", kept.people]])
				for (const e of form.querySelectorAll(`[name=${what}]`))
					e.checked = list.includes(e.value);
			show(words.draft);
			showAudience();
			rest(!kept.urgent && ["team", ""].includes(kept.audience));
			measure();
		}

		/*
		 * A draft that came back must not cover on a phone what others wrote since: the
		 * box stays small until it is touched. Not where it is urgent or for few, which has to be seen.
		 */
		function rest(may) {
			form.closest(".composer")?.classList.toggle("rest", may && document.activeElement !== box);
		}

		async function restore() {
			const { key: hex, draft } = await get(path + "/draft" + (reply === undefined ? "" : "?reply_to=" + reply));
			store = await vault(hex);
			let kept = await store.take(name);

			if (draft !== null && !(kept?.at > Number(draft.stamp || Date.parse(draft.saved_at))))
				kept = {
					...draft, professions: draft.professions.split(","), people: draft.people.split(",")
				};
			if (box.value !== "")
				keepHere();	/* typed meanwhile */
			else if (kept !== null)
				await fill(kept);
			opened(store);
		}

		const forFew = () => (form.elements.audience?.value ?? "team") !== "team";

		/* One person alone is chosen: in words who reads it. */
		function pairWith() {
			const [one, more] = form.querySelectorAll("[name=person]:checked + span .author");

			if (form.elements.audience.value === "named" && one && !more)
				return say(form.querySelector("[data-pair]").dataset.pair, one.textContent);
		}

		function showAudience() {
			if (sees)
				sees.textContent = !forFew() ? all : pairWith() ?? words.chosen;
		}

		async function send() {
			/* files.js makes it of what was chosen. */
			const done = forFew() ? words.sentFew : words.sent;
			const fields = hasFiles() ? new FormData(form) :
				new URLSearchParams(new FormData(form));

			fields.delete("idempotency_key");
			sending = true;
			box.readOnly = true;
			measure();
			show(words.sending);
			try {
				const made = await ask(form.action, fields, key);

				key = newKey();
				form.reset();
				clearTimeout(later);
				later = undefined;
				store?.drop(name);
				showAudience();
				word.textContent = usual;
				show(done + (made.told > 0 ? " " + say(words.told, made.told) : "") +
					(made.told_later > 0 ? " " + say(words.toldLater, made.told_later) : ""), "good");
				if (form.dataset.then !== undefined) {
					location.href = form.dataset.then;
					return;
				}
				await refresh().catch(() => location.reload());
				renew();
				scrollTo({ top: 0 });
			} catch (e) {
				word.textContent = words.again;
				show(why(e), "bad", e.status === 401);
			} finally {
				sending = false;
				box.readOnly = false;
				measure();
			}
		}

		form.addEventListener("input", () => {
			/* Another text is another entry: it must not be taken for the old one. */
			if (state.classList.contains("bad") || state.textContent !== "") {
				key = newKey();
				show("");
			}
			measure();
			showAudience();
			keep();
		});
		form.addEventListener("click", (event) => {
			if (event.target.closest("[data-audience]") === null)
				return;
			event.preventDefault();
			openAudience(form).then(() => {
				form.querySelector("[name=audience]")?.focus();
				showAudience();
			}).catch(() => { location.href = event.target.closest("[data-audience]").href; });
		});
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "hidden" && later !== undefined)
				keepThere(true);
		});
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			if (!sending && (box.value.trim() !== "" || hasFiles()) && !button.disabled)
				send();
		});
		box.addEventListener("focus", () => rest(false));
		box.addEventListener("keydown", (event) => {
			if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing)
				form.requestSubmit();
		});
		addEventListener("beforeunload", (event) => {
			if (sending)
				event.preventDefault();
		});
		restore().catch(() => {});
		measure();
	}

	/* A keyboard that covers the page lifts what is fixed to its foot. */
	function liftAboveKeyboard() {
		const seen = window.visualViewport;

		seen?.addEventListener("resize", () => {
			const covered = Math.max(0, innerHeight - seen.height - seen.offsetTop);

			document.documentElement.style.setProperty("--keyboard",
				covered > 80 ? Math.round(covered) + "px" : "0px");
		});
	}

	const toTop = document.getElementById("to-top");
	if (toTop !== null)
		addEventListener("scroll", () => {
			toTop.classList.toggle("seen", scrollY > 900);
		}, { passive: true });

	/* A menu closes when one presses elsewhere or Escape. */
	const menu = document.querySelector(".me");
	document.addEventListener("click", (event) => {
		if (menu?.open && !menu.contains(event.target))
			menu.open = false;
	});
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && menu?.open) {
			menu.open = false;
			menu.querySelector("summary").focus();
		}
	});

	for (const form of document.querySelectorAll("form[data-composer]"))
		compose(form);
	navigator.serviceWorker?.register("/sw.js").catch(() => {});
	settle(document);
	const news = document.querySelector("button[data-live]");	/* others are exchanged by their page's own script */
	if (news !== null && !location.search.includes("older"))
		live(news);
	setInterval(showAges, 30000);
	liftAboveKeyboard();
})();
