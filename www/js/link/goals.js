// The goals that a lesson's address can set: goal=covered:10, or several with commas between them. Each is shown as a
// sentence, and gets a tick when the run reaches it. The lesson's questions take theirs from here too.

import { t } from "../strings.js";

const fromStep = 100; // "how often D is right" counts from here: before, it has learned nothing
const recently = 50; // steps over which it is counted, as the page shows it

/** The kinds of goal: what values they take, if any, and how far a run is; reached(value, seen), where found is what the doctor says of the run. */
export const goalKinds = {
  covered: { min: 1, max: 10, whole: true, reached: (n, { metrics }) => metrics?.covered >= n },
  right: { min: 0.5, max: 1, reached: (share, { right, step }) => step >= fromStep && right !== null && right <= share },
  step: { min: 1, max: 1e9, whole: true, reached: (n, { step }) => step >= n },
  epoch: { min: 1, max: 1e6, whole: true, reached: (n, { epoch }) => epoch >= n },
  collapsed: { bare: true, reached: (_, { found }) => found === "collapsed" || found === "same" },
  won: { bare: true, reached: (_, { found }) => found === "won" },
  distance: { min: 1, max: 1000, reached: (n, { metrics }) => metrics?.frechet <= n * metrics?.frechetFloor },
};

/** The goals in an address's text, or null where it names anything else. */
export function readGoals(text) {
  const goals = text.split(",").map((part) => {
    const [kind, number] = part.split(":");
    const rule = Object.hasOwn(goalKinds, kind) ? goalKinds[kind] : null;
    if (rule?.bare) return number === undefined ? { kind, value: 1 } : null;
    const value = Number(number);
    if (!rule || !number?.trim() || !(value >= rule.min && value <= rule.max) || (rule.whole && !Number.isInteger(value))) return null;
    return { kind, value };
  });
  return goals.includes(null) ? null : goals;
}

/** What goals look at, of the run that goes on. */
export class Seen {
  #rights = []; // of the recent steps
  now = { step: 0, epoch: 0, metrics: null, right: null, found: "", recipe: null };

  /** Takes an event of the run in; returns whether it is another run's first. */
  follow(event) {
    const another = event.type === "started";
    if (another) {
      this.#rights = [];
      this.now = { metrics: null, right: null, found: "" };
    }
    if (event.type === "loading") return false;
    Object.assign(this.now, { step: event.step, epoch: event.epoch });
    if (event.recipe) this.now.recipe = event.recipe;
    if (event.sheet) this.now.side = event.sheet.side ?? 0;
    if (event.type === "measured") this.now.metrics = event.metrics;
    if (event.type === "diagnosed") this.now.found = event.reason;
    if (event.type === "stepped") this.#rights = [...this.#rights, ...event.points.map((p) => p.right)].slice(-recently);
    this.now.right = this.#rights.length < recently ? null : this.#rights.reduce((sum, v) => sum + v, 0) / recently;
    return another;
  }
}

/** Shows the goals and follows the run. */
export class Goals {
  #place = document.getElementById("goal");
  #goals = [];
  #seen = new Seen();

  constructor(ganvas) {
    ganvas.on((event) => this.#follow(event));
  }

  set(goals) {
    this.#goals = goals.map((goal) => ({ ...goal, done: false }));
    this.#place.hidden = goals.length === 0;
    this.speak();
  }

  #follow(event) {
    const another = this.#seen.follow(event);
    if (another) for (const goal of this.#goals) goal.done = false;
    const reached = this.#goals.filter((goal) => !goal.done && goalKinds[goal.kind].reached(goal.value, this.#seen.now));
    for (const goal of reached) goal.done = true;
    if (another || reached.length) this.speak();
  }

  /** Writes the sentences anew. */
  speak() {
    this.#place.replaceChildren(...this.#goals.map(({ kind, value, done }) => {
      const line = document.createElement("span");
      line.className = done ? "done" : "";
      line.textContent = t(`goals.${kind}`, { n: value, p: Math.round(100 * value) }) + (done ? ` ${t("goalReached")}` : "");
      return line;
    }));
  }
}
