// Keeps the run in this browser, so that a reload, a crash or a closed tab loses at most a minute: the newest few runs lie
// in IndexedDB as the checkpoints that "Save run" gives.

import { attempt, notice } from "./notices.js";
import { grouped, t } from "./strings.js";

const every = 60_000; // milliseconds between saves of a run that goes on
const most = 3; // runs kept
const store = "runs";

let run = Date.now(); // this page's run; a new one gets a new number
let keptStep = 0; // of the run when it was last kept
let given = false; // up: the browser keeps nothing, and the visitor knows

/** Keeps the run as it goes on: now and then, at every pause, and when the page is hidden. */
export function joinKeeping(ganvas) {
  let last = performance.now();
  ganvas.on((event) => {
    if (event.type === "started") {
      run = Math.max(run + 1, Date.now());
      keptStep = event.step;
    }
    if (event.type === "paused" || event.type === "stopped") keep(ganvas);
    if (event.type === "stepped" && performance.now() - last > every) {
      last = performance.now();
      keep(ganvas);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(ganvas);
  });
}

let busy = false;
async function keep(ganvas) {
  const { step, updates, preset, state } = ganvas.status();
  if (updates > 0 && document.visibilityState === "visible") return; // saving would finish the step that is under way
  if (busy || given || step === keptStep || !["running", "paused", "finished"].includes(state)) return;
  busy = true;
  const id = run;
  const bytes = await ganvas.save().catch(() => null); // a trainer that stopped has said so
  try {
    if (bytes && id === run) {
      await put({ id, step, preset, when: Date.now(), bytes });
      keptStep = step;
    }
  } catch (error) {
    given = true;
    notice(t("notKept", { why: error.message || error.name }));
  }
  busy = false;
}

/** Offers the newest run that is kept, which a reload or a crash ended; begin opens a trainer to load it into. */
export async function offerKept(ganvas, begin) {
  let kept;
  try {
    kept = (await all()).sort((a, b) => b.when - a.when)[0];
  } catch {
    return; // a browser that keeps nothing has nothing to offer
  }
  if (!kept) return;
  const minutes = Math.max(1, Math.round((Date.now() - kept.when) / 60_000));
  notice(
    t("kept", { preset: kept.preset || "–", step: grouped(kept.step), when: ago(minutes) }),
    {
      label: t("goOn"),
      run: () =>
        attempt(async () => {
          await begin();
          await ganvas.load(kept.bytes, { paused: true });
          await drop(kept.id);
        }),
    },
    { label: t("forget"), run: () => attempt(() => drop(kept.id)) },
  );
}

function ago(minutes) {
  if (minutes < 60) return t("minutesAgo", { n: minutes });
  return minutes < 48 * 60 ? t("hoursAgo", { n: Math.round(minutes / 60) }) : t("daysAgo", { n: Math.round(minutes / 60 / 24) });
}

// IndexedDB, as promises.

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("ganvas", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, f) {
  const db = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const result = f(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(result?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

const all = () => within("readonly", (s) => s.getAll());
const drop = (id) => within("readwrite", (s) => s.delete(id));

async function put(kept) {
  await within("readwrite", (s) => s.put(kept));
  const ids = (await within("readonly", (s) => s.getAllKeys())).sort((a, b) => a - b);
  for (const id of ids.slice(0, -most)) await drop(id);
}
