/*
 * A portrait before it leaves: smaller, upright, with a small one for the head of each page.
 * Without script it leaves as it is, and pages have none at their head.
 */
"use strict";
for (const form of document.querySelectorAll("form[data-portrait]")) {
	const SIDE = 1024, SMALL_SIDE = 96, SMALL_BYTES = 8000;
	const { draw, toJpeg, light, upright } = globalThis.pictures;
	const input = form.elements.portrait, button = form.querySelector("button");
	let made = null;

	async function make(file) {
		const picture = await upright(file);
		const [large, small] = await Promise.all([toJpeg(draw(picture, SIDE), 0.85),
			light(draw(picture, SMALL_SIDE, true), SMALL_BYTES)]);

		picture.close();
		return large === null ? null : { large, small };
	}

	input.addEventListener("change", async () => {
		const [file] = input.files;

		made = null;
		button.disabled = true;
		if (file !== undefined)
			made = await make(file).catch(() => null);
		button.disabled = false;
	});
	form.addEventListener("formdata", ({ formData }) => {
		if (made === null)
			return;
		formData.set("portrait", made.large, "portrait.jpg");
		if (made.small !== null)
			formData.set("thumbnail", made.small, "thumbnail.jpg");
	});
}
