import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { tables } from "./tables.js";

globalThis.location = new URL("http://127.0.0.1:8080/");
const { experiments, listed, addressOf } = await import("../js/experiment/tries.js");
const { fieldText } = await import("../js/experiment/fields.js");
const { nearest, relayered } = await import("../js/experiment/dials.js");
const { next, way } = await import("../js/lesson/circle.js");
const { sections } = await import("../js/lesson/lesson.js");
const { tasks } = await import("../js/lesson/tasks.js");
const { texts } = await import("../js/texts/lesson.js");
const { readAddress } = await import("../js/link/address.js");

test("each section of the lesson has a question, at most one picture, and at most 120 words", () => {
  for (const { name, parts } of sections) {
    assert.equal(typeof tasks[name], "function", name);
    assert.ok(parts.filter((part) => part.figure).length <= 1, name);
    const { first, second = "", third = "", caption = "" } = texts.en.lesson[name];
    const words = [first, second, third, caption].join(" ").split(/\s+/).filter((word) => /[\wθψ$]/.test(word)).length;
    assert.ok(words <= 120, `${name} has ${words} words`);
  }
  assert.equal(Object.keys(tasks).length, sections.length);
});

test("a question is answered by a run, not before it", () => {
  const preset = tables.presets.find(({ name }) => name === "quick").recipe, fresh = { step: 0, epoch: 0, metrics: null, right: null, found: "", recipe: preset, preset };
  for (const name of Object.keys(tasks)) assert.ok(!tasks[name](fresh) && !tasks[name]({}), name);
  const run = { ...fresh, step: 200 };
  const answers = {
    noise: { metrics: { covered: 5 } }, generator: { recipe: { ...preset, generator: [64, 16] } }, discriminator: { right: 0.6 }, losses: { found: "won" }, turns: { recipe: { ...preset, d_steps: 3 } }, wrong: { found: "collapsed" },
    conditional: { recipe: { ...preset, conditional: true }, metrics: { covered: 8 } }, dcgan: { metrics: { covered: 9 } }, wgan: { recipe: { ...preset, loss: "wgan-gp" } }, circle: { circle: { start: 1, end: 0.01 } },
    packing: { recipe: { ...preset, packing: 2 }, metrics: { covered: 6 } }, progressive: { side: 16 },
  };
  for (const [name, more] of Object.entries(answers)) {
    assert.ok(!tasks[name](run), `${name} without`);
    assert.ok(tasks[name]({ ...run, ...more }), name);
  }
});

test("Dirac's game circles with the original loss, and comes to rest with a penalty on the slope", () => {
  const from = [1.2, 0.4], start = Math.hypot(...from);
  for (const game of ["minimax", "wasserstein"]) {
    const { end } = way(from, game, 0);
    assert.ok(end > 0.9 * start && end < 1.1 * start, `${game} ends at ${end}`);
  }
  for (const game of ["minimax", "bce", "wasserstein"]) assert.ok(way(from, game, 0.6).end < 0.05, game);
  assert.deepEqual(next([0, 0], "bce", 1), [0, 0]);
});

test("experiments to try are ten addresses that the page understands", () => {
  assert.equal(listed.length, 10);
  for (const [name, experiment] of Object.entries(experiments)) {
    const read = readAddress(addressOf(experiment, "?lang=zh&threads=2"), tables);
    assert.deepEqual(read.problems, [], name);
    assert.equal(read.preset, experiment.preset);
    const base = tables.presets.find((p) => p.name === experiment.preset).recipe;
    for (const [field, value] of Object.entries(experiment.recipe ?? {})) assert.equal(read.recipe[field] ?? fieldText(base[field]), value, `${name}: ${field}`);
    assert.equal(read.room, experiment.room);
  }
});

test("a slider stops at what is nearest by ratio, and layers go and come at the end", () => {
  assert.equal(nearest([1, 10, 100], 4), 1);
  assert.equal(nearest([1, 10, 100], 3), 0);
  assert.deepEqual(relayered([64, 32], 1), [64, 32, 32]);
  assert.deepEqual(relayered([64], -1), [64]);
  assert.equal(relayered(Array(8).fill(4), 1).length, 8);
});
