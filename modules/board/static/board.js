/* The page of an application: that it was read, and the next one with one key. */
"use strict";
(() => {
	const page = document.querySelector("[data-read]");

	if (page === null)
		return;
	setTimeout(() => {
		if (document.visibilityState === "visible")
			fetch(page.dataset.read, { method: "POST", headers: { Accept: "application/json" } }).catch(() => {});
	}, 1500);
	document.addEventListener("keydown", (e) => {
		const typing = e.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

		if (e.key === "n" && !typing && !e.ctrlKey && !e.metaKey && !e.altKey)
			document.getElementById("next")?.click();
	});
})();
