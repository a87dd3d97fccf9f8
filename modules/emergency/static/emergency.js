/*
 * What the other side says appears by itself: the crew's reports at the team's, the
 * team's answers on the crew's screen. The page is read again when the bell rings,
 * and once a minute; only its parts with data-live are exchanged, so that nothing
 * typed and no place on the screen is lost. Without script a reload does the same.
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
		/* A channel is good for one line: the next look brings another. */
		line.addEventListener("error", () => line.close());
	}

	function exchange(other) {
		for (const part of document.querySelectorAll("[data-live]")) {
			const now = other.getElementById(part.id);

			if (now !== null && now.innerHTML !== part.innerHTML)
				part.replaceChildren(...now.childNodes);
		}
		listen(other.querySelector("[data-channel]")?.dataset.channel);
	}

	async function look() {
		const answer = await fetch(location.href, { headers: { Accept: "text/html" } });

		if (answer.ok)
			exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
		else if (answer.status === 404 || answer.status === 401)
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
