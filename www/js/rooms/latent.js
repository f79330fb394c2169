// The page's part of the room of the latent space: the anchors, the number to write, the walk, and files of all of it. The drawing says which noise it wants images of; this part asks the trainer for them.

import { classesOf } from "../data/classes.js";
import { named, give } from "../files.js";
import { attempt } from "../page/notices.js";
import { shapeOf } from "../pictures/sample.js";
import { t } from "../strings.js";
import { Sliders } from "./sliders.js";

const $ = (id) => document.getElementById(id);
const letters = ["a", "b", "c"];
const walkPictures = 48; // in the GIF of a walk, there and back
const settles = 400; // milliseconds after which a place is told and measured

export class LatentRoom {
  #ganvas;
  #open = false;
  #current = false; // the drawing has this run's noise
  #run = null; // what began it, which says what classes its data have
  #info = null; // of the fixed noise: {rows, values, labels, classes}
  #conditional = false;
  #points = false; // the run is on points of the plane
  #place = null; // what the drawing said last: {u, v, walk, onWay, anchors, next, turned, rows}
  #noise = null; // of the picture that is here
  #sliders;
  #playing = false;
  #settling = 0;

  constructor(ganvas) {
    this.#ganvas = ganvas;
    this.#sliders = new Sliders(ganvas, (topic, data) => this.send(topic, data));
    ganvas.on((event) => this.#follow(event));
    letters.forEach((letter, anchor) => {
      $(`anchor-${letter}`).addEventListener("change", ({ target }) => this.#anchor(anchor, target));
    });
    $("anchors-other").addEventListener("click", () => this.#others());
    $("latent-write").addEventListener("input", ({ target }) => {
      if (target.value && target.validity.valid) this.tell("write", { text: target.value });
      this.#named();
    });
    for (const [id, key] of [["latent-closer", "+"], ["latent-farther", "-"], ["latent-whole", "Home"]]) $(id).addEventListener("click", () => this.send("key", { key }));
    $("walk").addEventListener("input", ({ target }) => {
      this.#play(false);
      this.send("walk", { t: target.value / 100 });
    });
    $("walk-play").addEventListener("click", () => this.#play(!this.#playing));
    $("latent-png").addEventListener("click", () => this.send("export", { what: "field" }));
    $("latent-gif").addEventListener("click", () => this.send("export", { what: "walk", pictures: walkPictures }));
    $("latent-values").addEventListener("toggle", () => this.#measure());
    document.addEventListener("keydown", (e) => this.#key(e));
  }

  opened() {
    this.#open = true;
    this.#refresh();
  }

  closed() {
    this.#open = false;
    this.#play(false);
  }

  speak() {
    this.#lead();
    this.#named();
    this.#words();
    this.#sliders.show();
  }

  /** What the drawing says. */
  heard(topic, data, bytes) {
    if (topic === "want") this.#make(data, bytes);
    if (topic === "export") attempt(() => this.#save(data, bytes));
    if (topic === "place") this.#arrive(data, bytes);
  }

  #follow(event) {
    if (event.type === "sampled") {
      this.#points = shapeOf(event.sheet).points;
      $("latent-files").hidden = this.#points;
      this.#lead();
    }
  }

  /** Another run has taken the place of the one before. */
  reset(event) {
    this.#conditional = event.recipe.conditional;
    this.#run = event;
    this.moved();
  }

  /** The generator is another: what the field shows is not its. */
  moved() {
    this.#play(false);
    this.#current = false;
    this.#refresh();
  }

  /** Gives the drawing the run's noise, once, when the room is open. */
  async #refresh() {
    if (!this.#open || this.#current || !this.#ganvas.status().recipe) return;
    this.#current = true;
    this.#conditional = this.#ganvas.status().recipe.conditional;
    const told = await attempt(async () => {
      const { data, bytes } = await this.#ganvas.ask({ type: "noise" });
      this.#info = data;
      this.#write(data);
      this.tell("noise", data, bytes);
      return true;
    });
    if (!told) this.#current = false;
  }

  /** Shows what a conditional generator can be asked for. */
  #write({ classes, labels }) {
    $("latent-write-label").hidden = !this.#conditional;
    const input = $("latent-write");
    const top = Math.min(10, classes) - 1;
    input.pattern = `[0-${top}]{1,8}`;
    if (this.#conditional && (!input.value || !input.validity.valid)) input.value = String(labels?.[0] ?? 0);
    this.tell("write", { text: this.#conditional ? input.value : "" });
    this.#named();
  }

  /** Says which classes the digits that are written stand for, where these have names. */
  #named() {
    const names = classesOf(this.#run), written = [...new Set($("latent-write").value)];
    $("latent-classes").textContent = written.filter((digit) => names[digit] && names[digit] !== digit).map((digit) => `${digit}: ${names[digit]}`).join(t("comma"));
  }

  /** Says what the room shows. */
  #lead() {
    $("latent-says").textContent = t(this.#points ? "latentPoints" : "latentSays");
  }

  async #make({ id, text, format }, noise) {
    try {
      const { data, bytes } = await this.#ganvas.ask({ type: "images", digit: -1, text, format }, noise);
      this.send("made", { id, ms: data.ms }, bytes);
    } catch {
      this.send("made", { id, failed: true }); // the run has ended or changed: its successor asks anew
    }
  }

  async #save({ format, count, text, what }, noise) {
    const bytes = await this.#ganvas.export(format, { noise, count, text });
    give(named(this.#ganvas, `${what}-`, format), new Blob([bytes], { type: `image/${format}` }));
  }

  #anchor(anchor, input) {
    const row = Number(input.value) - 1;
    if (Number.isInteger(row) && row >= 0 && row < (this.#info?.rows ?? 0)) this.send("anchor", { anchor, row });
    this.#inputs();
  }

  /** Three anchors by chance. */
  #others() {
    const rows = this.#info?.rows ?? 0;
    const free = Array.from({ length: rows }, (_, row) => row);
    letters.forEach((_, anchor) => {
      const [row] = free.splice(Math.floor(Math.random() * free.length), 1);
      if (row !== undefined) this.send("anchor", { anchor, row });
    });
  }

  #play(on) {
    if (on === this.#playing) return;
    this.#playing = on;
    this.send("play", { on });
    this.#words();
    if (!on) this.#measure();
  }

  /** Arrow keys and the like move the field while the drawing has the focus. */
  #key(e) {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-", "Home", "Enter"];
    const key = e.key === "=" ? "+" : e.key;
    if (!this.#open || document.activeElement?.id !== "studio" || e.ctrlKey || e.metaKey || e.altKey || !keys.includes(key)) return;
    e.preventDefault();
    this.send("key", { key });
  }

  /** The drawing has moved to a place. */
  #arrive(place, bytes) {
    this.#place = place;
    this.#noise = new Float32Array(bytes.slice().buffer);
    if (place.onWay) $("walk").value = Math.round(100 * place.walk);
    else if (this.#playing) this.#play(false);
    this.#inputs();
    this.#sliders.take(this.#noise, place.turned);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#words();
      this.#measure();
    }, settles);
  }

  /** Has the sliders show the noise values that change the picture here most. */
  #measure() {
    if (!this.#open || !this.#noise || this.#playing || this.#place.turned) return;
    this.#sliders.measure(this.#conditional ? Number($("latent-write").value[0]) : -1);
  }

  #inputs() {
    letters.forEach((letter, anchor) => {
      $(`anchor-${letter}`).max = this.#place?.rows ?? 1;
      if (this.#place) $(`anchor-${letter}`).value = this.#place.anchors[anchor] + 1;
    });
  }

  #words() {
    $("walk-play").textContent = t(this.#playing ? "walkStop" : "walkPlay");
    if (!this.#place) return;
    const { u, v, onWay, walk, anchors } = this.#place;
    const [a, b, c] = anchors.map((row) => row + 1);
    const percent = (share) => Math.round(100 * share);
    const here = this.#playing ? t("hereWalking", { a, b }) : onWay ? t("hereOnWay", { p: percent(walk), a, b }) : t("hereInPlane", { b, c, u: percent(u), v: percent(v) });
    $("latent-here").textContent = here;
    this.describe(`${t(this.#points ? "latentShowsPoints" : "latentShows", { a, b, c })} ${here}`);
  }
}
