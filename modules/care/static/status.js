// A page that nobody renews is worse than none: after five minutes it says so.
"use strict";
const LATE_MS = 5 * 60 * 1000;

function look() {
	const at = Date.parse(document.getElementById("at").dateTime);
	const late = Date.now() - at > LATE_MS;
	document.getElementById("old").hidden = !late;
	document.body.classList.toggle("stale", late);
}

look();
setInterval(look, 10000);
