// Makes the page work without a network after the first visit: its service worker keeps every file, and newer versions of the
// page come as a whole.

import { offer } from "./notices.js";
import { t } from "../strings.js";

const calm = 4_000; // milliseconds after the run's begin until files are kept: training and drawing come first
let joined = false;

/** Registers the service worker and lets it keep the site. Where the browser has none, the page simply needs a network. */
export async function joinOffline() {
  if (joined || !globalThis.isSecureContext || !navigator.serviceWorker || window.top !== window) return;
  joined = true;
  try {
    const registration = await navigator.serviceWorker.register(new URL("../../service-worker.js", import.meta.url), { updateViaCache: "none" });
    watch(registration);
    if (navigator.connection?.saveData) return;
    const { active } = await navigator.serviceWorker.ready;
    setTimeout(() => active.postMessage("fill"), calm);
  } catch {
    return; // blocked by the browser's settings
  }
}

/** Offers a newer version that waits. */
function watch(registration) {
  const ready = () => {
    const next = registration.waiting;
    if (next && registration.active) offer(t("newer"), { label: t("useNewer"), run: () => use(next) });
  };
  ready();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", ready));
}

function use(next) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "others") offer(t("newer"), { label: t("useNewer"), run: () => use(next) }), offer(t("closeOthers"));
  }, { once: true });
  next.postMessage("take over");
}
