// The page's texts. Elements name theirs by data-t (text), data-t-label (aria-label) or data-t-title (title); scripts call
// t(name, values), which puts values into {braces}.

import { en } from "./texts/page.en.js";
import { zh } from "./texts/page.zh.js";
import { texts as data } from "./texts/data.js";
import { texts as experiment } from "./texts/experiment.js";
import { texts as inside } from "./texts/inside.js";
import { texts as latent } from "./texts/latent.js";
import { texts as lesson } from "./texts/lesson.js";
import { texts as play } from "./texts/play.js";
import { texts as tape } from "./texts/tape.js";
import { texts as time } from "./texts/time.js";
import { texts as watch } from "./texts/watch.js";

const parts = [watch, inside, latent, play, tape, time, experiment, lesson, data];
const table = { en: Object.assign({}, en, ...parts.map((p) => p.en)), zh: Object.assign({}, zh, ...parts.map((p) => p.zh)) };
export const languages = Object.keys(table);
let language = "en";

/** The text of that name with values put in; {n, one|many} chooses by n being 1. */
export function t(name, values = {}) {
  const text = table[language][name] ?? en[name];
  if (text === undefined) throw new Error(`no text is called ${name}`);
  return text.replace(/\{(\w+)(?:, ([^|}]+)\|([^}]+))?\}/g, (_, key, one, many) => {
    const v = values[key];
    if (one === undefined) return v;
    return v === 1 ? one : `${v} ${many}`;
  });
}

export function currentLanguage() {
  return language;
}

/** A recipe field's label and explanation; the field's own name and help where the tables have none. */
export function fieldTexts({ name, help }) {
  const [label, explained] = table[language].fields[name] ?? [spaced(name), help];
  return { label, help: explained };
}

const spaced = (name) => (name[0].toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** What to expect of a preset. */
export function presetSays({ name, says }) {
  return table[language].presets[name] ?? says;
}

/** A number with the language's digit groups. */
export function grouped(value) {
  return new Intl.NumberFormat(language).format(value);
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

/** What each language's table has and another lacks, for tests. */
export function untranslated() {
  return languages.flatMap((a) => languages.flatMap((b) => Object.keys(table[a]).filter((k) => !(k in table[b])).map((k) => `${b}: ${k}`)));
}
