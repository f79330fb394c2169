import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
const { isForeign } = await import("../js/weights/converter.js");

/** A safetensors file without tensors. */
function safetensors(metadata) {
  const header = new TextEncoder().encode(JSON.stringify(metadata ? { __metadata__: metadata } : {}));
  const file = new Uint8Array(8 + header.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  return file;
}

test("other programs' weights are told from ours by their bytes", () => {
  assert.equal(isForeign(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0)), true); // PyTorch's, packed
  assert.equal(isForeign(Uint8Array.of(0x80, 2, 0x8a, 10)), true); // and not
  assert.equal(isForeign(safetensors()), true);
  assert.equal(isForeign(safetensors({ format: "pt" })), true);
  assert.equal(isForeign(safetensors({ format: "ganvas-1" })), false);
});

test("what is no file of weights is left to the trainer, which says so", () => {
  for (const bytes of [[], [1, 2, 3], [255, 255, 255, 255, 255, 255, 255, 255, 0], [2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b]]) assert.equal(isForeign(Uint8Array.from(bytes)), false);
  const within = new Uint8Array(64).fill(9).fill(0, 0, 8); // a part of a larger buffer
  assert.equal(isForeign(within.subarray(8)), false);
});
