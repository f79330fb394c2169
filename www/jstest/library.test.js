import test from "node:test";
import assert from "node:assert/strict";
import "./page.js";

const { Shelf } = await import("../js/library/shelf.js");

const $ = (id) => document.getElementById(id);
const status = { recipe: {}, preset: "quick", step: 3, images: 48, epoch: 0 };
const ganvas = { status: () => status, save: async () => new Uint8Array(4), export: async () => "{}" };

test("a run that the browser cannot keep is told of in words, whatever the browser says", async () => {
  globalThis.indexedDB = { open: () => { throw new Error("full"); } };
  new Shelf(ganvas, { tables: { fields: [], presets: [] } });
  await $("keep-run").click();
  assert.match($("notices").textContent, /cannot keep the run \(full\).*Save run/);
});
