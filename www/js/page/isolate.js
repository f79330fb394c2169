// Workers may share memory only on a page that is isolated from other origins, by headers. Where the host sends none, a
// service worker can add them; a page that was loaded without it must be loaded once more.

const patience = 5_000; // milliseconds for the service worker to start; then the page does without

/**
 * Isolates the page if it is not and can be. Resolves to true where the page is about to be loaded again, so that nothing
 * need be begun.
 */
export async function isolate() {
  if (globalThis.crossOriginIsolated || !globalThis.isSecureContext || window.top !== window) return false;
  const workers = navigator.serviceWorker;
  if (!workers || workers.controller || history.state?.isolating) return false; // cannot be, or has been tried
  try {
    await workers.register(new URL("../../service-worker.js", import.meta.url), { updateViaCache: "none" });
    if (!(await Promise.race([workers.ready, new Promise((late) => setTimeout(late, patience))]))) return false;
    history.replaceState({ isolating: true }, ""); // it outlives a reload: the page is loaded again once at most
  } catch {
    return false; // blocked by the browser's settings, or not there: one Worker it is
  }
  location.reload();
  return true;
}
