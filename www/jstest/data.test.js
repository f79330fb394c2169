import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import "./page.js";
import { kindOf } from "../js/data/kinds.js";
import { sizeOf, tooLarge } from "../js/data/size.js";
import { Skipped } from "../js/data/skipped.js";
import { choose } from "../js/data/tree.js";
import { speak } from "../js/strings.js";

globalThis.File ??= (await import("node:buffer")).File;
speak("en");

/** Files of those paths. */
const files = (...paths) => paths.map((path) => ({ path, name: path.split("/").at(-1) }));
const names = ({ files: all }) => all.map(({ name }) => name).join(" ");

/** What is chosen of those paths, with what is left out. */
function chosen(...paths) {
  const left = [];
  return { ...choose(files(...paths), (why, name, n) => left.push([why, name, n])), left };
}

test("pictures come in the order of their names, numbers by their value", () => {
  const found = chosen("all/10.png", "all/9.png", "all/b.png", "all/a.png");
  assert.equal(names(found), "9.png 10.png a.png b.png");
  assert.deepEqual([found.classes, found.labels], [[], []]);
});

test("each folder is a class, with all below it, behind folders that hold nothing but one", () => {
  const found = chosen("my/set/dogs/2.png", "my/set/cats/1.png", "my/set/dogs/young/3.png", "my/set/cats/old/4.png");
  assert.deepEqual(found.classes, ["cats", "dogs"]);
  assert.deepEqual(found.labels, [0, 0, 1, 1]);
  assert.equal(names(found), "1.png 4.png 2.png 3.png");
});

test("of a half to train on and one to test on the former is taken", () => {
  const found = chosen("set/Train/a/1.png", "set/Train/b/2.png", "set/test/a/3.png", "set/val/b/4.png");
  assert.deepEqual(found.classes, ["a", "b"]);
  assert.deepEqual(found.left, [["skipTesting", "test", 1], ["skipTesting", "val", 1]]);
  assert.deepEqual(chosen("set/train/1.png", "set/other/2.png").classes, ["other", "train"], "beside another folder it's a class");
});

test("where pictures lie beside folders the greater part is taken", () => {
  const few = chosen("set/1.png", "set/a/2.png", "set/b/3.png");
  assert.deepEqual([few.classes, few.left], [["a", "b"], [["skipBeside", "1.png", 1]]]);
  const many = chosen("set/1.png", "set/2.png", "set/a/3.png");
  assert.deepEqual([names(many), many.classes, many.left], ["1.png 2.png", [], [["skipFolder", "a", 1]]]);
});

test("more classes than there can be are refused", () => {
  assert.throws(() => chosen(...Array.from({ length: 257 }, (_, i) => `set/${i}/x.png`)), /257 folders/);
});

const file = (bytes, name, path) => Object.assign(new File([Uint8Array.from(bytes)], name), path ? { path } : {});
const text = (s) => [...s].map((c) => c.charCodeAt(0));

/** A PNG file's beginning, of that size. */
function png(width, height) {
  const view = new DataView(new ArrayBuffer(24));
  [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, i) => view.setUint32(4 * i, word));
  return [...new Uint8Array(view.buffer)];
}

/** A JPEG file's beginning: a comment, then a frame of that size. */
const jpeg = (width, height) => [0xff, 0xd8, 0xff, 0xfe, 0, 12, ...text("a remark.."), 0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];

test("a picture's size is read from its header", async () => {
  assert.deepEqual(await sizeOf(file(png(300, 200), "a.png")), { width: 300, height: 200 });
  assert.deepEqual(await sizeOf(file(jpeg(640, 480), "a.jpg")), { width: 640, height: 480 });
  assert.equal(await sizeOf(file(png(300, 200).slice(0, 20), "a.png")), null);
  assert.equal(await sizeOf(file([0xff, 0xd8, ...Array(40).fill(0)], "a.jpg")), null);
  assert.ok(!tooLarge({ width: 5000, height: 10_000 }) && tooLarge({ width: 5001, height: 10_000 }));
});

test("a file is what its first bytes say, whatever its name", async () => {
  const idx = [0, 0, 8, 3, 0, 0, 0, 1];
  for (const [found, made] of [
    [{ kind: "picture" }, file(png(2, 2), "a.txt")],
    [{ kind: "picture" }, file(jpeg(2, 2), "a")],
    [{ why: "skipLarge" }, file(png(60_000, 60_000), "a.png")],
    [{ kind: "images" }, file(idx, "train-images")],
    [{ kind: "labels" }, file([0, 0, 8, 1, 0, 0, 0, 1], "x")],
    [{ kind: "images" }, file(gzipSync(Uint8Array.from([...idx, ...Array(5000).fill(7)])), "x.gz")],
    [{ kind: "numpy" }, file([0x93, ...text("NUMPY")], "a.npy")],
    [{ why: "skipInside", what: "WebP" }, file(text("RIFF1234WEBP"), "a.png")],
    [{ why: "skipNoPicture", what: "" }, file(text("hello"), "a.jpeg")],
    [{ why: "skipNoIdx" }, file(text("hello"), "train-images-idx3-ubyte")],
    [{ why: "skipFormat", what: "HEIC" }, file(text("1234ftypheic"), "a.heic")],
    [{ why: "skipFormat", what: "SVG" }, file(text("<?xml?><svg>"), "a.svg")],
    [{ why: "skipNoData", what: "" }, file(text("hello"), "notes.txt")],
    [{ why: "skipEmpty" }, file([], "a.png")],
    [{ why: "skipHidden" }, file(png(2, 2), ".a.png")],
    [{ why: "skipHidden" }, file(png(2, 2), "a.png", "set/__MACOSX/a.png")],
    [{ why: "skipUnreadable" }, { name: "a.png", size: 5, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) }],
  ]) {
    assert.deepEqual(await kindOf(made), found, made.name);
  }
});

test("what was left out is counted by reason, with the first names of each", () => {
  const left = new Skipped();
  assert.equal(left.sentence(), "");
  for (const name of ["a", "b", "c", "d", "e"]) left.add("skipHidden", name);
  left.add("skipFormat", "x.gif", 2, "GIF");
  assert.equal(left.any, true);
  assert.deepEqual(left.lines()[0], "5 hidden (a, b, c, …)");
  assert.match(left.sentence(), /^Left out: 5 hidden \(a, b, c, …\); 2 .*GIF.* \(x\.gif\)\.$/);
});
