// The visitor's own data that this page's trainer has, and those that the browser keeps for the runs that it keeps: a reload loses
// neither. Data are known by the digest that the trainer gives them, so runs on the same ones share them.

import { notice } from "../page/notices.js";
import { handed } from "./command.js";
import { t } from "../strings.js";

const most = 200e6; // bytes that are kept of all data sets together without asking
const store = "sets";

let here = null; // {digest, set, blob} of the data that dataset own means now
const told = new Set(); // digests of which was said that they are not kept

/** Hands a data set to the trainer, {name, format, n, sample, classes, names} and its bytes or a Blob, and remembers it. Resolves to what giveData does. */
export async function giveData(ganvas, set, bytes) {
  const blob = new Blob([bytes]);
  const found = await ganvas.giveData(set, blob);
  here = { digest: found.digest, set: { ...set, classes: found.classes }, blob };
  return found;
}

/** Gives a trainer, by its ask, the data with that digest, or those that are here; resolves to them, null where there are none. */
export async function giveTo(ask, digest = here?.digest) {
  const found = here?.digest === digest ? here : await within("readonly", (s) => s.get(digest)).catch(() => null);
  if (!found) return null;
  await ask(handed(found.set), found.blob);
  return found;
}

/** Gives the page's trainer the data of a kept run, where they are kept. */
export async function restoreData(ganvas, digest) {
  here = (await giveTo((command, blob) => ganvas.ask(command, blob), digest)) ?? here;
}

/** Keeps the data with that digest beside the runs in this browser, once; says where that cannot be. */
export async function keepData(digest) {
  if (!digest || here?.digest !== digest || told.has(digest)) return;
  try {
    const kept = await within("readonly", (s) => s.getAll());
    if (kept.some((each) => each.digest === digest)) return;
    const size = kept.reduce((sum, { blob }) => sum + blob.size, here.blob.size);
    const own = here;
    if (size > most) return say(digest, t("dataNotKept", { size: Math.ceil(own.blob.size / 1e6), most: most / 1e6 }), { label: t("dataKeep"), run: () => put(own) });
    await put(own);
  } catch (error) {
    unkept(digest, error);
  }
}

async function put(own) {
  try {
    await within("readwrite", (s) => s.put(own));
    await globalThis.navigator?.storage?.persist?.(); // or else a browser that is short of room throws them away unasked
  } catch (error) {
    unkept(own.digest, error);
  }
}

const unkept = (digest, error) => say(digest, t(error?.name === "QuotaExceededError" ? "dataNoRoom" : "dataNotKeptWhy", { why: error?.message || error?.name }));

function say(digest, sentence, ...actions) {
  told.add(digest);
  notice(sentence, ...actions);
}

/** Drops all data that none of these digests names. */
export async function sweepData(digests) {
  const wanted = new Set(digests);
  await within("readwrite", (s) => {
    const keys = s.getAllKeys();
    keys.onsuccess = () => keys.result.forEach((key) => wanted.has(key) || s.delete(key));
  });
}

function within(mode, f) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("ganvas-data", 1); // apart from the runs', which earlier pages open by its version
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "digest" });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const db = asked.result;
      const ended = (end, value) => (db.close(), end(value));
      try {
        const transaction = db.transaction(store, mode);
        const result = f(transaction.objectStore(store));
        transaction.oncomplete = () => ended(resolve, result?.result);
        transaction.onabort = () => ended(reject, transaction.error);
      } catch (error) {
        ended(reject, error);
      }
    };
  });
}
