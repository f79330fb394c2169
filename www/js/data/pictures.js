// Pictures as gray squares: decoded by the browser, then cropped, scaled and inverted as chosen.

import { t } from "../strings.js";

/** Files of pictures, decoded when they are needed. */
export class Pictures {
  #files;

  constructor(files) {
    this.#files = files;
  }

  get count() {
    return this.#files.length;
  }

  /** The folder's name, or the first file's. */
  get name() {
    const [file] = this.#files;
    return (file.path || file.webkitRelativePath || file.name).split("/")[0];
  }

  async bitmap(i) {
    try {
      return await createImageBitmap(this.#files[i]);
    } catch {
      throw new Error(t("dataBroken", { name: this.#files[i].name }));
    }
  }

  /** The first n of them as gray squares of side × side bytes, one behind the other. */
  async all(shape, n = this.count) {
    const size = shape.side * shape.side;
    const bytes = new Uint8Array(n * size);
    for (let i = 0; i < n; i++) {
      const bitmap = await this.bitmap(i);
      bytes.set(square(bitmap, [0, 0, bitmap.width, bitmap.height], shape), i * size);
      bitmap.close();
    }
    return bytes;
  }
}

/** The tiles of a sheet as gray squares, row by row; tiles at the end that are all of one shade are left out. */
export function cutSheet(bitmap, shape, most = Infinity) {
  const { side, tileWidth: w, tileHeight: h } = shape;
  const across = Math.floor(bitmap.width / w), down = Math.floor(bitmap.height / h);
  if (!(across >= 1 && down >= 1)) throw new Error(t("dataTile", { w, h, width: bitmap.width, height: bitmap.height }));
  const n = Math.min(across * down, most), size = side * side;
  const bytes = new Uint8Array(n * size);
  let filled = 0;
  for (let i = 0; i < n; i++) {
    const tile = square(bitmap, [(i % across) * w, Math.floor(i / across) * h, w, h], shape);
    bytes.set(tile, i * size);
    if (tile.some((v) => v !== tile[0])) filled = i + 1;
  }
  return bytes.subarray(0, filled * size);
}

const canvas = document.createElement("canvas");

/** A part [x, y, w, h] of a picture as side × side gray bytes. */
function square(bitmap, [x, y, w, h], { side, fit, invert }) {
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.fillStyle = "black";
  context.fillRect(0, 0, side, side);
  let [left, top, wide, high] = [0, 0, side, side];
  if (fit === "crop") {
    const least = Math.min(w, h);
    [x, y, w, h] = [x + (w - least) / 2, y + (h - least) / 2, least, least];
  } else if (fit === "whole") {
    [wide, high] = [(side * w) / Math.max(w, h), (side * h) / Math.max(w, h)];
    [left, top] = [(side - wide) / 2, (side - high) / 2];
  }
  context.drawImage(bitmap, x, y, w, h, left, top, wide, high);
  const { data } = context.getImageData(0, 0, side, side);
  const out = new Uint8Array(side * side);
  for (let i = 0; i < out.length; i++) {
    const v = Math.round(0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
    const column = i % side, row = Math.floor(i / side);
    const inside = column >= Math.floor(left) && column < Math.ceil(left + wide) && row >= Math.floor(top) && row < Math.ceil(top + high);
    out[i] = invert && inside ? 255 - v : v;
  }
  return out;
}
