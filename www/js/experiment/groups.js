// The rows of the experiment's fields, in groups that open: each with its sentence, what it allows and when it applies.

import { fieldText } from "./fields.js";
import { choiceSays, fieldTexts, t } from "../strings.js";

/** The groups in their order: what a field's group is called, and the text of its name. */
const groups = [["training", "gTraining"], ["networks", "gNetworks"], ["loss", "gLoss"], ["data", "gData"], ["averages", "gAverages"]];
const open = new Set(["gTraining"]); // kept when the rows are made anew

/** Makes all rows; changed(field, input) is called after an edit. Resolves to the inputs by field name. */
export function buildFields(fields, changed) {
  const inputs = new Map();
  const sections = groups.map(([kind, name]) => group(name, fields.filter((f) => f.group === kind), inputs, changed));
  document.getElementById("fields").replaceChildren(...sections);
  return inputs;
}

function group(name, fields, inputs, changed) {
  const details = make("details", "group");
  details.id = name;
  details.open = open.has(name);
  details.addEventListener("toggle", () => (details.open ? open.add(name) : open.delete(name)));
  const summary = make("summary");
  summary.append(make("span", "label", t(name)), " ", make("span", "gist"));
  details.append(summary, ...fields.map((field) => row(field, inputs, changed)));
  details.fields = fields;
  return details;
}

function row(field, inputs, changed) {
  const { label, help } = fieldTexts(field);
  const box = make("div", "field");
  const name = make("label", "", label);
  const input = control(field);
  name.htmlFor = input.id = field.name;
  const says = make("p", "help", help);
  const when = make("p", "when");
  when.append(make("span", "range", range(field)), make("span", field.live ? "live" : "restart", t(field.live ? "appliesNow" : "restartToApply")));
  says.id = `${field.name}-help`;
  when.id = `${field.name}-when`;
  const wrong = make("p", "wrong");
  wrong.id = `${field.name}-wrong`;
  wrong.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", `${wrong.id} ${says.id} ${when.id}`);
  input.addEventListener("change", () => changed(field, input));
  box.append(name, input, wrong, says, when);
  inputs.set(field.name, input);
  return box;
}

/** Shows a recipe's values with the edits over them; what is wrong stays as it was written, with its reason. */
export function showFields(fields, inputs, recipe, edits, wrong) {
  for (const field of fields) {
    const input = inputs.get(field.name);
    const text = edits[field.name] ?? fieldText(recipe[field.name]);
    if (input.type === "checkbox") input.checked = text === "true";
    else if (!(field.name in wrong) && input.value !== text) input.value = text;
    const box = input.parentElement;
    box.querySelector(".wrong").textContent = wrong[field.name] ?? "";
    input.setAttribute("aria-invalid", String(field.name in wrong));
    box.classList.toggle("changed", field.name in edits);
    if (field.kind === "choice") box.querySelector(".range").textContent = choiceSays(field.name, text);
  }
  for (const details of document.querySelectorAll("#fields .group")) {
    const texts = details.fields.slice(0, 4).map(({ name, kind }) => (kind === "bool" ? "" : edits[name] ?? fieldText(recipe[name])));
    details.querySelector(".gist").textContent = texts.filter(Boolean).join(" · ");
    details.classList.toggle("changed", details.fields.some(({ name }) => name in edits));
  }
}

/** What a field allows, in few words. */
function range({ kind, min, max }) {
  if (kind === "bool") return t("onOff");
  if (kind === "choice") return "";
  if (kind === "layers") return t("rangeLayers");
  return t(kind === "widths" ? "rangeWidths" : "rangeOf", { min, max });
}

/** An input for a field's kind of value. */
function control({ kind, choices }) {
  if (kind === "choice") {
    const select = make("select");
    select.append(...choices.map((choice) => new Option(choice, choice)));
    return select;
  }
  const input = make("input");
  input.type = kind === "bool" ? "checkbox" : "text"; // number inputs would hide what is wrong
  if (kind === "int" || kind === "real") input.inputMode = kind === "int" ? "numeric" : "decimal";
  input.autocomplete = "off";
  input.spellcheck = false;
  return input;
}

function make(tag, kind = "", text = "") {
  const e = document.createElement(tag);
  if (kind) e.className = kind;
  e.textContent = text;
  return e;
}
