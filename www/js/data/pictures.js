// Pictures as samples: decoded by the browser, upright, then cropped, scaled, laid on a ground and inverted as chosen.

import { Bench } from "./bench.js";
import { t } from "../strings.js";
import { pixelsOf } from "../weights/converter.js";

const mostBad = 0.1; // share of pictures that cannot be decoded which are left out without a word from the visitor; one is, of however few

/** Files of pictures, decoded when they are needed. Those that cannot be are told to bad(name), once each, and left out. */
export class Pictures {
  #first; // {file, at, pixels}: each file, its place among all, and what the browser cannot decode once it is decoded
  #every = false;
  #apart = null; // the same with each frame of animated GIFs
  #taken;
  #broken = new Set(); // of these
  #bad;

  constructor(files, bad) {
    this.#taken = this.#first = files.map((file, at) => ({ file, at }));
    this.#bad = bad;
  }

  /** How many there are, without those that are known to be broken. */
  get count() {
    return this.places - this.broken;
  }

  /** How many there are, broken ones too. */
  get places() {
    return this.#taken.length;
  }

  /** How many are known to be broken. */
  get broken() {
    return this.#broken.size;
  }

  /** How many may be, unless the visitor says otherwise. */
  get mostBroken() {
    return Math.max(1, Math.floor(mostBad * this.places));
  }

  /** Whether any may have several frames. */
  get animated() {
    return this.#first.some(({ file }) => isGIF(file));
  }

  /** The folder's name, the table's, or the first file's. */
  get name() {
    const [{ file }] = this.#first;
    return file.source ?? (file.path || file.webkitRelativePath || file.name).split("/")[0];
  }

  /** Takes each frame of animated GIFs for a picture of its own, or only the first. */
  async frames(every) {
    this.#every = every;
    if (every) this.#apart ??= await this.#takeApart();
    this.#taken = this.#every ? this.#apart : this.#first; // as it is wished by now
  }

  async #takeApart() {
    const all = [];
    for (const one of this.#first) {
      const frames = isGIF(one.file) ? await unpacked(one.file).catch(damaged) : [];
      if (frames.length < 2) all.push(one); // what is wrong with it is met when it is decoded
      else for (const pixels of frames) all.push({ ...one, pixels });
    }
    return all;
  }

  /** A picture, decoded, or null for one that is broken. */
  async bitmap(i) {
    const one = this.#taken[i];
    if (this.#broken.has(one)) return null;
    try {
      return await decoded(one);
    } catch (error) {
      if (error.lost) throw error;
      if (!this.#broken.has(one)) this.#bad(one.file.name); // else told while this one waited
      this.#broken.add(one);
      return null;
    }
  }

  /** Looks for broken ones from the i-th on, until stopped() says so. */
  async check(i, stopped) {
    for (; i < this.places && !stopped(); i++) (await this.bitmap(i))?.close();
  }

  /** The first n whole ones: what Bench.settle gives, and kept, their files' places. told(have, total) hears of each. */
  async all(shape, { n = this.places, told = () => {} } = {}) {
    const bench = new Bench(shape), kept = [];
    for (let i = 0; i < this.places && kept.length < n; i++) {
      told(i + 1, this.places);
      const bitmap = await this.bitmap(i);
      if (!bitmap) continue;
      bench.add(bitmap, [0, 0, bitmap.width, bitmap.height]);
      bitmap.close();
      kept.push(this.#taken[i].at);
    }
    return { ...bench.settle(), kept };
  }
}

const isGIF = ({ name, type }) => type === "image/gif" || /\.gif$/i.test(name);

/** A bitmap of what the browser decodes, or of a TIFF file, which most browsers do not. */
async function decoded(one) {
  if (!one.pixels) {
    try {
      return await createImageBitmap(one.file, { imageOrientation: "from-image" });
    } catch (error) {
      if (!(await isTIFF(one.file))) throw error;
      [one.pixels] = await unpacked(one.file);
    }
  }
  const { width, height, blob } = one.pixels;
  return createImageBitmap(new ImageData(new Uint8ClampedArray(await blob.arrayBuffer()), width, height));
}

async function isTIFF(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 4).arrayBuffer()));
  return head === "II*\0" || head === "MM\0*";
}

/** The pictures in a file, each {width, height, blob} of its pixels. */
async function unpacked(file) {
  const { width, height, count, bytes } = await pixelsOf(new Uint8Array(await file.arrayBuffer())), size = 4 * width * height;
  return Array.from({ length: count }, (_, k) => ({ width, height, blob: new Blob([bytes.subarray(k * size, (k + 1) * size)]) }));
}

/** No frames of a file that is damaged; where there is no program to take it apart, that is said. */
function damaged(error) {
  if (error.lost) throw error;
  return [];
}

/** The tiles of a sheet as all() gives pictures, row by row; tiles at the end that are all of one colour are left out. */
export function cutSheet(bitmap, shape, most = Infinity) {
  const { width, height, tileWidth: w, tileHeight: h } = shape;
  const across = Math.floor(bitmap.width / w), down = Math.floor(bitmap.height / h);
  if (!(across >= 1 && down >= 1)) throw new Error(t("dataTile", { w, h, width: bitmap.width, height: bitmap.height }));
  const n = Math.min(across * down, most), area = width * height;
  const bench = new Bench(shape);
  for (let i = 0; i < n; i++) bench.add(bitmap, [(i % across) * w, Math.floor(i / across) * h, w, h]);
  const made = bench.settle();
  while (made.samples.length && flat(made.samples.at(-1), area)) made.samples.pop();
  return made;
}

const flat = (sample, area) => sample.every((v, i) => v === sample[i - (i % area)]);
