// The game: ten pictures, each real or fake with equal chance; the visitor and D guess which.

import { drawGrid } from "../pictures/grid.js";
import { attempt } from "../page/notices.js";
import { shown } from "../run/verdicts.js";
import { sentences, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const rounds = 10;

export class Game {
  #ganvas;
  #room;
  #card = null; // the picture to be guessed: {real, says, p, pMiddle, label, learned, bytes}
  #past = []; // rounds that are over: {card, guess}
  #begun = false;
  #dealing = false;

  constructor(ganvas, room) {
    this.#ganvas = ganvas;
    this.#room = room;
    $("guess-real").addEventListener("click", () => this.#guess(true));
    $("guess-fake").addEventListener("click", () => this.#guess(false));
    $("guess-next").addEventListener("click", () => (this.#begun && this.#past.length < rounds ? this.#deal() : this.#start()));
  }

  /** Keys 1 and 2 guess. */
  key(e) {
    const guess = { 1: true, 2: false }[e.key];
    if (guess === undefined || $("guess-real").disabled || ["INPUT", "SELECT"].includes(e.target.tagName)) return;
    e.preventDefault();
    this.#guess(guess);
  }

  /** Another run: what was dealt is of the last one. */
  end() {
    this.#card = null;
    this.#past = [];
    this.#begun = false;
    this.show();
  }

  speak() {
    this.show();
  }

  #start() {
    this.#past = [];
    this.#begun = true;
    this.#deal();
  }

  async #deal() {
    if (this.#dealing) return;
    this.#dealing = true;
    await attempt(async () => {
      const seed = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
      const { data, bytes } = await this.#ganvas.ask({ type: "game", seed });
      this.#card = { real: data.real, says: data.takenForReal, ...shown(data), scores: data.scores, fresh: data.fresh, label: data.label, learned: data.learned, bytes };
      this.#room.tell("card", {}, bytes);
    });
    this.#dealing = false;
    this.show();
    $("guess-real").focus();
  }

  /** The truth comes out. */
  #guess(guess) {
    const card = this.#card;
    if (!card || this.#over(card)) return;
    this.#past.push({ card, guess });
    this.#room.send("verdict", { p: card.p, pMiddle: card.pMiddle, scores: card.scores, fresh: card.fresh, real: card.real });
    this.show();
    $("guess-next").focus();
  }

  #over = (card) => this.#past.some((round) => round.card === card);

  /** Brings buttons, score and words up to date. */
  show() {
    const open = this.#card && !this.#over(this.#card);
    $("guess-real").disabled = $("guess-fake").disabled = !open;
    $("guess-real").hidden = $("guess-fake").hidden = !open; // so that what can be pressed is in one row, in view on a phone too
    $("guess-next").hidden = Boolean(open);
    $("guess-head").classList.toggle("judged-now", this.#begun);
    $("guess-next").textContent = t(!this.#begun ? "gameStart" : this.#past.length < rounds ? "gameNext" : "gameAgain");
    $("game-says").textContent = this.#sentence(open);
    if (!$("guessing").hidden) this.#room.describe(`${t("gameShows")} ${this.#sentence(open)}`);
    const { you, d } = this.#score();
    $("score-you").textContent = this.#past.length ? `${you}` : "–";
    $("score-d").textContent = this.#past.length ? `${d}` : "–";
    $("score-streak").textContent = this.#past.length ? `${this.#streak()}` : "–";
    $("rounds").replaceChildren(...this.#past.map((round, i) => this.#line(round, i)));
  }

  #score() {
    const count = (right) => this.#past.filter(right).length;
    return { you: count(({ card, guess }) => guess === card.real), d: count(({ card }) => card.says === card.real) };
  }

  /** How many rounds in a row the visitor has been right, up to the last one. */
  #streak() {
    const wrong = this.#past.findLastIndex(({ card, guess }) => guess !== card.real);
    return this.#past.length - 1 - wrong;
  }

  #sentence(open) {
    if (!this.#begun) return t("gameBegin", { rounds });
    if (open) {
      const parts = [t("gameRound", { n: this.#past.length + 1, of: rounds })];
      if (this.#card.label >= 0) parts.push(t("gameLabel", { label: this.#card.label }));
      if (this.#card.learned === 0) parts.push(t("gameFresh"));
      return sentences(...parts);
    }
    const last = this.#past.at(-1);
    if (!last) return t("gameBegin", { rounds });
    const { card, guess } = last;
    const truth = t(card.real ? "gameWasReal" : "gameWasFake");
    const who = t(`game${guess === card.real ? "Right" : "Wrong"}${card.says === card.real ? "Right" : "Wrong"}`);
    return sentences(truth, who, this.#past.length === rounds ? this.#summary() : "");
  }

  #summary() {
    const { you, d } = this.#score();
    const outcome = you > d ? "gameWon" : you < d ? "gameLost" : "gameDrawn";
    return t(outcome, { you, d, of: rounds });
  }

  /** One round as an item of the list: the picture, what it was, and who was right. */
  #line({ card, guess }, i) {
    const li = document.createElement("li");
    li.className = card.real ? "real" : "fake";
    const picture = document.createElement("canvas");
    drawGrid(picture, card.bytes, 1, this.#ganvas, 1);
    picture.setAttribute("role", "img");
    const [you, d] = [guess === card.real, card.says === card.real];
    const words = (right) => t(right ? "gameRight" : "gameWrong");
    picture.setAttribute("aria-label", t("gameLine", { n: i + 1, truth: t(card.real ? "real" : "fake"), you: words(you), d: words(d) }));
    const mark = document.createElement("i");
    li.append(picture, mark, tick(t("scoreYou"), you), tick(t("scoreD"), d));
    return li;
  }
}

/** A tick or a cross, for the eye only. */
function tick(who, right) {
  const e = document.createElement("span");
  e.setAttribute("aria-hidden", "true");
  e.className = right ? "right" : "wrong";
  e.textContent = `${who} ${right ? "✓" : "✗"}`;
  return e;
}
