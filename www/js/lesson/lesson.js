// The lesson, under the studio or beside it: sections of text with a drawing or a formula, a question that the visitor answers by acting, and
// buttons that put the studio into the state that each speaks of.

import { experiments } from "../experiment/tries.js";
import { Seen } from "../link/goals.js";
import { circle } from "./circle.js";
import { figures } from "./figures.js";
import { formulas } from "./formulas.js";
import { tasks } from "./tasks.js";
import { roomNames } from "../rooms/table.js";
import { t } from "../strings.js";

const place = document.getElementById("lesson");

/**
 * The sections: what stands in each, in order, and what its buttons do. A part is a paragraph's name, or a figure or formula by
 * its own; a button's state is what the page's show() takes.
 */
export const sections = [
  { name: "noise", parts: ["first", { figure: "game" }, "second"], tries: { watch: { preset: "quick", room: "watch" }, latent: { room: "latent" } } },
  { name: "generator", parts: ["first", "second"], tries: { inside: { room: "inside", network: "generator" }, shapes: { change: "shapes" } } },
  { name: "discriminator", parts: ["first", "second", { formula: "best" }, "third", { figure: "best" }], tries: { play: { room: "play" }, inside: { room: "inside", network: "discriminator" } } },
  { name: "losses", parts: ["first", { formula: "value" }, "second", "third", { figure: "losses" }], tries: { bce: { preset: "classic", room: "watch" }, minimax: { preset: "classic", recipe: { loss: "minimax" }, room: "watch" } } },
  { name: "turns", parts: ["first", { figure: "turns" }, "second"], tries: { slow: { room: "watch", slowly: true }, step: { room: "watch", step: true } } },
  {
    name: "wrong", parts: ["first", { figure: "collapse" }, "second", "third"],
    tries: {
      won: experiments.won, collapse: experiments.collapse, unstable: experiments.wild,
    },
  },
  { name: "conditional", parts: ["first"], tries: { conditional: { preset: "conditional", room: "watch" }, acgan: { preset: "acgan", room: "watch" }, sngan: { preset: "sngan", room: "watch" } } },
  { name: "dcgan", parts: ["first", "second"], tries: { dcgan: { preset: "dcgan", room: "watch" }, quick: { preset: "quick", room: "watch" }, shapes: { outline: "dcgan", change: "shapes" } } },
  { name: "wgan", parts: ["first", "second", { formula: "penalty" }, "third"], tries: { train: { preset: "wgan-gp", room: "watch" } } },
  { name: "circle", parts: ["first", { figure: "circle" }, "second"], tries: { ring: experiments.cured, r3gan: { preset: "r3gan", room: "watch" } } },
  { name: "packing", parts: ["first", { figure: "packing" }, "second"], tries: { ring: experiments.packed } },
  { name: "progressive", parts: ["first", { figure: "growth" }, "second"], tries: { train: experiments.growing, shapes: { outline: "progressive", change: "shapes" } } },
];

const kept = "ganvas-lesson"; // where the browser keeps which questions are answered

export class Lesson {
  #show;
  #base;
  #seen = new Seen();
  #answered = new Set(restored());

  /**
   * show(state, section) brings the page into {preset, recipe, room, network, change, outline, slowly, step}, whichever are given; an outline is a preset
   * to look at, not to start. section is the name of the one that was read. base() is the recipe of the preset that the run's comes from.
   */
  constructor(ganvas, { show, base }) {
    this.#show = show;
    this.#base = base;
    ganvas.on((event) => {
      this.#seen.follow(event);
      this.#check();
    });
  }

  /** Marks the questions that are answered by now. */
  #check() {
    const seen = { ...this.#seen.now, preset: this.#base() };
    const found = sections.map(({ name }) => name).filter((name) => !this.#answered.has(name) && tasks[name](seen));
    if (!found.length) return;
    for (const name of found) this.#answered.add(name);
    try {
      localStorage.setItem(kept, JSON.stringify([...this.#answered]));
    } catch {
      // a browser that keeps nothing: they are marked for this visit
    }
    this.#mark();
  }

  /** Writes which questions are answered, at each and over all. */
  #mark() {
    const of = sections.length, n = sections.filter(({ name }) => this.#answered.has(name)).length;
    for (const { name } of sections) {
      const done = this.#answered.has(name);
      for (const e of place.querySelectorAll(`[data-of="${name}"]`)) e.classList.toggle("done", done);
      const says = place.querySelector(`#lesson-${name} .verdict`);
      if (says) says.textContent = done ? t("lessonDone") : "";
    }
    const bar = place.querySelector("progress"), text = t("lessonProgress", { n, of });
    if (!bar) return;
    bar.value = n;
    bar.max = of;
    bar.setAttribute("aria-label", text);
    place.querySelector(".reached").textContent = text;
  }

  /** Writes the lesson in the page's language; buttons for presets or rooms that the tables lack are left out. */
  build({ presets }) {
    const progress = element("p", { class: "progress" }, element("progress", { value: 0, max: sections.length }), element("span", { class: "reached" }));
    const head = element("header", {}, element("h2", { id: "lesson-head" }, t("lessonHead")), element("p", { class: "lede" }, t("lessonLede")), progress, contents());
    place.setAttribute("aria-labelledby", "lesson-head");
    place.replaceChildren(head, ...sections.map((section) => this.#section(section, presets)));
    place.hidden = presets.length === 0;
    this.#mark();
  }

  /** Writes anew what the buttons say. */
  name() {
    for (const button of place.querySelectorAll("[data-try]")) button.textContent = t(`lesson.${button.dataset.try}`);
  }

  #section({ name, parts, tries }, presets) {
    const text = (key) => t(`lesson.${name}.${key}`);
    const body = parts.map((part) => {
      if (part.figure === "circle") return figure(circle((ends) => this.#circled(ends)), text("caption"));
      if (part.figure) return figure([hidden(figures[part.figure]())], text("caption")); // the caption says it
      if (part.formula) return formula(part.formula);
      return element("p", {}, ...marked(text(part)));
    });
    const known = Object.entries(tries).filter(([, { outline, preset = outline, room = roomNames[0] }]) => roomNames.includes(room) && (!preset || presets.some((p) => p.name === preset)));
    const buttons = known.map(([key, state]) => {
      const button = element("button", { type: "button" }, text(key));
      button.dataset.try = `${name}.${key}`;
      button.addEventListener("click", () => this.#show(state, name));
      return button;
    });
    const row = element("div", { class: "row tries", role: "group", "aria-label": t("lessonTry") }, ...buttons);
    const ask = element("p", { class: "ask", "data-of": name, role: "status" }, element("b", {}, t("lessonAsk")), " ", text("ask"), " ", element("span", { class: "verdict" }));
    return element("section", { id: `lesson-${name}`, "aria-labelledby": `lesson-${name}-head` }, element("h3", { id: `lesson-${name}-head` }, text("head")), ...body, ask, row);
  }

  /** The point of the circle was put somewhere. */
  #circled(ends) {
    this.#seen.now.circle = ends;
    this.#check();
  }
}

/** The names of the answered questions, as the browser has kept them. */
function restored() {
  try {
    return JSON.parse(localStorage.getItem(kept)) ?? [];
  } catch {
    return [];
  }
}

function contents() {
  const items = sections.map(({ name }) => element("li", { "data-of": name }, element("a", { href: `#lesson-${name}` }, t(`lesson.${name}.head`))));
  return element("nav", { "aria-label": t("lessonContents") }, element("ol", {}, ...items));
}

const figure = (parts, caption) => element("figure", {}, ...parts, element("figcaption", {}, caption));

function hidden(drawing) {
  drawing.setAttribute("aria-hidden", "true");
  return drawing;
}

function formula(name) {
  const box = element("div", { class: "formula" });
  box.innerHTML = formulas[name];
  return box;
}

/** A paragraph's text with *emphasis* and $symbols_index$ as elements. */
function marked(text) {
  return text.split(/(\*[^*]+\*|\$[^$]+\$)/).map((part) => {
    if (part.startsWith("*")) return element("em", {}, part.slice(1, -1));
    if (!part.startsWith("$")) return part;
    const [symbol, index, rest] = part.slice(1, -1).split(/_\{?([A-Za-z]+)\}?/);
    return element("i", { class: "symbol" }, symbol, ...(index ? [element("sub", {}, index), rest] : []));
  });
}

function element(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}
