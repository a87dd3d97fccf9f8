/*
 * What pages do besides, where script runs; without it everything still works.
 *
 * - An entry that has been on the screen for 1.5 s is marked as read.
 * - Writing, acknowledging and reading go by fetch, each under an idempotency
 *   key of its own, so that pressing again after a failure has one effect. The
 *   text stays in the box until the server has said that it is stored.
 * - A draft is kept per patient in sessionStorage: it belongs to one tab and
 *   ends with it. A browser may still write it into its profile to restore the
 *   tab after a crash; so it is removed once sent, when it is older than a
 *   session (12 h), and at sign-in and sign-out. Nothing else is ever stored.
 */
"use strict";
(() => {
	const READ_MS = 1500, NEAR = 300, SESSION_MS = 12 * 3600e3;
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
				body: new URLSearchParams(fields),
				credentials: "same-origin",
				redirect: "error",
				signal: AbortSignal.timeout(30000)
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

	/* This page again, as the server has it now. */
	async function fresh() {
		const answer = await fetch(location.href, { headers: { "Accept": "text/html" } });

		if (!answer.ok || answer.redirected)
			throw { status: answer.status };
		return new DOMParser().parseFromString(await answer.text(), "text/html");
	}

	/* Ours are inside forms that the page has anyway. */
	function storage(act) {
		try {
			return act(sessionStorage);
		} catch {
			return null;
		}
	}

	function forgetDrafts(which) {
		storage((s) => {
			for (const name of Object.keys(s))
				if (name.startsWith("draft ") && which(s.getItem(name)))
					s.removeItem(name);
		});
	}

	/* ---- times ---- */

	function showAges() {
		for (const t of document.querySelectorAll("time.clock, time[data-ago]")) {
			const minutes = Math.floor((Date.now() - Date.parse(t.dateTime)) / 60000);
			let ago = t.nextElementSibling;

			if (!ago?.classList.contains("ago")) {
				if (minutes > 59)
					continue;
				ago = document.createElement("span");
				ago.className = "ago num";
				t.after(ago);
			}
			ago.textContent = minutes > 59 || minutes < -1 ? "" :
				minutes < 1 ? words.now : say(words.minutes, minutes);
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

	function isSeen(hit) {
		const half = (hit.rootBounds?.height ?? innerHeight) / 2;

		return hit.intersectionRatio >= 0.6 || hit.intersectionRect.height >= half;
	}

	function markRead(card, button) {
		queue = queue.then(async () => {
			try {
				await post(button.formAction, {}, newKey());
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
			const card = hit.target, button = card.querySelector("button[data-act=read]");

			clearTimeout(waiting.get(card));
			if (button !== null && isSeen(hit) && document.visibilityState === "visible")
				waiting.set(card, setTimeout(() => markRead(card, button), READ_MS));
		}
	}, { threshold: [0, 0.25, 0.6] });

	function watchUnread(root) {
		for (const card of root.querySelectorAll(".entry.unread"))
			watch.observe(card);
	}

	document.addEventListener("visibilitychange", () => {
		for (const timer of waiting.values())
			clearTimeout(timer);
		if (document.visibilityState === "visible")
			for (const card of document.querySelectorAll(".entry.unread")) {
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

			if (now === null || old === null)
				return;
			const focused = old.contains(document.activeElement);
			old.replaceWith(now);
			settle(now.parentNode);
			if (focused)
				now.querySelector("a.readers")?.focus({ preventScroll: true });
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
			await post(button.formAction, {}, button.dataset.key);
			await refresh(button.closest(".entry").id);
		} catch (e) {
			button.disabled = false;
			tell(why(e));
		}
	}

	document.addEventListener("submit", (event) => {
		const form = event.target, button = event.submitter;

		if (button?.dataset.act === "acknowledge") {
			event.preventDefault();
			acknowledge(button);
		} else if ("leave" in form.dataset || "enter" in form.dataset) {
			forgetDrafts(() => true);
		}
	});

	/* ---- writing ---- */

	function compose(form) {
		const box = form.elements.body, button = form.querySelector(".send");
		const state = form.querySelector("#state"), count = form.querySelector("#count");
		const limit = Number(form.dataset.limit), name = "draft " + form.dataset.composer;
		const word = form.querySelector(".send-word"), usual = word.textContent;
		let key = newKey(), sending = false;

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

		function keep() {
			storage((s) => box.value.trim() === "" ? s.removeItem(name) :
				s.setItem(name, JSON.stringify({
					at: Date.now(), body: box.value,
					kind: form.elements.kind.value,
					urgent: form.elements.urgent.checked
				})));
		}

		function restore() {
			const kept = storage((s) => JSON.parse(s.getItem(name)));

			if (kept === null || box.value !== "")
				return;
			box.value = kept.body;
			form.elements.kind.value = kept.kind;
			form.elements.urgent.checked = kept.urgent;
			show(words.draft);
		}

		async function send() {
			const fields = new URLSearchParams(new FormData(form));

			fields.delete("idempotency_key");
			sending = true;
			box.readOnly = true;
			measure();
			show(words.sending);
			try {
				const made = await post(form.action, fields, key);

				key = newKey();
				form.reset();
				keep();
				word.textContent = usual;
				show(words.sent + (made.told > 0 ? " " + say(words.told, made.told) : ""), "good");
				await refresh().catch(() => location.reload());
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
			keep();
		});
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			if (!sending && box.value.trim() !== "" && !button.disabled)
				send();
		});
		box.addEventListener("keydown", (event) => {
			if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing)
				form.requestSubmit();
		});
		addEventListener("beforeunload", (event) => {
			if (sending)
				event.preventDefault();
		});
		restore();
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

	forgetDrafts((kept) => {
		try {
			return Date.now() - JSON.parse(kept).at > SESSION_MS;
		} catch {
			return true;
		}
	});
	if (document.querySelector("form[data-enter]") !== null)
		forgetDrafts(() => true);
	for (const form of document.querySelectorAll("form[data-composer]"))
		compose(form);
	settle(document);
	setInterval(showAges, 30000);
	liftAboveKeyboard();
})();
