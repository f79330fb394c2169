// Lets Go programs in several Workers add up what each has computed, through memory that they share.
//
//   const group = newGroup(2, 65_536);              // on the page; needs cross-origin isolation
//   worker.postMessage({ group, rank: 1 });         // to each Worker; ranks count from 0
//   await kernel.enter(group, rank);                // there, with kernel from loadKernel, after kernel.join
//
// The Go program then finds its place by kernel.Peers and calls Sum. Every member must make the same calls. If one doesn't
// arrive within the group's patience, or the page calls breakGroup, the group is broken for all alike: every Sum from
// then on fails and leaves its numbers alone. Members that want to go on enter a new group.
//
// Memory: a word on a cache line of its own that counts arrivals, one that counts how often the barrier has opened, then
// for even and for odd rounds a slot of floats for each member. wasm/kernel/gen/exchange.go is the same in WebAssembly.

const ARRIVED = 0; // in words
const OPENED = 64 / 4;
const SLOTS = 128; // in bytes
const BROKEN = -1;
const WAIT = 250; // milliseconds a member sleeps at a time: a machine that sleeps itself costs one such wait, not the patience
const SPINS = 100_000; // looks before a member sleeps, about 200 µs

/** Why Workers of this page can't share memory, as a sentence; "" where they can. */
export function whyAlone() {
  if (globalThis.crossOriginIsolated === false) {
    return "Workers share memory only on a page that is cross-origin isolated, and this one is not.";
  }
  if (typeof SharedArrayBuffer === "undefined") return "This browser gives the page no shared memory.";
  return "";
}

/** Makes a group: size members, sums of at most floats numbers at a time, patience in milliseconds. */
export function newGroup(size, floats, patience = 20_000) {
  const slot = Math.ceil((floats * 4) / 128) * 128;
  const pages = Math.ceil((SLOTS + 2 * size * slot) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return { memory, size, slot, patience };
}

/** Breaks a group: whoever waits in it wakes up and fails. For a member that is known to be gone. */
export function breakGroup({ memory }) {
  const words = new Int32Array(memory.buffer);
  Atomics.store(words, OPENED, BROKEN);
  Atomics.notify(words, OPENED);
}

/**
 * A member of a group: add(x, n) replaces n floats at address x of own memory by their sum over the members, in the order of
 * their ranks, and returns 0; or 1 where the group is broken.
 * @param {WebAssembly.Memory} own the Go program's memory
 * @param {?WebAssembly.Module} module the exchange module, or null to do without
 */
export function enter(group, rank, own, module) {
  const { memory, size, slot, patience } = group;
  const add = module ? inWasm(group, rank, own, module) : inScript(group, rank, own);
  let parity = 0;
  return {
    rank,
    size,
    floats: slot / 4,
    add(x, n) {
      parity ^= 1;
      return add(x, n, parity);
    },
  };
}

function inWasm({ memory, size, slot, patience }, rank, own, module) {
  const { sum } = new WebAssembly.Instance(module, { env: { memory: own, shared: memory } }).exports;
  return (x, n, parity) => sum(x, n, rank, size, slot, parity, Math.ceil(patience / WAIT));
}

function inScript({ memory, size, slot, patience }, rank, own) {
  const words = new Int32Array(memory.buffer);
  return (x, n, parity) => {
    const slots = Array.from({ length: size }, (_, i) => new Float32Array(memory.buffer, SLOTS + (parity * size + i) * slot, n));
    const mine = new Float32Array(own.buffer, x >>> 0, n); // made anew: the program's memory may have grown
    slots[rank].set(mine);
    if (!barrier(words, size, patience)) return 1;
    const [first, second, ...more] = slots;
    for (let i = 0; i < n; i++) mine[i] = first[i] + second[i];
    for (const other of more) {
      for (let i = 0; i < n; i++) mine[i] += other[i];
    }
    return 0;
  };
}

/** Waits until all have arrived; false where the group is broken. */
function barrier(words, size, patience) {
  const round = Atomics.load(words, OPENED);
  if (round === BROKEN) return false;
  if (Atomics.add(words, ARRIVED, 1) + 1 === size) {
    Atomics.store(words, ARRIVED, 0);
    // Whoever changes the word first decides whether the round came to pass.
    if (Atomics.compareExchange(words, OPENED, round, (round + 1) & 0x3fffffff) !== round) return false;
    Atomics.notify(words, OPENED);
    return true;
  }
  for (let left = SPINS; left > 0 && Atomics.load(words, OPENED) === round; left--);
  for (let waits = Math.ceil(patience / WAIT); Atomics.load(words, OPENED) === round; ) {
    if (Atomics.wait(words, OPENED, round, WAIT) === "timed-out" && --waits === 0) {
      Atomics.compareExchange(words, OPENED, round, BROKEN);
      Atomics.notify(words, OPENED);
    }
  }
  return Atomics.load(words, OPENED) !== BROKEN;
}
