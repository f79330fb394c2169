// The experiment's controls, made from the recipe's table of fields: live fields change at once, the others wait for the
// next start.

import { attempt, notice } from "./notices.js";
import { allowed, difference, fieldText, valid } from "./fields.js";
import { fieldTexts, presetSays, t } from "./strings.js";

const $ = (id) => document.getElementById(id);
const mainFields = ["seed", "lr_g", "lr_d"]; // those that everyone sees

export class Experiment {
  #tables = { fields: [], presets: [] };
  #inputs = new Map(); // by field name
  #recipe = null; // of the run that goes on
  #preset = ""; // from which that run's recipe comes
  #chosen = null; // the preset that waits for a start, if another
  #edits = {}; // texts of the fields that wait for a start
  #set;

  /** start({preset, recipe}) begins a run; set(name, text) changes a live field. */
  constructor({ start, set }) {
    this.#set = set;
    $("preset").addEventListener("change", () => this.#choose($("preset").value));
    $("apply").addEventListener("click", () => start(this.wanted()));
    $("discard").addEventListener("click", () => this.#forget());
  }

  /** Makes the controls. */
  build(tables) {
    this.#tables = tables;
    this.#inputs.clear();
    const rows = (fields) => fields.map((field) => this.#row(field));
    $("main-fields").replaceChildren(...rows(mainFields.map((name) => tables.fields.find((f) => f.name === name)).filter(Boolean)));
    $("other-fields").replaceChildren(...rows(tables.fields.filter(({ name }) => !mainFields.includes(name))));
    $("preset").replaceChildren(...tables.presets.map(({ name }) => new Option(name, name)), new Option(t("custom"), ""));
    $("preset").options[tables.presets.length].hidden = true;
    this.#show();
  }

  #row(field) {
    const { label, help } = fieldTexts(field);
    const [row, words, name] = ["label", "span", "span"].map((tag) => document.createElement(tag));
    name.textContent = label;
    name.classList.toggle("live", field.live);
    words.append(name);
    const input = control(field);
    input.id = field.name;
    input.title = help;
    input.addEventListener("change", () => this.#edit(field, input));
    if (!mainFields.includes(field.name)) {
      const small = document.createElement("small");
      small.className = "help";
      small.textContent = help;
      words.append(small);
    }
    row.append(words, input);
    this.#inputs.set(field.name, input);
    return row;
  }

  /** A run has begun, or a live field of it has changed. preset is what the run's recipe comes from, "" for a file's. */
  follow(recipe, preset) {
    this.#recipe = recipe;
    this.#preset = preset;
    this.#show();
  }

  /** A run has begun: nothing waits any more. */
  settle() {
    this.#chosen = null;
    this.#edits = {};
  }

  /** What a start with the settings as they stand asks for: {preset, recipe}, recipe as texts over the preset's fields. */
  wanted() {
    const preset = this.#chosen ?? this.#preset;
    const base = this.#base(preset);
    return { preset: base.name, recipe: difference(this.#tables.fields, { ...this.#shown(), ...this.#edits }, base.recipe) };
  }

  #base(name) {
    return this.#tables.presets.find((p) => p.name === name) ?? this.#tables.presets.find((p) => p.name === "classic") ?? this.#tables.presets[0];
  }

  /** The recipe that the controls show, edits aside. */
  #shown() {
    return this.#chosen ? this.#base(this.#chosen).recipe : this.#recipe;
  }

  #choose(name) {
    this.#edits = {};
    this.#chosen = name && (name !== this.#preset || this.#changed()) ? name : null;
    this.#show();
  }

  /** Whether the run's recipe differs from its preset's. */
  #changed() {
    return Object.keys(difference(this.#tables.fields, this.#recipe, this.#base(this.#preset).recipe)).length > 0;
  }

  async #edit(field, input) {
    const text = field.kind === "bool" ? String(input.checked) : input.value.trim();
    if (!this.#recipe) return;
    if (!valid(field, text)) {
      notice(t("badField", { name: fieldTexts(field).label, value: text, allowed: allowed(field) }));
      return this.#show();
    }
    if (field.live && !this.#chosen) await attempt(() => this.#set(field.name, text));
    else if (text === fieldText(this.#shown()[field.name])) delete this.#edits[field.name];
    else this.#edits[field.name] = text;
    this.#show();
  }

  #forget() {
    this.settle();
    this.#show();
  }

  #show() {
    const preset = this.#chosen ?? this.#preset;
    $("preset").value = preset;
    const found = this.#tables.presets.find((p) => p.name === preset);
    $("preset-says").textContent = found ? presetSays(found) : "";
    $("pending").hidden = !this.#chosen && Object.keys(this.#edits).length === 0;
    const shown = this.#shown();
    if (!shown) return;
    for (const [name, input] of this.#inputs) {
      const text = this.#edits[name] ?? fieldText(shown[name]);
      if (input.type === "checkbox") input.checked = text === "true";
      else if (input.value !== text) input.value = text;
      input.parentElement.classList.toggle("changed", name in this.#edits);
    }
  }
}

/** An input for a field's kind of value. */
function control({ kind, choices }) {
  if (kind === "choice") {
    const select = document.createElement("select");
    select.append(...choices.map((choice) => new Option(choice, choice)));
    return select;
  }
  const input = document.createElement("input");
  input.type = kind === "bool" ? "checkbox" : "text"; // number inputs would hide what is wrong
  if (kind === "int" || kind === "real") input.inputMode = kind === "int" ? "numeric" : "decimal";
  input.autocomplete = "off";
  input.spellcheck = false;
  return input;
}
