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
