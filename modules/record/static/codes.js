/*
 * A medication notebook's codes by the camera or a photo, where the browser itself can
 * read QR codes (BarcodeDetector). Nothing is sent anywhere before the form is; elsewhere
 * the buttons stay hidden, and the text is pasted or typed.
 */
"use strict";
(() => {
	const box = document.querySelector("[data-codes]");
	if (box === null || !("BarcodeDetector" in globalThis))
		return;
	const text = box.closest("form").elements.codes, state = box.querySelector("[role=status]"), video = box.querySelector("video");
	const [camera, stop] = box.querySelectorAll("button");
	const say = (word, n) => { state.textContent = box.dataset[word].replace("{n}", n); };
	let detector, stream = null, taken = 0;

	/* Text that is no text: the browser took Japanese of the notebook for another code. */
	const garbled = (raw) => raw.includes("\ufffd");

	/* Each code once; codes that continue each other come in any order. */
	const take = (found) => {
		for (const { rawValue } of found) {
			const raw = rawValue.replace(/\r\n?/g, "\n").replace(/\n*$/, "");

			if (raw === "" || text.value.includes(raw))
				continue;
			if (garbled(raw)) {
				say("garbled");
				continue;
			}
			text.value += (text.value === "" || text.value.endsWith("\n") ? "" : "\n") + raw + "\n";
			say("taken", ++taken);
		}
	};

	const close = () => {
		for (const track of stream?.getTracks() ?? [])
			track.stop();
		stream = video.srcObject = null;
		video.hidden = stop.hidden = true;
		camera.hidden = false;
	};

	const look = async () => {
		if (stream === null)
			return;
		try {
			take(await detector.detect(video));
		} catch {
			/* No picture yet. */
		}
		setTimeout(look, 250);
	};

	const open = async () => {
		try {
			stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
		} catch {
			say("refused");
			return;
		}
		video.srcObject = stream;
		video.hidden = stop.hidden = false;
		camera.hidden = true;
		say("aim");
		await video.play();
		look();
	};

	const photo = async (input) => {
		const before = taken;
		for (const file of input.files)
			take(await detector.detect(await createImageBitmap(file)).catch(() => []));
		if (taken === before && state.textContent !== box.dataset.garbled)
			say("none");
		input.value = "";
	};

	const begin = async () => {
		if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code"))
			return;
		detector = new BarcodeDetector({ formats: ["qr_code"] });
		box.hidden = false;
		camera.hidden = navigator.mediaDevices?.getUserMedia === undefined;
		camera.addEventListener("click", open);
		stop.addEventListener("click", close);
		box.querySelector("input[type=file]").addEventListener("change", (e) => photo(e.target));
		addEventListener("pagehide", close);
	};

	begin().catch(() => {});
})();
