// Sees to it that a run that should train does: where no step has come for long, it looks at the Workers and calls for help.

const tick = 1000; // milliseconds
const longestTick = 2000; // that counts: a page that slept, or whose timers rest in the background, has not watched meanwhile
const atLeast = 10_000; // milliseconds without a step,
const steps = 20; // or the time of so many, where that is longer
const first = 60_000; // before the first step, and while data arrive

export class Watchdog {
  #run;
  #idle = 0; // milliseconds since anything came
  #stepped = false;
  #looking = false;
  #timer = 0;

  /**
   * run is what is watched: status() as ganvas has it; free(step), whether nothing gives the run a reason to rest; diagnose(),
   * what the Workers do; help(diagnosis, seconds), called when they are stuck.
   */
  constructor(run) {
    this.#run = run;
  }

  /** Watches from now on. */
  start() {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.pass(now - last);
      last = now;
    }, tick);
  }

  /** Watches no more. */
  stop() {
    clearInterval(this.#timer);
  }

  /** Takes what the run says: whatever it is, it lives. */
  hear(event) {
    this.#idle = 0;
    if (["started", "changed"].includes(event.type)) this.#stepped = false; // another engine may have to compile first
    if (event.type === "stepped" || event.type === "updated") this.#stepped = true;
  }

  /** Time has passed; resolves when what that calls for is done. */
  async pass(ms) {
    const { state, step, msPerStep } = this.#run.status();
    if (state !== "running" || !this.#run.free(step)) return void (this.#idle = 0);
    this.#idle += Math.min(ms, longestTick);
    const limit = this.#stepped ? Math.max(atLeast, steps * (msPerStep ?? 0)) : first;
    if (this.#idle < limit || this.#looking) return;
    this.#looking = true;
    try {
      await this.#look(limit);
    } finally {
      this.#looking = false;
    }
  }

  async #look(limit) {
    const found = await this.#run.diagnose();
    if (this.#idle < limit || this.#run.status().state !== "running") return; // something came meanwhile
    if (found[0]?.doing === "waiting for data" && this.#idle < first) return;
    const seconds = Math.round(this.#idle / 1000);
    this.#idle = 0;
    await this.#run.help(found, seconds);
  }
}
