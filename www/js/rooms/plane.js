// The page's part of the room in which a run on points of the plane is seen as a whole: what is shown, D's hidden units, data to
// choose, a collapse and its cures. It asks for the game while the room is open, and gives training the larger part of the time.

import { experiments } from "../experiment/tries.js";
import { covered, whenHigh } from "./high.js";
import { most, ofPicture, ofStrokes, ofWord } from "../data/dots.js";
import { giveData } from "../data/given.js";
import { attempt, notice } from "../page/notices.js";
import { reasoned } from "../page/reasons.js";
import { shapeOf } from "../pictures/sample.js";
import { updatesOf } from "../run/beats.js";
import { grouped, sentences, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const restAtLeast = 45; // milliseconds between questions
const shareOfTime = 0.2; // that answering may take from training
const lowest = 300; // CSS pixels of the drawing, however small the window
const below = () => covered() || 96; // of the window that the sentence and the first buttons under the drawing have, or those at the window's foot

/** What can be shown, in the order of its switches; on says what is at first. Each is also its mark in the legend. */
export const layers = [
  { name: "real", on: true }, { name: "fake", on: true }, { name: "field", on: true },
  { name: "arrows", on: true }, { name: "grid", on: false }, { name: "losses", on: true },
];

const preset = "ring-2d";
const many = new Set(["grid", "grid-sharp", "ring-sharp"]); // whose clumps are too many or too narrow for it

/** Runs to try, by the names of their texts: one that collapses, and the same with one thing changed that keeps it from that, or in part. */
export const tries = [["collapse", "collapse"], ["r1", "cured"], ["r3gan", "paired"], ["rates", "slower"], ["packing", "packed"]].map(([name, experiment]) => ({ name, recipe: experiments[experiment].recipe }));

export class PlaneRoom {
  #ganvas;
  #start;
  #beside;
  #datasets;
  #open = false;
  #high; // tells the drawing how high it can be
  #asking = false;
  #stale = true;
  #timer = 0;
  #answered = 0; // when the last answer came
  #rest = restAtLeast;
  #points = null; // whether the run is on points; null before one is known
  #show = Object.fromEntries(layers.map(({ name, on }) => [name, on]));
  #game = null; // the last answer
  #unit = { layer: -1, index: -1 };
  #places = {};
  #drawing = false; // the visitor draws points
  #strokes = new Float32Array(0); // that are drawn

  /** start(wanted, first) begins a run after asking for what is lost, and does what comes first when that is agreed to, and resolves to whether it was; beside(wanted, label) one to compare with; datasets() are the tables' rows. */
  constructor(ganvas, { start, beside, datasets }) {
    this.#ganvas = ganvas;
    this.#start = start;
    this.#beside = beside;
    this.#datasets = datasets;
    this.#switches();
    ganvas.on((event) => this.#follow(event));
    $("plane-update").addEventListener("click", () => attempt(() => this.#ganvas.step(1, "update")));
    $("plane-begin").addEventListener("click", () => this.#start({ preset, recipe: {} }));
    $("plane-beside").addEventListener("click", () => this.#compare());
    for (const { name, recipe } of tries) $(`plane-try-${name}`).addEventListener("click", () => this.#start({ preset, recipe }));
    $("plane-draw").addEventListener("click", () => this.#draw(!this.#drawing));
    $("plane-clear").addEventListener("click", () => this.send("clear"));
    $("plane-train").addEventListener("click", () => this.#give(t("planeDrawnName"), () => ofStrokes(this.#strokes)));
    $("plane-word").addEventListener("submit", (e) => (e.preventDefault(), this.#give($("plane-text").value, () => ofWord($("plane-text").value))));
    const picture = $("plane-file");
    $("plane-picture").addEventListener("click", () => picture.click());
    picture.addEventListener("change", async () => {
      const [file] = picture.files;
      if (file) await this.#give(file.name, () => ofPicture(file));
      picture.value = "";
    });
    document.addEventListener("keydown", (e) => this.#key(e));
    this.#high = whenHigh({ open: () => this.#open, below, least: lowest, tell: (high) => this.tell("high", high) });
    document.addEventListener("visibilitychange", () => this.#soon());
  }

  opened() {
    this.#open = true;
    this.#stale = true;
    this.tell("show", this.#show);
    this.#data();
    this.#high();
    this.#ask();
  }

  closed() {
    this.#open = false;
    this.#draw(false);
    clearTimeout(this.#timer);
  }

  speak() {
    this.#data();
    this.#words();
    this.#say();
  }

  /** Another run has taken the place of the one before. */
  reset(event) {
    if (event.sample) this.#points = shapeOf(event).points;
    this.#game = null;
    this.#unit = { layer: -1, index: -1 };
    this.tell("game", null);
    this.#stale = true;
    this.#say();
    this.#soon();
  }

  /** What the drawing says: where words go, and which unit is shown. */
  heard(topic, data, bytes) {
    if (topic === "places") {
      this.#places = data;
      this.#words();
    }
    if (topic === "unit") {
      this.#unit = data;
      this.#say();
    }
    if (topic === "drawn") {
      this.#strokes = new Float32Array(bytes.slice().buffer);
      $("plane-train").disabled = $("plane-clear").disabled = data.n === 0;
    }
  }

  #draw(on) {
    if (on === this.#drawing) return;
    this.#drawing = on;
    $("plane-draw").setAttribute("aria-pressed", String(on));
    $("plane-own").hidden = !on;
    this.tell("draw", on);
    this.#say();
    if (on) $("studio").focus({ preventScroll: true });
  }

  /** With the drawing in focus arrow keys move the pen, and Enter puts it down or lifts it. */
  #key(e) {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"];
    if (!this.#open || !this.#drawing || document.activeElement?.id !== "studio" || e.ctrlKey || e.metaKey || e.altKey || !keys.includes(e.key)) return;
    e.preventDefault();
    this.send("key", e.key);
  }

  /** Begins a run on points of the visitor's own, which make() makes; what cannot be is said, and the run goes on. */
  async #give(name, make) {
    try {
      const points = await make();
      if (!points) throw new Error(t("planeNothing", { name }));
      const bytes = new Uint8Array(points.buffer);
      const begun = await this.#start({ preset, recipe: { dataset: "own", epochs: "600" } }, () => giveData(this.#ganvas, { format: "points", name, n: most, sample: [2, 1, 1], classes: 0 }, bytes));
      if (begun) this.#draw(false);
    } catch (error) {
      notice(reasoned(error.message));
    }
  }

  #follow({ type }) {
    if (["started", "stepped", "updated", "changed", "sampled", "paused"].includes(type)) this.#stale = true;
    if (type === "started" && this.#open) this.#data();
    if (["paused", "resumed", "updated", "started", "stopped"].includes(type)) this.#turn();
    this.#soon();
  }

  /** The switches of what is shown, which are the legend too. */
  #switches() {
    $("plane-show").replaceChildren(...layers.map(({ name }) => {
      const label = document.createElement("label"), input = document.createElement("input"), mark = document.createElement("i"), words = document.createElement("span");
      label.className = `layer ${name}`;
      Object.assign(input, { type: "checkbox", id: `plane-${name}`, checked: this.#show[name] });
      mark.setAttribute("aria-hidden", "true");
      words.dataset.t = `plane_${name}`;
      words.textContent = t(`plane_${name}`);
      input.addEventListener("change", () => {
        this.#show = { ...this.#show, [name]: input.checked };
        this.tell("show", this.#show);
        this.#words();
      });
      label.append(input, mark, words);
      return label;
    }));
  }

  /** A button for each set of points. */
  #data() {
    const now = this.#ganvas.status().recipe?.dataset;
    $("plane-sets").replaceChildren(...this.#datasets().filter(({ kind }) => kind === "points").map(({ name }) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", id: `plane-set-${name}`, textContent: t(`dots.${name}`) });
      button.setAttribute("aria-pressed", String(name === now));
      button.addEventListener("click", () => this.#start(name === "ring" ? { preset, recipe: {} } : { preset: many.has(name) ? "points" : preset, recipe: { dataset: name } }));
      return button;
    }));
  }

  #soon() {
    if (!this.#open || this.#asking || !this.#stale || document.hidden) return;
    const rest = this.#ganvas.status().state === "running" ? this.#rest : 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, this.#answered + rest - performance.now()));
  }

  async #ask() {
    if (!this.#open || this.#asking || !this.#ganvas.status().recipe) return;
    if (this.#points === null) this.#points = shapeOf(this.#ganvas.sample).points;
    this.#say();
    if (!this.#points) return;
    clearTimeout(this.#timer);
    this.#asking = true;
    this.#stale = false;
    try {
      const { data, bytes } = await this.#ganvas.ask({ type: "plane" });
      if (this.#points) {
        this.#game = data;
        this.tell("game", data, bytes); // a drawing that comes later begins with it
        this.#rest = Math.max(restAtLeast, data.ms / shareOfTime);
        this.#say();
      }
    } catch (error) {
      $("plane-here").textContent = reasoned(error.message); // such as of a run that has just ended: its successor asks anew
      this.#rest = 500;
    } finally {
      this.#asking = false;
      this.#answered = performance.now();
    }
    this.#soon();
  }

  /** Which network's turn the button is for. */
  #turn() {
    const { recipe, updates, state } = this.#ganvas.status();
    if (!recipe) return;
    $("plane-update").disabled = state === "finished" || state === "failed";
    const forD = updates % updatesOf(recipe) < recipe.d_steps;
    const text = t(forD ? "planeUpdateD" : "planeUpdateG");
    if ($("plane-update").textContent !== text) $("plane-update").textContent = text;
  }

  #compare() {
    const { recipe } = this.#ganvas.status(), name = $("plane-cure").value;
    const cure = tries.find((each) => each.name === name);
    if (recipe) this.#beside({ preset, recipe: { ...cure.recipe, seed: String(recipe.seed) } }, t(`planeTry_${name}`));
  }

  /** The words over the drawing's parts. */
  #words() {
    const place = $("plane-words"), game = this.#game;
    const words = [...(game?.units ?? []).map((n, i) => [`units${i}`, t("planeUnits", { layer: i + 1, n, of: grouped(game.widths[i]) })]), ...(this.#show.losses ? [["losses", t("planeLosses")]] : [])];
    place.replaceChildren(...words.filter(([name]) => this.#places[name]).map(([name, text]) => {
      const e = document.createElement("p");
      const [x, y, width] = this.#places[name];
      Object.assign(e.style, { left: `${x}px`, top: `${y}px`, width: `${width}px` });
      e.textContent = text;
      return e;
    }));
  }

  #say() {
    const put = (id, text) => $(id).textContent !== text && ($(id).textContent = text);
    $("plane-none").hidden = this.#points !== false;
    $("plane-show").hidden = $("plane-words").hidden = this.#points === false;
    $("plane-lead").hidden = this.#points === false;
    const { layer, index } = this.#unit;
    const says = this.#points === false ? "" : this.#drawing ? t("planeDrawSays") : this.#game?.fresh ? t("noVerdictSays") : layer >= 0 ? t("planeUnit", { n: index + 1, layer: layer + 1 }) : t("planeHere");
    put("plane-here", says);
    const g = this.#game;
    if (g) this.describe(sentences(t("planeShows", { fakes: g.fakes, reals: g.reals, step: grouped(g.step) }), says));
    this.#turn();
  }
}
