// How good the digits are and how the run is: the last measurement, in words and as the ten digits' shares, and what the
// doctor says.

import { gradeOf, grades } from "./grade.js";
import { currentKind, grouped, sentences, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const share = 0.01; // of the images that must show a digit readably for it to count as drawn
const highest = 30; // pixels
const texts = {
  young: "drYoung", healthy: "drHealthy", ahead: "drAhead", calm: "drCalm", won: "drWon", noise: "drNoise", scrawls: "drScrawls", rough: "drRough", readable: "drReadable", good: "drGood", blown: "drBlown", collapsed: "drCollapsed", same: "drSame", swinging: "drSwinging", diverged: "drDiverged",
};

const likenesses = { noise: "likeNoise", scrawls: "likeScrawls", rough: "likeRough", readable: "likeReadable", good: "likeGood" };

const balances = { healthy: "balHealthy", ahead: "balAhead", calm: "balCalm" };

export class Quality {
  #metrics = null;
  #found = { state: "young", values: {} };
  #over = false; // all epochs are done

  constructor(ganvas) {
    $("q-shares").replaceChildren(...Array.from({ length: 10 }, (_, digit) => {
      const bar = document.createElement("li");
      bar.append(document.createElement("i"), String(digit));
      return bar;
    }));
    ganvas.on((event) => {
      if (event.type === "measured") this.#take({ metrics: event.metrics });
      if (event.type === "diagnosed") this.#take({ found: { state: event.reason, values: event.metrics ?? {} } });
      if (event.type === "stopped" && event.reason === "diverged") this.#take({ found: { state: "diverged", values: {} } });
      const done = event.type === "stopped" && event.reason === "finished";
      if (done) this.#take({ over: true });
      const opened = event.type === "paused" && event.step > 0 && !this.#metrics;
      if (done || opened) ganvas.measure().catch(() => {}); // nothing is shown where there is too little to measure
    });
    $("grade-more").addEventListener("click", () => ($("more").open = true));
    this.show();
  }

  /** Another run has taken the place of the one before, or its weights are others. */
  reset() {
    this.#take({ over: false, metrics: null, found: { state: "young", values: {} } });
  }

  #take({ metrics = this.#metrics, found = this.#found, over = this.#over }) {
    this.#over = over;
    this.#metrics = metrics;
    this.#found = found;
    this.show();
  }

  /** Writes everything in the page's language. */
  show() {
    const m = this.#metrics;
    const apart = m ? m.frechet / m.frechetFloor : 0;
    const modes = m?.modes > 0; // of points, which no judge looks at
    const like = m?.realCoverage > 0; // pictures that no judge knows, by how like real ones they are
    $("q-covered").textContent = modes ? t("qModes", { n: m.covered, of: m.modes }) : like ? percent(m.coverage) : m ? t("qCovered", { n: m.covered }) : "–";
    $("q-apart").textContent = m && !modes ? t("times", { x: rounded(apart) }) : "–";
    $("q-precision").textContent = m ? percent(modes ? m.quality : m.precision) : "–";
    $("q-recall").textContent = m && !modes ? percent(m.recall) : "–";
    $("q-shares").hidden = modes || currentKind() === "pictures";
    $("quality").hidden = $("q-covered").parentElement.hidden = !m && currentKind() === "pictures"; // of which there may be too few to measure
    const shares = Array.from({ length: 10 }, (_, digit) => m?.[`share${digit}`] ?? 0);
    const most = Math.max(0.2, ...shares);
    [...$("q-shares").children].forEach((bar, digit) => {
      bar.firstChild.style.height = `${Math.max(2, (highest * shares[digit]) / most)}px`;
      bar.classList.toggle("missing", m !== null && shares[digit] < share);
      bar.title = `${digit}: ${percent(shares[digit])}`;
    });
    $("q-shares").setAttribute("aria-label", m ? t("qShares", { shares: shares.map((v, digit) => `${digit}: ${percent(v)}`).join(", ") }) : t("qNone"));
    this.#diagnosis(m, shares);
  }

  /** The scale, lit as far as the last diagnosis goes. */
  #grade() {
    const grade = gradeOf(this.#found);
    [...$("grade-bar").children].forEach((step, i) => step.classList.toggle("lit", i < (grade ?? 0)));
    $("grade-word").textContent = grade === null ? "–" : t(grade === 0 ? "gradeNoise" : grades[grade - 1]);
    $("grade-more").setAttribute("aria-label", t("gradeIs", { word: $("grade-word").textContent, n: grade ?? 0, of: grades.length }));
  }

  #diagnosis(m, shares) {
    this.#grade();
    const { state, values } = this.#found;
    const drawn = shares.flatMap((v, digit) => (v >= share ? [digit] : [])).join(", ") || t("drNothing");
    let says = t(texts[state], { loss: state === "blown" ? grouped(Math.round(values.loss)) : (values.lossD ?? 0).toFixed(3), turns: values.turns, variety: percent(values.diversity ?? 0), drawn });
    if (state === "won" && values.fades) says = t("drFaded", { loss: values.lossD.toFixed(3) });
    const points = { n: values.covered, of: values.modes, p: percent(values.quality ?? 0) };
    if (values.modes && state === "noise") says = t("drVague", points);
    else if (values.modes && (state === "rough" || state === "good")) says = sentences(t(state === "good" ? "drPointsGood" : "drPointsRough"), t("drModes", points));
    else if (values.modes && state === "collapsed") says = t("drFewModes", points);
    else if (values.modes) says = sentences(says, t("drModes", points));
    const like = { p: percent(values.precision ?? 0), c: percent(values.coverage ?? 0), x: rounded(values.apart ?? 0) };
    if (values.coverage >= 0 && state === "collapsed") says = t("drAlike", like);
    else if (values.coverage >= 0) says = sentences(likenesses[state] ? t(likenesses[state]) : says, t(state === "noise" || state === "scrawls" ? "drUnlike" : "drLike", like));
    else if (values.apart) says = sentences(says, t("drQuality", { n: values.covered, x: rounded(values.apart), r: percent(values.readable) }));
    if (values.trend) says = sentences(says, t(values.trend > 0 ? "drBetter" : "drWorse"));
    const balance = Object.keys(balances).find((name) => values[name]);
    if (balance) says = sentences(says, t(balances[balance]));
    if (this.#over) says = sentences(t("drOver"), says);
    if ($("doctor").textContent !== says) $("doctor").textContent = says;
    $("doctor").dataset.state = state;
  }
}

const percent = (v) => `${Math.round(100 * v)} %`;
const rounded = (v) => v.toFixed(v < 10 ? 1 : 0);
