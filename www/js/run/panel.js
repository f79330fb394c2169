// The numbers, the buttons' state, D's verdicts and the status line: what the page says of the run.

import { grouped, sentences, t } from "../strings.js";
import { judged } from "./verdicts.js";

const $ = (id) => document.getElementById(id);
const controls = [ // that need a run
  "play", "step", "depth", "slow", "reset", "save", "save-weights", "onnx", "pytorch", "load", "png", "copy-png", "gif", "webm", "csv", "json", "curves-png", "keep-run", "g-go",
];
const speakEvery = 10_000; // milliseconds between status lines while nothing but the step changes

const barred = { digits: "progress", archive: "progressArchive", pictures: "progressPictures", own: "progressOwn" }; // what a bar of each kind of arrivals is called

export class Panel {
  #sheet = null; // of the last pictures
  #digits = null; // {have, total} of the data that arrive
  #spoken = { key: "", at: 0 };
  #onSentence;
  #playing;
  #pausing;
  #resuming;
  #watched;
  #idle;
  #idled = []; // what was of no use before

  /**
   * onSentence is told what the canvas shows, in words, whenever that changes; playing tells whether slow motion goes on,
   * pausing whether the run is about to rest, resuming whether it is about to go on,
   * idle which controls are of no use in this page,
   * watched what the room of the run shows, {fake, losses}, or null while another room is open.
   */
  constructor({ onSentence, playing, pausing, resuming, watched, idle = () => [] }) {
    this.#onSentence = onSentence;
    this.#playing = playing;
    this.#pausing = pausing;
    this.#resuming = resuming;
    this.#watched = watched;
    this.#idle = idle;
    document.addEventListener("arriving", ({ detail }) => this.#arrive(detail));
  }

  /** Takes what an event says beside the status. */
  event(event) {
    if (event.type === "sampled") this.#sheet = event.sheet;
    if (event.type === "loading") this.#arrive(event);
  }

  /** Another run has taken the place of the one before. */
  reset() {
    this.#sheet = null;
  }

  #arrive({ what, have = 0, total = 0 }) {
    if (what === "digits") this.#digits = { have, total };
    const label = $("progress").labels[0];
    label.dataset.t = barred[what];
    label.textContent = t(label.dataset.t);
    $("progress").max = total || 1;
    $("progress").value = have;
    $("arriving").hidden = have >= total;
  }

  /** Brings everything up to date with the status. */
  show(s) {
    this.#buttons(s);
    $("n-step").textContent = grouped(s.step);
    $("n-epoch").textContent = s.recipe ? `${s.epoch} / ${grouped(s.recipe.epochs)}` : "–";
    $("n-ms").textContent = s.msPerStep ? s.msPerStep.toFixed(s.msPerStep < 10 ? 1 : 0) : "–";
    $("n-rate").textContent = s.msPerStep ? grouped(Math.round((1000 * s.recipe.batch * s.recipe.d_steps) / s.msPerStep)) : "–";
    const { side, fadeIn = 0 } = this.#sheet ?? {};
    $("growth").hidden = !side;
    $("n-side").textContent = fadeIn < 1 ? `${side} × ${side} · ${Math.round(100 * fadeIn)} %` : `${side} × ${side}`;
    const together = s.recipe?.packing ?? 1;
    this.#verdict("fake", this.#sheet?.fakeScores, together);
    this.#verdict("real", this.#sheet?.realScores, together);
    this.#speak(s);
  }

  #buttons(s) {
    const does = ((s.state === "running" || this.#resuming()) && !this.#pausing()) || this.#playing() ? "pause" : "play";
    $("play").dataset.does = does;
    $("play-text").textContent = t(does);
    const idle = this.#idle();
    for (const id of this.#idled) if (!idle.includes(id)) $(id).disabled = false;
    this.#idled = idle;
    const none = !s.recipe || s.state === "failed";
    for (const id of controls) $(id).disabled = none || $(id).dataset.busy === "true";
    if (s.state === "finished") for (const id of ["play", "slow", "step", "depth"]) $(id).disabled = true;
    for (const id of idle) $(id).disabled = true;
  }

  #verdict(which, scores, together) {
    const p = mean(scores);
    const place = $(`judged-${which}`), { fresh, scores: critic } = this.#sheet ?? {};
    place.textContent = p !== null ? judged("judged", critic, { p }) : t(fresh ? "noVerdict" : "notJudged");
    place.title = p !== null ? t(critic ? "scoreSays" : "verdictSays") : fresh ? t("noVerdictSays") : "";
    if (p !== null && together > 1) place.title += ` ${t("packedSays", { n: together })}`;
  }

  /** Says at once what changes in kind, and now and then what changes in number. */
  #speak(s) {
    const text = this.sentence(s);
    const watched = this.#watched();
    const key = [s.state, watched?.fake, watched?.losses, this.#sheet?.reals, s.step > 0, document.documentElement.lang].join();
    const now = performance.now();
    if (key === this.#spoken.key && now - this.#spoken.at < speakEvery) return;
    this.#spoken = { key, at: now };
    $("status").textContent = text;
    this.#onSentence(text);
  }

  /** What the canvas shows, in words. */
  sentence(s) {
    if (!s.recipe) return s.error || t("loading");
    const parts = [t("sayRun", { state: t(s.state), step: grouped(s.step), epoch: s.epoch })];
    if (this.#digits && this.#digits.have < this.#digits.total) {
      parts.push(t("sayLoading", { have: grouped(this.#digits.have), total: grouped(this.#digits.total) }));
    }
    const watched = this.#watched();
    if (this.#sheet && watched) {
      const { fakes, reals, fakeScores, realScores, side, fadeIn = 0, scores, fresh } = this.#sheet;
      parts.push(t("sayShown", { fakes, reals }));
      if (side) parts.push(t("saySide", { side, p: Math.round(100 * fadeIn) }));
      const fake = mean(fakeScores), real = mean(realScores);
      if (real !== null) parts.push(judged("sayJudged", scores, { real, fake }, { opinion: t(scores ? order(fake, real) : opinion(fake, real)) }));
      if (fresh) parts.push(t("noVerdictSays"));
      const n = watched.fake + 1;
      parts.push(fakeScores?.length > watched.fake ? judged("sayFlow", scores, { p: fakeScores[watched.fake] }, { n }) : t("sayFlowFresh", { n }));
      if (s.lossD !== null) parts.push(watched.losses ? t("sayLosses", { d: s.lossD.toFixed(2), g: s.lossG.toFixed(2) }) : t("sayVerdicts"));
    }
    return sentences(...parts);
  }
}

/** What D's mean verdicts come to. */
function opinion(fake, real) {
  if (fake > real) return "fooled";
  if (real - fake < 0.2) return "cannotTell";
  return fake < 0.1 ? "catchesAll" : "catchesMost";
}

/** The same of scores, of which only the order means something. */
const order = (fake, real) => (fake > real ? "fooled" : "scoresApart");

const mean = (scores) => (scores?.length ? scores.reduce((sum, v) => sum + v, 0) / scores.length : null);
