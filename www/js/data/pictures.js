// Pictures as samples: decoded by the browser, upright, then cropped, scaled, laid on a ground and inverted as chosen.

import { decoded, sent } from "./batch.js";
import { groundOf, sampleOf, settle, summedUp } from "./bench.js";
import { Hands } from "./hands.js";
import { Making } from "./making.js";
import { t } from "../strings.js";
import { pixelsOf } from "../weights/converter.js";

const mostBad = 0.1; // share of pictures that cannot be decoded which are left out without a word from the visitor; one is, of however few

/**
 * Files of pictures, decoded when they are needed. Those that cannot be are told to bad(name), once each, and left out. Samples of all are
 * made by Workers from the moment that a shape is known, once for each size, and kept until another is asked for.
 */
export class Pictures {
  #first; // {file, at, pixels}: each file, its place among all, and what the browser cannot decode once it is decoded
  #every = false;
  #apart = null; // the same with each frame of animated GIFs
  #taken;
  #broken = new Set(); // of these
  #bad;
  #hands = new Hands();
  #making = null; // samples of all, of what key says
  #key = [];

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
    } catch {
      if (await takenApart(one)) return decoded(one);
      this.#breaks(one);
      return null;
    }
  }

  #breaks(one) {
    if (!this.#broken.has(one)) this.#bad(one.file.name); // else told while this one waited
    this.#broken.add(one);
  }

  /** Samples of all pictures at a shape; whatever was being made at another size is given up. */
  #at({ width, height, channels, fit }) {
    const key = [this.#taken, width, height, channels, fit];
    if (key.every((part, i) => part === this.#key[i])) return this.#making;
    this.stop();
    this.#key = key;
    const whole = this.#taken.filter((one) => !this.#broken.has(one));
    return (this.#making = new Making(whole, { width, height, channels, fit }, (...asked) => this.#make(...asked)));
  }

  async #make(lane, pictures, shape) {
    const ask = () => this.#hands.make(lane, sent(pictures), shape);
    let made = await ask(), again = false;
    for (const k of made?.broken ?? []) again = (await takenApart(pictures[k])) || again;
    if (again) made = await ask();
    for (const k of made?.broken ?? []) this.#breaks(pictures[k]);
    return made;
  }

  /** Makes samples of all at a shape, which take() then finds; resolves, one promise for each shape, when each was looked at. */
  ahead(shape) {
    return this.#at(shape).all();
  }

  /** The first n whole ones as Making.take gives them, and as kept their files' places. */
  async take(shape, how) {
    const made = await this.#at(shape).take(shape, how);
    return { ...made, kept: made.kept.map(({ at }) => at) };
  }

  /** Gives up what is being made, and its Workers. */
  stop() {
    this.#making?.stop();
    this.#hands.end();
    this.#making = null;
    this.#key = [];
  }
}

const isGIF = ({ name, type }) => type === "image/gif" || /\.gif$/i.test(name);

/** Whether a picture that the browser does not decode is one of a TIFF file, which most browsers do not; its pixels are beside it then. */
async function takenApart(one) {
  if (one.pixels || !(await isTIFF(one.file))) return false;
  [one.pixels] = await unpacked(one.file).catch(damaged);
  return Boolean(one.pixels);
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

/** The tiles of a sheet, row by row: {samples, ground, clear, colour}, as Making.take has them, bytes in place of Blobs. Tiles at the end that are all of one colour are left out. */
export function cutSheet(bitmap, shape, most = Infinity) {
  const { width, height, tileWidth: w, tileHeight: h } = shape;
  const across = Math.floor(bitmap.width / w), down = Math.floor(bitmap.height / h);
  if (!(across >= 1 && down >= 1)) throw new Error(t("dataTile", { w, h, width: bitmap.width, height: bitmap.height }));
  const n = Math.min(across * down, most), area = width * height;
  const canvas = document.createElement("canvas");
  const cut = Array.from({ length: n }, (_, i) => sampleOf(bitmap, [(i % across) * w, Math.floor(i / across) * h, w, h], shape, canvas));
  const sum = summedUp(cut), ground = groundOf(sum, shape);
  for (const sample of cut) settle(sample, shape, ground);
  const samples = cut.map(({ bytes }) => bytes);
  while (samples.length && flat(samples.at(-1), area)) samples.pop();
  return { samples, ground, clear: sum.clear, colour: sum.colour };
}

const flat = (sample, area) => sample.every((v, i) => v === sample[i - (i % area)]);
