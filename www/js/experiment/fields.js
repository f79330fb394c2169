// The recipe's fields and presets, from config.json, which is written from the trainer's own table.

import { t, useTables } from "../strings.js";

/**
 * The tables: {fields: [{name, kind, min, max, choices, live, help}], presets: [{name, says, recipe}], datasets: [{name, kind, sample,
 * samples, classes, says}], losses: [{name, uses, penalty, gSeesReal, critic}], archs: [{name, widths, norms, labelModes, samples, grows}], norms}.
 */
export async function loadTables(address = "config.json") {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  const tables = await response.json();
  useTables(tables);
  return tables;
}

/** A recipe's value as text: widths are written 256-512-1024, and layers that are not written out are "". */
export const fieldText = (value) => (Array.isArray(value) ? value.join("-") : String(value ?? ""));

/** What values a field takes, in words. */
export function allowed(field) {
  const [min, max] = [field.min, field.max].map((bound) => String(bound));
  switch (field.kind) {
    case "real": return t("isReal", { min, max });
    case "int": return t("isInt", { min, max });
    case "bool": return t("isBool");
    case "choice": return t("isChoice", { choices: field.choices.join(", ") });
    case "layers": return t("isLayers");
    default: return t("isWidths", { min, max });
  }
}

const inside = (field, value) => value >= field.min && value <= field.max;
const whole = (field, text) => /^\d+$/.test(text) && inside(field, Number(text));

/** A visitor's text as the field's values are written: spaces around it go, 0,002 is 0.002, and 4e-3 is 0.004. */
export function written(field, text) {
  const plain = text.trim();
  if (field.kind === "widths") return plain.replace(/[\s,;–-]+/g, "-");
  if (field.kind === "layers") return plain.replace(/\s+/g, "");
  if (field.kind !== "real" && field.kind !== "int") return plain;
  const point = field.kind === "real" ? plain.replace(/^([+-]?\d*),(\d+(?:e[+-]?\d+)?)$/i, "$1.$2") : plain;
  return valid(field, point) ? String(Number(point)) : plain;
}

/** Whether a field takes this text. The trainer checks again, and knows what fields demand of each other. */
export function valid(field, text) {
  switch (field.kind) {
    case "real": return text.trim() !== "" && inside(field, Number(text));
    case "int": return whole(field, text);
    case "bool": return text === "true" || text === "false";
    case "choice": return field.choices.includes(text);
    case "layers": return /^[a-z0-9:/.+-]*$/.test(text);
    default: {
      const widths = text.split("-");
      return widths.length <= 8 && widths.every((width) => whole(field, width));
    }
  }
}

/** The fields in which a recipe differs from another, as texts by name. */
export function difference(fields, recipe, from) {
  const differing = fields.filter(({ name }) => fieldText(recipe[name]) !== fieldText(from[name]));
  return Object.fromEntries(differing.map(({ name }) => [name, fieldText(recipe[name])]));
}
