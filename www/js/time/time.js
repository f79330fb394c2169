// The time line under the stage: a slider over the moments that are remembered, with small pictures of them. Dragged back,
// it has the page show the same noise as it was then, while the run goes on.

import { drawStrip } from "./strip.js";
import { attempt } from "../page/notices.js";
import { grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const drawnEvery = 250; // milliseconds between drawings while a run goes on

/**
 * What a time line goes over, such as a run's past:
 *   moments()  [{step}], oldest first
 *   states()   steps at which a whole state is kept, so that one can branch there
 *   marks()    [{step, text}], steps with something to say about them
 *   show(step) resolves to {step, epoch, sheet, bytes}: the pictures of that moment
 *   thumb(step) {bytes, shape} of one small picture, or null
 *   newest     the step at the right end
 */
export class TimeLine {
  #source;
  #epoch = null; // of the pictures that are shown
  #at = null; // the step that is looked at; null for now
  #wanted = null; // asked for while another one arrives
  #busy = false;
  #held = null; // the newest pictures, held back meanwhile
  #drawn = 0; // when
  #due = 0; // the timer of the next drawing
  #show;
  #enter;

  /** show(event, json, bytes) shows pictures in the page, in the room that enter() opens. */
  constructor(source, { show, enter }) {
    this.#source = source;
    this.#show = show;
    this.#enter = enter;
    const slider = $("time-at");
    slider.addEventListener("input", () => this.look(this.#near(Number(slider.value))));
    slider.addEventListener("keydown", (e) => this.#keys(e));
    document.addEventListener("room", ({ detail }) => detail !== "watch" && this.now());
    $("time-now").addEventListener("click", () => this.now());
    new ResizeObserver(() => this.draw()).observe($("time-strip"));
  }

  /** The step that is looked at; null for now. */
  get at() {
    return this.#at;
  }

  /** Whether pictures that the run reports now are held back, since others are looked at. */
  holds(event, json, bytes) {
    if (event.type !== "sampled" || this.#at === null) return false;
    this.#held = [event, json, bytes];
    return true;
  }

  /** Another run has taken the place of the one before. */
  reset() {
    this.#held = null;
    this.now();
  }

  /** Back to what the run reports. */
  now() {
    this.#wanted = null;
    if (this.#at === null) return;
    this.#at = null;
    if (this.#held) this.#show(...this.#held);
    this.#held = null;
    this.draw();
  }

  /** Shows the moment of a step, one at a time, always the newest that was asked for; the last moment is now. */
  async look(moment) {
    if (!moment || moment.step >= this.#source.newest) return this.now();
    this.#enter();
    this.#wanted = moment;
    this.#at = moment.step;
    this.draw();
    if (this.#busy) return;
    this.#busy = true;
    await attempt(async () => {
      while (this.#wanted) {
        const { step } = this.#wanted;
        this.#wanted = null;
        const found = await this.#source.show(step);
        if (this.#at === null) return;
        const event = { type: "sampled", step: found.step, epoch: found.epoch, images: found.images ?? 0, sheet: found.sheet };
        this.#epoch = found.epoch;
        this.#show(event, JSON.stringify(event), found.bytes);
        this.draw();
      }
    });
    this.#busy = false;
  }

  /** The moment nearest to a step. */
  #near(step) {
    if (step >= this.#source.newest) return null;
    const near = (a, b) => (Math.abs(b.step - step) < Math.abs(a.step - step) ? b : a);
    return this.#source.moments().reduce(near, { step: Infinity });
  }

  /** Arrows go from moment to moment, Page keys ten at a time, Home to the first, End to now. */
  #keys(e) {
    const moments = this.#source.moments();
    const here = this.#at === null ? moments.length - 1 : moments.findIndex((m) => m.step >= this.#at);
    const to = { ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1, PageDown: here - 10, PageUp: here + 10, Home: 0, End: Infinity }[e.key];
    if (e.key === "Escape" && this.#at !== null) this.now();
    if (to === undefined || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    this.look(moments[Math.max(0, to)] ?? null);
  }

  /** Draws the line when that is due: what the run reports comes more often than anyone can look. */
  soon() {
    this.#due ||= setTimeout(() => this.draw(), Math.max(0, this.#drawn + drawnEvery - performance.now()));
  }

  /** Draws the line anew: the slider, the small pictures, and what is said of where one is. */
  draw() {
    clearTimeout(this.#due);
    this.#due = 0;
    this.#drawn = performance.now();
    const source = this.#source, moments = source.moments(), newest = source.newest;
    $("time").hidden = moments.length === 0;
    if (moments.length === 0) return;
    const slider = $("time-at"), at = this.#at ?? newest;
    slider.max = Math.max(1, newest);
    slider.value = newest === 0 ? 1 : at;
    const says = this.#at === null ? t("timeNow", { step: grouped(newest) }) : t("timeThen", { step: grouped(at) });
    slider.setAttribute("aria-valuetext", says);
    $("time-says").textContent = says;
    const marks = source.marks(), branches = marks.map(({ text }) => text).filter(Boolean).join("\n");
    $("time-strip").title = branches;
    slider.setAttribute("aria-description", branches);
    $("time").classList.toggle("then", this.#at !== null);
    $("looking").hidden = this.#at === null;
    if (this.#at !== null) {
      $("looking-says").textContent = t("looking", { step: grouped(at), epoch: this.#epoch ?? "–", newest: grouped(newest) });
    }
    drawStrip($("time-strip"), { moments, states: source.states(), marks, newest, at: this.#at, thumb: (step) => source.thumb(step) });
  }
}
