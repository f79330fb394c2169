/** A probability in per cent, with a decimal where it is near 0 or 1, and never a certainty. */
export function percent(p) {
  if (p > 0.999) return "> 99.9";
  if (p < 0.001) return "< 0.1";
  return p < 0.01 || p > 0.99 ? (100 * p).toFixed(1) : String(Math.round(100 * p));
}
