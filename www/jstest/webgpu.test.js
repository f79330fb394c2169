// What a page makes of the GPUs that a browser offers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findAdapter, isSoftware, nameOf } from "../js/webgpu/adapter.js";

test("processors in a GPU's place are known by what they say or are called", () => {
  for (const info of [{ vendor: "google", architecture: "swiftshader" }, { description: "llvmpipe (LLVM 19.1.7, 256 bits)" }, { vendor: "apple", isFallbackAdapter: true }, { description: "Microsoft Basic Render Driver" }]) {
    assert.ok(isSoftware({ info }), JSON.stringify(info));
  }
  assert.ok(isSoftware({ info: {}, isFallbackAdapter: true })); // as browsers said it first
  for (const info of [{ vendor: "apple", architecture: "metal-3", isFallbackAdapter: false }, { vendor: "nvidia", architecture: "ada" }, {}]) assert.ok(!isSoftware({ info }), JSON.stringify(info));
});

test("a GPU has the name that its driver gives, or its maker's", () => {
  assert.equal(nameOf({ info: { vendor: "apple", architecture: "metal-3", device: "", description: "" } }), "apple metal-3");
  assert.equal(nameOf({ info: { vendor: "nvidia", architecture: "ada", description: "NVIDIA GeForce RTX 4070" } }), "NVIDIA GeForce RTX 4070");
  assert.equal(nameOf({}), "without a name");
});

test("where there is no GPU the reason is said", async () => {
  await assert.rejects(findAdapter(undefined), /no WebGPU/);
  await assert.rejects(findAdapter({ requestAdapter: async () => null }), /finds no GPU/);
  const adapter = {};
  assert.equal(await findAdapter({ requestAdapter: async () => adapter }), adapter);
});
