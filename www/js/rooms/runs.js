// The runs of other processes that this page's server shows: all of them side by side in the room that compares, each with what it
// draws and how far it is. They are looked at while that room is open; one of them can be compared with, or opened.

import { difference } from "../experiment/fields.js";
import { drawGrid } from "../pictures/grid.js";
import { shapeOf } from "../pictures/sample.js";
import { Remote, socketOf } from "../run/remote.js";
import { fieldTexts, grouped, t } from "../strings.js";

const pictures = 16; // that are shown of each
const columns = 8;

/** The socket of a run that the server shows, by its number. */
const socket = (i) => socketOf(new URL(`runs/${i}`, socketOf("self")).href);

export class Runs {
  #place = document.getElementById("compare-runs");
  #tables;
  #token;
  #cards = []; // {name, remote, recipe, step, lossD, lossG, metrics, state, elements}
  #open = false;

  /** token is what the server lets this page in with. */
  constructor({ tables, token }) {
    this.#tables = tables;
    this.#token = token;
  }

  /** Asks the page's server which runs it shows; resolves to how many. */
  async list() {
    const response = await fetch("runs.json");
    const names = response.ok ? await response.json() : [];
    this.#cards = names.map((name, i) => this.#card(name, i));
    this.#place.replaceChildren(...this.#cards.map(({ item }) => item));
    document.getElementById("compare-all").hidden = names.length === 0;
    if (this.#open) this.opened();
    return names.length;
  }

  /** [{name, open()}], open() gives a trainer that looks at that run. */
  get all() {
    return this.#cards.map(({ name }, i) => ({ name, open: () => this.#remote(i) }));
  }

  #remote(i) {
    return new Remote(socket(i), { token: this.#token, view: true });
  }

  #card(name, i) {
    const item = document.createElement("li");
    const [picture, head, facts, differs] = ["canvas", "a", "p", "small"].map((tag) => document.createElement(tag));
    picture.setAttribute("role", "img");
    head.href = `?${new URLSearchParams({ trainer: socket(i) })}`;
    item.append(head, picture, facts, differs);
    return { name, item, picture, head, facts, differs, remote: null, recipe: null, step: 0, point: null, metrics: null, state: "away" };
  }

  /** Looks at all runs while the room is open. */
  opened() {
    this.#open = true;
    this.#cards.forEach((card, i) => {
      if (card.remote) return;
      const remote = (card.remote = this.#remote(i));
      remote.addEventListener("event", ({ detail: { event, bytes } }) => this.#hear(card, event, bytes));
      remote.addEventListener("role", ({ detail: { connected } }) => (connected || (card.state = "away"), this.#say(card)));
      this.#connect(card, remote);
    });
    this.speak();
  }

  /** A run that is not there yet may come. */
  async #connect(card, remote) {
    while (card.remote === remote) {
      const opened = await remote.open().then(() => true, () => false);
      if (opened) return;
      await new Promise((later) => setTimeout(later, 3000));
    }
  }

  closed() {
    this.#open = false;
    for (const card of this.#cards) {
      card.remote?.close();
      card.remote = null;
    }
  }

  #hear(card, event, bytes) {
    if (event.type === "loading") return;
    card.step = event.step;
    if (event.recipe) card.recipe = event.recipe;
    if (event.type === "stepped") card.point = event.points.at(-1);
    if (event.type === "measured") card.metrics = event.metrics;
    const state = { started: "running", resumed: "running", paused: "paused", stopped: "over" }[event.type];
    if (state) card.state = state;
    if (event.type === "stepped" && card.state === "away") card.state = "running";
    if (event.type === "sampled") this.#draw(card, event.sheet, bytes);
    this.#say(card);
    if (event.recipe && card === this.#cards[0]) this.#cards.forEach((each) => this.#say(each));
  }

  #draw(card, sheet, bytes) {
    const shape = shapeOf(sheet), n = shape.points ? sheet.fakes : Math.min(sheet.fakes, pictures);
    drawGrid(card.picture, bytes.subarray(0, n * shape.size), n, sheet, columns);
  }

  /** Writes what the runs are in the page's language. */
  speak() {
    this.#cards.forEach((card) => this.#say(card));
  }

  #say(card) {
    const put = (element, text) => element.textContent !== text && (element.textContent = text);
    put(card.head, card.name);
    const words = { away: t("runAway"), paused: t("runWaits"), over: t("runOver"), running: "" }[card.state];
    const losses = card.point ? t("runLosses", { d: card.point.lossD.toFixed(2), g: card.point.lossG.toFixed(2) }) : "";
    const covered = card.metrics?.covered !== undefined ? t("runCovered", { n: card.metrics.covered }) : "";
    put(card.facts, [t("runStep", { step: grouped(card.step) }), losses, covered, words].filter(Boolean).join(" · "));
    put(card.differs, this.#differences(card));
    card.picture.setAttribute("aria-label", `${card.name}: ${card.facts.textContent}`);
    card.item.dataset.state = card.state;
  }

  /** In what a run's recipe differs from the first one's; the first run's seed and preset. */
  #differences(card) {
    const base = this.#cards[0].recipe;
    if (!base || !card.recipe) return "";
    if (card === this.#cards[0]) return t("runFirst", { seed: String(base.seed) });
    const words = Object.entries(difference(this.#tables().fields, card.recipe, base)).map(([name, text]) => `${fieldTexts({ name }).label} ${text}`);
    return words.join(t("listComma")) || t("runSame");
  }
}
