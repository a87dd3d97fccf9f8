/*
 * What the other side says appears by itself: the crew's reports at the team's, the
 * team's answers on the crew's screen. The page is read again when the bell rings,
 * and once a minute; only its parts with data-live are exchanged, and of these what
 * somebody is at work on stays (a field with the cursor or words in it, a fold that was
 * opened) while its neighbours with a data-key are exchanged, so that nothing typed and no
 * place on the screen is lost. Without script a reload does the same.
 */
"use strict";
(() => {
	const MINUTE_MS = 60000;
	const page = document.querySelector("[data-channel]");
	let line, busy = false, again = false;

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

	const FIELDS = "input:not([type=hidden]), textarea, select";

	function at_work(part) {
		return part.querySelector("details[open]") !== null ||
			(part.contains(document.activeElement) && document.activeElement.matches(FIELDS)) ||
			[...part.querySelectorAll("input:not([type=hidden]), textarea")].some((e) => e.value !== e.defaultValue);
	}

	/* The parts with a data-key that are in no other such part of this one. */
	function keyed(part) {
		return [...part.querySelectorAll("[data-key]")].filter((e) => {
			const outer = e.parentElement.closest("[data-key]");

			return outer === null || !part.contains(outer) || outer === part;
		});
	}

	/* `part` becomes what `now` is, except where somebody is at work. */
	function take(part, now) {
		if (!at_work(part)) {
			part.replaceChildren(...now.childNodes);
			return;
		}
		const before = keyed(part);
		let last = null;

		for (const next of keyed(now)) {
			const same = before.find((e) => e.dataset.key === next.dataset.key);

			if (same !== undefined)
				take(same, next);
			else if (last !== null)
				last.after(next);
			else if (before.length > 0)
				before[0].before(next);
			last = same ?? next;
		}
	}

	function exchange(other) {
		for (const part of document.querySelectorAll("[data-live]")) {
			const now = other.getElementById(part.id);

			if (now !== null && now.innerHTML !== part.innerHTML)
				take(part, now);
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

	async function renew() {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		do {
			again = false;
			await look().catch(() => undefined);	/* the next minute will tell */
		} while (again);
		busy = false;
	}

	if (page === null)
		return;
	listen(page.dataset.channel);
	setInterval(() => {
		if (document.visibilityState === "visible")
			renew();
	}, MINUTE_MS);
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "visible")
			renew();
	});
})();
