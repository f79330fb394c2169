// The page's part of the room in which a run is watched: words over the drawing, what is going on in one sentence, which
// curves are drawn, which sample goes through the flow band, and how often D is right.

import { covered, whenHigh } from "./high.js";
import { classesOf } from "../data/classes.js";
import { balanceOf } from "../run/grade.js";
import { Zoom } from "./watch-zoom.js";
import { judged } from "../run/verdicts.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const recently = 50; // steps over which D's right verdicts are counted
const [mostNamed, longest] = [64, 24]; // classes whose names are drawn, and letters of a name

/** CSS pixels of the window that the stage's padding takes, and the buttons where they stay at its foot. */
const below = () => 16 + covered();

export class WatchRoom {
  #changed;
  #rights = []; // of the recent steps
  #sheet = null;
  #run = null; // what began it, which says what classes its data have
  #fake = 0; // the chosen one
  #grid = null; // [columns, fakes that are shown], null for points
  #beat = null;
  #losses = false; // are drawn, not verdicts
  #zoom = new Zoom((view) => this.tell("chart", view)); // into the curves
  #open = false;
  #high; // tells the drawing how high it can be

  /** changed is called when what is shown is another sample or another curve. */
  constructor(ganvas, changed) {
    this.#changed = changed;
    ganvas.on((event) => this.#follow(event));
    for (const which of ["verdicts", "losses"]) $(`curves-${which}`).addEventListener("click", () => this.#draw(which));
    $("curves-calm").addEventListener("click", () => {
      this.#zoom.look({ calm: !this.#zoom.view.calm });
      this.#views();
    });
    document.addEventListener("keydown", (e) => this.#keys(e));
    this.#high = whenHigh({ open: () => this.#open, below, least: 0, tell: (high) => this.tell("high", high) });
  }

  opened() {
    this.#open = true;
    this.#high();
  }

  closed() {
    this.#open = false;
  }

  #follow(event) {
    if (event.type === "stepped") this.#rights = [...this.#rights, ...event.points.map((p) => p.right)].slice(-recently);
    if (event.type === "sampled") this.#sheet = event.sheet;
    if (event.type === "stepped") this.#count();
    if (event.type === "stepped") this.#zoom.went(event.step, event.step - event.points.length * (event.each || 1));
    if (event.type === "sampled") this.#noise();
  }

  /** Another run has taken the place of the one before. */
  reset(event) {
    this.#rights = [];
    this.#zoom.reset();
    this.#sheet = null;
    this.#run = event;
    this.#count();
    this.#noise();
    this.#classes();
  }

  /** Names the classes to the drawing, which keeps few texts and has little room for each. */
  #classes() {
    const names = classesOf(this.#run);
    this.tell("classes", names.length > mostNamed ? [] : names.map((name) => (name.length > longest ? "" : name)));
  }

  /** Writes how often D was right lately. */
  #count() {
    const n = this.#rights.length, right = this.#rights.reduce((sum, v) => sum + v, 0) / n;
    $("n-right").textContent = n ? t("percent", { p: Math.round(100 * right) }) : "–";
    $("right-says").textContent = n ? t(balanceOf(right)) : "";
  }

  /** The word under the noise, with the class that a conditional generator is asked for. */
  #noise() {
    const asked = this.#sheet?.fakeLabels?.[this.#fake];
    document.querySelector("[data-at=noise]").textContent = asked === undefined ? t("flowNoise") : t("flowAsked", { digit: classesOf(this.#run)[asked] ?? asked });
  }

  #draw(which) {
    for (const each of ["verdicts", "losses"]) $(`curves-${each}`).setAttribute("aria-pressed", String(each === which));
    this.#losses = which === "losses";
    this.tell("curves", this.#losses);
    this.#changed();
  }

  #views() {
    $("curves-calm").setAttribute("aria-pressed", String(this.#zoom.view.calm));
    this.#zoom.speak();
  }

  /** What is shown: the chosen fake, and whether the curves are losses. */
  get shown() {
    return { fake: this.#fake, losses: this.#losses };
  }

  /** What the drawing says: where the words go, and which sample was picked. */
  heard(topic, data) {
    if (topic === "places") {
      this.#grid = data.columns ?? null;
      this.#place(data);
    }
    if (topic === "read") this.#zoom.says(data);
    if (topic === "picked" && data.fake !== undefined) this.#choose(data.fake);
  }

  #place(at) {
    for (const word of document.querySelectorAll("#words [data-at]")) {
      const place = at[word.dataset.at];
      word.hidden = !place;
      if (!place) continue;
      const [x, y, width, height] = place;
      Object.assign(word.style, { left: `${x}px`, top: `${y}px`, width: width ? `${width}px` : "", height: height ? `${height}px` : "" });
    }
    $("words").classList.add("placed");
  }

  #choose(fake) {
    this.#fake = fake;
    this.tell("choose", fake);
    this.#noise();
    this.#changed();
  }

  /** With the drawing in focus the arrow keys choose the fake to which they point; of points the next one. */
  #keys(e) {
    const [columns, shown] = this.#grid ?? [1, this.#sheet?.fakes ?? 0], all = Math.min(shown, this.#sheet?.fakes ?? 0);
    const by = { ArrowRight: 1, ArrowDown: columns, ArrowLeft: -1, ArrowUp: -columns }[e.key];
    if (!by || document.activeElement !== $("studio") || $("words").hidden || !this.#sheet || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    const to = this.#fake + by;
    if (Math.abs(by) === 1) this.#choose((to + all) % all);
    else if (to >= 0 && to < all) this.#choose(to);
    const n = this.#fake + 1, { fakeScores, scores } = this.#sheet;
    $("pointer").textContent = fakeScores?.length ? judged("chosen", scores, { p: fakeScores[this.#fake] }, { n }) : t("chosenFresh", { n });
  }

  /** Shows what is going on, a beat of slow motion or null for nothing in particular. */
  show(beat) {
    this.#beat = beat;
    this.tell("lit", beat?.lit ?? null);
    const says = $("now-says");
    says.dataset.number = beat?.number ?? "";
    says.className = beat ? (beat.learns ? `learns ${beat.learns.toLowerCase()}` : "told") : "";
    says.textContent = beat ? t(beat.name, beat.values) + (beat.values.of > 1 ? t("nowOf", beat.values) : "") : t("nowHint");
  }

  speak() {
    this.#views();
    this.show(this.#beat);
    this.#noise();
    this.#count();
    this.#classes();
  }
}
