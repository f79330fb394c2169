// Points of the plane out of what a visitor draws, types or gives: each as little-endian float32s x, y from −1 to 1, as many as a
// set has. The same drawing gives the same points.

export const most = 8000; // points of a set
const edge = 0.9; // of the square, which a word or a picture reaches to
const blur = 0.012; // standard deviation of a point of a stroke
const dark = 0.5; // how dark a pixel is at least to have points

/** A row of numbers from 0 to 1 that is always the same. */
function chance() {
  let state = 0x2545f491;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const within = (v) => Math.max(-1, Math.min(1, v));

/** A set of points around those of strokes (x, y pairs). */
export function ofStrokes(strokes) {
  const random = chance(), n = strokes.length / 2, out = new Float32Array(2 * most);
  for (let i = 0; i < most; i++) {
    const at = Math.floor(random() * n);
    for (const k of [0, 1]) out[2 * i + k] = within(strokes[2 * at + k] + blur * normal(random));
  }
  return out;
}

/** A set of points on the dark pixels of an image {data (RGBA), width, height}, more where it is darker; null where there are none. */
export function ofPixels({ data, width, height }) {
  const sums = [];
  let sum = 0;
  for (let i = 0; i < width * height; i++) {
    const [r, g, b, a] = data.subarray(4 * i, 4 * i + 4), ink = ((255 - (0.299 * r + 0.587 * g + 0.114 * b)) / 255) * (a / 255);
    sums.push((sum += ink >= dark ? ink : 0));
  }
  if (sum === 0) return null;
  const random = chance(), side = Math.max(width, height), out = new Float32Array(2 * most);
  for (let i = 0; i < most; i++) {
    const wanted = random() * sum;
    let low = 0, high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    const x = (low % width) + random(), y = Math.floor(low / width) + random();
    out[2 * i] = within((edge * (2 * x - width)) / side);
    out[2 * i + 1] = within((edge * (height - 2 * y)) / side);
  }
  return out;
}

const side = 160; // of the canvas that words and pictures are drawn on

function drawn(width, height, draw) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  draw(context);
  return context.getImageData(0, 0, width, height);
}

/** A set of points in the shape of a word; null where nothing is drawn. */
export function ofWord(word) {
  const image = drawn(2 * side, side, (c) => {
    let size = 0.8 * side;
    const font = () => (c.font = `bold ${size}px system-ui, sans-serif`);
    font();
    size = Math.min(size, (size * 1.9 * side) / Math.max(1, c.measureText(word).width));
    font();
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillText(word, side, side / 2);
  });
  return ofPixels(image);
}

/** A set of points on the dark parts of a picture's file; null where it has none. */
export async function ofPicture(file) {
  const bitmap = await createImageBitmap(file);
  const k = side / Math.max(bitmap.width, bitmap.height), width = Math.max(1, Math.round(k * bitmap.width)), height = Math.max(1, Math.round(k * bitmap.height));
  return ofPixels(drawn(width, height, (c) => {
    c.fillStyle = "#fff";
    c.fillRect(0, 0, width, height);
    c.drawImage(bitmap, 0, 0, width, height);
  }));
}
