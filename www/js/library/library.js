// The visitor's runs, in this browser's IndexedDB: each a checkpoint, as "Save run" gives it, and what a list shows of it.
//
// A run is {id, name, auto, step, preset, recipe, when, size, thumb: {bytes, sample}, as pictures/sample.js reads it, log: Blob of its JSON log, where there
// is one, data: the digest of the visitor's own data that it learns from, where it does, bytes: Blob}. Those that were kept by themselves (auto) make room for newer ones; those that the visitor keeps stay
// until they are deleted.
//
// Each tab holds a lock named after the run that it trains, so that no other tab offers or drops that run.

const mostAuto = 3; // runs kept by themselves, but for those that living tabs train
export const most = 12; // runs that the visitor keeps
export const mostBytes = 600e6; // all of them

import { keepData, sweepData } from "../data/given.js";

const store = "runs";
const lockName = (id) => `ganvas-run-${id}`;

/** The library is full; the message is a sentence for the visitor's language to say. */
export class Full extends Error {}

/** A number that no other run has, in this tab or another. */
export function newId() {
  return Date.now() * 1000 + Math.floor(Math.random() * 1000);
}

/** Every run, newest first. The bytes are Blobs, which take no memory until they are read. */
export async function all() {
  return (await within("readonly", (s) => s.getAll())).sort((a, b) => b.when - a.when);
}

export async function get(id) {
  return within("readonly", (s) => s.get(id));
}

export async function drop(id) {
  await within("readwrite", (s) => s.delete(id));
  await sweep();
}

const held = new Set(); // digests of data whose runs were deleted and may yet come back

/** Keeps a run's data until the page is left, though the run is deleted. */
export function hold(run) {
  if (run.data) held.add(run.data);
}

/** Drops own data that no run here needs any more. */
async function sweep() {
  await sweepData([...held, ...(await all()).map(({ data }) => data)]).catch(() => {}); // another time
}

/** Puts a run in, or a newer state of it; runs kept by themselves that are too many or too large go. Throws Full where that does not suffice. */
export async function put(run) {
  const others = (await all()).filter(({ id }) => id !== run.id);
  const busy = await trained();
  const kept = others.filter((r) => !isAuto(r));
  if (!isAuto(run) && kept.length >= most) throw new Full();
  const autos = others.filter((r) => isAuto(r) && !busy.has(r.id));
  const gone = autos.slice(isAuto(run) ? mostAuto - 1 : mostAuto);
  const sizeOf = (runs) => runs.reduce((sum, r) => sum + (r.size ?? r.bytes.size ?? r.bytes.length), 0);
  let size = sizeOf(others) - sizeOf(gone) + run.bytes.size;
  for (const old of autos.slice(0, autos.length - gone.length).reverse()) {
    if (size <= mostBytes) break;
    gone.push(old);
    size -= sizeOf([old]);
  }
  if (size > mostBytes) throw new Full();
  await within("readwrite", (s) => {
    for (const { id } of gone) s.delete(id);
    return s.put({ ...run, size: run.bytes.size });
  });
  await keepData(run.data);
  if (gone.length) await sweep();
}

/** Changes what a list shows of a run; a run that has gone stays gone. */
export async function change(id, fields) {
  const run = await get(id);
  if (run) await within("readwrite", (s) => s.put({ ...run, ...fields }));
}

/** Runs without a word on it were kept by themselves. */
export const isAuto = (run) => run.auto !== false;

// Locks: which runs living tabs train.

let own = null; // {id, release} of this tab
let before = remembered(); // this tab's run before a reload: its lock may outlive the page for a moment
const [patience, look] = [6000, 100]; // milliseconds; a busy machine takes its time to end a page

/** Takes a run as the one that this tab trains, instead of the one before. */
export function train(id) {
  if (own?.id === id) return;
  own?.release();
  own = { id, release: () => {} };
  remember(id);
  if (!navigator.locks) return;
  const until = new Promise((resolve) => (own.release = resolve));
  navigator.locks.request(lockName(id), () => until).catch(() => {}); // a page that may hold no locks has one tab
}

/** The runs that living tabs train, this one's among them. */
async function trained() {
  const ids = new Set(own ? [own.id] : []);
  const { held = [], pending = [] } = (await navigator.locks?.query().catch(() => null)) ?? {};
  for (const { name } of [...held, ...pending]) if (name.startsWith("ganvas-run-")) ids.add(Number(name.slice("ganvas-run-".length)));
  return ids;
}

/** The runs that other living tabs train. */
export async function trainedElsewhere() {
  for (const late = performance.now() + patience; ; await new Promise((next) => setTimeout(next, look))) {
    const ids = await trained();
    if (own) ids.delete(own.id);
    if (before === null || !ids.has(before) || performance.now() > late) {
      before = null;
      return ids;
    }
  }
}

function remembered() {
  try {
    return Number(sessionStorage.getItem("ganvas-run")) || null;
  } catch {
    return null; // a browser that stores nothing has nothing to offer
  }
}

function remember(id) {
  try {
    sessionStorage.setItem("ganvas-run", String(id));
  } catch {
    // likewise
  }
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
