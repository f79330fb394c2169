// The experiment's controls, made from the recipe's table of fields: live fields change at once, the others wait for the
// next start. What is set is described by the trainer before it is started.

import { Dials } from "./dials.js";
import { buildFields, showFields } from "./groups.js";
import { allowed, difference, fieldText, valid, written } from "./fields.js";
import { buildPresets, showPreset } from "./presets.js";
import { reasoned } from "../page/reasons.js";
import { Shapes } from "./shapes.js";
import { fieldTexts, grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const both = (id) => [$(id), $(`dial-${id}`)]; // in the drawer and beside the drawing

export class Experiment {
  #tables = { fields: [], presets: [] };
  #inputs = new Map(); // by field name
  #recipe = null; // of the run that goes on
  #expected = null; // before there is one: what it will be
  #preset = ""; // from which that run's recipe comes
  #chosen = null; // the preset that waits for a start, if another
  #edits = {}; // texts of the fields that wait for a start
  #wrong = {}; // why the texts of fields that cannot be taken are wrong
  #refused = ""; // why the settings as they stand cannot be started, as the trainer says
  #shapes = new Shapes();
  #dials = new Dials();
  #steps = 0; // of the run that goes on
  #asked = 0; // descriptions that were asked for
  #described = ""; // what the last one was of
  #set;
  #describe;

  /** start({preset, recipe}) begins a run; set(name, text) changes a live field; describe({preset, recipe}) outlines networks. */
  constructor({ start, set, describe }) {
    this.#set = set;
    this.#describe = describe;
    for (const button of both("apply")) button.addEventListener("click", () => Object.keys(this.#wrong).length === 0 && start(this.wanted()));
    for (const button of both("discard")) button.addEventListener("click", () => this.#forget());
  }

  /** Makes the controls. */
  build(tables) {
    this.#tables = tables;
    this.#inputs = buildFields(tables.fields, (field, input) => this.#edit(field, field.kind === "bool" ? String(input.checked) : input.value));
    buildPresets(tables.presets, (name) => this.#choose(name));
    this.#dials.build(tables, (field, text) => this.#edit(field, text), (name) => this.#choose(name));
    this.#shapes.speak(); // what is drawn already, before the trainer has answered
    this.#described = "";
    this.#show();
  }

  /** A run of that preset with those fields changed, as texts, is about to begin: it is shown, and nothing can be changed before it is there. */
  expect(preset, recipe) {
    if (this.#recipe) return;
    this.#preset = preset;
    this.#expected = { ...this.#base(preset).recipe, ...recipe };
    this.#show();
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
    this.#wrong = {};
  }

  /** Chooses a preset for the next start, and shows what it is. */
  offer(name) {
    this.#choose(name);
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
    return this.#chosen ? this.#base(this.#chosen).recipe : this.#recipe ?? this.#expected;
  }

  #choose(name) {
    this.#edits = {};
    this.#wrong = {};
    this.#chosen = name !== this.#preset || this.#changed() ? name : null;
    this.#show();
  }

  /** Whether the run's recipe differs from its preset's. */
  #changed() {
    return this.#recipe && Object.keys(difference(this.#tables.fields, this.#recipe, this.#base(this.#preset).recipe)).length > 0;
  }

  /** A visitor has given a field this text, in the drawer or beside the drawing. */
  async #edit(field, given) {
    const text = written(field, given);
    if (!this.#recipe) return;
    delete this.#wrong[field.name];
    if (!valid(field, text)) {
      this.#wrong[field.name] = t("badField", { name: fieldTexts(field).label, value: text, allowed: allowed(field) });
      return this.#show();
    }
    if (field.live && !this.#chosen) {
      try {
        await this.#set(field.name, text);
      } catch (error) {
        this.#wrong[field.name] = reasoned(error.message);
      }
    } else if (text === fieldText(this.#shown()[field.name])) delete this.#edits[field.name];
    else this.#edits[field.name] = text;
    this.#show();
  }

  #forget() {
    this.settle();
    this.#show();
  }

  /** The run has come to that step: so much is lost with it. */
  count(step) {
    this.#steps = step;
    for (const place of both("pending-lost")) place.textContent = step ? t("lost", { n: grouped(step) }) : "";
  }

  #show() {
    const waits = Object.keys(this.#edits), wrong = Object.keys(this.#wrong);
    for (const place of both("pending")) place.hidden = !this.#chosen && waits.length === 0 && wrong.length === 0;
    this.count(this.#steps);
    const names = waits.map((name) => fieldTexts(this.#tables.fields.find((f) => f.name === name)).label);
    if (this.#chosen) names.unshift(t("presetWaits", { name: this.#chosen }));
    for (const place of both("pending-what")) place.textContent = names.length ? t("waiting", { names: names.join(t("comma")) }) : "";
    showPreset(this.#tables.presets, this.#chosen ?? this.#preset, waits.length > 0 || (!this.#chosen && this.#changed()));
    const shown = this.#shown();
    for (const id of ["dial-rows", "fields", "preset-list"]) $(id).inert = !this.#recipe;
    $("dial-rows").classList.toggle("unknown", !shown);
    if (!shown) return;
    showFields(this.#tables.fields, this.#inputs, shown, this.#edits, this.#wrong);
    this.#dials.show(shown, this.#edits, this.#base(this.#chosen ?? this.#preset).name);
    if (!this.#recipe) return; // nor can anything be started
    this.#allow();
    this.#outline();
  }

  /** Draws the networks of the settings as they stand, or says why there are none; then they cannot be started either. */
  async #outline() {
    const wanted = this.wanted();
    const key = JSON.stringify(wanted);
    if (key === this.#described) return;
    this.#described = key;
    const mine = ++this.#asked;
    let outline = null, why = "";
    try {
      outline = await this.#describe(wanted);
    } catch (error) {
      why = error.message;
    }
    if (mine !== this.#asked) return; // other settings by now
    this.#refused = why;
    this.#allow();
    this.#shapes.show(outline);
    this.#dials.outline(outline);
  }

  /** Lets the settings be started, or says why they cannot. */
  #allow() {
    const wrong = Object.keys(this.#wrong).map((name) => fieldTexts(this.#tables.fields.find((f) => f.name === name)).label);
    const why = wrong.length ? t("wrongFields", { names: wrong.join(t("comma")) }) : this.#refused && t("impossible", { why: reasoned(this.#refused) });
    for (const button of both("apply")) button.disabled = why !== "";
    for (const place of both("refused")) {
      place.hidden = why === "";
      place.textContent = why;
    }
  }
}
