// Plain pictures of what the generator makes, without the drawing program.

import { paint, shapeOf } from "./sample.js";

const dark = 40; // grey between images

/** Draws n samples, one behind the other in bytes, into a canvas, in rows of columns; of is what shapeOf reads. Points become one plane of dots. */
export function drawGrid(canvas, bytes, n, of, columns) {
  const shape = shapeOf(of);
  if (shape.points) return drawPoints(canvas, bytes, n);
  const { height: h, width: w, size } = shape, gap = 1;
  canvas.width = columns * (w + gap) + gap;
  canvas.height = Math.ceil(n / columns) * (h + gap) + gap;
  const picture = new Uint32Array(canvas.width * canvas.height).fill((0xff000000 | (dark * 0x010101)) >>> 0);
  const rgba = new Uint8ClampedArray(picture.buffer);
  for (let i = 0; i < n; i++) {
    const x0 = gap + (i % columns) * (w + gap), y0 = gap + Math.floor(i / columns) * (h + gap);
    paint(rgba, 4 * (y0 * canvas.width + x0), 4 * canvas.width, shape, bytes.subarray(i * size, (i + 1) * size));
  }
  canvas.getContext("2d").putImageData(new ImageData(rgba, canvas.width, canvas.height), 0, 0);
}

function drawPoints(canvas, bytes, n) {
  canvas.width = canvas.height = 256;
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(canvas.isConnected ? canvas : document.documentElement).getPropertyValue("--fake");
  for (let i = 0; i < n; i++) context.fillRect(bytes[2 * i] - 1, 254 - bytes[2 * i + 1], 3, 3);
}
