/*
 * Districts, hazard areas and shelters are drawn by pressing the map: a corner a press
 * for an area, one place for a shelter. What is drawn is the text of the form's field, so
 * that without script, or with a list of corners from elsewhere, the form does the same.
 * With the keyboard: arrows move a cross, Enter sets a corner, Backspace takes it away.
 */
"use strict";
(() => {
	const sheet = document.getElementById("sheet"), draft = document.getElementById("draft"), cross = document.getElementById("cross");
	const hint = document.getElementById("hint"), undo = document.getElementById("undo");
	const WIDTH = 640, HEIGHT = 480, STEP = 8, FINE = 1;
	let field, at = { x: WIDTH / 2, y: HEIGHT / 2 };

	if (sheet === null)
		return;
	const edge = Object.fromEntries(["north", "south", "west", "east"].map((name) => [name, Number(sheet.dataset[name])]));

	const corners = () => field.value.split(/[\s\u3000]+/).filter((one) => /^-?[\d.]+,-?[\d.]+$/.test(one));

	function degrees({ x, y }) {
		const latitude = edge.north + (edge.south - edge.north) * y / HEIGHT, longitude = edge.west + (edge.east - edge.west) * x / WIDTH;

		return `${latitude.toFixed(5)},${longitude.toFixed(5)}`;
	}

	function point(text) {
		const [latitude, longitude] = text.split(",").map(Number);
		const x = (longitude - edge.west) / (edge.east - edge.west) * WIDTH, y = (latitude - edge.north) / (edge.south - edge.north) * HEIGHT;

		return `${x.toFixed(1)},${y.toFixed(1)}`;
	}

	function show() {
		const all = field === undefined ? [] : corners(), area = field?.hasAttribute("data-outline");

		draft.setAttribute("points", (all.length === 1 ? [all[0], all[0]] : all).map(point).join(" "));
		hint.hidden = false;
		hint.textContent = field === undefined ? hint.dataset.none : area ? hint.dataset.corner.replace("{n}", all.length) : hint.dataset.place;
		undo.hidden = !area || all.length === 0;
		sheet.classList.toggle("drawing", field !== undefined);
		if (field === undefined)
			sheet.removeAttribute("tabindex");
		else
			sheet.setAttribute("tabindex", "0");
	}

	function set(where) {
		if (field === undefined)
			return;
		field.value = field.hasAttribute("data-outline") ? [...corners(), degrees(where)].join("\n") : degrees(where);
		show();
	}

	function take_back() {
		field.value = corners().slice(0, -1).join("\n");
		show();
	}

	function pressed(event) {
		const box = sheet.getBoundingClientRect();

		set(at = { x: (event.clientX - box.left) / box.width * WIDTH, y: (event.clientY - box.top) / box.height * HEIGHT });
	}

	function keyed(event) {
		const step = event.shiftKey ? FINE : STEP;
		const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];

		if (field === undefined || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Backspace"].includes(event.key))
			return;
		event.preventDefault();
		if (event.key === "Enter")
			return set(at);
		if (event.key === "Backspace")
			return field.hasAttribute("data-outline") ? take_back() : undefined;
		at = { x: Math.min(WIDTH, Math.max(0, at.x + dx)), y: Math.min(HEIGHT, Math.max(0, at.y + dy)) };
		cross.removeAttribute("hidden");
		cross.setAttribute("transform", `translate(${at.x} ${at.y})`);
	}

	/* One at a time: what is unfolded is what is drawn. */
	function chosen(event) {
		const fold = event.target;

		if (!(fold instanceof HTMLDetailsElement) || !fold.matches(".areas details"))
			return;
		const its = fold.querySelector("[data-outline], [data-place]");
		if (fold.open) {
			for (const other of document.querySelectorAll(".areas details[open]"))
				other.open = other === fold;
			field = its;
		} else if (field === its) {
			field = undefined;
		}
		show();
	}

	document.addEventListener("toggle", chosen, true);
	document.addEventListener("input", (event) => event.target === field && show());
	sheet.addEventListener("click", pressed);
	sheet.addEventListener("keydown", keyed);
	undo.addEventListener("click", take_back);
	show();
})();
