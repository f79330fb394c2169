// What the page's loader promises, tested by `node --test` with the folder KERNEL_DIR that holds it and the modules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { loadKernel, supports } = await import(`file://${process.env.KERNEL_DIR}/kernel.js`);
const { breakGroup, enter, newGroup, whyAlone } = await import(`file://${process.env.KERNEL_DIR}/exchange.js`);
const bytes = (kind) => readFileSync(`${process.env.KERNEL_DIR}/kernel.${kind}.wasm`);
const strict = bytes("strict");
const relaxed = bytes("relaxed");

test("the probe for a kind says whether its module is valid here", () => {
  assert.equal(supports("strict"), WebAssembly.validate(strict));
  assert.equal(supports("relaxed"), WebAssembly.validate(relaxed));
  assert.equal(supports("exchange"), WebAssembly.validate(bytes("exchange")));
});

test("a kernel works on the joined memory, before and after it grows", async () => {
  const kernel = await loadKernel({ strict }, "strict");
  assert.equal(kernel.name, "wasm simd");
  const { state, add } = kernel.imports.kernel;
  assert.equal(state(), 0);
  const memory = new WebAssembly.Memory({ initial: 1 });
  kernel.join(memory);
  assert.equal(state(), 1);
  for (const at of [0, 65536 + 12]) {
    if (at) memory.grow(1);
    const y = new Float32Array(memory.buffer, at, 7).fill(1);
    const x = new Float32Array(memory.buffer, at + 64, 7).fill(2.5);
    add(y.byteOffset, x.byteOffset, 6);
    assert.deepEqual([...y], [3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 1]);
  }
});

test("without a module the program still links and is told so", async () => {
  const kernel = await loadKernel({}, "none");
  assert.equal(kernel.join(new WebAssembly.Memory({ initial: 1 })), null);
  assert.equal(kernel.imports.kernel.state(), 0);
  assert.equal(typeof kernel.imports.kernel.gemm, "function");
  assert.equal(kernel.name, "");
  assert.match(kernel.reason, /turned off/);
});

test("modules that can't be loaded are given up with a reason", async () => {
  const broken = new Uint8Array([0, 1, 2, 3]);
  const kernel = await loadKernel({ relaxed: broken, strict: broken });
  assert.equal(kernel.name, "");
  assert.match(kernel.reason, /strict kernel module could not be loaded/);
});

test("a broken relaxed module leaves the strict one", async () => {
  const kernel = await loadKernel({ relaxed: new Uint8Array([0]), strict });
  assert.equal(kernel.name, "wasm simd");
  assert.match(kernel.reason, /relaxed/);
});

test("an unknown kind is refused by name", async () => {
  await assert.rejects(loadKernel({ strict }, "fast"), /"fast".*auto, relaxed, strict/);
});

test("a broken group fails at once and leaves the numbers alone", () => {
  assert.equal(whyAlone(), "");
  const group = newGroup(2, 4);
  const own = new WebAssembly.Memory({ initial: 1 });
  const member = enter(group, 1, own, null);
  new Float32Array(own.buffer, 0, 3).set([1, 2, 3]);
  breakGroup(group);
  assert.equal(member.add(0, 3), 1);
  assert.deepEqual([...new Float32Array(own.buffer, 0, 3)], [1, 2, 3]);
});

test("a group has room for its floats", () => {
  const { memory, slot } = newGroup(3, 1_000_003);
  assert.ok(slot >= 4 * 1_000_003);
  assert.ok(memory.buffer.byteLength >= 128 + 6 * slot);
});
