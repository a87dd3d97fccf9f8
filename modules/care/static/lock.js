/*
 * A locked screen is opened where somebody is, over what she typed, and what she
 * had pressed for goes on (app.js asks). And what is wrong with a field is said
 * beside it, in the page's language. Without script the page /unlock does the first,
 * the server the second.
 */
"use strict";
(() => {
	const words = document.getElementById("words")?.dataset ?? {};

	/* Ours beside the field, as the server would say it; until something is typed. */
	function fault(field, text) {
		let p = document.getElementById(field.id + "-fault");

		if (p === null) {
			p = document.createElement("p");
			p.id = field.id + "-fault";
			p.className = "fault";
			p.setAttribute("role", "alert");
			field.before(p);
			field.addEventListener("input", () => fault(field, ""));
		}
		p.textContent = text;
		p.hidden = text === "";
		field.parentNode.classList.toggle("bad", text !== "");
		if (text === "") {
			field.removeAttribute("aria-invalid");
			return;
		}
		field.setAttribute("aria-invalid", "true");
		field.setAttribute("aria-describedby", p.id);
	}

	/* In the page's language, which the browser's own bubble has not. */
	document.addEventListener("invalid", (event) => {
		const field = event.target;
		const text = field.dataset.fault ?? (field.validity.valueMissing ? words.missing : undefined);

		if (text === undefined || field.id === "" || ["radio", "checkbox", "file"].includes(field.type))
			return;
		event.preventDefault();
		fault(field, text);
		if (field.form.querySelector(":invalid") === field)
			field.focus();
	}, true);

	/* What is wrong with a PIN, as the server says it; null: nothing, the screen is open. */
	async function wrong(pin) {
		try {
			const answer = await fetch("/unlock", {
				method: "POST", headers: { "Accept": "application/json" },
				body: new URLSearchParams({ pin }), signal: AbortSignal.timeout(30000)
			});

			if (answer.ok)
				return null;
			return answer.status === 401 ? words.ended :
				(await answer.json()).error?.message ?? words.failed;
		} catch {
			return words.failed;
		}
	}

	/* Asks for the PIN where one is, over what was typed; whether it was right. */
	globalThis.unlock = () => {
		const door = document.getElementById("lock");

		if (door === null)
			return Promise.resolve(false);
		const form = door.querySelector("form"), pin = form.elements.pin;

		return new Promise((done) => {
			let opened = false;

			form.onsubmit = async (event) => {
				event.preventDefault();
				if (!/^[0-9]{6}$/.test(pin.value)) {
					fault(pin, pin.dataset.fault);
					pin.focus();
					return;
				}
				const why = await wrong(pin.value);
				if (why === null) {
					opened = true;
					door.close();
					return;
				}
				pin.value = "";
				fault(pin, why);
				pin.focus();
			};
			form.querySelector("[data-close]").onclick = () => door.close();
			door.onclose = () => {
				pin.value = "";
				fault(pin, "");
				done(opened);
			};
			if (!door.open)
				door.showModal();
			pin.focus();
		});
	};
})();
