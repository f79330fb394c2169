// What each Worker of a crew does now, in a few words of memory that the page can read while they compute: a Worker that
// hangs answers no message.

const words = 16; // for each Worker: a cache line
const [DOING, TIMES] = [0, 1];

// As core/session's Doing counts, then what only this side knows of.
const names = ["resting", "answering", "stepping", "waiting for data", "showing", "yielding", "summing"];
const SUMMING = names.indexOf("summing");

/** Memory for that many Workers; null where they cannot share any. */
export function newVitals(threads) {
  return globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== "undefined" ? new SharedArrayBuffer(threads * words * 4) : null;
}

/** What the Go program of a rank calls. */
export function vitalsImports(buffer, rank) {
  if (!buffer) return { doing() {} };
  const mine = new Int32Array(buffer, rank * words * 4, words);
  return {
    doing(what) {
      mine[DOING] = what;
      mine[TIMES]++;
    },
  };
}

/** add, of a member of a group, with a note that it waits for the others. */
export function noted(add, buffer, rank) {
  if (!buffer) return add;
  const mine = new Int32Array(buffer, rank * words * 4, words);
  return (x, n) => {
    const before = mine[DOING];
    mine[DOING] = SUMMING;
    const broken = add(x, n);
    mine[DOING] = before;
    return broken;
  };
}

/** {doing, times} of each Worker; times counts what it has begun to do. */
export function readVitals(buffer) {
  if (!buffer) return [];
  const all = new Int32Array(buffer);
  return Array.from({ length: all.length / words }, (_, rank) => ({ doing: names[Atomics.load(all, rank * words + DOING)], times: Atomics.load(all, rank * words + TIMES) }));
}
