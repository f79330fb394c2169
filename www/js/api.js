// window.ganvas: the page for programs. Tests and pages that embed this one use it; the controls use it too.

export class Ganvas {
  #trainer;
  #status = {
    state: "loading", step: 0, images: 0, epoch: 0, lossD: null, lossG: null, pReal: null, pFake: null,
    msPerStep: null, gflops: null, metrics: null, engine: "", threads: 0, recipe: null, preset: "", error: "",
  };
  #size = { height: 28, width: 28 };

  constructor(trainer) {
    this.#trainer = trainer;
    /** Resolves when the first run has begun; rejects with a sentence when none can. */
    this.ready = new Promise((resolve, reject) => ([this.#begun, this.#never] = [resolve, reject]));
    this.ready.catch(() => {}); // who does not wait for it is told on the page
    trainer.addEventListener("event", ({ detail: { event } }) => this.#follow(event));
    trainer.addEventListener("crash", ({ detail }) => this.fail(detail));
  }
  #begun;
  #never;

  /** Calls f with every event, after the status has taken it in. */
  on(f) {
    this.#trainer.addEventListener("event", ({ detail: { event } }) => f(event));
  }

  /** There is no run, or no more. */
  fail(why) {
    Object.assign(this.#status, { state: "failed", error: why });
    this.#never(new Error(why));
  }

  #follow(e) {
    const s = this.#status;
    if (e.type !== "loading") Object.assign(s, { step: e.step, images: e.images, epoch: e.epoch });
    if (e.recipe) Object.assign(s, { recipe: e.recipe, preset: e.preset ?? "", engine: e.engine, threads: e.threads });
    switch (e.type) {
      case "started":
        Object.assign(s, { state: "running", error: "", lossD: null, lossG: null, pReal: null, pFake: null, msPerStep: null, gflops: null, metrics: null });
        this.#begun();
        break;
      case "stepped":
        Object.assign(s, e.points.at(-1), { msPerStep: e.msPerStep, gflops: e.gflops });
        break;
      case "measured":
        s.metrics = e.metrics;
        break;
      case "sampled":
        this.#size = e.sheet;
        break;
      case "paused":
        if (s.state === "running") s.state = "paused";
        break;
      case "resumed":
        s.state = "running";
        break;
      case "stopped":
        Object.assign(s, { state: e.reason, error: e.error ?? "" });
    }
  }

  /** {state, step, images, epoch, lossD, lossG, pReal, pFake, msPerStep, gflops, metrics, engine, threads, recipe, preset, error}. */
  status() {
    return structuredClone(this.#status);
  }

  /** Sends any command of core/wire, with bytes beside it; resolves to the answer {data, bytes} or rejects with one sentence. */
  ask(command, bytes) {
    return this.#trainer.ask(command, bytes);
  }

  /** Begins a run with a preset's name, or with a recipe's fields over those of a preset. */
  async start(what = "quick", { preset, paused = false } = {}) {
    await this.#trainer.ask(typeof what === "string" ? { type: "start", preset: what, paused } : { type: "start", preset, recipe: what, paused });
  }

  async pause() {
    await this.#trainer.ask({ type: "pause" });
  }

  async resume() {
    await this.#trainer.ask({ type: "resume" });
  }

  /** Does n steps, then pauses; resolves when they are under way. */
  async step(n = 1) {
    const before = this.#status.state;
    this.#status.state = "running"; // before the answer, since the pause after the last step may come first
    try {
      await this.#trainer.ask({ type: "step", n });
    } catch (error) {
      this.#status.state = before;
      throw error;
    }
  }

  /** Changes a live field of the recipe. */
  async set(field, value) {
    await this.#trainer.ask({ type: "set", field, value: String(value) });
  }

  /** count × height × width bytes, 0 black to 255 white; digit from a conditional generator, any for none. */
  async generate({ count = 1, seed = 1, digit = -1, text = "", to = 0, at = 0 } = {}) {
    return (await this.#trainer.ask({ type: "generate", count, seed, digit: digit ?? -1, text, to, at })).bytes;
  }

  /** Goes on with a checkpoint: its bytes, or the address of a file. Resolves to what was in it. */
  async load(what, { paused = false } = {}) {
    return (await this.#trainer.ask({ type: "load", paused }, await toBytes(what))).data;
  }

  /** A checkpoint's bytes: safetensors, with everything that resuming needs unless weightsOnly. */
  async save({ weightsOnly = false } = {}) {
    return (await this.#trainer.ask({ type: "save", weightsOnly })).bytes;
  }

  /** The fixed noise's images now ("png") or over the run ("gif"), or what the steps measured ("csv", "json"): a file's bytes. */
  async export(format) {
    return (await this.#trainer.ask({ type: "export", format })).bytes;
  }

  /** Measures images made now: {frechet, frechetFloor, precision, recall, covered, share0, …, share9, …}. */
  async measure() {
    return (await this.#trainer.ask({ type: "measure" })).data;
  }

  /** Replays a recorded PyTorch run: {lossError, weightsError, imagesError, lossBound, weightsBound, ok, …}. */
  async verify(what, { threads = 0 } = {}) {
    return (await this.#trainer.ask({ type: "verify", threads }, await toBytes(what))).data;
  }

  /** Times steps of a recipe or preset on a run of its own: {msPerStep: […], gflops, engine, threads}. */
  async bench({ recipe = "classic", preset, steps = 30, threads = 0 } = {}) {
    const run = typeof recipe === "string" ? { preset: recipe } : { preset, recipe };
    return (await this.#trainer.ask({ type: "bench", ...run, steps, threads })).data;
  }

  /** Height and width of the images that generate gives. */
  get size() {
    return { height: this.#size.height, width: this.#size.width };
  }
}

async function toBytes(what) {
  if (typeof what === "string" || what instanceof URL) {
    const response = await fetch(what);
    if (!response.ok) throw new Error(`${what} cannot be had: the server answered ${response.status}.`);
    what = await response.arrayBuffer();
  }
  if (what instanceof Blob) what = await what.arrayBuffer();
  return what instanceof Uint8Array ? what : new Uint8Array(what);
}
