// One value of a layer's activations, taken apart: what lies under the kernel, times the kernel, summed over the input's channels. Its products can be
// gone through one by one.

import { currentLanguage, grouped, sentences, t } from "../strings.js";
import { Window } from "./inside-window.js";

const $ = (id) => document.getElementById(id);
const pace = 260; // milliseconds a product
const resampling = ["upsample", "average", "sum", "blur", "pad"]; // kinds of layers behind which a value lies elsewhere
const mostTerms = 9; // of a sum over places that are written out

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
  #go;
  #pixel = null; // that the visitor chose: [unit, row, column], from 0
  #shown = null; // the inspection's sum
  #turn = 0; // of the walk through the products that goes on
  #window = new Window();

  /** ask() is called when another value has been chosen, go(network, layer) when that is one of another layer. */
  constructor(ask, go) {
    this.#ask = ask;
    this.#go = go;
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
    $("sum-parts").hidden = $("sum-form").hidden = !sum;
    $("sum-walk").hidden = !sum?.shown;
    $("sum-says").textContent = sum ? "" : layer.name === "input" ? t("sumInput") : t("sumNone");
    if (!sum) return this.#window.hide();
    const same = this.#shown && ["unit", "y", "x", "total", "value"].every((key) => this.#shown[key] === sum[key]) && this.#shown.layer === look.layer && this.#shown.network === look.network && this.#shown.language === currentLanguage();
    this.#shown = { ...sum, layer: look.layer, network: look.network, language: currentLanguage() };
    const [c, h, w] = layer.out;
    for (const [id, value, most] of [["sum-unit", sum.unit, c], ["sum-row", sum.y, h], ["sum-column", sum.x, w]]) {
      const input = $(id);
      input.max = String(most);
      if (document.activeElement !== input) input.value = String(value + 1);
      input.parentElement.hidden = most === 1;
    }
    $("sum-says").textContent = sentences(...this.#told(sum, layer));
    this.#window.show(sum, layer.kinds[0] === "deconv", sum.map && map(sum.map, 0, bytes), this.#output(sum, layer, a, bytes));
    if (same) return;
    this.#turn++;
    const parts = sum.shown ? this.#products(sum, look, layer) : sum.ways.map((way) => this.#way(way, look));
    $("sum-parts").replaceChildren(...parts);
  }

  /** How a value comes about, in sentences. */
  #told(sum, layer) {
    const [c, h, w] = layer.out, [kind] = layer.kinds, place = placed(sum, h * w > 1), numbers = { n: grouped(sum.channels ?? 0), total: number(sum.total), value: number(sum.value) };
    if (sum.shown) {
      const how = kind === "deconv" ? "sumTransposed" : kind === "labelproduct" ? "sumLabelled" : sum.h * sum.w > 1 ? "sumConv" : "sumDense";
      const wrapped = layer.kinds.find((k) => k === "spectral" || k === "equalized");
      return [t(how, { place }), wrapped ? t("sumReweighed", { kind: t(`layers.${wrapped}`) }) : "", this.#gathered(sum, layer), t("sumIs", numbers)];
    }
    const how = kind === "residual" ? "sumAdded" : kind === "fade" ? "sumFaded" : sum.ways.length > 1 ? "sumSpread" : "sumSame";
    return [t(how, { place }), this.#gathered(sum, layer), sum.ways.length > 1 ? t("sumTogether", numbers) : "", sum.value === sum.total ? "" : t("sumBecomes", numbers)];
  }

  /** That several of the layer's values come together in one, where they do. */
  #gathered({ over }, layer) {
    if (!over || over.length < 2) return "";
    const how = layer.kinds.filter((kind) => resampling.includes(kind)).map((kind) => t(`layers.${kind}`)).join(t("comma"));
    const list = over.slice(0, mostTerms).map(({ share, value }) => `${number(share)} × ${number(value)}`).join(" + ") + (over.length > mostTerms ? " + …" : "");
    return t("sumOver", { n: grouped(over.length), how, list, first: number(over[0].value) });
  }

  #products(sum, look, layer) {
    const rest = sum.channels - sum.shown.length, first = sum.over[0].value;
    const before = look[look.network][look[look.network].indexOf(layer) - 1], told = before?.kinds.includes("label") ? before.out[0] - before.in[0] : 0;
    const rows = sum.shown.map((product, i) => this.#row(product, sum, i, sum.channels === layer.in[0] ? sum.channels - told : Infinity));
    return rest > 0 ? [...rows, line(t("sumRest", { n: grouped(rest), sum: number(first - sum.shown.reduce((all, p) => all + p.sum, 0)) }))] : rows;
  }

  /** A value of another layer that goes in as it is, with a button that leads there. */
  #way(way, look) {
    const row = document.createElement("div"), there = look[look.network].find((l) => l.name === way.layer), go = document.createElement("button");
    row.className = "product";
    go.type = "button";
    go.title = t("sumGo");
    go.textContent = t("sumWay", { layer: `${t(`layers.${there.kinds[0] ?? "image"}`)} ${way.layer}`, place: placed(way, there.out[1] * there.out[2] > 1) });
    go.addEventListener("click", () => {
      this.#go(look.network, way.layer);
      this.#choose([way.unit, way.y, way.x]);
    });
    row.append(go, label(`${way.share === 1 ? "" : `${number(way.share)} × `}${number(way.value)}`, "result"));
    return row;
  }

  /** The whole map that the value lies in, where it is on the page of maps and nothing behind the layer has changed its size. */
  #output(sum, layer, a, bytes) {
    const at = sum.unit - a.from, [over] = sum.over ?? [];
    if (a.colours || !over || sum.over.length > 1 || over.y !== sum.y || over.x !== sum.x || layer.kinds.some((kind) => resampling.includes(kind)) || at < 0 || at >= a.units) return null;
    return map(a, at, bytes);
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

  #row({ channel, patch, kernel, sum: product }, { h, w, channels }, i, labels) {
    const row = document.createElement("div");
    row.className = "product";
    if (channels > 1) row.append(label(channel < labels ? t("sumChannel", { n: grouped(channel + 1) }) : t("sumLabel", { n: channel - labels })));
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

/** Where a value is, in words. */
const placed = ({ unit, y, x }, maps) => (maps ? t("sumPlace", { unit: grouped(unit + 1), y: y + 1, x: x + 1 }) : t("sumUnit", { unit: grouped(unit + 1) }));

/** The values of a picture of tiles. */
function map(tiles, unit, bytes) {
  const n = tiles.h * tiles.w;
  return { values: Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset + tiles.at + unit * tiles.each * n, n), (v) => (v / 127) * tiles.scale), scale: tiles.scale };
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
