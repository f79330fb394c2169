// Pictures as samples: decoded by the browser, upright, then cropped, scaled, laid on a ground and inverted as chosen.

import { Bench, channelsOf } from "./bench.js";
import { t } from "../strings.js";

/** Files of pictures, decoded when they are needed. Those that cannot be are told to bad(name), once each, and left out. */
export class Pictures {
  #files;
  #broken = new Set();
  #bad;

  constructor(files, bad) {
    this.#files = files;
    this.#bad = bad;
  }

  /** How many there are, without those that are known to be broken. */
  get count() {
    return this.#files.length - this.#broken.size;
  }

  /** How many files there are, broken ones too. */
  get places() {
    return this.#files.length;
  }

  /** The folder's name, the table's, or the first file's. */
  get name() {
    const [file] = this.#files;
    return file.source ?? (file.path || file.webkitRelativePath || file.name).split("/")[0];
  }

  /** A picture, decoded, or null for one that is broken. */
  async bitmap(i) {
    if (this.#broken.has(i)) return null;
    try {
      return await createImageBitmap(this.#files[i], { imageOrientation: "from-image" });
    } catch {
      if (!this.#broken.has(i)) this.#bad(this.#files[i].name); // else told while this one waited
      this.#broken.add(i);
      return null;
    }
  }

  /** Looks for broken ones from the i-th on, until stopped() says so. */
  async check(i, stopped) {
    for (; i < this.#files.length && !stopped(); i++) (await this.bitmap(i))?.close();
  }

  /** The first n whole ones: what Bench.settle gives, and kept, their places. */
  async all(shape, n = this.#files.length) {
    const bench = new Bench(shape), kept = [];
    for (let i = 0; i < this.#files.length && kept.length < n; i++) {
      const bitmap = await this.bitmap(i);
      if (!bitmap) continue;
      bench.add(bitmap, [0, 0, bitmap.width, bitmap.height]);
      bitmap.close();
      kept.push(i);
    }
    return { ...bench.settle(), kept };
  }
}

/** The tiles of a sheet as all() gives pictures, row by row; tiles at the end that are all of one colour are left out. */
export function cutSheet(bitmap, shape, most = Infinity) {
  const { width, height, channels, tileWidth: w, tileHeight: h } = shape;
  const across = Math.floor(bitmap.width / w), down = Math.floor(bitmap.height / h);
  if (!(across >= 1 && down >= 1)) throw new Error(t("dataTile", { w, h, width: bitmap.width, height: bitmap.height }));
  const n = Math.min(across * down, most), area = width * height, size = channelsOf[channels] * area;
  const bench = new Bench(shape);
  for (let i = 0; i < n; i++) bench.add(bitmap, [(i % across) * w, Math.floor(i / across) * h, w, h]);
  const made = bench.settle();
  let filled = n;
  while (filled > 0 && flat(made.bytes.subarray((filled - 1) * size, filled * size), area)) filled--;
  return { ...made, bytes: made.bytes.subarray(0, filled * size) };
}

const flat = (sample, area) => sample.every((v, i) => v === sample[i - (i % area)]);
