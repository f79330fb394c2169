// Reading the curves off and zooming into them, by pointer, finger and keys. The page knows which steps the chart shows; the drawing draws them.

import { t } from "../strings.js";

const parts = [1, 0.5, 0.1]; // of the run, its last ones, that the button goes through
const least = 8; // CSS pixels that a drag must be long
const fewest = 4; // steps that can be zoomed to
const strides = 50; // key presses from one edge to the other

/** The steps at the chart's edges in a run of so many, of which those before are not known, as the drawing has them. */
export function span({ part, from, to }, steps, before = 0) {
  if (to > from) return [from, to];
  const last = Math.max(steps, before + 10);
  return [last - Math.trunc((last - before) * part), last];
}

/** The view between two steps in either order, or the view itself where they are too near each other. */
export function zoomed(view, a, b) {
  const from = Math.max(0, Math.min(a, b)), to = Math.max(a, b);
  return to - from < fewest ? view : { ...view, from, to };
}

/** Zooms by a factor around a step, within the run; what one edge lacks goes to the other. One that takes in the whole run is the whole run. */
export function scaled(view, steps, at, factor, before = 0) {
  const [first, last] = span(view, steps, before), end = Math.max(steps, before + 10), wide = (last - first) / factor;
  if (wide >= end - before) return { ...view, from: 0, to: 0, part: 1 };
  const from = Math.max(before, Math.min(end - wide, at - (at - first) / factor));
  return zoomed(view, Math.round(from), Math.round(from + wide));
}

export class Zoom {
  #plot = document.getElementById("curves-plot");
  #button = document.getElementById("curves-part");
  #steps = 0; // of the run
  #before = 0; // the first of them that is known
  #view = { part: 1, calm: false, from: 0, to: 0 };
  #at = -1; // the step that is read off
  #began = null; // the step where a part is being marked
  #fingers = new Map();
  #tell;

  /** tell(view) is called with what the drawing is to show. */
  constructor(tell) {
    this.#tell = tell;
    const plot = this.#plot;
    plot.addEventListener("pointerdown", (e) => this.#down(e));
    plot.addEventListener("pointermove", (e) => this.#move(e));
    plot.addEventListener("pointerup", (e) => this.#up(e));
    plot.addEventListener("pointercancel", (e) => this.#leave(e));
    plot.addEventListener("pointerleave", (e) => e.pointerType !== "touch" && this.#began === null && this.#leave(e));
    plot.addEventListener("dblclick", () => this.whole());
    plot.addEventListener("keydown", (e) => this.#key(e));
    plot.addEventListener("focus", () => plot.matches(":focus-visible") && this.#read(this.#at < 0 ? this.#span[1] : this.#at));
    plot.addEventListener("blur", () => this.#leave());
    this.#button.addEventListener("click", () => (this.#isZoomed ? this.whole() : this.look({ part: parts[(parts.indexOf(this.#view.part) + 1) % parts.length] })));
  }

  get view() {
    return this.#view;
  }

  /** The steps at the chart's edges. */
  get #span() {
    return span(this.#view, this.#steps, this.#before);
  }

  get #isZoomed() {
    return this.#view.to > this.#view.from;
  }

  /** The run has that many steps, and those after begin are told of; another run begins with its whole. */
  went(steps, begin) {
    if (this.#steps === 0 || begin < this.#before) this.#before = Math.max(0, begin);
    this.#steps = steps;
    this.#values();
  }

  reset() {
    this.#steps = this.#before = 0;
    this.#at = -1;
    this.whole();
  }

  look(change) {
    Object.assign(this.#view, change);
    this.#show();
  }

  /** The way back. */
  whole() {
    this.look({ from: 0, to: 0, part: 1 });
  }

  /** What the drawing reads off. */
  says(text) {
    this.#plot.setAttribute("aria-valuetext", text);
  }

  speak() {
    const { part } = this.#view;
    this.#button.textContent = this.#isZoomed ? "↔" : { 1: "1×", 0.5: "2×", 0.1: "10×" }[part];
    this.#button.setAttribute("aria-label", this.#isZoomed ? t("curvesWhole") : t("curvesPartIs", { x: Math.round(1 / part) }));
    this.#button.title = this.#isZoomed ? t("curvesWhole") : t("curvesPart");
  }

  #show() {
    const { part, calm, from, to } = this.#view, marked = this.#began !== null && this.#at >= 0 ? [this.#began, this.#at] : [0, 0];
    this.#tell({ Part: part, Calm: calm, From: from, To: to, At: this.#at, Marked: marked });
    this.speak();
    this.#values();
  }

  #values() {
    const [first, last] = this.#span;
    for (const [name, value] of [["min", first], ["max", last], ["now", Math.max(first, Math.min(last, this.#at < 0 ? last : this.#at))]]) this.#plot.setAttribute(`aria-value${name}`, String(value));
  }

  #stepAt(x) {
    const box = this.#plot.getBoundingClientRect(), [first, last] = this.#span;
    return Math.round(first + (last - first) * Math.max(0, Math.min(1, (x - box.left) / box.width)));
  }

  #read(step) {
    this.#at = step;
    this.#show();
  }

  #down(e) {
    if (e.button !== 0) return;
    this.#plot.setPointerCapture(e.pointerId);
    this.#fingers.set(e.pointerId, e.clientX);
    this.#began = this.#fingers.size === 1 ? this.#stepAt(e.clientX) : null;
    this.#read(this.#stepAt(e.clientX));
  }

  #move(e) {
    if (this.#fingers.size < 2) return this.#read(this.#stepAt(e.clientX));
    if (!this.#fingers.has(e.pointerId)) return;
    const [a, b] = [...this.#fingers.values()], before = Math.abs(a - b);
    this.#fingers.set(e.pointerId, e.clientX);
    const [c, d] = [...this.#fingers.values()], now = Math.abs(c - d);
    if (before > least && now > least) this.look(scaled(this.#view, this.#steps, this.#stepAt((c + d) / 2), now / before, this.#before));
  }

  #up(e) {
    const began = this.#began, from = this.#fingers.get(e.pointerId);
    this.#fingers.delete(e.pointerId);
    this.#began = null;
    if (began !== null && Math.abs(e.clientX - from) >= least) Object.assign(this.#view, zoomed(this.#view, began, this.#stepAt(e.clientX)));
    this.#show();
  }

  #leave(e) {
    if (e) this.#fingers.delete(e.pointerId);
    this.#began = null;
    this.#at = -1;
    this.#show();
  }

  #key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const [first, last] = this.#span, at = this.#at < 0 ? last : this.#at, by = Math.max(1, Math.round((last - first) / strides));
    const to = { ArrowRight: at + by, ArrowUp: at + by, ArrowLeft: at - by, ArrowDown: at - by, Home: first, End: last }[e.key];
    if (to !== undefined) {
      if (!e.shiftKey) this.#began = null;
      else this.#began ??= at;
      this.#read(Math.max(first, Math.min(last, to)));
    } else if (e.key === "Enter" && this.#began !== null) {
      Object.assign(this.#view, zoomed(this.#view, this.#began, at));
      this.#began = null;
      this.#show();
    } else if (e.key === "+" || e.key === "=") this.look(scaled(this.#view, this.#steps, at, 2, this.#before));
    else if (e.key === "-") this.look(scaled(this.#view, this.#steps, at, 0.5, this.#before));
    else if (e.key === "Escape" || e.key === "Backspace") {
      if (!this.#isZoomed && this.#began === null && this.#view.part === 1) return;
      this.#began = null;
      this.whole();
    } else return;
    e.preventDefault();
    e.stopPropagation();
  }
}
