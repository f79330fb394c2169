// The strip of small pictures over the time line's slider, with a dot where a whole state is kept and a flag where the run
// branched off.

import { imageOf } from "../pictures/sample.js";

const side = 34; // CSS pixels of a picture
const gap = 6;
const foot = 12; // under the pictures, for dots and flags

/** Draws moments at their places by step; thumb(step) gives {bytes, shape}, or null. */
export function drawStrip(canvas, { moments, states, marks, newest, at, thumb }) {
  const wide = canvas.clientWidth, scale = devicePixelRatio || 1;
  if (!wide) return;
  canvas.width = Math.round(wide * scale);
  canvas.height = Math.round((side + foot) * scale);
  const c = canvas.getContext("2d", { willReadFrequently: true }); // drawn on the CPU: where there is no GPU, a few thousand dots a second would block the page for seconds
  c.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name);
  const x = (step) => side / 2 + ((wide - side) * step) / Math.max(1, newest);
  for (const m of chosen(moments, x, at)) {
    const picture = thumb(m.step);
    if (!picture) continue;
    c.globalAlpha = at === null || m.step === at ? 1 : 0.45;
    drawThumb(c, picture, x(m.step) - side / 2, colour("--fake"));
  }
  c.globalAlpha = 1;
  const y = side + foot / 2 + 1;
  c.fillStyle = colour("--soft");
  for (const step of states) {
    c.beginPath();
    c.arc(x(step), y, 3, 0, 7);
    c.fill();
  }
  c.fillStyle = colour("--ink");
  for (const m of marks) {
    const left = x(m.step);
    c.beginPath();
    c.moveTo(left - 1, 0);
    c.lineTo(left + 9, 5);
    c.lineTo(left + 1, 10);
    c.lineTo(left + 1, side + foot);
    c.lineTo(left - 1, side + foot);
    c.fill();
  }
  if (at === null) return;
  c.strokeStyle = colour("--focus");
  c.lineWidth = 2;
  c.strokeRect(x(at) - side / 2 + 1, 1, side - 2, side - 2);
}

/** Moments whose pictures do not cover each other: the one looked at, then from the newest back. */
export function chosen(moments, x, at) {
  const taken = [];
  const first = moments.filter((m) => m.step === at);
  for (const m of [...first, ...moments.toReversed()]) {
    if (taken.every((o) => Math.abs(x(o.step) - x(m.step)) >= side + gap)) taken.push(m);
  }
  return taken;
}

const drawn = new WeakMap(); // picture → what was drawn of it: {canvas, fake, size}

/** Draws a small picture, which is made once. */
function drawThumb(c, picture, left, fake) {
  const size = Math.round(side * (devicePixelRatio || 1));
  let made = drawn.get(picture);
  if (made?.fake !== fake || made.size !== size) drawn.set(picture, (made = { canvas: thumbOf(picture, size, fake), fake, size }));
  c.imageSmoothingEnabled = true;
  const { width, height } = made.canvas, by = side / Math.max(width, height);
  c.drawImage(made.canvas, left + (side - by * width) / 2, (side - by * height) / 2, by * width, by * height);
}

function thumbOf({ bytes, shape }, size, fake) {
  const small = shape.points ? new OffscreenCanvas(size, size) : new OffscreenCanvas(shape.width, shape.height);
  const c = small.getContext("2d", { willReadFrequently: true });
  if (shape.points) {
    const dot = (1.5 * size) / side;
    c.fillStyle = fake;
    for (let i = 0; i + 1 < bytes.length; i += 2) c.fillRect((bytes[i] / 255) * (size - dot), (1 - bytes[i + 1] / 255) * (size - dot), dot, dot);
    return small;
  }
  c.putImageData(imageOf(shape, bytes), 0, 0);
  return small;
}
