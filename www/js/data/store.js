// The digits in memory that all Workers of the page share: one of them puts them there as they arrive, all read them, and
// Workers that come later find them there. Without shared memory each Worker has its own.
//
// Memory: words that say who fills it, how many samples are there and what they are; then the labels, then the samples.

import { mnist } from "./mnist.js";
import { shapeOf } from "../pictures/sample.js";

const [CLAIM, HAVE, COUNT, HEIGHT, WIDTH, LABELS] = [0, 1, 2, 3, 4, 5]; // in words
const HEAD = 64; // in bytes
const room = mnist.samples * (shapeOf(mnist).size + 1); // a byte of label each

let shared; // by all trainers of the page

/** The page's memory for digits; null where Workers cannot share any. */
export function sharedStore() {
  if (shared === undefined) shared = globalThis.crossOriginIsolated && typeof SharedArrayBuffer !== "undefined" ? new SharedArrayBuffer(HEAD + room) : null;
  return shared;
}

/** A Worker that was ended fills it no more: another may. token is its number, above 0. */
export function releaseStore(buffer, token) {
  if (buffer) Atomics.compareExchange(new Int32Array(buffer, 0, HEAD / 4), CLAIM, token, 0);
}

/** What the Go program calls, in a Worker with that token; memory() is the program's. buffer may be null. */
export function storeImports(buffer, token, memory) {
  const words = new Int32Array(buffer ?? new ArrayBuffer(HEAD), 0, HEAD / 4);
  const get = (i) => Atomics.load(words, i);
  const bytes = buffer && new Uint8Array(buffer);
  const labels = () => (get(LABELS) ? get(COUNT) : 0);
  const size = () => get(HEIGHT) * get(WIDTH);
  const from = () => HEAD + labels();
  const own = (at, n) => new Uint8Array(memory().buffer, at >>> 0, n);
  return {
    exists: () => (buffer ? 1 : 0),
    claim: () => (buffer && Atomics.compareExchange(words, CLAIM, 0, token) === 0 ? 1 : 0),
    release: () => releaseStore(buffer, token),
    count: () => get(COUNT),
    height: () => get(HEIGHT),
    width: () => get(WIDTH),
    labels: labels,
    readLabels: (to) => own(to, labels()).set(bytes.subarray(HEAD, HEAD + labels())),
    /** Says what will come: n samples, with as many labels or none. Returns 0 where there is no room, or something else is there. */
    open(n, height, width, at, count) {
      if (get(COUNT)) return get(COUNT) === n && get(HEIGHT) === height && get(WIDTH) === width && labels() === count ? 1 : 0;
      if (!buffer || n * height * width + count > room) return 0;
      bytes.set(own(at, count), HEAD);
      Atomics.store(words, HEIGHT, height);
      Atomics.store(words, WIDTH, width);
      Atomics.store(words, LABELS, count > 0 ? 1 : 0);
      Atomics.store(words, COUNT, n); // last: whoever sees it sees all
      return 1;
    },
    arrived: () => get(HAVE),
    put(at, x, n) {
      bytes.set(own(x, n), from() + at * size());
      const have = at + n / size();
      if (have > get(HAVE)) Atomics.store(words, HAVE, have);
    },
    gather(to, rows, n) {
      const each = size(), first = from();
      const out = own(to, n * each), which = new Int32Array(memory().buffer, rows >>> 0, n);
      for (let i = 0; i < n; i++) out.set(bytes.subarray(first + which[i] * each, first + (which[i] + 1) * each), i * each);
    },
  };
}
