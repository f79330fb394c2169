// What the page's address asks for: ?preset=classic&threads=2&autostart=0&lang=zh, any recipe field, and how the page is to
// look. What it gets wrong is said in a sentence each, and the default is taken. docs/page.md lists it all.

import { allowed, difference, fieldText, valid } from "../experiment/fields.js";
import { readGoals } from "./goals.js";
import { partNames, readParts } from "./parts.js";
import { writeAddressBar } from "./history.js";
import { engineNames } from "../run/engine.js";
import { roomNames } from "../rooms/table.js";
import { socketOf } from "../run/remote.js";
import { languages, t } from "../strings.js";

const yes = { kind: "choice", choices: ["1", "0", "true", "false"] };

/** Parameters beside preset and the recipe's fields. */
const others = {
  threads: { kind: "int", min: 1, max: 64, standard: "auto" },
  engine: { kind: "choice", choices: engineNames, standard: "cpu" },
  autostart: { ...yes, standard: "1" },
  lang: { kind: "choice", choices: languages, standard: "en" },
  room: { kind: "choice", choices: roomNames, standard: roomNames[0] },
  change: { ...yes, standard: "0" },
  kernel: { kind: "choice", choices: ["auto", "relaxed", "strict", "none", "gonum"], standard: "auto" },
  embed: { ...yes, standard: "0" },
  lesson: { ...yes, standard: "" },
  hide: { read: readParts, allowed: () => t("isParts", { choices: partNames.join(", ") }), standard: "" },
  trainer: { read: socketOf, allowed: () => t("isTrainer"), standard: "" },
  view: { read: (text) => ({ "": true, 1: true, true: true, 0: false, false: false })[text] ?? null, allowed: () => "1, 0", standard: "0" },
  goal: { read: readGoals, allowed: () => t("isGoal"), standard: "" },
};

const takes = (rule, text) => (rule.read ? rule.read(text) !== null : valid(rule, text));
const isOn = (text) => text === "1" || text === "true";

/** A text as a sentence quotes it. */
const short = (text) => (text.length > 60 ? text.slice(0, 59) + "…" : text);

/** The language that the address asks for, or the visitor's first that the page speaks. */
export function wantedLanguage(search, preferred) {
  const asked = new URLSearchParams(search).get("lang");
  if (languages.includes(asked)) return asked;
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((code) => languages.includes(code)) ?? "en";
}

/**
 * Reads the address: {preset, recipe, threads, autostart, kernel, engine, room, change, embed, hide, goals, explicit, problems}; explicit is whether it names an experiment at all, recipe holds
 * texts over the preset's fields, threads is undefined where the address leaves it to the page.
 */
export function readAddress(search, tables) {
  const asked = new URLSearchParams(search);
  const problems = [];
  const take = (name, rule, standard) => {
    const value = asked.get(name);
    if (value === null || takes(rule, value)) return value ?? standard;
    problems.push(t("badParameter", { name, value: short(value), allowed: rule.allowed?.() ?? allowed(rule), used: standard || "–" }));
    return standard;
  };
  const names = tables.presets.map((p) => p.name);
  const preset = take("preset", { kind: "choice", choices: names }, names[0]);
  const other = Object.fromEntries(Object.entries(others).map(([name, rule]) => [name, take(name, rule, rule.standard)]));
  const standards = tables.presets.find((p) => p.name === preset)?.recipe ?? {};
  const recipe = {};
  for (const field of tables.fields) {
    const standard = fieldText(standards[field.name]);
    const value = take(field.name, field, standard);
    if (value !== standard) recipe[field.name] = value;
  }
  const known = new Set(["preset", ...Object.keys(others), ...tables.fields.map((f) => f.name)]);
  for (const name of new Set(asked.keys())) if (!known.has(name)) problems.push(t("unknownParameter", { name: short(name) }));
  const { kernel, engine, room } = other;
  return {
    preset, recipe, threads: Number(other.threads) || undefined, kernel, engine, room, problems,
    autostart: isOn(other.autostart), change: isOn(other.change), lesson: other.lesson === "" ? null : isOn(other.lesson), embed: isOn(other.embed),
    explicit: asked.has("preset") || Object.keys(recipe).length > 0,
    hide: readParts(other.hide), goals: other.goal ? readGoals(other.goal) : [],
  };
}

/** The address of an experiment; the parameters beside it stay as they are. */
export function writeAddress(search, tables, preset, recipe) {
  const asked = new URLSearchParams(search);
  const kept = Object.keys(others).filter((name) => asked.has(name) && takes(others[name], asked.get(name))).map((name) => [name, asked.get(name)]);
  const standards = tables.presets.find((p) => p.name === preset)?.recipe ?? recipe;
  return "?" + new URLSearchParams([["preset", preset], ...Object.entries(difference(tables.fields, recipe, standards)), ...kept]);
}

/** Puts a parameter into the page's address, or takes it out where the value is null; how is as writeAddressBar takes it. */
export function setParameter(name, value, how) {
  const asked = new URLSearchParams(location.search);
  if ((asked.get(name) ?? null) === value) return;
  if (value === null) asked.delete(name);
  else asked.set(name, value);
  writeAddressBar("?" + asked, how);
}
