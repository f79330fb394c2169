import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { Own, releaseStore, sharedStore, storeImports } from "../js/data/store.js";
import { breakGroup, enter, newGroup, whyAlone } from "../js/exchange.js";

test("digits that one Worker puts into shared memory are there for the others", () => {
  globalThis.crossOriginIsolated = true;
  const buffer = sharedStore();
  assert.equal(sharedStore(), buffer, "all Workers of the page get the same");
  const memory = { buffer: new ArrayBuffer(1024) }, own = new Uint8Array(memory.buffer);
  const [a, b] = [1, 2].map((token) => storeImports(buffer, token, () => memory));
  assert.deepEqual([a.exists(), a.claim(), b.claim()], [1, 1, 0]);
  own.set([7, 8, 9]); // labels
  assert.equal(a.open(3, 2, 2, 0, 3), 1);
  assert.equal(b.open(3, 2, 2, 0, 3), 1, "the same is no conflict");
  assert.equal(b.open(3, 2, 3, 0, 3), 0, "something else is");
  own.set([1, 1, 1, 1, 2, 2, 2, 2], 100);
  a.put(0, 0, 100, 8);
  assert.equal(b.arrived(0), 2);
  own.set([3, 3, 3, 3], 100);
  a.put(0, 2, 100, 4);
  assert.deepEqual([b.count(0), b.channels(0), b.height(0), b.width(0), b.labels(0), b.arrived(0)], [3, 1, 2, 2, 3, 3]);
  new Int32Array(memory.buffer, 200, 2).set([2, 0]);
  b.gather(0, 300, 200, 2);
  assert.deepEqual([...own.subarray(300, 308)], [3, 3, 3, 3, 1, 1, 1, 1]);
  b.readLabels(0, 400);
  assert.deepEqual([...own.subarray(400, 403)], [7, 8, 9]);
  releaseStore(buffer, 2); // not its own
  assert.equal(b.claim(), 0);
  releaseStore(buffer, 1);
  assert.equal(b.claim(), 1);
});

test("what has no room is not taken, and without shared memory there is nothing to fill", () => {
  const words = new SharedArrayBuffer(64 + 60_000 * 785), memory = { buffer: new ArrayBuffer(16) };
  assert.equal(storeImports(words, 1, () => memory).open(60_100, 28, 28, 0, 0), 0);
  const plain = storeImports(words, 1, () => memory);
  assert.equal(plain.open(4, 1, 2, 0, 0), 1);
  assert.equal(plain.labels(0), 0);
  plain.put(0, 2, 0, 4); // in parts
  plain.put(0, 0, 0, 4);
  assert.equal(plain.arrived(0), 4);
  const none = storeImports(null, 1, () => memory);
  assert.deepEqual([none.exists(), none.claim(), none.open(1, 2, 2, 0, 0)], [0, 0, 0]);
});

test("own data lie once in memory of their size, which other Workers find by themselves", () => {
  const memory = { buffer: new ArrayBuffer(1024) }, own = new Uint8Array(memory.buffer), made = [];
  const leader = storeImports(null, 1, () => memory, new Own(null, (buffer) => made.push(buffer)));
  assert.equal(leader.held(), 0);
  own.set([1, 0]); // labels
  const which = leader.make(2, 3, 1, 2, 0, 2);
  own.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 100);
  leader.put(which, 0, 100, 12);
  assert.equal(made.length, 1);
  const follower = storeImports(null, 2, () => memory, new Own(made[0])), there = follower.held();
  assert.deepEqual(["count", "channels", "height", "width", "labels", "arrived"].map((name) => follower[name](there)), [2, 3, 1, 2, 2, 2]);
  new Int32Array(memory.buffer, 200, 1).set([1]);
  follower.gather(there, 300, 200, 1);
  assert.deepEqual([...own.subarray(300, 306)], [7, 8, 9, 10, 11, 12]);
  follower.readLabels(there, 400);
  assert.deepEqual([...own.subarray(400, 402)], [1, 0]);
  const next = leader.make(1, 1, 1, 1, 0, 0);
  assert.deepEqual([made.length, leader.count(which), leader.count(next)], [2, 2, 1], "a run keeps its data while others come");
  leader.drop(which);
  globalThis.crossOriginIsolated = false;
  assert.equal(leader.make(1, 1, 1, 1, 0, 0), 0, "without shared memory there is none");
  globalThis.crossOriginIsolated = true;
});

/** A second member of a group, in a thread of its own: it adds values and tells what it has then. */
function member(group, rank, values) {
  const source = `import { parentPort, workerData } from "node:worker_threads";
    const { enter } = await import(workerData.module);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const own = new Float32Array(memory.buffer, 0, workerData.values.length);
    const me = enter(workerData.group, workerData.rank, memory, null), all = [];
    for (let round = 0; round < 3; round++) {
      own.set(workerData.values.map((v) => v * (round + 1)));
      all.push([me.add(0, own.length), ...own]);
    }
    parentPort.postMessage(all);`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: { group, rank, values, module: new URL("../js/exchange.js", import.meta.url).href } });
  return new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
}

test("members of a group get the sum of what all have, round by round", async () => {
  assert.equal(whyAlone(), "");
  const group = newGroup(3, 4);
  const all = await Promise.all([[1, 2], [10, 20], [100, 200]].map((values, rank) => member(group, rank, values)));
  for (const one of all) assert.deepEqual(one, [[0, 111, 222], [0, 222, 444], [0, 333, 666]]);
});

test("a broken group fails for all, and leaves their numbers alone", async () => {
  const group = newGroup(2, 4), memory = new WebAssembly.Memory({ initial: 1 }), own = new Float32Array(memory.buffer, 0, 2);
  breakGroup(group);
  own.set([1, 2]);
  assert.equal(enter(group, 0, memory, null).add(0, 2), 1);
  assert.deepEqual([...own], [1, 2]);
  const late = newGroup(2, 4, 250); // whose other member never comes
  assert.equal(enter(late, 0, memory, null).add(0, 2), 1);
  assert.deepEqual([...own], [1, 2]);
});
