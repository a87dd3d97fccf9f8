/*
 * Keeps the files that are the same for everybody (style, script, pictures), so that
 * an installed app starts at once. Nothing else is ever kept: no page, no answer.
 */
"use strict";
const KEPT = "static-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
	for (const name of await caches.keys())
		if (name !== KEPT)
			await caches.delete(name);
	await self.clients.claim();
})()));

/* What is kept, at once; and what the server has now, for the next time. */
async function answer(request) {
	const cache = await caches.open(KEPT), kept = await cache.match(request);
	const fresh = fetch(request).then((now) => {
		if (now.ok && now.type === "basic")
			cache.put(request, now.clone());
		return now;
	});

	if (kept === undefined)
		return fresh;
	fresh.catch(() => {});
	return kept;
}

self.addEventListener("fetch", (event) => {
	const url = new URL(event.request.url);

	if (event.request.method === "GET" && url.origin === self.location.origin && url.pathname.startsWith("/static/"))
		event.respondWith(answer(event.request));
});
