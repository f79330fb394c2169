// Points out of drawings.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { most, ofPixels, ofStrokes } from "../js/data/dots.js";

test("points lie around strokes, and the same strokes give the same points", () => {
  const strokes = new Float32Array([0.5, 0.5, -0.5, 0.25]);
  const points = ofStrokes(strokes);
  assert.equal(points.length, 2 * most);
  assert.deepEqual(ofStrokes(strokes), points);
  let first = 0;
  for (let i = 0; i < most; i++) {
    const far = [0, 2].map((at) => Math.hypot(points[2 * i] - strokes[at], points[2 * i + 1] - strokes[at + 1]));
    assert.ok(Math.min(...far) < 0.1, `point ${i} lies ${far} away`);
    if (far[0] < far[1]) first++;
  }
  assert.ok(first > 0.45 * most && first < 0.55 * most, `${first} at the first`);
});

test("points lie on dark pixels, the right way up, and a white picture has none", () => {
  const width = 4, height = 2, data = new Uint8ClampedArray(4 * width * height).fill(255);
  data.set([0, 0, 0, 255], 0); // the upper left one
  const points = ofPixels({ data, width, height });
  for (let i = 0; i < most; i++) {
    const [x, y] = points.subarray(2 * i, 2 * i + 2);
    assert.ok(x >= -0.9001 && x <= -0.449 && y >= -0.0001 && y <= 0.4501, `${x}, ${y}`);
  }
  data.set([0, 0, 0, 0], 0); // clear
  assert.equal(ofPixels({ data, width, height }), null);
});
