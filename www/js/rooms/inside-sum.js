// One value of a layer's activations, taken apart: what lies under the kernel, times the kernel, summed over the input's channels. Its products can be
// gone through one by one.

import { grouped, sentences, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const pace = 260; // milliseconds a product

/** How many of a layer's values rest, or are at their end, as shares of all; maps that are silent as a whole, of how many. */
export function silence(values, units) {
  const each = values.length / units;
  let resting = 0, ended = 0, silent = 0;
  for (let u = 0; u < units; u++) {
    let alive = false;
    for (let i = u * each; i < (u + 1) * each; i++) {
      if (values[i] <= 0) resting++;
      else alive = true;
      if (Math.abs(values[i]) > 0.97) ended++;
    }
    if (!alive) silent++;
  }
  return { resting: resting / values.length, ended: ended / values.length, silent };
}

/** The products of a sum's channel in their order, with what they come to so far. */
export function running({ patch, kernel }) {
  let sum = 0;
  return patch.map((x, k) => ({ x, w: kernel[k], sum: (sum += x * kernel[k]) }));
}

const number = (v) => (v < 0 ? "−" : "") + Math.abs(v).toFixed(Math.abs(v) < 9.995 ? 2 : 1);

export class Sum {
  #ask;
  #pixel = null; // that the visitor chose: [unit, row, column], from 0
  #shown = null; // the inspection's sum
  #turn = 0; // of the walk through the products that goes on

  /** ask() is called when another value has been chosen. */
  constructor(ask) {
    this.#ask = ask;
    $("sum-form").addEventListener("input", (e) => {
      if (!e.target.checkValidity()) return;
      this.#choose([$("sum-unit"), $("sum-row"), $("sum-column")].map((input) => Math.max(0, Number(input.value) - 1)));
    });
    $("sum-walk").addEventListener("click", () => this.#walk());
  }

  /** The value that is asked for in a layer with this output: the chosen one, or the middle of the first map where that is none of the layer's. */
  wanted([c, h, w]) {
    const [unit, y, x] = this.#pixel ?? [0, h >> 1, w >> 1];
    return unit < c && y < h && x < w ? [unit, y, x] : [0, h >> 1, w >> 1];
  }

  /** The drawing says that a value was clicked. */
  picked({ unit, y, x }) {
    this.#choose([unit, y, x]);
  }

  #choose(pixel) {
    this.#pixel = pixel;
    this.#ask();
  }

  /** Another layer is shown. */
  forget() {
    this.#pixel = null;
  }

  /** Shows an inspection's sum, and what the layer's values say of it. */
  show(look, layer, describe, bytes) {
    const { sum, activations: a } = look;
    $("sum").hidden = !a;
    if (!a) return;
    $("sum-silence").textContent = a.image ? "" : this.#quiet(layer, a, bytes);
    $("sum-parts").hidden = $("sum-form").hidden = $("sum-walk").hidden = !sum;
    $("sum-says").textContent = sum ? "" : layer.name === "input" ? t("sumInput") : t("sumNone");
    if (!sum) return;
    const same = this.#shown && ["unit", "y", "x", "total", "value"].every((key) => this.#shown[key] === sum[key]) && this.#shown.layer === look.layer;
    this.#shown = { ...sum, layer: look.layer };
    const [c, h, w] = layer.out;
    for (const [id, value, most] of [["sum-unit", sum.unit, c], ["sum-row", sum.y, h], ["sum-column", sum.x, w]]) {
      const input = $(id);
      input.max = String(most);
      if (document.activeElement !== input) input.value = String(value + 1);
      input.parentElement.hidden = most === 1;
    }
    const what = describe(layer);
    const place = h * w > 1 ? t("sumPlace", { unit: grouped(sum.unit + 1), y: sum.y + 1, x: sum.x + 1 }) : t("sumUnit", { unit: grouped(sum.unit + 1) });
    const rest = sum.channels - sum.shown.length;
    $("sum-says").textContent = sentences(t(layer.kinds[0] === "deconv" ? "sumTransposed" : sum.h * sum.w > 1 ? "sumConv" : "sumDense", { place, what }), t("sumIs", { n: grouped(sum.channels), total: number(sum.total), value: number(sum.value) }));
    if (same) return;
    this.#turn++;
    $("sum-parts").replaceChildren(...sum.shown.map((product, i) => this.#row(product, sum, i)), ...(rest > 0 ? [line(t("sumRest", { n: grouped(rest), sum: number(sum.total - sum.shown.reduce((all, p) => all + p.sum, 0)) }))] : []));
  }

  /** What the values on a page of the layer's maps say, in a sentence. */
  #quiet(layer, a, bytes) {
    const n = a.units * a.each * a.h * a.w;
    const values = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset + a.at, n), (v) => (v / 127) * a.scale);
    const { resting, ended, silent } = silence(values, a.units);
    const percent = (v) => Math.round(100 * v);
    if (layer.kinds.includes("tanh")) return t("sumEnded", { p: percent(ended) });
    if (!layer.kinds.some((kind) => kind === "relu" || kind === "leaky")) return "";
    const rest = t(layer.kinds.includes("relu") ? "sumResting" : "sumBelow", { p: percent(resting) });
    return sentences(rest, a.h * a.w > 1 && a.total > 1 ? t(silent ? "sumSilent" : "sumNoneSilent", { n: silent, of: a.units }) : "");
  }

  #row({ channel, patch, kernel, sum: product }, { h, w, channels }, i) {
    const row = document.createElement("div");
    row.className = "product";
    if (channels > 1) row.append(label(t("sumChannel", { n: grouped(channel + 1) })));
    row.append(grid(patch, w, "patch", t("sumPatch")), label("×"), grid(kernel, w, "kernel", t("sumKernel")), label("="), label(number(product), "result"));
    row.dataset.first = String(i === 0 && h * w > 1);
    return row;
  }

  /** Goes through the first channel's products one by one. */
  async #walk() {
    const mine = ++this.#turn, row = $("sum-parts").firstChild, [first] = this.#shown.shown;
    const cells = ["patch", "kernel"].map((kind) => [...row.querySelectorAll(`.${kind} i`)]), result = row.querySelector(".result");
    const steps = running(first), slow = matchMedia("(prefers-reduced-motion: reduce)").matches ? 4 * pace : pace;
    for (let k = 0; k < steps.length && mine === this.#turn; k++) {
      for (const all of cells) all.forEach((cell, i) => cell.classList.toggle("now", i === k));
      const { x, w, sum } = steps[k];
      result.textContent = `${number(x)} × ${number(w)} → ${number(sum)}`;
      await new Promise((done) => setTimeout(done, slow));
    }
    if (mine !== this.#turn) return;
    for (const all of cells) for (const cell of all) cell.classList.remove("now");
    result.textContent = number(first.sum);
  }
}

/** A small square of values, each in its colour and written out. */
function grid(values, columns, kind, name) {
  const box = document.createElement("span"), most = Math.max(...values.map(Math.abs), 1e-9);
  box.className = `values ${kind}`;
  box.style.gridTemplateColumns = `repeat(${columns}, auto)`;
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", `${name}: ${values.map(number).join(", ")}`);
  box.append(...values.map((v) => {
    const cell = document.createElement("i");
    cell.className = v < 0 ? "minus" : "plus";
    cell.style.setProperty("--much", String(Math.round((70 * Math.abs(v)) / most)));
    cell.textContent = number(v);
    return cell;
  }));
  return box;
}

function label(text, kind = "") {
  const e = document.createElement("span");
  e.className = kind;
  e.textContent = text;
  return e;
}

function line(text) {
  const p = document.createElement("p");
  p.className = "says";
  p.textContent = text;
  return p;
}
