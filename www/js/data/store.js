// Samples in memory that all Workers of the page share. Digits: one Worker puts them there as they arrive, all read them, and Workers
// that come later find them there. The visitor's own data: the Worker that is given them makes memory of their size, which the page
// hands on to the others. Without shared memory each Worker has its own.
//
// Memory: words that say who fills it, how many samples are there and what they are; then the labels, then the samples.

import { mnist } from "./mnist.js";
import { shapeOf } from "../pictures/sample.js";

const [CLAIM, HAVE, COUNT, HEIGHT, WIDTH, LABELS, CHANNELS] = [0, 1, 2, 3, 4, 5, 6]; // in words
const HEAD = 64; // in bytes
const DIGITS = 0; // the number of their memory; own data have others
const room = mnist.samples * (shapeOf(mnist).size + 1); // a byte of label each

let shared; // by all trainers of the page

const canShare = () => Boolean(globalThis.crossOriginIsolated) && typeof SharedArrayBuffer !== "undefined";

/** The page's memory for digits; null where Workers cannot share any. */
export function sharedStore() {
  if (shared === undefined) shared = canShare() ? new SharedArrayBuffer(HEAD + room) : null;
  return shared;
}

/** A Worker that was ended fills it no more: another may. token is its number, above 0. */
export function releaseStore(buffer, token) {
  if (buffer) Atomics.compareExchange(new Int32Array(buffer, 0, HEAD / 4), CLAIM, token, 0);
}

/** Says in a memory's head what will be there; samples may come from then on. */
function announce(words, { n, channels, height, width, labelled }) {
  Atomics.store(words, CHANNELS, channels);
  Atomics.store(words, HEIGHT, height);
  Atomics.store(words, WIDTH, width);
  Atomics.store(words, LABELS, labelled ? 1 : 0);
  Atomics.store(words, COUNT, n); // last: whoever sees it sees all
}

/** Some samples' memory; buffer may be null. */
class Samples {
  constructor(buffer) {
    this.words = new Int32Array(buffer ?? new ArrayBuffer(HEAD), 0, HEAD / 4);
    this.bytes = buffer && new Uint8Array(buffer);
  }

  get(i) {
    return Atomics.load(this.words, i);
  }

  get labels() {
    return this.get(LABELS) ? this.get(COUNT) : 0;
  }

  get each() {
    return this.get(CHANNELS) * this.get(HEIGHT) * this.get(WIDTH);
  }

  get from() {
    return HEAD + this.labels;
  }
}

/** The visitor's own data in one Worker: the newest memory, and the file that lies beside a command, {number, blob}. */
export class Own {
  #made;
  buffer = null;
  file = null;

  /** made(buffer) is told of memory that this Worker has made. */
  constructor(buffer = null, made = () => {}) {
    this.buffer = buffer;
    this.#made = made;
  }

  /** Memory for so many bytes; null where there is none to share. */
  make(bytes) {
    if (!canShare()) return null;
    try {
      this.buffer = new SharedArrayBuffer(HEAD + bytes);
    } catch {
      return null; // so much is not to be had
    }
    this.#made(this.buffer);
    return this.buffer;
  }
}

/** What the Go program calls, in a Worker with that token; memory() is the program's. buffer, of the digits, may be null. */
export function storeImports(buffer, token, memory, own = new Own()) {
  const stores = new Map([[DIGITS, new Samples(buffer)]]);
  let last = DIGITS;
  const mine = (at, n) => new Uint8Array(memory().buffer, at >>> 0, n);
  const digits = stores.get(DIGITS);
  return {
    exists: () => (buffer ? 1 : 0),
    claim: () => (buffer && Atomics.compareExchange(digits.words, CLAIM, 0, token) === 0 ? 1 : 0),
    release: () => releaseStore(buffer, token),
    count: (which) => stores.get(which).get(COUNT),
    channels: (which) => stores.get(which).get(CHANNELS),
    height: (which) => stores.get(which).get(HEIGHT),
    width: (which) => stores.get(which).get(WIDTH),
    labels: (which) => stores.get(which).labels,
    readLabels(which, to) {
      const { bytes, labels } = stores.get(which);
      mine(to, labels).set(bytes.subarray(HEAD, HEAD + labels));
    },
    /** Says what will come of digits: n samples, with as many labels or none. Returns 0 where there is no room, or something else is there. */
    open(n, height, width, at, count) {
      if (digits.get(COUNT)) return digits.get(COUNT) === n && digits.get(HEIGHT) === height && digits.get(WIDTH) === width && digits.labels === count ? 1 : 0;
      if (!buffer || n * height * width + count > room) return 0;
      digits.bytes.set(mine(at, count), HEAD);
      announce(digits.words, { n, channels: 1, height, width, labelled: count > 0 });
      return 1;
    },
    /** Makes memory for n samples of the visitor's own, with as many labels or none. Returns its number, 0 where there is none. */
    make(n, channels, height, width, at, count) {
      const made = own.make(count + n * channels * height * width);
      if (!made) return 0;
      const store = new Samples(made);
      store.bytes.set(mine(at, count), HEAD);
      announce(store.words, { n, channels, height, width, labelled: count > 0 });
      stores.set(++last, store);
      return last;
    },
    /** The number of the newest such memory, 0 for none. */
    held() {
      if (!own.buffer) return 0;
      stores.set(++last, new Samples(own.buffer));
      return last;
    },
    drop: (which) => void stores.delete(which),
    arrived: (which) => stores.get(which).get(HAVE),
    put(which, at, x, n) {
      const store = stores.get(which), { each } = store;
      store.bytes.set(mine(x, n), store.from + at * each);
      const have = at + n / each;
      if (have > store.get(HAVE)) Atomics.store(store.words, HAVE, have);
    },
    gather(which, to, rows, n) {
      const { bytes, each, from } = stores.get(which);
      const out = mine(to, n * each), wanted = new Int32Array(memory().buffer, rows >>> 0, n);
      for (let i = 0; i < n; i++) out.set(bytes.subarray(from + wanted[i] * each, from + (wanted[i] + 1) * each), i * each);
    },
    fileSize: (number) => (own.file?.number === number ? own.file.blob.size : -1),
    /** Reads n bytes of that file from the at-th on; returns 0 where it can no longer be read. */
    fileRead(number, at, to, n) {
      try {
        mine(to, n).set(new Uint8Array(new FileReaderSync().readAsArrayBuffer(own.file.blob.slice(at, at + n))));
        return 1;
      } catch {
        return 0;
      }
    },
  };
}
