// Samples of many pictures at one shape, made by Workers before they are asked for.

import { changes, groundOf } from "./bench.js";
import { settled } from "./batch.js";
import { hands } from "./hands.js";
import { areaOf } from "./size.js";

const most = 32; // pictures of a batch
const roomy = 8e6; // pixels of a batch, unless it's one picture
const busiest = 64e6; // pixels that are decoded at the same time

export class Making {
  #batches; // of pictures
  #lanes; // how many are made at the same time
  #shape;
  #make;
  #made = []; // promises of what became of each, in order
  #all = null;
  #stopped = false;

  /** make(lane, pictures, shape) resolves to what made() gives, null where it was ended. */
  constructor(pictures, shape, make) {
    this.#shape = shape;
    this.#make = make;
    this.#batches = batched(pictures);
    const largest = Math.max(...this.#batches.map(areaOfAll));
    this.#lanes = Math.max(1, Math.min(2 * hands, Math.floor(busiest / largest)));
  }

  /** Nothing more is begun. */
  stop() {
    this.#stopped = true;
  }

  /** Begins with all of them; resolves when they are made. It is the same promise each time. */
  all() {
    return (this.#all ??= Promise.all(this.#batches.map((_, b) => this.#batch(b))));
  }

  /** What becomes of a batch. Its lane makes those before it first. */
  #batch(b) {
    while (this.#made.length <= b) {
      const next = this.#made.length, before = this.#made[next - this.#lanes];
      const made = (async () => {
        await before;
        return this.#stopped ? null : this.#make(next % this.#lanes, this.#batches[next], this.#shape);
      })();
      made.catch(() => {}); // whoever waits for it is told
      this.#made.push(made);
    }
    return this.#made[b];
  }

  /** One batch after the other, each with its pictures: [pictures, made]. */
  async *parts() {
    for (const [b, pictures] of this.#batches.entries()) {
      const made = await this.#batch(b);
      if (!made) return;
      yield [pictures, made];
    }
  }

  /**
   * The first n samples: {blobs, n, kept, ground, clear, colour}. blobs are their bytes, kept the pictures, ground is [red, green, blue],
   * and the last two count samples. Batches are taken whole. settle {channels, invert, ground} is what may differ from the shape that they were made at; told(have, total) hears how many were looked at.
   */
  async take(settle, { n = Infinity, told = () => {} } = {}) {
    const shape = { ...this.#shape, ...settle }, parts = [], kept = [], sum = { clear: 0, colour: 0, light: 0, ink: 0 };
    const total = this.#batches.reduce((all, { length }) => all + length, 0);
    let have = 0;
    for await (const [pictures, part] of this.parts()) {
      parts.push(part);
      for (const k of part.whole) kept.push(pictures[k]);
      for (const key of Object.keys(sum)) sum[key] += part.sum[key];
      told((have += pictures.length), total);
      if (kept.length >= n) break;
    }
    const ground = groundOf(sum, shape), blobs = [];
    for (const part of parts) blobs.push(changes(part.sum, shape) ? new Blob([await settled(part, shape, ground)]) : part.blob);
    return { blobs, n: kept.length, kept, ground, clear: sum.clear, colour: sum.colour };
  }
}

/** Pictures in batches of so many that decoding them at once takes little room. */
function batched(pictures) {
  const all = [];
  let area = Infinity;
  for (const one of pictures) {
    const its = areaOfOne(one);
    if (area + its > roomy || all.at(-1).length === most) {
      all.push([]);
      area = 0;
    }
    all.at(-1).push(one);
    area += its;
  }
  return all;
}

const areaOfOne = ({ file, pixels }) => (pixels ? pixels.width * pixels.height : areaOf(file));
const areaOfAll = (pictures) => pictures.reduce((sum, one) => sum + areaOfOne(one), 0);
