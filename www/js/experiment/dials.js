// The experiment's main controls, beside the drawing: menus, sliders with a number box, and both networks' layers as bars. They are the same
// fields as in the drawer, whose edits they share.

import { fieldText, valid } from "./fields.js";
import { choiceSays, fieldTexts, grouped, presetSays, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const widest = 2048, narrowest = 4; // in the menus of widths
const mostLayers = 8;

/** Values that a slider stops at: 1, 2, 5, 10, … as far as rates make sense, and powers of two for batches. */
const rates = Array.from({ length: 16 }, (_, i) => Number(`${[1, 2, 5][i % 3]}e${Math.floor(i / 3) - 6}`));
const batches = Array.from({ length: 8 }, (_, i) => 2 ** (i + 2));
const stops = { lr_g: rates, lr_d: rates, batch: batches };

/** The fields of each network's card, by what they are there. */
const cards = { g: { widths: "generator", rate: "lr_g", updates: "g_steps", name: "netG" }, d: { widths: "discriminator", rate: "lr_d", updates: "d_steps", name: "netD" } };

/** The index of the stop that is nearest to a value, by ratio. */
export function nearest(values, value) {
  const far = values.map((v) => Math.abs(Math.log(v / value)));
  return far.indexOf(Math.min(...far));
}

/** A network's widths with a layer more, as wide as its last, or without its last. */
export function relayered(widths, by) {
  if (by < 0) return widths.length > 1 ? widths.slice(0, -1) : widths;
  return widths.length < mostLayers ? [...widths, widths.at(-1)] : widths;
}

export class Dials {
  #change;
  #fields = new Map(); // by name
  #updates = []; // functions that show a recipe: (text of a field) each
  #lists = {}; // of each network's layers
  #counts = {}; // of each network's weights

  /** Makes the controls; change(field, text) takes an edit, choose(name) a preset. */
  build({ fields, presets }, change, choose) {
    if (!fields.length) return;
    this.#change = change;
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#updates = [];
    const menu = make("select", { id: "dial-preset" }, ...presets.map(({ name }) => new Option(t(`plain.${name}`, { name }), name)));
    menu.addEventListener("change", () => choose(menu.value));
    this.#updates.push((_, { preset }) => ((menu.value = preset), (menu.title = presetSays(presets.find(({ name }) => name === preset) ?? { name: preset, says: "" }))));
    $("dial-rows").replaceChildren(
      make("div", { class: "dial" }, make("label", { for: menu.id }, t("preset"), mark(false)), menu),
      this.#menu("loss"), this.#menu("arch"), this.#slider("batch", fieldTexts(this.#fields.get("batch")).label),
      ...Object.keys(cards).map((net) => this.#card(net)),
    );
  }

  /** Shows what a run is made of, edits over it: texts(name) is a field's value; preset its preset's name; edits the names that wait. */
  show(recipe, edits, preset) {
    const text = (name) => edits[name] ?? fieldText(recipe[name]);
    for (const update of this.#updates) update(text, { preset, waits: (name) => name in edits, written: fieldText(recipe.layers) !== "" });
  }

  /** Writes how many weights each network has; nothing where outline is null. */
  outline(outline) {
    for (const [net, of] of [["g", outline?.generator], ["d", outline?.discriminator]]) {
      if (this.#counts[net]) this.#counts[net].textContent = of ? t("weightCount", { n: grouped(of.weights) }) : "";
    }
  }

  /** A row's frame: its control waits for a start where waits says so. */
  #row(field, label, ...inside) {
    const row = make("div", { class: "dial", title: fieldTexts(field).help }, ...label, ...inside);
    this.#updates.push((_, { waits }) => row.classList.toggle("waits", waits(field.name)));
    return row;
  }

  #menu(name) {
    const field = this.#fields.get(name);
    const select = make("select", { id: `dial-${name}` }, ...field.choices.map((choice) => new Option(t(`plainChoices.${name}.${choice}`, { name: choice }), choice)));
    select.addEventListener("change", () => this.#change(field, select.value));
    this.#updates.push((text) => ((select.value = text(name)), (select.title = choiceSays(name, text(name)))));
    return this.#row(field, [make("label", { for: select.id }, fieldTexts(field).label, mark(field.live))], select);
  }

  /** A slider over a field's stops, and a box for any other value. */
  #slider(name, label) {
    const field = this.#fields.get(name), values = stops[name], full = fieldTexts(field).label;
    const slide = make("input", { type: "range", min: "0", max: String(values.length - 1), step: "1", id: `dial-${name}-slide`, "aria-label": full });
    const box = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", id: `dial-${name}`, "aria-label": full });
    slide.addEventListener("input", () => ((box.value = String(values[slide.value])), (slide.ariaValueText = box.value)));
    slide.addEventListener("change", () => this.#change(field, String(values[slide.value])));
    box.addEventListener("change", () => {
      if (Number(box.value) > 0) slide.value = String(nearest(values, Number(box.value)));
      this.#change(field, box.value);
    });
    this.#updates.push((text) => {
      const value = text(name);
      if (document.activeElement !== slide) slide.value = String(nearest(values, Number(value)));
      slide.ariaValueText = value;
      if (document.activeElement !== box || valid(field, box.value)) box.value = value;
    });
    return this.#row(field, [make("span", { class: "of", "aria-hidden": "true" }, label, mark(field.live))], slide, box);
  }

  /** Less, the number and more. */
  #stepper(name, label) {
    const field = this.#fields.get(name), full = fieldTexts(field).label;
    const output = make("output", { id: `dial-${name}` });
    const turn = (by) => {
      const value = Math.min(field.max, Math.max(field.min, Number(output.value) + by));
      this.#change(field, String(value));
    };
    const [less, more] = [["−", -1, "dialFewer"], ["+", 1, "dialMore"]].map(([sign, by, says]) => {
      const button = make("button", { type: "button", "aria-label": t(says, { what: full }) }, sign);
      button.addEventListener("click", () => turn(by));
      return button;
    });
    less.id = `dial-${name}-less`;
    more.id = `dial-${name}-more`;
    this.#updates.push((text) => {
      output.value = text(name);
      less.disabled = Number(text(name)) <= field.min;
    });
    return this.#row(field, [make("span", { class: "of" }, label, mark(field.live))], make("span", { class: "stepper" }, less, output, more));
  }

  /** A network: its layers as bars with a menu of widths each, its rate, and how often it learns in a step. */
  #card(net) {
    const { widths, rate, updates, name } = cards[net], field = this.#fields.get(widths);
    const count = (this.#counts[net] = make("span", { class: "count" }));
    const list = make("ol", { class: "bars", "aria-label": t("dialLayers", { net: t(name) }) });
    let now = [];
    const turn = (by) => this.#change(field, relayered(now, by).join("-"));
    const [less, more] = [["−", -1, "dialLess"], ["+", 1, "dialAdd"]].map(([sign, by, says]) => {
      const button = make("button", { type: "button", id: `dial-${widths}-${by < 0 ? "less" : "more"}`, "aria-label": t(says, { net: t(name) }) }, sign);
      button.addEventListener("click", () => turn(by));
      return button;
    });
    const number = make("output", {});
    const row = this.#row(field, [], make("span", { class: "stepper" }, less, number, more), mark(field.live));
    this.#updates.push((text, { written }) => {
      const byHand = net === "g" && written;
      now = text(widths).split("-").map(Number);
      less.disabled = byHand || now.length < 2;
      more.disabled = byHand || now.length >= mostLayers;
      number.value = byHand ? "–" : String(now.length);
      number.title = byHand ? t("dialWritten") : "";
      list.hidden = byHand;
      if (list.children.length !== now.length) list.replaceChildren(...now.map((_, i) => bar(t("dialWidth", { n: i + 1, net: t(name) }), (to) => this.#change(field, now.map((width, k) => (k === i ? to : width)).join("-")))));
      now.forEach((width, i) => showWidth(list.children[i], width));
    });
    return make("section", { class: `card ${net === "g" ? "fake" : "real"}`, "aria-label": t(name) },
      make("p", { class: "who" }, make("i", { "aria-hidden": "true" }), t(name), " ", count), list, row, this.#slider(rate, t("dialRate")), this.#stepper(updates, t("dialUpdates")));
  }
}

/** A layer: a bar as high as it is wide, on a scale of powers, and a menu of widths. */
function bar(label, change) {
  const select = make("select", { "aria-label": label });
  for (let w = narrowest; w <= widest; w *= 2) select.append(new Option(String(w), String(w)));
  select.addEventListener("change", () => change(Number(select.value)));
  return make("li", {}, make("i", { "aria-hidden": "true" }), select);
}

function showWidth(item, width) {
  const [column, select] = item.children;
  if (![...select.options].some(({ value }) => Number(value) === width)) select.append(new Option(String(width), String(width)));
  select.value = String(width);
  column.style.height = `${Math.max(3, 4 * Math.log2(width) - 6)}px`;
}

/** When a change of a field takes hold: at once, or with a new start. */
function mark(live) {
  return make("span", { class: live ? "at-once" : "anew", title: t(live ? "appliesNow" : "restartToApply") }, make("span", { class: "unseen" }, ` (${t(live ? "appliesNow" : "restartToApply")})`));
}

function make(tag, attributes = {}, ...inside) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...inside);
  return e;
}
