// What a page keeps of a run's steps for those who come later.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Curve } from "../js/run/curve.js";
import { element } from "./page.js";

const point = (v) => ({ lossD: v, lossG: -v, pReal: 0.5, pFake: 0.5, right: 1 });
const steps = (from, to) => Array.from({ length: to - from }, (_, i) => point(from + i + 1));

/** The step of each point and its value, as a chart has them. */
const shown = (curve) => curve.events().flatMap(({ step, each, points }) => points.map(({ lossD }, i) => [step - (points.length - 1 - i) * each, lossD]));

test("however many steps a run has, what is kept goes from its first to its newest, in few points", () => {
  for (const by of [1, 7, 100]) {
    const curve = new Curve(64);
    for (let at = 0; at < 5000; at += by) {
      const to = Math.min(5000, at + by);
      curve.add({ step: to, points: steps(at, to) });
      const all = shown(curve), [{ step, each, points }] = curve.events();
      assert.ok(points.length <= 64 && all.length <= 64 + each);
      assert.equal(step - points.length * each, 0, "it begins with the first step");
      assert.equal(all.at(-1)[0], to);
      for (const [last, v] of all.slice(0, points.length)) assert.equal(v, last - (each - 1) / 2, "a point is the mean of its steps");
    }
  }
});

test("a run that was told thinned goes on thinned, one that begins late begins there, and going back forgets", () => {
  const curve = new Curve(64);
  curve.add({ step: 80, each: 8, points: steps(0, 10) });
  curve.add({ step: 83, points: steps(80, 83) });
  assert.deepEqual(curve.events().map(({ step, each, points }) => [step, each, points.length]), [[80, 8, 10], [83, 1, 3]]);
  curve.add({ step: 92, points: steps(83, 92) });
  assert.deepEqual(curve.events().map(({ step, each, points }) => [step, each, points.length]), [[88, 8, 11], [92, 1, 4]]);
  curve.add({ step: 91, points: steps(90, 91) });
  assert.deepEqual(shown(curve).slice(-3), [[89, 89], [90, 90], [91, 91]]);
  curve.add({ step: 500, points: steps(499, 500) });
  assert.deepEqual(shown(curve), [[500, 500]], "of what lies between nothing is known");
  curve.add({ step: 3, points: steps(0, 3) });
  assert.deepEqual(shown(curve), [[1, 1], [2, 2], [3, 3]]);
});

test("a drawing that comes late is told a thinned run as what it is", async () => {
  globalThis.matchMedia ??= () => ({ matches: false });
  globalThis.innerWidth = 1000;
  const { Studio } = await import("../js/studio/studio.js");
  const studio = new Studio(), told = [];
  const say = (event) => studio.event(event, JSON.stringify(event), undefined);
  say({ type: "started", step: 0 });
  say({ type: "stepped", step: 80_000, each: 40, points: steps(0, 2000) });
  say({ type: "stepped", step: 80_007, points: steps(80_000, 80_007) });
  studio.ready({ event: (json) => told.push(JSON.parse(json)), tell() {}, set() {} });
  assert.deepEqual(told.map(({ type, step, each = 1, points = [] }) => [type, step - points.length * each, step]), [["started", 0, 0], ["stepped", 0, 80_000], ["stepped", 80_000, 80_007]]);
  assert.ok(element("studio"));
});
