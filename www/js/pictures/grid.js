// Plain pictures of what the generator makes, without the drawing program.

const dark = 40; // grey between images

/** Draws n images of h × w bytes into a canvas, in rows of columns. Points (1 × 2) become one plane of dots. */
export function drawGrid(canvas, bytes, n, h, w, columns) {
  if (h === 1 && w === 2) return drawPoints(canvas, bytes, n);
  const gap = 1;
  canvas.width = columns * (w + gap) + gap;
  canvas.height = Math.ceil(n / columns) * (h + gap) + gap;
  const picture = new Uint32Array(canvas.width * canvas.height).fill(grey(dark));
  for (let i = 0; i < n; i++) {
    const x0 = gap + (i % columns) * (w + gap), y0 = gap + Math.floor(i / columns) * (h + gap);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) picture[(y0 + y) * canvas.width + x0 + x] = grey(bytes[(i * h + y) * w + x]);
    }
  }
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(picture.buffer), canvas.width, canvas.height), 0, 0);
}

const grey = (v) => (0xff000000 | (v * 0x010101)) >>> 0;

function drawPoints(canvas, bytes, n) {
  canvas.width = canvas.height = 256;
  const context = canvas.getContext("2d");
  context.fillStyle = getComputedStyle(canvas.isConnected ? canvas : document.documentElement).getPropertyValue("--fake");
  for (let i = 0; i < n; i++) context.fillRect(bytes[2 * i] - 1, 254 - bytes[2 * i + 1], 3, 3);
}
