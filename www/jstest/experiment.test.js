import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, difference, fieldText, valid, written } from "../js/experiment/fields.js";
import { speak } from "../js/strings.js";
import "./page.js";

const rate = { name: "lr_g", kind: "real", min: 0, max: 1 };
const batch = { name: "batch", kind: "int", min: 1, max: 4096 };
const widths = { name: "generator", kind: "widths", min: 1, max: 8192 };
const loss = { name: "loss", kind: "choice", choices: ["bce", "hinge"] };
const told = { name: "conditional", kind: "bool" };

test("numbers may be written with a decimal comma, spaces and exponents", () => {
  for (const [text, is] of Object.entries({ "0,002": "0.002", " 0.5 ": "0.5", "4e-3": "0.004", "2,5e-1": "0.25", ",5": "0.5", "1,2,3": "1,2,3", "0,x": "0,x", "": "" })) {
    assert.equal(written(rate, text), is, text);
  }
  assert.equal(written(rate, "7"), "7"); // too large: it stays as it was written, for the sentence that refuses it
  assert.equal(written(batch, "1,5"), "1,5");
  assert.equal(written(batch, " 064 "), "64");
  for (const text of ["256 512", "256, 512", "256–512", "256;512", "256-512"]) assert.equal(written(widths, text), "256-512", text);
});

test("a field takes what lies in its range and nothing else", () => {
  for (const [field, good, bad] of [
    [rate, ["0", "1", "1e-3"], ["", " ", "-0.1", "1.1", "NaN", "0,5", "x"]],
    [batch, ["1", "4096"], ["0", "4097", "1.5", "-1", "1e2", ""]],
    [widths, ["256", "256-512-1024", "1-1-1-1-1-1-1-1"], ["", "256-", "0-1", "1-1-1-1-1-1-1-1-1", "256,512"]],
    [loss, ["bce"], ["BCE", "", "minimax"]],
    [told, ["true", "false"], ["1", "", "True"]],
  ]) {
    for (const text of good) assert.ok(valid(field, text), `${field.name} ${text}`);
    for (const text of bad) assert.ok(!valid(field, text), `${field.name} ${text}`);
  }
});

test("what a field allows is said in the page's language", () => {
  speak("en");
  assert.equal(allowed(batch), "a whole number from 1 to 4096");
  assert.equal(allowed(loss), "one of bce, hinge");
  speak("zh");
  assert.equal(allowed(batch), "1 到 4096 之间的整数");
  speak("en");
});

test("recipes are compared as texts", () => {
  assert.equal(fieldText([256, 512]), "256-512");
  const from = { lr_g: 0.5, batch: 64, generator: [8, 4] };
  assert.deepEqual(difference([rate, batch, widths], { lr_g: 0.5, batch: 32, generator: [8, 5] }, from), { batch: "32", generator: "8-5" });
});
