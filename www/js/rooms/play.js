// The page's part of the room to play in: the pad's tools and D's verdict on what is drawn. The game of guessing has a
// file of its own.

import { shapeOf } from "../pictures/sample.js";
import { judged, shown } from "../run/verdicts.js";
import { sentences, t } from "../strings.js";
import { classesOf, classOptions } from "../data/classes.js";
import { Game } from "./game.js";

const $ = (id) => document.getElementById(id);
const settles = 700; // milliseconds between two verdicts in words
const again = settles; // between verdicts on the same drawing while the run trains

export class PlayRoom {
  #ganvas;
  #game;
  #open = false;
  #points = false; // the run is on points of the plane
  #drawn = null; // the picture as D is shown it, null for none
  #classes = null; // what began the run, which says how many its data have
  #judged = { drawn: null, step: -1, digit: -1, at: 0 }; // what the last verdict was on
  #asking = false;
  #verdict = null;
  #settling = 0;
  #said = null; // the drawing whose verdict is in words
  #late = false; // the verdict has changed since it was put into words

  constructor(ganvas) {
    this.#ganvas = ganvas;
    this.#game = new Game(ganvas, this);
    ganvas.on((event) => this.#follow(event));
    for (const id of ["play-draw", "play-guess"]) $(id).addEventListener("click", () => this.#mode(id === "play-guess"));
    for (const id of ["pad-pen", "pad-eraser"]) $(id).addEventListener("click", () => this.#tool(id === "pad-eraser"));
    $("pad-clear").addEventListener("click", () => this.send("clear"));
    $("pad-real").addEventListener("click", () => this.send("begin", { on: true }));
    $("pad-fake").addEventListener("click", () => this.send("begin", { on: false }));
    $("pad-center").addEventListener("change", ({ target }) => this.tell("center", { on: target.checked }));
    $("pad-colour").addEventListener("input", ({ target }) => this.tell("colour", { colour: [1, 3, 5].map((at) => parseInt(target.value.slice(at, at + 2), 16)) }));
    $("pad-digit").addEventListener("change", () => this.#judge());
    document.addEventListener("keydown", (e) => this.#key(e));
  }

  opened() {
    this.#open = true;
    this.#judge();
  }

  closed() {
    this.#open = false;
  }

  speak() {
    const digit = $("pad-digit").value || "-1";
    $("pad-digit").replaceChildren(...classOptions(this.#classes));
    $("pad-digit").value = digit;
    this.#words();
    this.#game.speak();
  }

  /** What the drawing says: another picture is on the pad. */
  heard(topic, { empty }, bytes) {
    if (topic !== "drawn") return;
    this.#drawn = empty ? null : bytes.slice();
    if (empty) this.#verdict = null;
    this.#settle();
    this.#judge();
  }

  #follow(event) {
    if (event.type === "sampled") {
      const { points, channels } = shapeOf(event.sheet);
      this.#points = points;
      $("pad-colour-label").hidden = channels === 1;
      $("pad-center-label").hidden = channels > 1;
      this.#parts();
    }
    if (event.type === "started" || event.type === "stepped") this.#judge();
  }

  /** Another run has taken the place of the one before. */
  reset(event) {
    this.#classes = event;
    $("pad-digit").replaceChildren(...classOptions(event));
    $("pad-digit-label").hidden = !event.recipe.conditional;
    $("pad-digit").value = "-1";
    this.#verdict = null;
    this.send("verdict", null);
    this.#game.end();
    this.#settle();
    this.moved();
  }

  /** The networks are others: what was said of the drawing is not theirs. */
  moved() {
    this.#judged.drawn = null;
    this.#judge();
  }

  /** Shows what can be played. */
  #parts() {
    const guess = $("play-guess").getAttribute("aria-pressed") === "true";
    $("play-points").hidden = !this.#points;
    $("playing").hidden = $("play-modes").hidden = this.#points;
    $("drawing").hidden = guess;
    $("guessing").hidden = !guess;
    $("draw-head").hidden = guess || this.#points;
    $("guess-head").hidden = !guess || this.#points;
  }

  #mode(guess) {
    $("play-draw").setAttribute("aria-pressed", String(!guess));
    $("play-guess").setAttribute("aria-pressed", String(guess));
    this.#parts();
    this.tell("guess", { on: guess });
    this.#judged.drawn = null;
    if (guess) this.#game.show();
    else this.#judge();
  }

  #tool(erase) {
    $("pad-pen").setAttribute("aria-pressed", String(!erase));
    $("pad-eraser").setAttribute("aria-pressed", String(erase));
    this.tell("erase", { on: erase });
  }

  /** Arrow keys move the pen while the drawing has the focus, Enter puts it down and lifts it. */
  #key(e) {
    if (!this.#open || e.ctrlKey || e.metaKey || e.altKey) return;
    if (!$("guessing").hidden) return this.#game.key(e);
    if (document.activeElement?.id !== "studio" || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"].includes(e.key)) return;
    e.preventDefault();
    this.send("key", { key: e.key });
  }

  /** Asks D about the drawing, where there is a new one, or a D that has learned since. One question at a time. */
  async #judge() {
    const drawn = this.#drawn, { step, recipe } = this.#ganvas.status(), digit = recipe?.conditional ? Number($("pad-digit").value || -1) : -1;
    const last = this.#judged, now = performance.now();
    const stale = last.drawn !== drawn || last.digit !== digit || (last.step !== step && now - last.at >= again);
    if (!this.#open || !drawn || !recipe || this.#asking || !stale || document.hidden || !$("guessing").hidden) return;
    this.#asking = true;
    this.#judged = { drawn, digit, step, at: now };
    try {
      const said = await this.#ganvas.verdict(drawn, { digit });
      const { shares, labels, learned, scores, fresh } = said;
      this.#verdict = { ...shown(said), shares: shares?.[0] ?? [], label: labels?.[0] ?? -1, learned, scores, fresh };
      if (this.#drawn) this.send("verdict", this.#verdict);
    } catch {
      this.#verdict = null; // data that have not arrived, or a run that has ended: the next event asks again
    }
    this.#asking = false;
    this.#settle();
    if (this.#drawn !== drawn) this.#judge();
  }

  /** Puts the verdict into words: at once, or after a while where the drawing itself changes fast. */
  #settle() {
    if (this.#settling && this.#said !== this.#drawn) {
      this.#late = true;
      return;
    }
    this.#words();
    this.#settling ||= setTimeout(() => {
      this.#settling = 0;
      if (this.#late) this.#settle();
    }, settles);
  }

  /** Says the verdict in words. */
  #words() {
    this.#late = false;
    this.#said = this.#drawn;
    $("pad-says").textContent = this.#sentence();
    $("draw-head").classList.toggle("judged-now", Boolean(this.#drawn)); // over the pad, where it is seen while one draws
    if ($("guessing").hidden) this.describe(`${t("padShows")} ${this.#sentence()}`);
  }

  #sentence() {
    if (!this.#drawn || !this.#verdict) return t("padEmpty");
    const { p, pMiddle, shares, label, learned, scores } = this.#verdict;
    if (learned === 0) return t("padFresh");
    const best = shares.indexOf(Math.max(...shares));
    const parts = [judged(p > pMiddle ? "padReal" : "padFake", scores, { p, m: pMiddle })];
    if (label >= 0 && $("pad-digit").value === "-1") parts.push(t("padLabel", { label: classesOf(this.#classes)[label] ?? label }));
    if (best >= 0) parts.push(t("padDigit", { digit: best, p: Math.round(100 * shares[best]) }));
    if (scores) parts.push(t("padCritic"));
    return sentences(...parts);
  }
}
