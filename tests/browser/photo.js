/* A photo as a camera makes it, and what became of it. */
"use strict";

/* A landscape that its camera says to turn: red above, blue below once upright. */
async function photo(page, width = 4000, height = 3000) {
	const plain = Buffer.from(await page.evaluate(([w, h]) => {
		const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");

		canvas.width = w;
		canvas.height = h;
		for (let i = 0; i < 4000; i++) {
			const x = Math.random() * w;

			pen.fillStyle = x < w / 2 ? `rgb(${150 + Math.random() * 100} 40 40)` : `rgb(40 40 ${150 + Math.random() * 100})`;
			pen.fillRect(x < w / 2 ? Math.min(x, w / 2 - 90) : x, Math.random() * h, 90, 90);
		}
		return canvas.toDataURL("image/jpeg", 0.95).split(",")[1];
	}, [width, height]), "base64");
	/* Big-endian TIFF: orientation 6 (its left is above), and an owner. */
	const tiff = Buffer.from("4d4d002a00000008" + "0002" + "010f0002" + "00000010" + "00000026" +
		"0112000300000001" + "00060000" + "00000000", "hex");
	const exif = Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from("SECRET-PLACE\0\0\0\0")]);
	const head = Buffer.alloc(4);

	head.writeUInt16BE(0xffe1, 0);
	head.writeUInt16BE(exif.length + 2, 2);
	return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)]);
}

/* What a stored picture is: size, bytes, whether it tells, colours above and below. */
function stored(page, url) {
	return page.evaluate(async (url) => {
		const answer = await fetch(url), blob = await answer.blob();
		const bytes = new TextDecoder("latin1").decode(await blob.arrayBuffer());
		const picture = await createImageBitmap(blob, { imageOrientation: "from-image" });
		const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });

		canvas.width = picture.width;
		canvas.height = picture.height;
		pen.drawImage(picture, 0, 0);
		const at = (y) => Array.from(pen.getImageData(0, Math.round(y * (picture.height - 1)), picture.width, 1).data)
			.reduce((sum, v, i) => { sum[i % 4] += v; return sum; }, [0, 0, 0, 0]);
		const above = at(0.2), below = at(0.8);
		return { width: picture.width, height: picture.height, bytes: blob.size, tells: /SECRET|Exif/.test(bytes),
			owner: /SECRET/.test(bytes), upright: above[0] > above[2] && below[2] > below[0] };
	}, url);
}

module.exports = { photo, stored };
