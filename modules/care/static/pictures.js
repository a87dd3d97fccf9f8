/*
 * Pictures made small and upright before they leave, which also leaves behind where and
 * when they were taken. For the scripts of pages that send some.
 */
"use strict";
globalThis.pictures = (() => {
	const DRAWN = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"];

	/* On a canvas, so many pixels at its longer side; or a square out of it, rather from above: faces are there. */
	function draw(picture, side, square = false) {
		const { width, height } = picture, cut = Math.min(width, height);
		const [w, h] = square ? [cut, cut] : [width, height];
		const scale = Math.min(1, side / Math.max(w, h));
		const canvas = document.createElement("canvas");
		const pen = canvas.getContext("2d");

		canvas.width = Math.max(1, Math.round(w * scale));
		canvas.height = Math.max(1, Math.round(h * scale));
		pen.fillStyle = "#fff";		/* JPEG knows no transparency */
		pen.fillRect(0, 0, canvas.width, canvas.height);
		pen.imageSmoothingQuality = "high";
		pen.drawImage(picture, (width - w) / 2, (height - h) / 3, w, h, 0, 0, canvas.width, canvas.height);
		return canvas;
	}

	const toJpeg = (canvas, quality) => new Promise((done) =>
		canvas.toBlob(done, "image/jpeg", quality));

	/* As good as so many bytes allow, or null. */
	async function light(canvas, bytes) {
		for (const quality of [0.75, 0.5, 0.3]) {
			const blob = await toJpeg(canvas, quality);

			if (blob !== null && blob.size <= bytes)
				return blob;
		}
		return null;
	}

	const upright = (file) => createImageBitmap(file, { imageOrientation: "from-image" });

	return { DRAWN, draw, toJpeg, light, upright };
})();
