import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { beatsOf, updatesOf } from "../js/run/beats.js";
import { balanceOf, gradeOf, grades } from "../js/run/grade.js";
import { Pace } from "../js/run/pace.js";
import { judged, score, shown } from "../js/run/verdicts.js";
import { newVitals, noted, readVitals, vitalsImports } from "../js/run/vitals.js";
import { Watchdog } from "../js/run/watchdog.js";
import { speak, useTables } from "../js/strings.js";
import { tables } from "./tables.js";

useTables(tables);

const plain = { d_steps: 1, g_steps: 1, batch: 16, noise: 8, loss: "bce", conditional: false, label_mode: "onehot", gp_weight: 0, ema: 0 };

test("a step's sentences are numbered through, and each update ends with its network learning", () => {
  const d = beatsOf(plain, 0), g = beatsOf(plain, 1);
  assert.deepEqual([...d, ...g].map(({ number }) => number), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual([...d, ...g].map(({ learns }) => learns), ["", "", "", "", "D", "", "", "G"]);
  assert.deepEqual(d[0].values, { batch: 16, noise: 8, n: 1, of: 1 });
  assert.deepEqual(beatsOf({ ...plain, d_steps: 3, g_steps: 2 }, 4)[0].values, { batch: 16, noise: 8, n: 2, of: 2 });
  assert.equal(updatesOf({ d_steps: 5, g_steps: 2 }), 7);
});

test("sentences are the recipe's", () => {
  const names = (recipe, done) => beatsOf({ ...plain, ...recipe }, done).map(({ name }) => name);
  assert.deepEqual(names({ loss: "wgan-gp", gp_weight: 10, d_steps: 5 }, 4).slice(-2), ["nowPenalty", "nowCriticLearns"]);
  assert.equal(beatsOf({ ...plain, d_steps: 5 }, 4)[0].values.n, 5);
  assert.equal(beatsOf({ ...plain, d_steps: 5 }, 5).at(-1).learns, "G");
  assert.ok(names({ loss: "r1", gp_weight: 1 }, 0).includes("nowPenaltyReal"));
  assert.ok(names({ loss: "r1", gp_weight: 1, r2_weight: 1 }, 0).includes("nowPenaltyBoth"));
  assert.ok(names({ loss: "hinge", gp_weight: 10, r2_weight: 1 }, 0).includes("nowPenaltyFake"));
  assert.ok(!names({ loss: "hinge", gp_weight: 10, r2_weight: 0 }, 0).includes("nowPenaltyFake"));
  assert.ok(names({ conditional: true, label_mode: "auxiliary" }, 0).includes("nowNamerLearns"));
  assert.equal(names({ conditional: true }, 0)[0], "nowNoiseTold");
  assert.deepEqual(names({ loss: "relativistic", ema: 0.99 }, 1).slice(1), ["nowThroughCompared", "nowGLearnsAveraged"]);
});

test("verdicts are per cents where they are probabilities, else scores with their sign", () => {
  assert.deepEqual([0.123, -2, 0, 12.34, -123.4, 99.5].map(score), ["+0.12", "−2.00", "0.00", "+12.3", "−123", "+100"]);
  assert.deepEqual(shown({ p: [0.7, 0], pMiddle: 0.4, logits: [3], middle: 1, scores: false }), { p: 0.7, pMiddle: 0.4 });
  assert.deepEqual(shown({ p: [0.7], pMiddle: 0.4, logits: [3], middle: 1, scores: true }), { p: 3, pMiddle: 1 });
  speak("en");
  assert.match(judged("inFollowing", false, { from: 0.123, to: 0.9 }, { n: 2 }), /Small step 2: .*12 %.*90 %/);
  assert.match(judged("inFollowing", true, { from: 0.123, to: -3 }, { n: 2 }), /Small step 2: .*\+0\.12.*−3\.00/);
});

test("what Workers do is read from memory that they share", () => {
  assert.equal(newVitals(2), null, "a page that is not isolated shares none");
  globalThis.crossOriginIsolated = true;
  const memory = newVitals(2);
  assert.deepEqual(readVitals(memory), [{ doing: "resting", times: 0 }, { doing: "resting", times: 0 }]);
  const second = vitalsImports(memory, 1);
  second.doing(2);
  assert.deepEqual(readVitals(memory), [{ doing: "resting", times: 0 }, { doing: "stepping", times: 1 }]);
  let meanwhile;
  const add = noted((x, n) => ((meanwhile = readVitals(memory)[1].doing), x + n), memory, 1);
  assert.equal(add(3, 4), 7);
  assert.equal(meanwhile, "summing");
  assert.equal(readVitals(memory)[1].doing, "stepping");
  vitalsImports(null, 0).doing(1);
  assert.deepEqual(readVitals(null), []);
});

test("of two runs neither trains further than half a second ahead of the other", async () => {
  const asked = [[], []];
  const pace = new Pace(...asked.map((all) => async (command) => void all.push(command)));
  const held = (i) => asked[i].filter(({ type }) => type === "hold").at(-1)?.step ?? 0;
  pace.at(0, { type: "stepped", step: 40, msPerStep: 100 });
  pace.at(1, { type: "stepped", step: 10, msPerStep: 50 });
  assert.deepEqual(asked, [[], []], "nobody plays yet");
  await pace.play(true);
  assert.deepEqual([held(0), held(1)], [15, 45]);
  assert.ok(asked[1].some(({ type }) => type === "resume"));
  assert.equal(pace.waits(), 0);
  pace.at(1, { type: "stepped", step: 40, msPerStep: 50 });
  assert.equal(held(0), 45);
  assert.equal(pace.waits(), null);
  pace.at(1, { type: "stopped", step: 41, reason: "finished" });
  assert.equal(held(0), 0, "a run that is over holds nobody up");
  pace.anew(1, 0);
  pace.at(1, { type: "started", step: 0 });
  assert.equal(held(0), 5, "another one in its place does");
  pace.end();
  assert.equal(held(0), 0);
});

/** A run that is watched: what it says and does, and the calls for help. */
function watched(run = {}) {
  const calls = [];
  const state = { state: "running", step: 5, msPerStep: 100, free: true, found: [{ doing: "stepping" }], ...run };
  const dog = new Watchdog({ status: () => state, free: () => state.free, diagnose: async () => state.found, help: async (found, seconds) => void calls.push(seconds) });
  const wait = async (seconds) => {
    for (let i = 0; i < seconds; i++) await dog.pass(1000);
  };
  return { dog, state, calls, wait };
}

test("help comes when a run that should train has not stepped for long", async () => {
  const { dog, calls, wait } = watched();
  dog.hear({ type: "started" });
  dog.hear({ type: "stepped" });
  await wait(9);
  assert.deepEqual(calls, []);
  await wait(1);
  assert.deepEqual(calls, [10]);
});

test("slow steps, the first step, arriving data, rest and sleep are no reason for help", async () => {
  const slow = watched({ msPerStep: 1500 });
  slow.dog.hear({ type: "stepped" });
  await slow.wait(29);
  assert.deepEqual(slow.calls, []);
  await slow.wait(1);
  assert.deepEqual(slow.calls, [30]);
  const first = watched();
  await first.wait(59);
  assert.deepEqual(first.calls, []);
  await first.wait(1);
  assert.deepEqual(first.calls, [60]);
  const data = watched({ found: [{ doing: "waiting for data" }] });
  data.dog.hear({ type: "stepped" });
  await data.wait(59);
  assert.deepEqual(data.calls, []);
  await data.wait(1);
  assert.deepEqual(data.calls, [60], "data that never come");
  const looking = watched();
  looking.dog.hear({ type: "stepped" });
  Object.defineProperty(looking.state, "found", { get: () => (looking.dog.hear({ type: "stepped" }), []) });
  await looking.wait(15);
  assert.deepEqual(looking.calls, [], "a step that comes while one looks");
  const resting = watched({ free: false });
  resting.dog.hear({ type: "stepped" });
  await resting.wait(100);
  assert.deepEqual(resting.calls, []);
  const paused = watched({ state: "paused" });
  paused.dog.hear({ type: "stepped" });
  await paused.wait(100);
  assert.deepEqual(paused.calls, []);
  const asleep = watched();
  asleep.dog.hear({ type: "stepped" });
  await asleep.dog.pass(3_600_000);
  assert.deepEqual(asleep.calls, [], "a page that slept has not watched");
});

test("one scale goes from scrawls to like real, and what it cannot place it does not", () => {
  const grade = (state, values = {}) => gradeOf({ state, values });
  assert.deepEqual(["noise", "scrawls", "rough", "readable", "good"].map((state) => grade(state)), [0, 1, 2, 3, 4]);
  assert.deepEqual(["collapsed", "won", "young", "diverged"].map((state) => grade(state)), [null, null, null, null]);
  assert.equal(grade("good", { apart: 1.9 }), grades.length);
  assert.equal(grade("good", { apart: 2.1 }), 4);
  assert.equal(grade("readable", { apart: 1.9 }), 3);
  assert.equal(grade("good", { modes: 8, covered: 8, quality: 0.93 }), grades.length);
  assert.equal(grade("good", { modes: 8, covered: 7, quality: 0.93 }), 4);
  assert.deepEqual([0.5, 0.79, 0.97].map(balanceOf), ["rightFooled", "rightGood", "rightAhead"]);
});
