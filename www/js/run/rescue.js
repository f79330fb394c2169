// Goes on with a run whose Workers hang or are gone: in fresh ones, from the last good state that the page has of it.

import { goOnKept, lastGood } from "../library/keep.js";
import { notice } from "../page/notices.js";
import { grouped, t } from "../strings.js";

const most = 3; // rescues
const within = 10 * 60_000; // milliseconds: a run that needs more of them is given up

export class Rescue {
  #ganvas;
  #trainer;
  #giveUp;
  #state = ""; // of the run, "" where there is none
  #times = [];
  #from = 0; // step that the run went on from

  /** giveUp(why) is called where nothing helps. */
  constructor(ganvas, trainer, giveUp) {
    this.#ganvas = ganvas;
    this.#trainer = trainer;
    this.#giveUp = giveUp;
  }

  /** Takes what the run says. */
  hear({ type, step }) {
    if (type === "started") this.#from = step;
    const state = { started: "running", resumed: "running", paused: "paused", stopped: "stopped" }[type];
    if (state) this.#state = state;
  }

  /** No step has come for that long; the diagnosis of the Workers goes to the console. */
  stalled(diagnosis, seconds) {
    console.warn(`ganvas: no step for ${seconds} s at step ${this.#ganvas.status().step}; the Workers: ${JSON.stringify(diagnosis)}`);
    return this.#goOn((step) => t("stalled", { seconds, step }), t("stalledWhy", { seconds }));
  }

  /** The trainer is gone. */
  crashed(why) {
    return this.#goOn((step) => t("crashedOn", { why, step }), why);
  }

  async #goOn(says, why) {
    const now = performance.now();
    this.#times = this.#times.filter((at) => now - at < within);
    const paused = this.#state === "paused", good = lastGood();
    const { recipe, preset } = this.#ganvas.status();
    if (!["running", "paused"].includes(this.#state) || !recipe || this.#times.length >= most) return this.#giveUp(why);
    this.#times.push(now);
    try {
      if (good) await goOnKept(good, async () => this.#trainer.renew({ type: "load", paused, continues: true }, new Uint8Array(await good.bytes.arrayBuffer())));
      else await this.#trainer.renew({ type: "start", preset: preset || undefined, recipe: { ...recipe, seed: String(recipe.seed) }, paused });
      notice(says(grouped(this.#from)));
    } catch (error) {
      this.#giveUp(error.message);
    }
  }
}
