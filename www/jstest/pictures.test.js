import assert from "node:assert/strict";
import { test } from "node:test";
import { gif, png } from "../js/pictures/files.js";

/** A GIF file's frames, {delay, pixels} each, and whether it repeats without end. */
function decoded(bytes) {
  const at = (i) => bytes[i] | (bytes[i + 1] << 8);
  assert.equal(String.fromCharCode(...bytes.subarray(0, 6)), "GIF89a");
  const size = at(6) * at(8), frames = [];
  let i = 13 + 3 * 256, delay = 0, endless = false;
  const blocks = () => {
    const all = [];
    for (; bytes[i] > 0; i += 1 + bytes[i]) all.push(...bytes.subarray(i + 1, i + 1 + bytes[i]));
    i++;
    return all;
  };
  for (;;) {
    const kind = bytes[i++];
    if (kind === 0x3b) return { frames, endless };
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
