import assert from "node:assert/strict";
import { test } from "node:test";
import { element, forget, settled } from "./page.js";
import { Past } from "../js/time/past.js";
import { chosen } from "../js/time/strip.js";
import { TimeLine } from "../js/time/time.js";
import { speak } from "../js/strings.js";

speak("en");

test("pictures on the strip do not cover each other; the one looked at is there, then the newest", () => {
  const moments = [0, 10, 20, 30, 100].map((step) => ({ step }));
  const steps = (at, scale) => chosen(moments, (step) => step * scale, at).map(({ step }) => step);
  assert.deepEqual(steps(null, 4), [100, 30, 20, 10, 0]);
  assert.deepEqual(steps(null, 3.9), [100, 30, 10], "40 pixels are needed from one to the next");
  assert.deepEqual(steps(20, 3.9), [20, 100, 0]);
});

test("a run's past knows its moments, where it branched off, and the whole state nearest to a step", async () => {
  let drawn = 0;
  const past = new Past({ ask: async ({ type, step }) => ({ data: { step, type }, bytes: "bytes" }) }, () => drawn++);
  assert.equal(past.stateNear(5), null);
  past.hear({ type: "loading", step: 99 });
  assert.equal(past.newest, 0);
  const data = { moments: [0, 50, 100], states: [0, 60, 100], marks: [{ step: 60, field: "batch", to: "32" }, { step: 0 }] };
  past.hear({ type: "remembered", step: 120, data });
  assert.equal(past.newest, 120);
  assert.equal(drawn, 1);
  assert.deepEqual(past.moments(), [{ step: 0 }, { step: 50 }, { step: 100 }]);
  assert.deepEqual([past.stateNear(29), past.stateNear(31), past.stateNear(1000)], [0, 60, 100]);
  const [branch, begun] = past.marks();
  assert.match(branch.text, /32/);
  assert.equal(begun.text, "");
  assert.deepEqual(await past.show(50), { step: 50, type: "moment", bytes: "bytes" });
  past.reset({ continues: false });
  assert.deepEqual([past.moments(), past.states(), past.marks()], [[], [], []]);
});

/** A time line over moments at 0, 10, … 100, and what it showed. */
function line() {
  forget("time-at", "time-now");
  const shown = [], asked = [];
  let entered = 0;
  const source = {
    newest: 105, moments: () => Array.from({ length: 11 }, (_, i) => ({ step: 10 * i })), states: () => [], marks: () => [], thumb: () => null,
    show: async (step) => (asked.push(step), { step, epoch: 1, sheet: {}, bytes: "" }),
  };
  return { source, shown, asked, entered: () => entered, time: new TimeLine(source, { show: ({ step }) => shown.push(step), enter: () => entered++ }) };
}

const key = (name, more) => element("time-at").fire("keydown", { key: name, ...more });

test("going back shows that moment and holds back what the run reports until one is back at now", async () => {
  const { time, shown, entered } = line();
  assert.equal(time.holds({ type: "sampled", step: 101 }), false);
  element("time-at").value = "47";
  await element("time-at").fire("input");
  await settled();
  assert.deepEqual(shown, [50]);
  assert.equal(time.at, 50);
  assert.equal(entered(), 1);
  assert.equal(element("looking").hidden, false);
  assert.match(element("looking-says").textContent, /step 50, epoch 1\. The run itself is at step 105/);
  assert.equal(time.holds({ type: "stepped", step: 106 }), false);
  assert.equal(time.holds({ type: "sampled", step: 106 }, "", ""), true);
  assert.equal(time.holds({ type: "sampled", step: 110 }, "", ""), true);
  await element("time-now").click();
  assert.deepEqual(shown, [50, 110], "the newest that was held back");
  assert.equal(time.at, null);
  assert.equal(element("looking").hidden, true);
  assert.match(element("time-says").textContent, /now, step 105/);
});

test("of moments that are asked for while one arrives the last alone is fetched", async () => {
  const { time, asked, source } = line();
  let arrive;
  const before = source.show;
  source.show = (step) => new Promise((done) => (arrive = done)).then(() => before(step));
  const first = time.look({ step: 10 });
  for (const step of [20, 30, 40]) time.look({ step });
  source.show = before;
  arrive();
  await first;
  assert.deepEqual(asked, [10, 40]);
});

test("keys go from moment to moment", async () => {
  const { time } = line();
  for (const [name, at] of [["ArrowLeft", 90], ["ArrowDown", 80], ["ArrowRight", 90], ["PageDown", 0], ["PageUp", 100], ["ArrowLeft", 90], ["Home", 0], ["End", null], ["ArrowLeft", 90], ["Escape", null]]) {
    await key(name);
    await settled();
    assert.equal(time.at, at, name);
  }
  await key("ArrowLeft", { ctrlKey: true });
  assert.equal(time.at, null);
});
