/*
 * A locked screen is opened where somebody is, over what she typed, and what she
 * had pressed for goes on. And what is wrong with a field is said beside it, in the
 * page's language. app.js fetches this when it is needed. Without script the page
 * /unlock does the first, the server the second.
 */
"use strict";
(() => {
	const words = document.getElementById("words")?.dataset ?? {};

	/* Of several to choose from, what is said stands at their heading. */
	const group = (field) => ["radio", "checkbox"].includes(field.type) ? field.closest("fieldset") : null;

	/* Ours beside the field, as the server would say it; until something is typed. */
	function fault(field, text) {
		const all = group(field), id = (all === null ? field.id || field.name : field.name) + "-fault";
		let p = document.getElementById(id);

		if (p === null) {
			p = document.createElement("p");
			p.id = id;
			p.className = "fault";
			p.setAttribute("role", "alert");
			if (all !== null)
				all.querySelector("legend").after(p);
			else
				(field.closest("label") ?? field).before(p);
			(all ?? field).addEventListener("input", () => fault(field, ""));
		}
		p.textContent = text;
		p.hidden = text === "";
		(all ?? field.parentNode).classList.toggle("bad", text !== "");
		if (text === "") {
			field.removeAttribute("aria-invalid");
			return;
		}
		if (all === null)
			field.setAttribute("aria-invalid", "true");
		(all ?? field).setAttribute("aria-describedby", p.id);
	}

	/* A field that the browser refuses, in the page's language, which its own bubble has not. */
	function missing(field) {
		fault(field, field.dataset.fault ?? words.missing);
		if (field.form.querySelector(":invalid:not(fieldset)") === field)
			field.focus();
	}

	/* What is wrong with a PIN, as the server says it; null: nothing, the screen is open. */
	async function wrong(pin) {
		try {
			const answer = await fetch("/unlock", {
				method: "POST", headers: { "Accept": "application/json" },
				body: new URLSearchParams({ pin }), signal: AbortSignal.timeout(30000)
			});

			return answer.ok ? null : (await answer.json()).error?.message ?? words.failed;
		} catch {
			return words.failed;
		}
	}

	/* A box over the page, made of the form that the page /unlock has. */
	function box(page, form) {
		const door = document.createElement("dialog"), why = page.getElementById("why");

		door.id = "lock";
		door.className = "card lock";
		door.setAttribute("aria-labelledby", "lock-why");
		why.id = "lock-why";
		form.classList.remove("card");
		form.noValidate = true;
		form.elements.pin.id = "lock-pin";
		form.querySelector("label").htmlFor = "lock-pin";
		form.querySelector("[data-close]").hidden = false;
		door.append(why, form);
		document.body.append(door);
		return door;
	}

	/*
	 * Asks for the PIN where one is, over what was typed; whether the screen is open
	 * now. Nobody is asked who has opened it elsewhere; who is signed out gets a no.
	 */
	async function unlock() {
		const answer = await fetch("/unlock", { headers: { "Accept": "text/html" } });

		if (!answer.ok || answer.redirected || document.getElementById("lock") !== null)
			return false;
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const form = page.querySelector("main form[action='/unlock']");
		if (form === null)
			return true;
		const door = box(page, form), pin = form.elements.pin;

		return new Promise((done) => {
			form.addEventListener("submit", async (event) => {
				event.preventDefault();
				const why = /^[0-9]{6}$/.test(pin.value) ? await wrong(pin.value) : pin.dataset.fault;
				if (why === null) {
					door.close("open");
					return;
				}
				pin.value = "";
				fault(pin, why);
				pin.focus();
			});
			form.querySelector("[data-close]").addEventListener("click", () => door.close());
			door.addEventListener("close", () => {
				door.remove();
				done(door.returnValue === "open");
			});
			door.showModal();
			pin.focus();
		});
	}

	globalThis.lock = { missing, unlock };
})();
