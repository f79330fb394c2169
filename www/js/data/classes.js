// The classes of a run's data: their names, and to choose one from.

import { classesIn, t } from "../strings.js";

/** What each class is called, by what began the run: by its name where it has one, which data sets of the page's have in its language, else by its number. */
export function classesOf(began) {
  const known = classesIn(began?.recipe?.dataset), own = began?.names ?? [];
  return Array.from({ length: began?.classes ?? 0 }, (_, k) => known[k] ?? own[k] ?? String(k));
}

/** Options for any class and for each, by what began the run. */
export const classOptions = (began) => [new Option(t("any"), "-1"), ...classesOf(began).map((name, k) => new Option(name, k))];
