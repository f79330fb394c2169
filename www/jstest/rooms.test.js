// Every row of the table of rooms has all that a room is made of, and the page has no other room.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { element } from "./page.js";

globalThis.location = new URL("http://127.0.0.1:8080/");
globalThis.history = { replaceState() {}, state: null };
globalThis.CustomEvent ??= class extends Event {};
const { roomNames, rooms, tabOf } = await import("../js/rooms/table.js");
const { Rooms } = await import("../js/rooms/rooms.js");
const { partNames } = await import("../js/link/parts.js");
const { languages, speak, t } = await import("../js/strings.js");
const { sections } = await import("../js/lesson/lesson.js");

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const methods = { inspect: "inspect", wish: "wish", verdict: "verdict", generate: "generate", measure: "measure" }; // of window.ganvas that ask

/** The commands that a module of a room asks, and those of this folder that it imports. */
function asked(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = read(`../js/rooms/${file}`);
  const own = all(text, /\bask\(\{ type: "(\w+)"/g).concat(all(text, /#ganvas\.(\w+)\(/g).filter((name) => name in methods).map((name) => methods[name]));
  return [...new Set([...own, ...all(text, /from "\.\/([\w-]+\.js)"/g).flatMap((next) => asked(next, seen))])].sort();
}

test("each room has its page's part, its drawing, its texts, and asks for what its row says", async (c) => {
  c.after(() => speak("en"));
  const drawn = all(read("../../wasm/studio/studio_js.go"), /"(\w+)":\s+\1\.New\(/g);
  assert.deepEqual(drawn, roomNames);
  const commands = all(read("../../core/session/commands.go"), /^\t\{"([\w ]+)", \w+, \w+, \(\*/gm);
  assert.ok(commands.length > 20);
  const page = read("../index.html");
  for (const { name, text, part, asks } of rooms) {
    assert.equal(typeof (await import(`../js/rooms/${name}.js`))[part], "function", name);
    assert.deepEqual(asked(`${name}.js`), asks, name);
    for (const command of asks) assert.ok(commands.includes(command), `${name} asks for ${command}`);
    assert.ok(page.includes(`data-room="${name}"`), name);
    for (const language of languages) {
      speak(language);
      assert.ok(t(text), `${language}: ${text}`);
      if (name !== roomNames[0]) assert.ok(partNames.includes(name) && t(`parts.${name}`), `${language}: ${name}`);
    }
  }
  assert.deepEqual(all(page, /data-room="(\w+)"/g).filter((name) => !roomNames.includes(name)), []);
  const led = sections.flatMap(({ tries }) => Object.values(tries)).flatMap(({ room }) => room ?? []);
  assert.deepEqual(led.filter((name) => !roomNames.includes(name)), []);
});

test("tabs are made from the table, and keys go from one to the next that is shown", () => {
  const entered = [];
  const house = new Rooms({ tell() {}, send() {}, enter: (name) => entered.push(name), describe() {} });
  house.join(Object.fromEntries(roomNames.map((name) => [name, {}])));
  const tabs = element("rooms").children;
  assert.deepEqual(tabs.map((tab) => tab.id), roomNames.map(tabOf));
  const hidden = tabs[2];
  for (const tab of tabs) {
    tab.checkVisibility = () => tab !== hidden;
    tab.focus = () => (document.activeElement = tab);
  }
  house.enter(roomNames[0]);
  assert.deepEqual(tabs.map((tab) => tab.tabIndex), roomNames.map((_, i) => (i === 0 ? 0 : -1)));
  tabs[0].focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "ArrowRight", "ArrowLeft"]) element("rooms").fire("keydown", { key });
  assert.deepEqual(entered, [0, 1, 3, 1, roomNames.length - 1, 0, roomNames.length - 1].map((i) => roomNames[i]));
  assert.equal(tabs.at(-1).getAttribute("aria-selected"), "true");
});

test("a room without its page's part is not overlooked", () => {
  const house = new Rooms({ tell() {}, send() {}, enter() {}, describe() {} });
  assert.throws(() => house.join({ watch: {} }));
});

test("the products of a kernel add up one by one, and silent maps are counted", async () => {
  const { running, silence } = await import("../js/rooms/inside-sum.js");
  assert.deepEqual(running({ patch: [1, 2, 0], kernel: [3, -1, 5] }).map(({ sum }) => sum), [3, 1, 1]);
  assert.deepEqual(silence(Float32Array.of(0, -1, 0.5, -0.5, 0.99, 1), 3), { resting: 0.5, ended: 0.5, silent: 1 });
});

test("the window of a convolution covers what its kernel does, and of a transposed one all whose kernels reach the place", async () => {
  const { made, reach } = await import("../js/rooms/inside-window.js");
  const places = (layer, size, y, x) => reach(layer, size, y, x).map((c) => `${c.y},${c.x}·${c.k}`);
  const conv = { transposed: false, side: 3, stride: 2, pad: 1 }, deconv = { transposed: true, side: 4, stride: 2, pad: 1 };
  assert.deepEqual(made(conv, [8, 6]), [4, 3]);
  assert.deepEqual(made(deconv, [7, 7]), [14, 14]);
  assert.deepEqual(places(conv, [8, 6], 0, 1), ["0,1·3", "0,2·4", "0,3·5", "1,1·6", "1,2·7", "1,3·8"]);
  assert.deepEqual(places(deconv, [7, 7], 5, 4), ["3,2·1", "3,1·3", "2,2·9", "2,1·11"]);
  // What is spread and what is gathered are the same: the transposed way is the plain one's other direction, for every pair of places.
  const plain = { ...deconv, transposed: false };
  for (let y = 0; y < 14; y++) for (let x = 0; x < 14; x++) {
    for (const c of reach(deconv, [7, 7], y, x)) assert.ok(reach(plain, [14, 14], c.y, c.x).some((o) => o.y === y && o.x === x && o.k === c.k));
  }
});

test("gradients are gone through from the verdict to the noise, and their bars are of equal steps for equal factors", async () => {
  const { backwards, bars, small } = await import("../js/rooms/inside-walks.js");
  const layer = (name, weight) => ({ name, weight });
  const look = { generator: [layer("input"), layer("0", [1]), layer("2", [1])], discriminator: [layer("input"), layer("1", [1]), layer("3", [1])] };
  assert.deepEqual(backwards(look, { generator: [0, 1, 2], discriminator: [0, 3, 4] }).map(({ network, layer: { name }, size }) => [network[0], name, size]), [["d", "3", 4], ["d", "1", 3], ["g", "2", 2], ["g", "0", 1]]);
  const [long, middle, short, none] = bars([1, 2 ** -4, 2 ** -8, 0]);
  assert.deepEqual([long, middle - short, none], [100, long - middle, 0]);
  assert.deepEqual([small(0), small(0.0123), small(3.14159), small(0.00012)], ["0", "0.012", "3.1", "1.2·10⁻⁴"]);
});

test("the curves are zoomed to what was marked in either direction, around a step, and back to the whole run", async () => {
  const { scaled, span, zoomed } = await import("../js/rooms/watch-zoom.js");
  const whole = { part: 1, calm: false, from: 0, to: 0 };
  assert.deepEqual([span(whole, 0), span(whole, 300), span({ ...whole, part: 0.1 }, 300), span({ ...whole, from: 20, to: 60 }, 300)], [[0, 10], [0, 300], [270, 300], [20, 60]]);
  assert.deepEqual(span(zoomed(whole, 60, 20), 300), [20, 60]);
  assert.equal(zoomed(whole, 60, 61), whole);
  assert.deepEqual(span(scaled(whole, 300, 150, 2), 300), [75, 225]);
  assert.deepEqual(span(scaled({ ...whole, from: 100, to: 200 }, 300, 200, 2), 300), [150, 200]);
  assert.deepEqual(span(scaled({ ...whole, from: 0, to: 10 }, 60, 10, 0.5), 60), [0, 20]);
  assert.deepEqual(scaled({ ...whole, from: 75, to: 225 }, 300, 150, 0.25), whole);
  // Of a run whose first steps are not known the rest is the whole.
  assert.deepEqual([span(whole, 7004, 7000), span({ ...whole, part: 0.1 }, 7300, 7000)], [[7000, 7010], [7270, 7300]]);
  assert.deepEqual(span(scaled(whole, 7300, 7000, 2, 7000), 7300, 7000), [7000, 7150]);
  assert.deepEqual(scaled({ ...whole, from: 7100, to: 7200 }, 7300, 7150, 0.25, 7000), whole);
});
