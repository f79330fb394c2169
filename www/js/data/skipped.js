// What was left out of a data set, counted by reason, with the first names of each.

import { grouped, t } from "../strings.js";

const named = 3; // names beside a reason

export class Skipped {
  #of = new Map(); // by reason in words: {n, names}

  add(why, name, n = 1, what = "") {
    const key = JSON.stringify([why, what]);
    const group = this.#of.get(key) ?? { n: 0, names: [] };
    this.#of.set(key, group);
    group.n += n;
    if (group.names.length <= named) group.names.push(name);
  }

  get any() {
    return this.#of.size > 0;
  }

  /** A line for each reason, such as "2 hidden (.a, .b)". */
  lines() {
    return [...this.#of].map(([key, { n, names }]) => {
      const [why, what] = JSON.parse(key);
      const some = names.slice(0, named).join(t("comma")) + (names.length > named ? t("comma") + "…" : "");
      return t("skipLine", { n: grouped(n), why: t(why, { what }), names: some });
    });
  }

  /** All of it as a sentence, "" for nothing. */
  sentence() {
    return this.any ? t("skipped", { list: this.lines().join(t("listComma")) }) : "";
  }
}
