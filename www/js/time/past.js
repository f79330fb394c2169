// The run's past as a source for the time line: where its moments and whole states are, their pictures, and where it
// branched off.

import { shapeOf } from "../pictures/sample.js";
import { fieldTexts, t } from "../strings.js";

export class Past {
  #ganvas;
  #moments = []; // {step}
  #states = []; // steps
  #marks = [];
  #thumbs = new Map(); // by step
  #newest = 0;
  #changed;

  /** changed is called when there is something new to draw. */
  constructor(ganvas, changed) {
    this.#ganvas = ganvas;
    this.#changed = changed;
  }

  /** Takes what the run says. */
  hear(event, bytes) {
    if (event.type === "loading") return;
    this.#newest = event.step;
    if (event.type === "sampled") this.#thumbs.set(event.step, thumbOf(event.sheet, bytes));
    if (event.type === "remembered") this.#take(event.data);
    if (event.type === "remembered" || event.type === "paused") this.#changed();
  }

  /** Another run has taken the place of the one before, or goes on from its past. */
  reset({ continues }) {
    this.#moments = this.#marks = this.#states = [];
    if (!continues) this.#thumbs.clear();
    this.#changed();
  }

  #take({ moments, states, marks }) {
    this.#moments = moments.map((step) => ({ step }));
    this.#states = states;
    this.#marks = marks;
    for (const step of this.#thumbs.keys()) if (!moments.includes(step)) this.#thumbs.delete(step);
  }

  get newest() {
    return this.#newest;
  }

  moments() {
    return this.#moments;
  }

  states() {
    return this.#states;
  }

  marks() {
    return this.#marks.map((m) => ({ step: m.step, text: m.field ? t("branched", { field: fieldTexts({ name: m.field }).label, to: m.to, step: m.step }) : "" }));
  }

  /** The small picture of a moment. */
  thumb(step) {
    return this.#thumbs.get(step) ?? null;
  }

  async show(step) {
    const { data, bytes } = await this.#ganvas.ask({ type: "moment", step });
    return { ...data, bytes };
  }

  /** The step of the whole state that a branch from this step begins at; null where none is kept. */
  stateNear(step) {
    return this.#states.reduce((a, b) => (a === null || Math.abs(b - step) < Math.abs(a - step) ? b : a), null);
  }
}

function thumbOf(sheet, bytes) {
  const shape = shapeOf(sheet);
  return { shape, bytes: bytes.slice(0, shape.points ? shape.size * sheet.fakes : shape.size) };
}
