// The page's service worker. It keeps the whole site for use offline, and on hosts that cannot send headers of their own it adds
// those that isolate the page from other origins, which browsers ask for before Workers may share memory.
//
// The builder puts `const site = {path: hash, …}` in front: every file of one version with the SHA-256 of its content. Files are
// kept under path and hash, so what two versions share is kept once. Versions never mix: as long as not every file of this version is kept,
// all requests go to the network; from then on all are answered from what is kept. A newer version is fetched as a whole and
// waits until no page of the older one is open, or until the visitor asks for it.

const store = "ganvas";
const isolating = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const base = new URL("./", self.location);
const kept = (path) => new URL(`${path}?kept=${site[path]}`, base).href;

let whole = null; // whether every file of this version is kept, once known
async function isWhole() {
  if (whole) return true;
  const keys = new Set((await (await caches.open(store)).keys()).map((request) => request.url));
  return (whole = Object.keys(site).every((path) => keys.has(kept(path))));
}

/** Fetches what is not kept yet. A file that is not of this version ends it with an error. */
async function fill() {
  const cache = await caches.open(store);
  const have = new Set((await cache.keys()).map((request) => request.url));
  for (const path of Object.keys(site).filter((path) => !have.has(kept(path)))) {
    const response = await fetch(new URL(path === "index.html" ? "./" : path, base), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
    const content = await response.arrayBuffer();
    const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", content))].map((b) => b.toString(16).padStart(2, "0")).join("");
    if (hash !== site[path]) throw new Error(`${path} is of another version`);
    await cache.put(kept(path), new Response(content, { headers: plainHeaders(response) }));
  }
}

/** The headers of a response whose content is not compressed any more. */
function plainHeaders({ headers }) {
  const plain = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding"]) plain.delete(name);
  return plain;
}

// The first version is there at once, so that the page is isolated early, and is filled when the page has time for it. A
// newer one is whole before it takes over.
self.addEventListener("install", (event) => {
  if (self.registration.active) event.waitUntil(fill());
});

self.addEventListener("activate", (event) => event.waitUntil(sweep()));

/** Forgets the files of other versions. */
async function sweep() {
  const mine = new Set(Object.keys(site).map(kept));
  const cache = await caches.open(store);
  for (const request of await cache.keys()) if (!mine.has(request.url)) await cache.delete(request);
}

self.addEventListener("message", (event) => {
  const answer = (words) => event.source?.postMessage(words);
  if (event.data === "fill") event.waitUntil(fill().then(() => answer("filled"), (error) => answer(`not filled: ${error.message}`)));
  if (event.data === "take over") event.waitUntil(takeOver(answer));
});

/** Replaces the version before, unless that has several pages open. */
async function takeOver(answer) {
  const pages = (await self.clients.matchAll({ includeUncontrolled: true, type: "window" })).filter((client) => client.frameType === "top-level" || client.frameType === "auxiliary");
  if (pages.length > 1) return answer("others");
  await self.skipWaiting();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== base.origin || request.method !== "GET") return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return; // such a fetch would be refused
  event.respondWith(answer(request, url));
});

async function answer(request, url) {
  const path = url.pathname.slice(base.pathname.length) || "index.html";
  if (url.pathname.startsWith(base.pathname) && Object.hasOwn(site, path) && (await isWhole())) {
    const found = await (await caches.open(store)).match(kept(path));
    if (found) return isolated(found);
    whole = null; // the browser has thrown something away
  }
  return isolated(await fetch(request));
}

function isolated(response) {
  if (response.status === 0) return response; // a redirect, which the browser follows itself
  const { body, status, statusText } = response;
  const nobody = [101, 204, 205, 304].includes(status);
  const whole = new Response(nobody ? null : body, { status, statusText, headers: response.headers });
  for (const [name, value] of Object.entries(isolating)) if (!whole.headers.has(name)) whole.headers.set(name, value);
  return whole;
}
