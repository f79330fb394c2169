import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { deflateRawSync, gzipSync } from "node:zlib";
import "./page.js";
import { unzip } from "../js/data/archive.js";
import { sent } from "../js/data/batch.js";
import { groundOf, placed, sampleOf, settle, summedUp } from "../js/data/bench.js";
import { snappy } from "../js/data/columns.js";
import { takeData } from "../js/data/data.js";
import { Hands, hands } from "../js/data/hands.js";
import { kindOf } from "../js/data/kinds.js";
import { Making } from "../js/data/making.js";
import { Packed, whole } from "../js/data/packed.js";
import { unravel } from "../js/data/parquet.js";
import { pooled } from "../js/data/pooled.js";
import { sizeOf, tooLarge } from "../js/data/size.js";
import { Skipped } from "../js/data/skipped.js";
import { chosenSize, summed } from "../js/data/survey.js";
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
  for (const name of ["halves-animated.gif", "halves.bmp", "halves.webp", "halves-cmyk.jpg", "halves-2bit.png"]) {
    const bytes = await readFile(new URL(`../../native/pictures/testdata/${name}`, import.meta.url));
    assert.deepEqual(await sizeOf(file(bytes, name)), { width: 8, height: 8 }, name);
  }
  assert.deepEqual(await sizeOf(file([...text("RIFF1234WEBPVP8X1234"), 0, 0, 0, 0, 0x2b, 1, 0, 0xc7, 0, 0], "a.webp")), { width: 300, height: 200 });
  assert.deepEqual(await sizeOf(file([0, 0, 0, 20, ...text("ftypavif1234ispe"), 0, 0, 0, 0, 0, 0, 1, 44, 0, 0, 0, 200], "a.avif")), { width: 300, height: 200 });
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
    [{ kind: "picture" }, file(text("RIFF1234WEBP"), "a.png")],
    [{ kind: "picture" }, file(text("GIF89a"), "a.gif")],
    [{ kind: "picture" }, file(text("1234ftypavif"), "a")],
    [{ why: "skipInside", what: "PDF" }, file(text("%PDF-1.7"), "a.png")],
    [{ kind: "archive" }, file(text("PK\x03\x04"), "a.zip")],
    [{ kind: "table" }, file(text("label,pixel0,pixel1\n5,0,0\n"), "train.csv")],
    [{ kind: "table" }, file(text("5,0,0,0,255\n1,2"), "x")],
    [{ kind: "table" }, file(text("a,b,c,d\r\n5,0,0,0\r\n"), "x")],
    [{ why: "skipNoData", what: "" }, file(text("a,b,c,d\r\ne,f,g,h\r\n"), "x.csv")],
    [{ kind: "picture" }, file(text("II*\0"), "a.tif")],
    [{ why: "skipNoPicture", what: "" }, file(text("hello"), "a.jpeg")],
    [{ why: "skipNoIdx" }, file(text("hello"), "train-images-idx3-ubyte")],
    [{ why: "skipHEIC" }, file(text("1234ftypheic"), "a.heic")],
    [{ kind: "parquet" }, file(text("PAR1"), "a.parquet")],
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

test("which piece of a picture goes where", () => {
  const part = [10, 20, 80, 40];
  assert.deepEqual(placed(part, 20, 20, "crop"), { from: [30, 20, 40, 40], to: [0, 0, 20, 20] });
  assert.deepEqual(placed(part, 20, 20, "whole"), { from: part, to: [0, 5, 20, 10] });
  assert.deepEqual(placed(part, 20, 20, "stretch"), { from: part, to: [0, 0, 20, 20] });
  assert.deepEqual(placed(part, 40, 10, "crop"), { from: [10, 30, 80, 20], to: [0, 0, 40, 10] });
  assert.deepEqual(placed(part, 40, 20, "crop"), { from: part, to: [0, 0, 40, 20] });
  assert.deepEqual(placed(part, 10, 20, "whole"), { from: part, to: [0, 7.5, 10, 5] });
});

/** Has a picture be painted by what pixel(x, y) says, [red, green, blue, opacity], onto where it is drawn, as sampleOf asks a canvas. */
function painted(width, height, fit, channels, pixel) {
  let to = null;
  const context = {
    clearRect: () => {},
    drawImage: (_, ...where) => (to = where.slice(4)),
    getImageData: (_x, _y, w, h) => ({ data: Array.from({ length: w * h }, (_, i) => {
      const x = i % w, y = Math.floor(i / w), [left, top, wide, high] = to;
      return x + 0.5 > left && x + 0.5 < left + wide && y + 0.5 > top && y + 0.5 < top + high ? pixel(x, y) : [0, 0, 0, 0];
    }).flat() }),
  };
  const shape = { width: 4, height: 4, channels, fit, invert: false };
  return { shape, ...sampleOf({}, [0, 0, width, height], shape, { width: 4, height: 4, getContext: () => context }) };
}

test("pictures of one pixel and of very many, of nothing, of one shade and of any sides become samples", async () => {
  for (const [side, want] of [[[1, 1], "picture"], [[50_000, 1], "picture"], [[1, 50_000], "picture"], [[50_000, 50_000], undefined]]) assert.equal((await kindOf(file(png(...side), "a.png"))).kind, want, String(side));
  assert.deepEqual(chosenSize([[1, 1]]), { width: 16, height: 16 });
  assert.deepEqual(chosenSize([[50_000, 1], [1, 50_000]]), { width: 16, height: 16 });
  assert.deepEqual(placed([0, 0, 50_000, 1], 16, 16, "crop"), { from: [24_999.5, 0, 1, 1], to: [0, 0, 16, 16] });
  assert.deepEqual(placed([0, 0, 1, 50_000], 16, 16, "stretch").to, [0, 0, 16, 16]);
  const gray = () => [90, 90, 90, 255], nothing = () => [0, 0, 0, 0];
  const whole = painted(8, 4, "whole", "gray", gray);
  assert.deepEqual([...whole.bytes], [0, 0, 0, 0, ...Array(8).fill(90), 0, 0, 0, 0], "on black above and below");
  assert.deepEqual([whole.clear, whole.edge], [false, [0, 1, 4, 3]]);
  assert.deepEqual([...painted(8, 4, "stretch", "gray", gray).bytes], Array(16).fill(90));
  assert.deepEqual([...painted(8, 4, "crop", "gray", gray).bytes], Array(16).fill(90));
  for (const channels of ["gray", "colour"]) {
    const { shape: its, ...sample } = painted(4, 4, "crop", channels, nothing), ground = groundOf(summedUp([sample]), its);
    settle(sample, its, ground);
    assert.deepEqual([sample.clear, ground, new Set(sample.bytes)], [true, [255, 255, 255], new Set([255])], "what is all transparent is its ground");
  }
  assert.deepEqual(new Set(painted(4, 4, "crop", "alpha", nothing).bytes), new Set([0]));
});

test("names may be of any script, and so may folders in archives", async () => {
  const paths = ["图/猫/一.png", "图/кошка/1.png", "图/قطة/١.png", "图/🐈 é/1.png"];
  const { classes, labels, left } = chosen(...paths);
  assert.deepEqual([new Set(classes), labels, left], [new Set(["猫", "кошка", "قطة", "🐈 é"]), [0, 1, 2, 3], []]);
  assert.deepEqual((await unzip(zip(Object.fromEntries(paths.map((path) => [path, "x"]))))).files.map(({ path }) => path), paths);
});

test("more pictures than a page decodes are refused in a sentence", async () => {
  await takeData({}, Array.from({ length: 20_001 }, (_, i) => file(png(2, 2), `${i}.png`)));
  assert.match(document.getElementById("notices").textContent, /20,001 pictures are more than the 20,000/);
});

test("what is left open is chosen by what the pictures are, as the command line has it", () => {
  for (const [sizes, want] of [
    [[[20, 20], [20, 20]], [20, 20]], [[[40, 24], [40, 24]], [40, 24]], [[[27, 27]], [24, 24]], [[[300, 200]], [32, 32]], [[[5, 9]], [16, 16]], [[[24, 24], [28, 28], [64, 64]], [28, 28]], [[[128, 128]], [32, 32]],
  ]) {
    const { width, height } = chosenSize(sizes);
    assert.deepEqual([width, height], want, String(sizes));
  }
  const ten = Array(10).fill([16, 16]), eleven = Array(11).fill([16, 16]);
  assert.deepEqual([summed(ten, 1).channels, summed(eleven, 1).channels, summed(ten, 0).channels], ["colour", "gray", "gray"]);
});

/** A ZIP archive of files, {path: text}, as programs write them; change(view) may spoil its list. */
function zip(files, { store = false, flags = 0, change = () => {} } = {}) {
  const parts = [], list = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path), packed = store ? Buffer.from(content) : deflateRawSync(content);
    const local = Buffer.alloc(30), entry = Buffer.alloc(46);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(store ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, name, packed);
    list.push(entry, name);
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(list.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(list).length, 12);
  end.writeUInt32LE(at, 16);
  change(end);
  return file(Buffer.concat([...parts, ...list, end]), "a.zip");
}

test("an archive is opened up, and no name in it leads anywhere else", async () => {
  for (const store of [false, true]) {
    const { files: found, skipped } = await unzip(zip({ "set/cats/1.txt": "one", "set/": "", "../up.txt": "two", "/top.txt": "three", "b.txt": "four" }, { store }));
    assert.deepEqual(found.map(({ path, name }) => [path, name]), [["set/cats/1.txt", "1.txt"], ["b.txt", "b.txt"]]);
    assert.deepEqual(skipped, [["skipOutside", "up.txt"], ["skipOutside", "top.txt"]]);
    assert.equal(await whole(found[0]).text(), "one");
  }
  assert.deepEqual((await unzip(zip({ "a.txt": "secret" }, { flags: 1 }))).skipped, [["skipPacked", "a.txt"]]);
  const good = zip({ "a.txt": "one", "b.txt": "two" });
  await assert.rejects(unzip(new File([await good.slice(0, 40).arrayBuffer()], "half.zip")), /half\.zip is damaged/);
  await assert.rejects(unzip(file([], "none.zip")), /none\.zip is damaged/);
  await assert.rejects(unzip(zip({ "a.txt": "one" }, { change: (end) => end.writeUInt32LE(1e9, 12) })), /damaged/);
  await assert.rejects(unzip(zip({ "a.txt": "one" }, { change: (end) => end.writeUInt16LE(9, 10) })), /damaged/);
  const broken = new Uint8Array(await zip({ "a.txt": "one, and more of it, and more" }).arrayBuffer());
  broken.fill(0xff, 35, 45);
  assert.deepEqual((await unzip(file(broken, "b.zip"))).skipped, [["skipBroken", "a.txt"]]);
});

test("an archive with more files than two bytes count is read, and refused by name beyond a limit", async () => {
  const large = async (n, claimed = n) => {
    const plain = zip(Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}`, ""])), { store: true }), bytes = Buffer.from(await plain.arrayBuffer()), end = bytes.subarray(-22);
    const record = Buffer.alloc(56), way = Buffer.alloc(20);
    record.writeUInt32LE(0x06064b50, 0);
    [claimed, end.readUInt32LE(12), end.readUInt32LE(16)].forEach((v, i) => record.writeBigUInt64LE(BigInt(v), 32 + 8 * i));
    way.writeUInt32LE(0x07064b50, 0);
    way.writeBigUInt64LE(BigInt(bytes.length - 22), 8);
    const last = Buffer.from(end);
    last.fill(0xff, 8, 20);
    return file(Buffer.concat([bytes.subarray(0, -22), record, way, last]), "large.zip");
  };
  assert.equal((await unzip(await large(3))).files.length, 3);
  await assert.rejects(unzip(await large(3, 100_001)), /large\.zip lists 100,?001 files/);
  await assert.rejects(unzip(await large(3, 5)), /large\.zip is damaged/);
});

test("what unpacks to more than one file may have is left out", async () => {
  const { files: found, skipped } = await unzip(zip({ "bomb.png": Buffer.alloc(130e6), "a.txt": "one" }));
  assert.deepEqual([found.map(({ name }) => name), skipped], [["a.txt"], [["skipBroken", "bomb.png"]]]);
});

test("an archive of many files is unpacked in the order of its list, and how far is told", async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`a/${i}.txt`, `${i} `.repeat(i)]));
  for (const store of [false, true]) {
    const heard = [];
    const { files: found } = await unzip(zip(many, { store }), (have, total) => heard.push([have, total]));
    assert.deepEqual(await Promise.all(found.map((each) => whole(each).text())), Object.values(many));
    assert.deepEqual(heard, Object.keys(many).map((_, i) => [i + 1, 300]));
  }
});

test("small files of an archive lie together in few Blobs, and are told of in them; large ones are the browser's own", async () => {
  const noise = (n, i) => Buffer.from(Array.from({ length: n }, (_, k) => (k * k * 31 + (k >> 3) * 7 + i) & 255));
  const given = { "large.bin": noise(300_000, 1), ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.bin`, noise(200_000 - i, i)])), "none.bin": "" };
  for (const store of [false, true]) {
    const { files: found } = await unzip(zip(given, { store }));
    assert.deepEqual([found[0] instanceof File, ...new Set(found.slice(1).map((each) => each instanceof Packed))], [true, true]);
    assert.equal(new Set(found.slice(1).map(({ pack }) => pack)).size, 3); // of 4 MB
    for (const each of found) {
      const want = Buffer.from(given[each.path]);
      assert.deepEqual([each.size, Buffer.from(await each.arrayBuffer()).equals(want), Buffer.from(await each.slice(100, 300).arrayBuffer()).equals(want.subarray(100, 300))], [want.length, true, true]);
    }
    const [a, b, own] = sent([{ file: found[1] }, { file: found[2], at: 3 }, { file: found[0] }]);
    assert.deepEqual([a.pack === b.pack, a.pack === found[1].pack, a.size, b.size, own.file === found[0]], [true, true, 200_000, 199_999, true]);
    assert.ok(Buffer.from(await b.pack.slice(b.at, b.at + b.size).arrayBuffer()).equals(given["1.bin"]));
  }
});

test("an archive of arrays hands over that of pictures and that of labels, byte for byte", async () => {
  const array = (n) => Buffer.concat([Buffer.from([0x93]), Buffer.from("NUMPY"), Buffer.from(Array.from({ length: n }, (_, i) => (i * 7) & 255))]), [x, y] = [array(5000), array(90)];
  for (const store of [false, true]) {
    const given = [];
    const ganvas = { giveData: async (set, blob) => (given.push([set, Buffer.from(await blob.arrayBuffer())]), Promise.reject(new Error("that is enough"))) };
    await takeData(ganvas, [zip({ "y_train.npy": y, "x_test.npy": array(20), "x_train.npy": x }, { store })]);
    assert.deepEqual([given[0][0].format, given[0][0].n, given[0][1].equals(Buffer.concat([x, y]))], ["npy", x.length, true]);
  }
});

test("Workers that have made many batches are relieved by others, and none is left once they end", async () => {
  const usual = globalThis.Worker, alive = new Set();
  let begun = 0;
  globalThis.Worker = class {
    constructor() {
      alive.add(this);
      begun++;
    }
    postMessage({ id, pictures }) {
      setTimeout(() => alive.has(this) && this.onmessage({ data: { id, batch: pictures } }), id % 3);
    }
    terminate() {
      alive.delete(this);
    }
  };
  try {
    const all = new Hands();
    for (let from = 0; from < 200 * hands; from += 2 * hands) {
      const numbers = Array.from({ length: 2 * hands }, (_, i) => from + i);
      assert.deepEqual(await Promise.all(numbers.map((i) => all.make(i, [{ file: i }], {}))), numbers.map((i) => [{ file: i }]));
    }
    assert.equal(begun, 5 * hands);
    assert.equal(alive.size, hands);
    const given = all.make(0, [{ file: 0 }], {});
    all.end();
    assert.deepEqual([await given, alive.size], [null, 0]);
  } finally {
    globalThis.Worker = usual;
  }
});

test("of many questions some are asked at a time, and none after one that fails", async () => {
  let now = 0, most = 0, asked = 0;
  const ask = async (i) => {
    asked++;
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, i % 3));
    now--;
    if (i === 10) throw new Error("no");
    return 2 * i;
  };
  assert.deepEqual(await pooled([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4, ask), [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  assert.equal(most, 4);
  asked = 0;
  await assert.rejects(pooled(Array.from({ length: 100 }, (_, i) => i), 4, ask), /no/);
  assert.ok(asked < 20);
});

/** Pictures of so many pixels of a side, and how they would be made: each sample is its number, four times. The 7th is broken. */
function pictures(n, side) {
  const all = Array.from({ length: n }, (_, i) => ({ i, pixels: { width: side, height: side } }));
  const seen = { times: new Map(), now: 0, most: 0 };
  const make = async (lane, some) => {
    seen.most = Math.max(seen.most, ++seen.now);
    await new Promise((resolve) => setTimeout(resolve, lane));
    seen.now--;
    for (const { i } of some) seen.times.set(i, (seen.times.get(i) ?? 0) + 1);
    const whole = [...some.keys()].filter((k) => some[k].i !== 7);
    return {
      blob: new Blob([Uint8Array.from(whole.flatMap((k) => Array(4).fill(some[k].i)))]), alpha: new Blob([Uint8Array.from(whole.flatMap(() => [0, 255, 255, 255]))]), whole,
      notes: whole.map(() => ({ clear: true, edge: [0, 0, 2, 2] })), sum: { clear: whole.length, colour: 1, light: 0, ink: 100 },
    };
  };
  return { all, seen, make };
}

const bytesOf = async (blobs) => [...new Uint8Array(await new Blob(blobs).arrayBuffer())];
const shape = { width: 2, height: 2, channels: "gray", fit: "crop" };

test("samples of pictures are made once, whatever is asked of them", async () => {
  const { all, seen, make } = pictures(200, 10), making = new Making(all, shape, make), heard = [];
  const few = await making.take({ ground: "white" }, { n: 24 });
  assert.ok(few.n >= 24 && few.n < 200);
  assert.equal(making.all(), making.all());
  const every = await making.take({ ground: "black", invert: true }, { told: (have) => heard.push(have) });
  assert.deepEqual([every.n, every.clear, every.kept.map(({ i }) => i)], [199, 199, Array.from({ length: 200 }, (_, i) => i).filter((i) => i !== 7)]);
  assert.deepEqual((await bytesOf(few.blobs)).slice(4, 8), [255, 1, 1, 1], "the second lies on white");
  assert.deepEqual((await bytesOf(every.blobs)).slice(4, 8), [254, 254, 254, 254], "and inverted, on black");
  assert.deepEqual(heard, [...heard].sort((a, b) => a - b));
  assert.deepEqual([...seen.times.values()], Array(200).fill(1));
  assert.ok(seen.most > 1);
});

test("large pictures are decoded one at a time, and none once it is given up", async () => {
  const large = pictures(6, 7000);
  await new Making(large.all, shape, large.make).all();
  assert.equal(large.seen.most, 1);
  const { all, seen, make } = pictures(2000, 10), making = new Making(all, shape, make);
  const rest = making.all();
  making.stop();
  await rest;
  assert.ok(seen.times.size < 1000);
  assert.equal((await making.take({})).n, seen.times.size - (seen.times.has(7) ? 1 : 0));
});

const hub = async (name) => new File([await readFile(new URL(`../../native/pictures/testdata/hub/${name}`, import.meta.url))], name);

test("a table of encoded pictures is taken apart as the command line does, however it is packed", async () => {
  for (const [name, above] of [["train-00000-of-00001.parquet", "train/"], ["hub-gzip.parquet", ""]]) {
    const { files: found, skipped } = await unravel(await hub(name));
    const stem = name.slice(0, -".parquet".length);
    assert.deepEqual(skipped, [["skipNoCell", `${stem} 00000006`]]);
    assert.deepEqual(found.map(({ path, className, source }) => [path, className, source]), [[1, 2, "cat dog"], [2, 1, "ant"], [3, 0, "zebra"], [4, 2, "cat dog"], [5, 1, "ant"], [7, 2, "cat dog"], [8, 1, "ant"]].map(
      ([row, label, className]) => [`${above}0000${label}/${stem} 0000000${row}`, className, stem],
    ));
    for (const each of found) assert.deepEqual(await sizeOf(each), { width: 12, height: 12 });
  }
  const zstd = await unravel(await hub("hub-zstd.parquet")).then(({ files: all }) => String(all.length), (error) => error.message);
  assert.match(zstd, /^7$|hub-zstd.parquet is not read: it is packed with zstd, which this browser cannot unpack/);
  const train = await unravel(await hub("train-00000-of-00001.parquet")), held = await unravel(await hub("test-00000-of-00001.parquet"));
  const left = [], all = choose([...train.files, ...held.files], (...what) => left.push(what));
  assert.deepEqual([all.classes, all.files.length, left], [["00000", "00001", "00002"], 7, [["skipTesting", "test", 4]]]);
});

test("whatever is wrong with a table of pictures is said in a sentence that names it", async () => {
  const whole = new Uint8Array(await (await hub("train-00000-of-00001.parquet")).arrayBuffer());
  for (const bytes of [[], whole.slice(0, 4), whole.slice(0, whole.length / 2), [...text("PAR1"), 255, 255, 255, 127, ...text("PAR1")]]) {
    await assert.rejects(unravel(file(bytes, "bad.parquet")), /^Error: bad.parquet is damaged, or no Parquet table\.$/);
  }
  let refused = 0;
  for (let at = 0; at < whole.length; at += 7) {
    const bytes = whole.slice();
    bytes[at] ^= 0x41;
    await unravel(file(bytes, "bad.parquet")).catch((error) => {
      assert.match(error.message, /^bad.parquet is (damaged|not read)/);
      refused++;
    });
  }
  assert.ok(refused > 100);
});

test("Snappy's blocks are bytes and copies of them", () => {
  assert.deepEqual([...snappy(Uint8Array.from([9, 8, 1, 2, 3, 1, 3, 6, 3, 0]), 9)], [1, 2, 3, 1, 2, 3, 1, 2, 3]);
  for (const bytes of [[9], [3, 8, 1], [9, 8, 1, 2, 3, 1, 4], [4, 8, 1, 2, 3, 1, 0]]) assert.throws(() => snappy(Uint8Array.from(bytes), bytes[0]), RangeError);
});
