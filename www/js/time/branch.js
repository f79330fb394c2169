// Branching off: back to a whole state that is kept, and on from there with one field of the recipe changed.

import { allowed, fieldText, valid, written } from "../experiment/fields.js";
import { openDialog } from "../link/history.js";
import { reasoned } from "../page/reasons.js";
import { pictured } from "../library/keep.js";
import { fieldTexts, grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** Fields that no state outlives a change of, and the text that says why. */
const fixed = {
  dataset: "fixedData", arch: "fixedNets", noise: "fixedNets", generator: "fixedNets", discriminator: "fixedNets", norm: "fixedNets",
  conditional: "fixedNets", label_mode: "fixedNets", leak: "fixedLeak", optimizer: "fixedOptimizer", stage_images: "fixedStage",
};
const first = ["lr_d", "lr_g", "loss", "d_steps", "g_steps", "seed"]; // those that are worth a try soonest

/**
 * The dialog. tables() are the recipe's; stateNear(step) is where a whole state is kept; left({bytes, log, thumb, status, step}) is
 * given the run as it was before: checkpoint, log, pictures and status, and the step at which the branch begins.
 */
export class Brancher {
  #ganvas;
  #tables;
  #stateNear;
  #left;
  #from = 0;

  constructor(ganvas, { tables, stateNear, left }) {
    this.#ganvas = ganvas;
    this.#tables = tables;
    this.#stateNear = stateNear;
    this.#left = left;
    $("branch-field").addEventListener("change", () => this.#chosen());
    $("branch-value").addEventListener("input", () => this.#check());
    $("branch-choice").addEventListener("change", () => this.#check());
    $("branch-no").addEventListener("click", () => $("branch").close());
    $("branch-form").addEventListener("submit", (e) => (e.preventDefault(), this.#go()));
  }

  /** Opens the dialog for the whole state nearest to a step. */
  open(step) {
    const from = this.#stateNear(step);
    const recipe = this.#ganvas.status().recipe;
    if (from === null || !recipe) return;
    this.#from = from;
    const { fields } = this.#tables();
    const option = (field) => new Option(fieldTexts(field).label, field.name);
    const free = fields.filter(({ name }) => !(name in fixed)).sort((a, b) => rank(a) - rank(b));
    $("branch-field").replaceChildren(group(t("branchFree"), free.map(option)), group(t("branchFixed"), fields.filter(({ name }) => name in fixed).map(option)));
    $("branch-field").value = free[0].name;
    $("branch-title").textContent = t("branchTitle", { step: grouped(from) });
    $("branch-says").textContent = t(from === step ? "branchSays" : "branchNear", { step: grouped(from), asked: grouped(step) });
    this.#chosen();
    openDialog($("branch"));
    $("branch-field").focus();
  }

  #field() {
    return this.#tables().fields.find(({ name }) => name === $("branch-field").value);
  }

  /** Another field: its present value to change, or why it cannot be. */
  #chosen() {
    const field = this.#field(), stays = fixed[field.name];
    const choices = field.kind === "choice" ? field.choices : field.kind === "bool" ? ["true", "false"] : null;
    const now = fieldText(this.#ganvas.status().recipe[field.name]);
    $("branch-value").hidden = Boolean(choices) || Boolean(stays);
    $("branch-choice").hidden = !choices || Boolean(stays);
    $("branch-value").value = now;
    if (choices) $("branch-choice").replaceChildren(...choices.map((choice) => new Option(choice, choice)));
    $("branch-choice").value = now;
    $("branch-help").textContent = stays ? t(stays) : t("branchWas", { help: fieldTexts(field).help, now });
    this.#check();
  }

  #text() {
    return written(this.#field(), $("branch-choice").hidden ? $("branch-value").value : $("branch-choice").value);
  }

  #check() {
    const field = this.#field(), text = this.#text(), stays = field.name in fixed;
    const now = fieldText(this.#ganvas.status().recipe[field.name]);
    const wrong = !stays && !valid(field, text);
    $("branch-wrong").textContent = wrong ? t("badField", { name: fieldTexts(field).label, value: text, allowed: allowed(field) }) : "";
    $("branch-yes").disabled = stays || wrong || text === now;
  }

  async #go() {
    const before = this.#ganvas.status(), thumb = pictured();
    $("branch-yes").disabled = true;
    try {
      const log = await this.#ganvas.export("json");
      const { bytes, data } = await this.#ganvas.ask({ type: "branch", step: this.#from, field: this.#field().name, value: this.#text(), paused: before.state !== "running" });
      $("branch").close();
      await this.#left({ bytes, log, thumb, status: before, step: data.step });
    } catch (error) {
      $("branch-wrong").textContent = reasoned(error.message);
    }
  }
}

const rank = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);

function group(label, options) {
  const g = document.createElement("optgroup");
  g.label = label;
  g.append(...options);
  return g;
}
