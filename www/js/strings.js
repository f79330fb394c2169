// The page's texts. Elements name theirs by data-t (text), data-t-label (aria-label) or data-t-title (title); scripts call
// t(name, values), which puts values into {braces}.

import { en } from "./texts/page.en.js";
import { zh } from "./texts/page.zh.js";
import { texts as about } from "./texts/about.js";
import { texts as damage } from "./texts/damage.js";
import { texts as data } from "./texts/data.js";
import { texts as dials } from "./texts/dials.js";
import { texts as drawing } from "./texts/drawing.js";
import { texts as engine } from "./texts/engine.js";
import { texts as experiment } from "./texts/experiment.js";
import { texts as inside } from "./texts/inside.js";
import { texts as latent } from "./texts/latent.js";
import { texts as layers } from "./texts/layers.js";
import { texts as lesson } from "./texts/lesson.js";
import { texts as losses } from "./texts/losses.js";
import { texts as paper } from "./texts/paper.js";
import { texts as plane } from "./texts/plane.js";
import { texts as play } from "./texts/play.js";
import { texts as remote } from "./texts/remote.js";
import { texts as tape } from "./texts/tape.js";
import { texts as time } from "./texts/time.js";
import { texts as watch } from "./texts/watch.js";

const parts = [watch, inside, latent, plane, play, remote, tape, time, engine, experiment, dials, drawing, layers, losses, lesson, data, damage, about, paper];
const table = { en: joined(en, ...parts.map((p) => p.en)), zh: joined(zh, ...parts.map((p) => p.zh)) };
export const languages = Object.keys(table);
let language = "en";
let kind = "digits"; // of what the run learns from: digits, points or pictures
let sets = []; // the data sets, {name, kind, says}
let games = []; // the losses, {name, uses, …}
let families = []; // the architectures, {name, grows, …}

/** Tables as one; a table inside them, such as that of the fields, is joined from all too. */
function joined(...tables) {
  const all = {};
  for (const each of tables) {
    for (const [name, value] of Object.entries(each)) {
      const nested = typeof value === "object" && !Array.isArray(value);
      all[name] = nested ? joined(all[name] ?? {}, value) : value;
    }
  }
  return all;
}

/** What a language's table has under a name; a dot leads into a table inside it. */
const found = (code, name) => name.split(".").reduce((at, part) => at?.[part], table[code]);

/**
 * The text of that name with values put in; {n, one|many} chooses by n being 1. Where there is one each for digits, points and
 * pictures, the run's data choose.
 */
export function t(name, values = {}) {
  let text = found(language, name) ?? found("en", name);
  if (text?.digits) text = text[kind] ?? text.pictures;
  if (typeof text !== "string") throw new Error(`no text is called ${name}`);
  return text.replace(/\{(\w+)(?:, ([^|}]+)\|([^}]+))?\}/g, (_, key, one, many) => {
    const v = values[key];
    if (one === undefined) return v;
    return v === 1 ? one : `${v} ${many}`;
  });
}

/** Takes the tables of data sets, of losses and of architectures. */
export function useTables({ datasets, losses, archs = [] }) {
  sets = datasets;
  games = losses;
  families = archs;
}

/** The row of a loss: {name, uses, penalty: {at}, gSeesReal, critic, …}. */
export const lossOf = (recipe) => games.find(({ name }) => name === recipe.loss);

/** Speaks from now on of what a data set holds, which are points where points says so; reports whether that is another kind than before. */
export function speakOf(dataset, points = false) {
  const before = kind;
  kind = points ? "points" : sets.find(({ name }) => name === dataset)?.kind ?? kind;
  return kind !== before;
}

/** The names of a built-in data set's classes, in the page's language; none where they have none of their own. */
export const classesIn = (dataset) => (sets.find(({ name }) => name === dataset)?.names ?? []).map((name) => found(language, `classes.${name}`) ?? name);

/** What the run learns from: "digits", "points" or "pictures". */
export const currentKind = () => kind;

export function currentLanguage() {
  return language;
}

/** A recipe field's label and explanation; the field's own name and help where the tables have none. */
export function fieldTexts({ name, help }) {
  const [label, explained] = table[language].fields[name] ?? [spaced(name), help];
  const using = games.filter(({ uses }) => uses?.includes(name)).map((row) => row.name);
  const growing = families.filter(({ grows }) => grows).map((row) => row.name);
  return { label, help: explained?.replace("{losses}", using.join(t("comma"))).replace("{growing}", growing.join(t("comma"))) };
}

const spaced = (name) => (name[0].toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** What to expect of a preset. */
export function presetSays({ name, says }) {
  return table[language].presets?.[name] ?? says;
}

/** What a value of a choice field means, "" where nothing is known of it. */
export function choiceSays(field, choice) {
  return table[language].choices[field]?.[choice] ?? (field === "dataset" ? sets.find(({ name }) => name === choice)?.says : "") ?? "";
}

/** A number with the language's digit groups. */
export function grouped(value) {
  return new Intl.NumberFormat(language).format(value);
}

/** Sentences one after the other, with the space between them that the language wants; empty ones are left out. */
export function sentences(...all) {
  return all.filter(Boolean).join(t("between"));
}

/** Puts the whole page into a language. */
export function speak(code) {
  language = languages.includes(code) ? code : "en";
  document.documentElement.lang = language;
  document.title = t(document.documentElement.dataset.title ?? "title");
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of document.querySelectorAll("[data-t-label]")) e.setAttribute("aria-label", t(e.dataset.tLabel));
  for (const e of document.querySelectorAll("[data-t-title]")) e.title = t(e.dataset.tTitle);
}

/**
 * What one language's table has and another's lacks, and names that two tables give, for tests; with config.json's tables also what the fields, choices and
 * presets there lack. English has presets' and data sets' lines from there.
 */
export function untranslated(tables = { fields: [], presets: [] }) {
  const names = (at, prefix = "") => Object.entries(at).flatMap(([k, v]) => (typeof v === "string" || Array.isArray(v) ? [prefix + k] : names(v, `${prefix}${k}.`)));
  const here = Object.fromEntries(languages.map((code) => [code, new Set(names(table[code]))]));
  const needed = [
    ...languages.flatMap((code) => [...here[code]]).filter((name) => !/^(presets|choices\.dataset|classes)\./.test(name)),
    ...tables.fields.map(({ name }) => `fields.${name}`),
    ...tables.presets.map(({ name }) => `plain.${name}`),
    ...tables.fields.filter(({ name }) => ["loss", "arch"].includes(name)).flatMap(({ name, choices }) => choices.map((choice) => `plainChoices.${name}.${choice}`)),
    ...(tables.losses ?? []).map(({ name }) => `lossSays.${name}`),
    ...(tables.datasets ?? []).filter((set) => set.kind === "points").map(({ name }) => `dots.${name}`),
    ...tables.fields.flatMap(({ name, choices = [] }) => (name === "dataset" ? [] : choices.map((choice) => `choices.${name}.${choice}`))),
  ];
  const tops = [en, ...parts.map((p) => p.en)].flatMap((each) => Object.keys(each).filter((name) => typeof each[name] === "string"));
  const twice = tops.filter((name, i) => tops.indexOf(name) !== i).map((name) => `twice: ${name}`);
  const lacks = (code, all) => all.filter((name) => !here[code].has(name)).map((name) => `${code}: ${name}`);
  return [...twice, ...languages.flatMap((code) => lacks(code, needed)), ...lacks("zh", tables.presets.map(({ name }) => `presets.${name}`)), ...lacks("zh", (tables.datasets ?? []).flatMap(({ name, names: classes = [] }) => [`choices.dataset.${name}`, ...classes.map((each) => `classes.${each}`)]))];
}
