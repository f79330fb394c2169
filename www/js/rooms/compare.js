// The page's part of the room that compares: another run in Workers of its own beside the page's, from the same seed or as it was
// kept. Both play and pause together, and the faster one waits, so that both are at about the same step. Or a run that another
// process carries, as it is.

import { Ganvas } from "../api.js";
import { giveTo } from "../data/given.js";
import { difference, fieldText, valid, allowed, written } from "../experiment/fields.js";
import { all } from "../library/library.js";
import { notice } from "../page/notices.js";
import { reasoned } from "../page/reasons.js";
import { fieldTexts, grouped, t } from "../strings.js";
import { Trainer } from "../run/trainer.js";
import { Pace } from "../run/pace.js";
import { Watchdog } from "../run/watchdog.js";

const $ = (id) => document.getElementById(id);
const first = ["lr_d", "lr_g", "loss", "batch", "d_steps", "dropout"]; // fields to change that are worth a try soonest
const curve = 2000; // steps of a kept run's curves that are shown at most

export class Compare {
  #ganvas;
  #tables;
  #kernel;
  #pair = null; // {trainer, watchdog, pace, label, recipe, step} of the other run
  #shared = null; // the visitor's own data in memory, when the other trainer was opened
  #open = false;
  #runs; // of other processes, null where this page's server shows none

  /** kernel() is the one that the page's trainer uses; runs are those of other processes that can be watched. */
  constructor(ganvas, { tables, kernel, runs = null }) {
    this.#ganvas = ganvas;
    this.#tables = tables;
    this.#kernel = kernel;
    this.#runs = runs;
    ganvas.on((event) => this.#own(event));
    $("compare-form").addEventListener("submit", (e) => (e.preventDefault(), this.#asked()));
    $("compare-what").addEventListener("change", () => this.#offer());
    $("compare-field").addEventListener("change", () => this.#field());
    $("compare-end").addEventListener("click", () => this.end());
  }

  opened() {
    this.#open = true;
    this.#runs?.opened();
    this.#list();
    this.#follow();
    this.speak();
  }

  /** The other run waits while nobody looks, and the page's own goes on alone. */
  closed() {
    this.#open = false;
    this.#runs?.closed();
    this.#follow();
  }

  /** Writes everything in the page's language. */
  speak() {
    this.#runs?.speak();
    this.#list();
    this.#say();
  }

  /** Ends the other run and frees its memory. */
  end() {
    if (!this.#pair) return;
    const { trainer, watchdog, pace } = this.#pair;
    this.#pair = null;
    watchdog.stop();
    pace.end();
    trainer.close();
    this.tell("none");
    this.#say();
  }

  /** Compares the page's run with a kept one. */
  async withKept(run) {
    await this.#begin(run.name || t("unnamed", { preset: run.preset || t("custom"), step: grouped(run.step) }), async (ask) => {
      if (run.log) this.tell("before", curves(JSON.parse(await run.log.text())));
      if (run.data) await this.#give(ask, run.data);
      await ask({ type: "load", paused: true }, new Uint8Array(await new Blob([run.bytes]).arrayBuffer()));
    });
  }

  /** Compares the page's run with that in a file. */
  withFile(file) {
    return this.#begin(file.name, async (ask) => ask({ type: "load", paused: true }, new Uint8Array(await file.arrayBuffer())));
  }

  /** Compares the page's run with a fresh one, {preset, recipe}. */
  withRecipe({ preset, recipe }, label) {
    return this.#begin(label, (ask) => ask({ type: "start", preset, recipe, paused: true }));
  }

  /** Gives the other run's trainer the data with that digest, or those that are here: in the memory where the page's own run has them. */
  #give(ask, digest) {
    const { command } = this.#shared ?? {};
    return command && (digest ?? command.digest) === command.digest ? ask(command) : giveTo(ask, digest);
  }

  /** Fills the list of what there is to compare with. */
  async #list() {
    const runs = await all().catch(() => []);
    const group = (label, options) => {
      const g = document.createElement("optgroup");
      g.label = t(label);
      g.append(...options);
      return g;
    };
    const chosen = $("compare-what").value;
    const kept = runs.map((run) => new Option(run.name || t("unnamed", { preset: run.preset || t("custom"), step: grouped(run.step) }), `run ${run.id}`));
    $("compare-what").replaceChildren(
      new Option(t("compareChange"), "change"),
      ...(this.#runs?.all.length ? [group("runsWatched", this.#runs.all.map(({ name }, i) => new Option(name, `watched ${i}`)))] : []),
      ...(kept.length ? [group("compareRuns", kept)] : []),
      group("comparePresets", this.#tables().presets.map(({ name }) => new Option(name, `preset ${name}`))),
    );
    if ([...$("compare-what").options].some((o) => o.value === chosen)) $("compare-what").value = chosen;
    const fields = [...this.#tables().fields].sort((a, b) => rank(a) - rank(b)).filter(({ name }) => name !== "seed" && name !== "dataset");
    const field = $("compare-field").value;
    $("compare-field").replaceChildren(...fields.map((f) => new Option(fieldTexts(f).label, f.name)));
    $("compare-field").value = field || first[0];
    this.#offer();
  }

  #offer() {
    $("compare-change").hidden = $("compare-what").value !== "change";
    this.#seeds();
    this.#field(false);
  }

  /** Another field to change: its present value, to begin from; a learning rate's quarter, which is worth a try. */
  #field(anew = true) {
    const field = this.#tables().fields.find(({ name }) => name === $("compare-field").value);
    const recipe = this.#ganvas.status().recipe;
    if (!field || !recipe) return;
    const choices = field.kind === "choice" ? field.choices : field.kind === "bool" ? ["true", "false"] : null;
    $("compare-value").hidden = Boolean(choices);
    $("compare-choice").hidden = !choices;
    if (!anew && ($("compare-value").value || $("compare-choice").value)) return;
    const now = recipe[field.name];
    $("compare-value").value = fieldText(field.name.startsWith("lr_") ? Number((now / 4).toPrecision(3)) : now);
    $("compare-choice").replaceChildren(...(choices ?? []).map((choice) => new Option(choice, choice)));
    if (choices) $("compare-choice").value = fieldText(recipe[field.name]);
  }

  /** Begins what the form asks for; what cannot be is said beside it. */
  async #asked() {
    const [kind, ...rest] = $("compare-what").value.split(" ");
    const { recipe, preset } = this.#ganvas.status();
    if (!recipe) return;
    $("compare-wrong").textContent = "";
    const wrong = (sentence) => ($("compare-wrong").textContent = sentence);
    if (kind === "run") {
      const run = (await all()).find(({ id }) => id === Number(rest[0]));
      return run ? this.withKept(run) : wrong(t("runGone"));
    }
    if (kind === "watched") return this.#watch(this.#runs.all[Number(rest[0])]);
    if (kind === "preset") {
      return this.#begin(rest.join(" "), (ask) => ask({ type: "start", preset: rest.join(" "), recipe: { seed: String(recipe.seed) }, paused: true }));
    }
    const field = this.#tables().fields.find(({ name }) => name === $("compare-field").value);
    const text = written(field, $("compare-choice").hidden ? $("compare-value").value : $("compare-choice").value);
    const label = fieldTexts(field).label;
    if (!valid(field, text)) return wrong(t("badField", { name: label, value: text, allowed: allowed(field) }));
    if (text === fieldText(recipe[field.name])) return wrong(t("compareAlike", { value: text }));
    const whole = Object.fromEntries(this.#tables().fields.map(({ name }) => [name, fieldText(recipe[name])]));
    await this.#begin(`${label} ${text}`, async (ask) => {
      if (whole.dataset === "own") await this.#give(ask);
      await ask({ type: "start", preset: preset || undefined, recipe: { ...whole, [field.name]: text }, paused: true });
    });
  }

  /** Compares with a run that another process carries, as it is: neither waits for the other. */
  #watch({ name, open }) {
    return this.#begin(name, () => {}, open());
  }

  /** Opens a trainer for another run, or one that has a run; load(ask) has it begin, paused. */
  async #begin(label, load, trainer = new Trainer()) {
    this.end();
    const watched = trainer.remote === true;
    const pace = watched ? unpaced : new Pace((command) => this.#ganvas.ask(command), (command) => trainer.ask(command));
    pace.anew(0, this.#ganvas.status().step);
    const other = new Ganvas(trainer);
    const lost = (why) => {
      if (pair !== this.#pair) return;
      this.end();
      notice(t("compareCrashed", { why }), { label: t("compareAgain"), run: () => this.#begin(label, load, watched ? trainer : undefined) });
    };
    const watchdog = new Watchdog({
      status: () => other.status(), free: (step) => trainer.free(step), diagnose: () => trainer.diagnose(),
      help: async (diagnosis, seconds) => {
        console.warn(`ganvas: the run to compare with has done no step for ${seconds} s; its Workers: ${JSON.stringify(diagnosis)}`);
        lost(t("stalledWhy", { seconds }));
      },
    });
    const pair = (this.#pair = { trainer, watchdog, pace, label, watched, recipe: null, step: 0 });
    trainer.addEventListener("event", ({ detail: { event, bytes } }) => pair === this.#pair && this.#other(event, bytes));
    trainer.addEventListener("crash", ({ detail: why }) => lost(why));
    watchdog.start();
    $("compare-go").disabled = true;
    try {
      this.#shared = this.#ganvas.shared;
      await trainer.open({ kernel: this.#kernel(), shared: this.#shared, threads: Math.max(1, Math.floor((navigator.hardwareConcurrency || 1) / 2)) });
      await load((command, bytes) => trainer.ask(command, bytes));
      this.#follow();
    } catch (error) {
      if (pair === this.#pair) this.end();
      $("compare-wrong").textContent = reasoned(error.message);
    }
    $("compare-go").disabled = false;
    this.#say();
  }

  /** Time passes for the other run, whose leader hangs first where hang is set; for tests. */
  watch(ms, hang = false) {
    if (hang) this.#pair.trainer.harm(0, "hang");
    return this.#pair?.watchdog.pass(ms);
  }

  /** Another run has taken the place of the page's own. */
  reset(event) {
    if (this.#open) this.#list().then(() => this.#field());
    if (this.#pair && !this.#open) return this.end(); // nobody looks
    this.#pair?.pace.anew(0, event.step);
  }

  /** What the page's own run says. */
  #own(event) {
    const pair = this.#pair;
    if (!pair) return;
    pair.pace.at(0, event);
    if (["started", "paused", "resumed", "stopped"].includes(event.type)) this.#follow();
    if (["started", "changed", "stepped"].includes(event.type)) this.#say();
  }

  /** What the other run says: to the drawing, and to the words beside it. */
  #other(event, bytes) {
    const pair = this.#pair;
    pair.watchdog.hear(event);
    if (event.recipe) pair.recipe = event.recipe;
    if (event.type !== "loading") pair.step = event.step;
    if (["started", "stepped", "sampled", "measured"].includes(event.type)) this.send(`other.${event.type}`, event, bytes);
    if (event.error) notice(t("compareFailed", { label: pair.label, why: reasoned(event.error) }));
    pair.pace.at(1, event);
    if (["started", "stepped", "stopped"].includes(event.type)) this.#say();
  }

  /** The other run plays where the page's does or has come to its end, while somebody looks. */
  #follow() {
    if (!this.#pair) return;
    const { state } = this.#ganvas.status();
    this.#pair.pace.play(this.#open && ["running", "finished"].includes(state)).catch((error) => notice(reasoned(error.message)));
  }

  /** Says what the seeds of both runs mean: those that this page begins have the same, all others one of their own. */
  #seeds() {
    const pair = this.#pair, own = this.#ganvas.status();
    const known = pair?.recipe && own.recipe;
    const alike = known ? String(pair.recipe.seed) === String(own.recipe.seed) : !["run", "watched"].includes($("compare-what").value.split(" ")[0]);
    $("compare-says").textContent = t(alike ? "compareSays" : known ? "compareOtherSeed" : "compareAsItIs");
    $("compare-curves").textContent = t(alike ? "compareCurves" : "compareCurvesOwn");
  }

  #say() {
    const pair = this.#pair, own = this.#ganvas.status();
    $("compare-pair").hidden = !pair?.recipe;
    $("compare-none").hidden = Boolean(pair);
    this.#seeds();
    if (!pair?.recipe || !own.recipe) return;
    const { fields } = this.#tables();
    const changed = Object.keys(difference(fields, pair.recipe, own.recipe));
    const words = changed.map((name) => t("compareField", { field: fieldTexts({ name }).label, a: fieldText(own.recipe[name]), b: fieldText(pair.recipe[name]) }));
    const put = (id, text) => $(id).textContent !== text && ($(id).textContent = text);
    put("compare-a", t("compareA", { preset: own.preset || t("custom"), step: grouped(own.step) }));
    put("compare-b", t("compareB", { label: pair.label, step: grouped(pair.step) }));
    put("compare-differ", words.length ? t("compareDiffer", { words: words.join(t("listComma")) }) : t("compareSame"));
    put("compare-shared", t(pair.watched ? "compareWatched" : "compareShared"));
    const waits = pair.pace.waits();
    put("compare-waits", waits === null ? "" : t("compareWaits", { who: "AB"[waits] }));
  }
}

/** The pace of two runs of which neither waits for the other. */
const unpaced = { at() {}, anew() {}, async play() {}, waits: () => null, end() {} };

const rank = ({ name }) => (first.includes(name) ? first.indexOf(name) : first.length);

/** A kept run's steps, losses and verdicts, every so many of them. */
function curves({ rows }) {
  const by = Math.ceil(rows.length / curve);
  return rows.filter((row, i) => i % by === 0 && row.slice(3).every((v) => v !== null)).map(([step, , , ...values]) => [step, ...values]);
}
