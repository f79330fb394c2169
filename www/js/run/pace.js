// Fair turns for two runs: neither trains further than a little ahead of the other, so that both can be compared at the
// same step whatever a step of each costs.

const turn = 500; // milliseconds of the slower run's steps that the faster may be ahead
const [fewest, mostSteps] = [2, 50];
const over = ["finished", "failed", "diverged", "stopped"]; // a run that does not go on

export class Pace {
  #ask; // sends a command to either run
  #runs = [fresh(), fresh()];
  #playing = false;

  /** own and other send a command to their run. */
  constructor(own, other) {
    this.#ask = [own, other];
  }

  /** Takes what run i says of itself. */
  at(i, event) {
    const run = this.#runs[i];
    if (event.type === "loading") return;
    run.step = event.step;
    if (event.msPerStep) run.ms = event.msPerStep;
    if (event.type === "started") run.over = false;
    if (event.type === "stopped" && over.includes(event.reason)) run.over = true;
    if (["started", "stepped", "stopped", "resumed"].includes(event.type)) this.#share();
  }

  /** Run i is another one now, at that step. */
  anew(i, step) {
    this.#runs[i] = { ...fresh(), step };
  }

  /** Lets both train, or the other one wait and the page's own go on as it is asked to. */
  async play(on) {
    const was = this.#playing;
    this.#playing = on;
    this.#share();
    if (on !== was && !this.#runs[1].over) await this.#ask[1]({ type: on ? "resume" : "pause" });
  }

  /** Which run waits for the other now; null where none does. */
  waits() {
    const i = this.#runs.findIndex(({ hold, step }) => hold > 0 && step >= hold);
    return this.#playing && i >= 0 ? i : null;
  }

  /** Nobody waits any more. */
  end() {
    this.#playing = false;
    this.#hold(0, 0);
  }

  #share() {
    const [a, b] = this.#runs;
    const lead = Math.min(mostSteps, Math.max(fewest, Math.round(turn / Math.max(a.ms, b.ms, 1))));
    this.#hold(0, !this.#playing || b.over ? 0 : b.step + lead, lead / 2);
    this.#hold(1, !this.#playing || a.over ? 0 : a.step + lead, lead / 2);
  }

  /** Holds run i at a step; a change that is too small to matter is left out. */
  #hold(i, step, matters = 0) {
    const run = this.#runs[i];
    if (step === run.hold || (step > 0 && run.hold > 0 && Math.abs(step - run.hold) < matters)) return;
    run.hold = step;
    this.#ask[i]({ type: "hold", step }).catch(() => {}); // a run that is gone has been told of
  }
}

const fresh = () => ({ step: 0, ms: 0, hold: 0, over: false });
