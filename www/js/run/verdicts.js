// D's verdicts in words: per cent where they are probabilities, signed numbers where D gives scores on a scale of its own.

import { t } from "../strings.js";

/** A score with its sign, and digits enough to tell neighbours apart. */
export function score(v) {
  const size = Math.abs(v);
  return `${v > 0 ? "+" : v < 0 ? "−" : ""}${size.toFixed(size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2)}`;
}

/** A text that has a form for scores, called name + "Score" with {v}, {a}, {b} in place of {p}, {a}, {b} as per cents. */
export function judged(name, scores, values, more = {}, percent = (p) => String(Math.round(100 * p))) {
  const write = scores ? score : percent;
  return t(scores ? `${name}Score` : name, { ...more, ...Object.fromEntries(Object.entries(values).map(([key, v]) => [key, write(v)])) });
}

/** What is shown of a verdict: the probability and where D is undecided, or the score and the one at which it is. */
export const shown = ({ p, pMiddle, logits, middle, scores }) => (scores ? { p: logits[0], pMiddle: middle } : { p: p[0], pMiddle });
