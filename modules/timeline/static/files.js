/*
 * Photos and files before they leave, where script runs: pictures are made
 * smaller and turned upright (pictures.js); each gets a little picture of its
 * own, a film one of its first frames. Without script they leave as they are, and the server takes out what they say
 * besides. What was chosen and not sent is kept on the device, sealed as app.js
 * seals what was typed: too large for the server's draft, it is found here alone.
 */
"use strict";
(() => {
	const FRAME_MS = 10000, SOON_MS = 5000, OLD_MS = 30 * 24 * 3600e3;
	const SIDE = 2048, SMALL_SIDE = 320, SMALL_BYTES = 60000;
	const MOST = 10, BYTES = 39e6;
	/* Comes with the first file, or when the page has been read for a while: who only looks does not pay for it. */
	const from = document.currentScript.dataset.pictures;
	const pictures = () => import(from).then(() => globalThis.pictures);

	/* A frame of a film, a little behind its beginning, which often is black. */
	async function frame(file) {
		const film = document.createElement("video"), url = URL.createObjectURL(file);
		const till = (what) => new Promise((done, fail) => {
			film.addEventListener(what, done, { once: true });
			film.addEventListener("error", fail, { once: true });
			setTimeout(fail, FRAME_MS);
		});

		try {
			film.muted = true;
			film.preload = "auto";
			film.src = url;
			await till("loadeddata");
			film.currentTime = Math.min(1, (film.duration || 0) / 4);
			await till("seeked");
			return await createImageBitmap(film);
		} finally {
			film.removeAttribute("src");
			URL.revokeObjectURL(url);
		}
	}

	async function little(picture) {
		const { draw, light } = await pictures();
		const canvas = draw(picture, SMALL_SIDE);

		return { canvas, blob: await light(canvas, SMALL_BYTES) };
	}

	/* What leaves instead of a chosen file. One that is no picture stays as it is. */
	async function prepare(file) {
		const as_is = { file, name: file.name, small: null, canvas: null };

		if (file.type.startsWith("video/"))
			return frame(file).then(little).then(({ canvas, blob }) => ({ ...as_is, small: blob, canvas }), () => as_is);
		try {
			const { DRAWN, draw, toJpeg, upright } = await pictures();

			if (!DRAWN.includes(file.type))
				return as_is;
			const picture = await upright(file);
			const { canvas, blob } = await little(picture);
			const large = await toJpeg(draw(picture, SIDE), 0.85);

			picture.close();
			if (large === null)
				return as_is;
			/* A small drawing is not made worse; the server cleans it. */
			if (file.type === "image/png" && file.size <= large.size)
				return { ...as_is, small: blob, canvas };
			return { file: large, name: file.name.replace(/\.\w+$/, "") + ".jpg", small: blob, canvas };
		} catch {
			return as_is;
		}
	}

	/* ---- what was chosen and not sent ---- */

	async function shelf(act) {
		const db = await new Promise((done, fail) => {
			const asked = indexedDB.open("drafts", 1);

			asked.onupgradeneeded = () => asked.result.createObjectStore("files");
			asked.onsuccess = () => done(asked.result);
			asked.onerror = () => fail(asked.error);
		});

		try {
			return await new Promise((done, fail) => {
				const all = db.transaction("files", "readwrite"), asked = act(all.objectStore("files"));

				all.oncomplete = () => done(asked.result);
				all.onabort = () => fail(all.error);
			});
		} finally {
			db.close();
		}
	}

	const dropOld = (files) => {
		const asked = files.openCursor();

		asked.onsuccess = () => {
			const at = asked.result;

			if (!(Date.now() - (at?.value.at ?? 0) < OLD_MS))
				at?.delete();
			at?.continue();
		};
		return asked;
	};

	async function seal(vault, one) {
		const head = new TextEncoder().encode(JSON.stringify({ name: one.name, type: one.file.type }));

		return {
			head: await vault.seal(head), file: await vault.seal(await one.file.arrayBuffer()),
			small: one.small === null ? null : await vault.seal(await one.small.arrayBuffer())
		};
	}

	async function open(vault, { head, file, small }) {
		const { name, type } = JSON.parse(new TextDecoder().decode(await vault.open(head)));
		const blob = small === null ? null : new Blob([await vault.open(small)], { type: "image/jpeg" });

		return {
			name, small: blob, file: new Blob([await vault.open(file)], { type }),
			canvas: blob === null ? null : (await pictures()).draw(await createImageBitmap(blob), SMALL_SIDE)
		};
	}

	function attach(form) {
		const input = form.elements.attachment, list = form.querySelector("#chosen");
		const words = list.dataset;
		const place = (vault) => vault.mine(form.dataset.composer);
		let chosen = [], keeping = Promise.resolve();

		function keep() {
			keeping = keeping.then(async () => {
				const vault = await form.vault, files = [];

				for (const one of chosen)
					files.push(await seal(vault, one));
				await shelf((all) => files.length === 0 ? all.delete(place(vault)) :
					all.put({ at: Date.now(), files }, place(vault)));
			}).catch(() => {});	/* no room, or none allowed: as if it could not be kept */
		}

		async function restore() {
			const vault = await form.vault, again = [];

			await shelf(dropOld);
			for (const one of (await shelf((all) => all.get(place(vault))))?.files ?? [])
				again.push(await open(vault, one));
			if (again.length === 0 || chosen.length > 0)
				return;
			chosen = again;
			list.append(...again.map(row));
			form.dataset.files = chosen.length;
		}

		function changed() {
			form.dataset.files = chosen.length;
			keep();
			/* Another set of files is another entry: app.js takes another key. */
			form.dispatchEvent(new Event("input", { bubbles: true }));
		}

		function row(one) {
			const item = document.createElement("li"), name = document.createElement("span");
			const button = document.createElement("button");

			name.textContent = one.name;
			button.type = "button";
			button.className = "btn quiet";
			button.textContent = words.remove;
			button.setAttribute("aria-label", words.remove + " " + one.name);
			button.addEventListener("click", () => {
				chosen = chosen.filter((other) => other !== one);
				item.remove();
				input.focus();
				changed();
			});
			if (one.canvas !== null) {
				one.canvas.setAttribute("aria-hidden", "true");
				item.append(one.canvas);
			}
			item.append(name, button);
			return item;
		}

		function note(text, look) {
			const item = document.createElement("li");

			item.textContent = text;
			item.className = look;
			list.append(item);
			return item;
		}

		async function add(files) {
			const working = note(words.working, "muted");

			for (const old of list.querySelectorAll(".bad"))
				old.remove();
			for (const file of files) {
				const one = await prepare(file);
				const all = chosen.reduce((sum, c) => sum + c.file.size, one.file.size);

				if (chosen.length === MOST || all > BYTES) {
					note(chosen.length === MOST ? words.many : file.name + ": " + words.large, "bad");
					continue;
				}
				chosen.push(one);
				working.before(row(one));
			}
			working.remove();
			changed();
		}

		/* Pressed, it must not open the form first: it would move away from under the mouse. */
		input.closest("label").addEventListener("mousedown", (event) => event.preventDefault());
		input.addEventListener("change", () => {
			const files = Array.from(input.files);

			input.value = "";
			add(files);
		});
		form.addEventListener("formdata", (event) => {
			event.formData.delete("attachment");
			for (const one of chosen) {
				event.formData.append("attachment", one.file, one.name);
				if (one.small !== null)
					event.formData.append("thumbnail", one.small, "thumbnail.jpg");
			}
		});
		form.addEventListener("reset", () => {
			chosen = [];
			list.replaceChildren();
			form.dataset.files = 0;
			keep();
		});
		restore().catch(() => {});
	}

	for (const form of document.querySelectorAll("form[data-composer]"))
		attach(form);
	setTimeout(() => pictures().catch(() => undefined), SOON_MS);
})();
