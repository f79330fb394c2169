import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { element, settled } from "./page.js";

const address = new URL("http://127.0.0.1:8080/?preset=quick&lang=en&change=1");
globalThis.location = address;
const { readAddress, wantedLanguage, writeAddress } = await import("../js/link/address.js");
const { Goals, readGoals } = await import("../js/link/goals.js");
const { readParts } = await import("../js/link/parts.js");
const { joinShare, speakShare } = await import("../js/link/share.js");

const tables = {
  presets: [{ name: "quick", recipe: { batch: 16, generator: [64, 32] } }, { name: "classic", recipe: { batch: 100, generator: [256] } }],
  fields: [{ name: "batch", kind: "int", min: 1, max: 4096 }, { name: "generator", kind: "widths", min: 1, max: 8192 }],
};

test("an address is read, and what it gets wrong is said, with the default taken", () => {
  const read = readAddress("?preset=classic&batch=50&generator=256&threads=2&autostart=0&goal=covered:9,step:100&hide=lesson&room=play&engine=webgpu", tables);
  assert.deepEqual(read.problems, []);
  assert.deepEqual(read, {
    preset: "classic", recipe: { batch: "50" }, explicit: true, threads: 2, kernel: "auto", engine: "webgpu", room: "play", problems: [], autostart: false, change: false, lesson: null, embed: false,
    hide: ["lesson"], goals: [{ kind: "covered", value: 9 }, { kind: "step", value: 100 }],
  });
  const wrong = readAddress("?preset=none&batch=0&threads=65&engine=abacus&goal=covered:11&hide=nothing&colour=red", tables);
  assert.equal(wrong.preset, "quick");
  assert.deepEqual(wrong.recipe, {});
  assert.equal(wrong.threads, undefined);
  assert.equal(wrong.engine, "cpu");
  assert.equal(wrong.problems.length, 7);
  assert.match(wrong.problems.join("\n"), /batch is “0”: it must be a whole number from 1 to 4096. The default, 16, is used/);
  assert.match(wrong.problems.at(-1), /“colour”, which is no setting/);
  const long = readAddress(`?batch=${"9".repeat(3000)}&${"x".repeat(3000)}=1`, tables).problems; // an address that was pasted wrongly
  assert.equal(long.length, 2);
  for (const says of long) assert.ok(says.length < 400, says);
});

test("an experiment's address has what differs from the preset, and keeps what stands beside it", () => {
  assert.equal(writeAddress("?lang=zh&threads=2&batch=3&room=nowhere", tables, "quick", { batch: 32, generator: [64, 32] }), "?preset=quick&batch=32&threads=2&lang=zh");
  const { recipe } = readAddress(writeAddress("", tables, "classic", { batch: 100, generator: [128, 64] }), tables);
  assert.deepEqual(recipe, { generator: "128-64" });
});

test("the language is the address's, else the visitor's first that the page speaks", () => {
  assert.equal(wantedLanguage("?lang=zh", ["en"]), "zh");
  assert.equal(wantedLanguage("?lang=fr", ["de", "zh-CN", "en"]), "zh");
  assert.equal(wantedLanguage("", ["de"]), "en");
});

test("goals are read whole or not at all", () => {
  assert.deepEqual(readGoals("right:0.6,distance:5.5"), [{ kind: "right", value: 0.6 }, { kind: "distance", value: 5.5 }]);
  assert.deepEqual(readGoals("collapsed,step:5"), [{ kind: "collapsed", value: 1 }, { kind: "step", value: 5 }]);
  for (const text of ["", "covered", "covered:", "covered:0", "covered:1.5", "right:0.4", "step:x", "covered:5,nothing:1", "toString:1", "won:1"]) assert.equal(readGoals(text), null, text);
});

test("parts are those that the page has", () => {
  assert.deepEqual(readParts("lesson,,time"), ["lesson", "time"]);
  assert.deepEqual(readParts(""), []);
  assert.equal(readParts("lesson,nothing"), null);
});

test("a goal is ticked once the run has reached it, and anew in the next run", () => {
  let hear;
  const goals = new Goals({ on: (f) => (hear = f) }), says = () => element("goal").textContent;
  goals.set(readGoals("covered:9,right:0.6"));
  assert.equal(element("goal").hidden, false);
  const steps = (step, right, n) => hear({ type: "stepped", step, epoch: 1, points: Array(n).fill({ right }) });
  steps(60, 0.5, 50);
  assert.doesNotMatch(says(), /Reached/, "D has learned nothing yet");
  steps(99, 0.9, 20);
  steps(120, 0.5, 5); // 0.66 over the last 50
  assert.doesNotMatch(says(), /Reached/);
  steps(150, 0.5, 50);
  assert.equal(says().match(/Reached/g).length, 1);
  hear({ type: "measured", step: 151, epoch: 1, metrics: { covered: 9 } });
  assert.equal(says().match(/Reached/g).length, 2);
  hear({ type: "started", step: 0, epoch: 0 });
  assert.doesNotMatch(says(), /Reached/);
  goals.set([]);
  assert.equal(element("goal").hidden, true);
});

beforeEach(() => {
  element("link-goal").value = element("link-goal-value").value = "";
});

test("a lesson's link has its goal, its hidden parts and no open drawer", async () => {
  joinShare();
  speakShare();
  assert.equal(element("link").value, "http://127.0.0.1:8080/?preset=quick&lang=en");
  element("link-goal").value = "covered";
  element("link-goal-value").value = " 9 ";
  const boxes = [...element("link-hide").below()].filter((e) => e.tagName === "INPUT" && ["lesson", "time"].includes(e.value));
  for (const box of boxes) box.checked = true;
  element("link-embed").checked = true;
  await element("link-goal").fire("input");
  assert.equal(element("link").value, "http://127.0.0.1:8080/?preset=quick&lang=en&goal=covered:9&hide=time,lesson&embed=1");
  speakShare(); // in another language, say: what was chosen stays
  assert.match(element("link").value, /hide=time,lesson/);
  element("link-goal-value").value = "11";
  await element("link-goal-value").fire("input");
  assert.match(element("link-goal-value").validity, /covered:11/);
  assert.doesNotMatch(element("link").value, /goal=/);
});

test("copying says whether it came about", async () => {
  let copied;
  Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async (text) => (copied = text) } }, configurable: true });
  await element("copy-link").click();
  await settled();
  assert.equal(copied, address.href);
  const good = element("copied").textContent;
  navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
  await element("copy-link").click();
  assert.notEqual(element("copied").textContent, good);
});

test("what closes twice, a dialog or the settings, is taken back once: the page is not left", async () => {
  let back = 0, told = () => {};
  globalThis.parent = globalThis; // in no frame
  globalThis.addEventListener = (type, heard) => type === "popstate" && (told = heard);
  globalThis.history = { state: null, pushState: (state) => (history.state = state), back: () => back++ };
  document.querySelectorAll = () => [];
  const { followHistory, openDialog, undo } = await import("../js/link/history.js");
  followHistory(() => {});
  const closings = [], dialog = { open: true, showModal() {}, addEventListener: (type, heard) => closings.push(heard) };
  openDialog(dialog);
  openDialog(dialog); // a second question before the first one's closing was told
  dialog.open = false;
  closings[0]();
  closings[0]();
  assert.equal(back, 1);
  history.state = null;
  told();
  openDialog(dialog);
  closings[0]();
  assert.equal(back, 2); // the next one has an entry of its own
  history.state = null;
  told();
  history.state = { drawer: true }; // the settings, closed by a key that is held down
  assert.equal(undo("drawer"), true);
  assert.equal(undo("drawer"), false);
  assert.equal(back, 3);
});
