/*
 * Photos and files before they leave, where script runs: pictures are made
 * smaller and turned upright, which also leaves behind where and when they were
 * taken; each gets a little picture of its own. Without script they leave as they
 * are, and the server takes out what they say besides. Nothing is stored here.
 */
"use strict";
(() => {
	const SIDE = 2048, SMALL_SIDE = 320, SMALL_BYTES = 60000;
	const MOST = 10, BYTES = 39e6, DRAWN = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];

	function draw(picture, side) {
		const scale = Math.min(1, side / Math.max(picture.width, picture.height));
		const canvas = document.createElement("canvas");
		const pen = canvas.getContext("2d");

		canvas.width = Math.max(1, Math.round(picture.width * scale));
		canvas.height = Math.max(1, Math.round(picture.height * scale));
		pen.fillStyle = "#fff";		/* JPEG knows no transparency */
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.imageSmoothingQuality = "high";
		pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
		return canvas;
	}

	const toJpeg = (canvas, quality) => new Promise((done) =>
		canvas.toBlob(done, "image/jpeg", quality));

	async function little(picture) {
		const canvas = draw(picture, SMALL_SIDE);

		for (const quality of [0.75, 0.5, 0.3]) {
			const blob = await toJpeg(canvas, quality);

			if (blob !== null && blob.size <= SMALL_BYTES)
				return { canvas, blob };
		}
		return { canvas, blob: null };
	}

	/* What leaves instead of a chosen file. One that is no picture stays as it is. */
	async function prepare(file) {
		const as_is = { file, name: file.name, small: null, canvas: null };

		if (!DRAWN.includes(file.type))
			return as_is;
		try {
			const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
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

	function attach(form) {
		const input = form.elements.attachment, list = form.querySelector("#chosen");
		const words = list.dataset;
		let chosen = [];

		function changed() {
			form.dataset.files = chosen.length;
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
		});
	}

	for (const form of document.querySelectorAll("form[data-composer]"))
		attach(form);
})();
