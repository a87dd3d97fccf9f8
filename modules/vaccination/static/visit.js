/*
 * The waiting period as a clock that rings, and a page that goes on when somebody
 * else has. Without script the page says until when, and can be loaded again.
 */
"use strict";
(() => {
	const page = document.querySelector("[data-visit]");
	const box = document.querySelector("[data-seconds]");
	const every = 15000;
	let line, before;

	/* By the server's clock: a phone's own may be wrong. */
	function count(end, clock) {
		const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
		const two = (n) => String(n).padStart(2, "0");

		clock.textContent = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
		return left;
	}

	function beep() {
		try {
			const sound = new AudioContext();

			for (let i = 0; i < 6; i++) {
				const tone = sound.createOscillator();

				tone.frequency.value = i % 2 ? 660 : 880;
				tone.connect(sound.destination);
				tone.start(sound.currentTime + i * 0.5);
				tone.stop(sound.currentTime + i * 0.5 + 0.3);
			}
		} catch {
			/* the words on the page say it too */
		}
		navigator.vibrate?.([400, 200, 400, 200, 400]);
	}

	function ring() {
		box.querySelector("[data-over]").hidden = false;
		box.classList.add("rings");
		document.title = "⏰ " + document.title;
		beep();
		const again = setInterval(beep, 10000);
		addEventListener("pointerdown", () => clearInterval(again), { once: true });
		addEventListener("keydown", () => clearInterval(again), { once: true });
	}

	function start() {
		const clock = box.querySelector("[data-clock]");
		const end = performance.now() + Number(box.dataset.seconds) * 1000;

		if (count(end, clock) === 0)
			return;
		const tick = setInterval(() => {
			if (count(end, clock) > 0)
				return;
			clearInterval(tick);
			ring();
		}, 500);
	}

	function typed() {
		return [...document.querySelectorAll("input, textarea, select")].some((e) =>
			e.type === "radio" || e.type === "checkbox" ? e.checked !== e.defaultChecked :
				e.type !== "hidden" && "defaultValue" in e && e.value !== e.defaultValue);
	}

	async function look() {
		try {
			const answer = await fetch(page.dataset.visit, { headers: { Accept: "application/json" } });

			if (!answer.ok)
				return;
			const now = await answer.json();
			const known = now.state + now.state_at;

			/* Nothing that is being typed is lost to what somebody else did. */
			if ((before !== undefined && known !== before || now.state !== page.dataset.state) && !typed())
				location.reload();
			before = known;
			if (line === undefined || line.readyState === EventSource.CLOSED) {
				line = new EventSource("/bell/" + now.channel);
				line.addEventListener("message", look);
				line.addEventListener("error", () => line.close());
			}
		} catch {
			/* the next look will tell */
		}
	}

	if (box !== null)
		start();
	if (page !== null && !["completed", "not_given", "cancelled"].includes(page.dataset.state)) {
		look();
		setInterval(look, every);
	}
})();
