import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { element, settled } from "./page.js";
import { attempt, clearNotices, notice, offer } from "../js/page/notices.js";
import { reasoned } from "../js/page/reasons.js";
import { percent } from "../js/rooms/inside-percent.js";
import { choiceSays, currentKind, grouped, sentences, speak, speakOf, t, untranslated, useTables } from "../js/strings.js";
import { words } from "../js/texts/drawing.js";
import { refused, sayUnchecked } from "../js/weights/damage.js";

const place = element("notices"), said = () => place.children.map((box) => box.firstChild.textContent);
const button = (label) => [...place.below()].find((e) => e.tagName === "BUTTON" && e.textContent === label);

test("every text is there in every language", () => assert.deepEqual(untranslated(), []));

test("a text has its values, its number, and its form for what the run learns from", () => {
  speak("en");
  assert.match(t("trainedFor", { n: 1 }), /^one epoch/);
  assert.match(t("trainedFor", { n: 3 }), /^3 epochs/);
  assert.throws(() => t("noSuchText"), /no text is called noSuchText/);
  useTables({ datasets: [{ name: "ring", kind: "points", says: "eight clumps" }, { name: "mnist", kind: "digits", says: "digits" }], losses: [] });
  assert.equal(t("studio"), "Digits and curves");
  assert.equal(speakOf("ring"), true);
  assert.equal(t("studio"), "Points and curves");
  assert.equal(speakOf("ring"), false);
  assert.equal(speakOf("unknown"), false);
  assert.equal(currentKind(), "points");
  assert.equal(choiceSays("dataset", "ring"), "eight clumps");
  assert.equal(choiceSays("dataset", "none"), "");
  speak("zh");
  assert.notEqual(t("studio"), "Points and curves");
  assert.equal(document.documentElement.lang, "zh");
  assert.equal(sentences("一。", "", "二。"), "一。二。");
  speak("fr");
  assert.equal(document.documentElement.lang, "en");
  assert.equal(grouped(1234567), "1,234,567");
  assert.equal(sentences("One.", "", "Two."), "One. Two.");
  speakOf("mnist");
});

test("the trainer's sentences are put into Chinese, and stay as they are where they are not known", () => {
  speak("en");
  const sentence = "The file is cut short: it has 5 bytes.";
  assert.equal(reasoned(sentence), sentence);
  speak("zh");
  assert.equal(reasoned(sentence), "文件不完整，被截断了。");
  assert.equal(reasoned("Batch is 300 and the data set has only 200 samples: take fewer."), "批大小为 300，而数据集只有 200 个样本：请减小批大小。");
  assert.equal(reasoned("Training uses one thread. This browser gives the page no shared memory."), "训练只用一个线程。 此浏览器不提供共享内存。");
  assert.match(reasoned("Step 50 cannot go on with batch 300: batch is 300 and the data set has only 200 samples: take fewer."), /^第 50 步不能以 batch 300 继续：批大小为 300/);
  assert.match(reasoned("Arch dcgan with these widths halves images 3 times, and 28×28 cannot be: take fewer widths, or sides that are multiples of 8."), /dcgan .*28×28 .*8 的倍数/);
  assert.equal(reasoned("Arch sngan takes no norm batch: take norm auto, none or spectral."), "sngan 结构不能取 norm batch：norm 请取 auto、none 或 spectral。");
  assert.match(reasoned("Loss wgan-gp looks at each image's own gradient, which norm batch mixes with the others': take norm auto, none, layer or spectral."), /请取 auto、none、layer 或 spectral。$/);
  assert.equal(reasoned("Nobody has said this before."), "Nobody has said this before.");
  speak("en");
});

test("no probability is shown as a certainty", () => {
  assert.deepEqual([0, 0.0005, 0.004, 0.5, 0.876, 0.994, 0.9999, 1].map(percent), ["< 0.1", "< 0.1", "0.4", "50", "88", "99.4", "> 99.9", "> 99.9"]);
});

test("a sentence that comes again is counted, and goes when it is dismissed or acted on", async () => {
  clearNotices();
  let acted = 0;
  notice("It went wrong.");
  notice("It went wrong.");
  offer("Shall we?", { label: "Yes", run: () => acted++ });
  assert.deepEqual(said(), ["It went wrong.", "Shall we?"]);
  assert.equal(place.children[0].dataset.times, 2);
  assert.equal(place.children[0].getAttribute("role"), "alert");
  assert.equal(place.children[1].getAttribute("role"), "status");
  await button("Yes").click();
  assert.equal(acted, 1);
  assert.deepEqual(said(), ["It went wrong."]);
  await button(t("close")).click();
  assert.deepEqual(said(), []);
  assert.equal(await attempt(() => 3), 3);
  await attempt(() => Promise.reject(new Error("The disk is full.")));
  assert.deepEqual(said(), ["The disk is full."]);
});

test("of a damaged file the page says so and offers the ways on, whose failing is said too", async () => {
  clearNotices();
  let other = 0;
  refused("run.safetensors", () => Promise.reject(new Error("It cannot be read either.")), { label: "Another", run: () => other++ });
  assert.match(said()[0], /run\.safetensors/);
  await button(t("openChanged")).click();
  await settled();
  assert.deepEqual(said(), ["It cannot be read either."]);
  refused("run.safetensors", () => {}, { label: "Another", run: () => other++ });
  await button("Another").click();
  assert.equal(other, 1);
});

test("that nothing could be checked is said once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  clearNotices();
  sayUnchecked({ checked: true }, "a");
  assert.deepEqual(said(), []);
  sayUnchecked({ checked: false }, "b");
  sayUnchecked({ checked: false }, "c");
  assert.equal(said().length, 1);
  assert.match(said()[0], /b/);
  context.mock.timers.tick(60_000);
  assert.deepEqual(said(), [], "good news goes by itself");
});

test("whatever the drawing writes in words is there in the page's languages", () => {
  const root = new URL("../../wasm/studio/", import.meta.url), drawn = readdirSync(root, { recursive: true }).filter((name) => name.endsWith("_js.go"));
  const used = drawn.flatMap((name) => [...readFileSync(new URL(name, root), "utf8").matchAll(/\.(?:Only|Word)\("([^"]+)"/g)].map(([, word]) => word));
  assert.ok(used.length > 20);
  assert.deepEqual([...new Set(used)].sort(), [...words].sort());
});
