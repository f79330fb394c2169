// The classes of a run's data, to choose one from.

import { classNames } from "./given.js";
import { classesIn, t } from "../strings.js";

/** Options for any class and for each, by what began the run: digits as themselves, others by their names. */
export function classOptions(began) {
  const own = classNames(began?.digest), known = classesIn(began?.recipe?.dataset);
  const each = Array.from({ length: began?.classes ?? 0 }, (_, k) => new Option(own[k] ?? known[k] ?? k, k));
  return [new Option(t("any"), "-1"), ...each];
}
