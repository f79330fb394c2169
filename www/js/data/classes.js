// The classes of a run's data: their names, and to choose one from.

import { classNames } from "./given.js";
import { classesIn, t } from "../strings.js";

/** What each class is called, by what began the run: by its name where it has one and the data are here, else by its number. */
export function classesOf(began) {
  const own = classNames(began?.digest), known = classesIn(began?.recipe?.dataset);
  return Array.from({ length: began?.classes ?? 0 }, (_, k) => own[k] ?? known[k] ?? String(k));
}

/** Options for any class and for each, by what began the run. */
export const classOptions = (began) => [new Option(t("any"), "-1"), ...classesOf(began).map((name, k) => new Option(name, k))];
