// The 256 colours of a GIF that stand best for those of all its frames, found as core/img/imgfile's palette.go finds them: up
// to 256 stay as they are; of more, those that lie near each other share one, by median cut (P. Heckbert, 1982).

const size = 256;
const bits = 5; // of a colour that tell its cell
const cellOf = (r, g, b) => ((r >> (8 - bits)) << (2 * bits)) | ((g >> (8 - bits)) << bits) | (b >> (8 - bits));
const sideOf = (cell, k) => (cell >> ((2 - k) * bits)) & ((1 << bits) - 1);
const code = (r, g, b) => (r << 16) | (g << 8) | b;

/** For pixels of red, green and blue: {palette, 256 colours of three bytes, and pixels, the place in it of each}. */
export function indexed(rgb) {
  const palette = new Uint8Array(3 * size), pixels = new Uint8Array(rgb.length / 3);
  const place = (of) => {
    for (let i = 0; i < pixels.length; i++) pixels[i] = of(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
    return { palette, pixels };
  };
  const exact = distinct(rgb);
  if (exact) {
    for (const [c, i] of exact) palette.set([c >> 16, (c >> 8) & 255, c & 255], 3 * i);
    return place((r, g, b) => exact.get(code(r, g, b)));
  }
  const cells = 1 << (3 * bits), count = new Float64Array(cells), sums = [0, 1, 2].map(() => new Float64Array(cells));
  for (let i = 0; i < rgb.length; i += 3) {
    const at = cellOf(rgb[i], rgb[i + 1], rgb[i + 2]);
    count[at]++;
    for (let k = 0; k < 3; k++) sums[k][at] += rgb[i + k];
  }
  const of = new Uint8Array(cells);
  parted(count).forEach((box, i) => {
    for (const at of box.cells) of[at] = i;
    const mean = (sum) => Math.floor((box.cells.reduce((all, at) => all + sum[at], 0) + Math.floor(box.pixels / 2)) / box.pixels);
    palette.set(sums.map(mean), 3 * i);
  });
  return place((r, g, b) => of[cellOf(r, g, b)]);
}

/** The colours' numbers as they first come; null where they are too many. */
function distinct(rgb) {
  const seen = new Map();
  for (let i = 0; i < rgb.length; i += 3) {
    const c = code(rgb[i], rgb[i + 1], rgb[i + 2]);
    if (seen.has(c)) continue;
    if (seen.size === size) return null;
    seen.set(c, seen.size);
  }
  return seen;
}

/** Cells that share a colour, which of their sides is longest, and how long. */
function boxOf(cells, count) {
  const box = { cells, pixels: cells.reduce((sum, at) => sum + count[at], 0), longest: 0, length: 0 };
  for (let k = 0; k < 3; k++) {
    let low = sideOf(cells[0], k), high = low;
    for (const at of cells) [low, high] = [Math.min(low, sideOf(at, k)), Math.max(high, sideOf(at, k))];
    if (high - low > box.length) [box.longest, box.length] = [k, high - low];
  }
  return box;
}

/** The boxes of all cells that have pixels: the one with most of them and the longest side is parted, again and again. */
function parted(count) {
  const all = [];
  for (let at = 0; at < count.length; at++) if (count[at] > 0) all.push(at);
  const boxes = [boxOf(all, count)];
  while (boxes.length < size) {
    let next = 0;
    boxes.forEach((b, i) => {
      if (b.pixels * b.length > boxes[next].pixels * boxes[next].length) next = i;
    });
    const { cells, pixels, longest, length } = boxes[next];
    if (length === 0) break;
    cells.sort((a, b) => sideOf(a, longest) - sideOf(b, longest) || a - b);
    let k = 1, before = count[cells[0]];
    for (; k < cells.length - 1 && 2 * before < pixels; k++) before += count[cells[k]];
    boxes[next] = boxOf(cells.slice(0, k), count);
    boxes.push(boxOf(cells.slice(k), count));
  }
  return boxes;
}
