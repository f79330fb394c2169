import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { gif, png } from "../js/pictures/files.js";
import { paint, shapeOf } from "../js/pictures/sample.js";

/** A GIF file's frames, {delay, pixels} each, its palette, and whether it repeats without end. */
function decoded(bytes) {
  const at = (i) => bytes[i] | (bytes[i + 1] << 8);
  assert.equal(String.fromCharCode(...bytes.subarray(0, 6)), "GIF89a");
  const size = at(6) * at(8), frames = [], palette = bytes.subarray(13, 13 + 3 * 256);
  assert.equal(bytes[10] & 0x87, 0x87, "no palette of 256 for all frames");
  let i = 13 + 3 * 256, delay = 0, endless = false;
  const blocks = () => {
    const all = [];
    for (; bytes[i] > 0; i += 1 + bytes[i]) all.push(...bytes.subarray(i + 1, i + 1 + bytes[i]));
    i++;
    return all;
  };
  for (;;) {
    const kind = bytes[i++];
    if (kind === 0x3b) return { frames, palette, endless };
    if (kind === 0x21) {
      const label = bytes[i++], content = blocks();
      if (label === 0xf9) delay = content[1] | (content[2] << 8);
      else endless = content.slice(-3).join() === "1,0,0";
      continue;
    }
    assert.equal(kind, 0x2c);
    i += 10; // place, size, flags, and the bits of a pixel
    frames.push({ delay, pixels: unpacked(blocks(), size) });
  }
}

/** LZW's codes as pixels, by a table of whole runs. */
function unpacked(bytes, most) {
  const out = [];
  let runs, width, before, held = 0, bits = 0, next = 0;
  const begin = () => {
    runs = Array.from({ length: 258 }, (_, v) => [v]);
    [width, before] = [9, null];
  };
  begin();
  for (;;) {
    for (; held < width; held += 8) bits += bytes[next++] * 2 ** held;
    const code = bits % 2 ** width;
    bits = Math.floor(bits / 2 ** width);
    held -= width;
    if (code === 257) return out;
    if (code === 256) {
      begin();
      continue;
    }
    const run = runs[code] ?? [...before, before[0]];
    assert.ok(run && out.length < most, "more pixels than there are");
    out.push(...run);
    if (before && runs.length < 4096) runs.push([...before, run[0]]);
    if (runs.length === 2 ** width && width < 12) width++;
    before = run;
  }
}

test("a GIF has every pixel of every frame, whatever is in them, and plays without end", () => {
  for (const [frames, width, height, levels] of [[1, 1, 1, 256], [3, 90, 70, 1], [3, 211, 97, 256], [2, 300, 200, 3], [1, 766, 1, 256], [1, 3838, 1, 256], [1, 3839, 1, 256]]) {
    let x = 1;
    const pixels = Uint8Array.from({ length: frames * width * height }, () => (x = (x * 1664525 + 1013904223) >>> 0) >>> 24).map((v) => v % levels);
    const made = decoded(gif(pixels, { frames, width, height, delay: 7, lastDelay: 300 }));
    assert.equal(made.endless, true);
    assert.deepEqual(made.frames.map(({ delay }) => delay), Array.from({ length: frames }, (_, i) => (i === frames - 1 ? 300 : 7)));
    for (const [i, frame] of made.frames.entries()) {
      assert.deepEqual(frame.pixels, [...pixels.subarray(i * width * height, (i + 1) * width * height)], `${width}×${height}, frame ${i}`);
    }
  }
});

test("where the browser writes no PNG of a size, a sentence says so", async () => {
  globalThis.OffscreenCanvas = class {
    constructor() {
      throw new RangeError("too large");
    }
  };
  await assert.rejects(png(new Uint8Array(6), 3, 2), { message: /^This browser writes no picture of 3×2 pixels: / });
});

test("a sample's shape is read from messages, and from what was kept before samples had colours", () => {
  const points = { channels: 2, height: 1, width: 1, size: 2, colours: 1, points: true };
  for (const [of, shape] of [
    [{ sample: [1, 28, 20] }, { channels: 1, height: 28, width: 20, size: 560, colours: 1, points: false }],
    [{ sample: [3, 16, 8], height: 7, width: 7 }, { channels: 3, height: 16, width: 8, size: 384, colours: 3, points: false }],
    [{ sample: [4, 1, 1] }, { channels: 4, height: 1, width: 1, size: 4, colours: 4, points: false }],
    [{ sample: [2, 1, 1] }, points],
    [[2, 1, 1], points],
    [{ sample: [1, 1, 2] }, { channels: 1, height: 1, width: 2, size: 2, colours: 1, points: false }],
    [{ height: 28, width: 28 }, { channels: 1, height: 28, width: 28, size: 784, colours: 1, points: false }],
    [{ height: 1, width: 2 }, points],
  ]) assert.deepEqual(shapeOf(of), shape);
});

test("pictures are painted in gray, in colour, and over a checkerboard where something is seen through them", () => {
  const painted = (sample, bytes) => {
    const shape = shapeOf({ sample }), rgba = new Uint8ClampedArray(4 * shape.height * shape.width);
    paint(rgba, 0, 4 * shape.width, shape, Uint8Array.from(bytes));
    return [...rgba];
  };
  assert.deepEqual(painted([1, 1, 2], [3, 200]), [3, 3, 3, 255, 200, 200, 200, 255]);
  assert.deepEqual(painted([3, 1, 2], [1, 2, 3, 4, 5, 6]), [1, 3, 5, 255, 2, 4, 6, 255]);
  assert.deepEqual(painted([4, 1, 2], [10, 20, 30, 40, 50, 60, 255, 0]), [10, 30, 50, 255, 102, 102, 102, 255]);
  assert.deepEqual(painted([4, 1, 1], [0, 0, 0, 128]), [83, 83, 83, 255]);
  assert.deepEqual(painted([2, 1, 2], [9, 8, 7, 6]), [9, 9, 9, 255, 8, 8, 8, 255]);
});

test("a GIF in colour has the pixels of the one that the command line writes", () => {
  const width = 40, height = 30, frames = 2;
  for (const [name, colours, bytes] of [
    ["few", 3, (i) => 40 * (i % 5)],
    ["many", 3, (i) => (i * i * 7 + 31 * i) >>> 3],
    ["clear", 4, (i) => (i % 4 === 3 ? 5 * i : 3 * i)],
  ]) {
    const pixels = Uint8Array.from({ length: frames * width * height * colours }, (_, i) => bytes(i));
    const seen = ({ frames, palette }) => frames.map((f) => f.pixels.map((p) => palette.subarray(3 * p, 3 * p + 3).join()));
    const here = seen(decoded(gif(pixels, { frames, width, height, colours, delay: 7, lastDelay: 300 })));
    assert.deepEqual(here, seen(decoded(readFileSync(`${process.env.GANVAS_GIFS}/${name}.gif`))), name);
    if (name === "few") assert.equal(here[0][7], pixels.subarray(21, 24).join());
  }
});
