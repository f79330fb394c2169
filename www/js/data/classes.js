// The classes of a run's data, to choose one from.

import { classNames } from "./given.js";
import { t } from "../strings.js";

/** Options for any class and for each, by what began the run: digits as themselves, one's own classes by their names. */
export function classOptions(began) {
  const names = classNames(began?.digest);
  const each = Array.from({ length: began?.classes ?? 0 }, (_, k) => new Option(names[k] ?? k, k));
  return [new Option(t("any"), "-1"), ...each];
}
