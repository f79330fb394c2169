// window.ganvas: the page for programs. Tests and pages that embed this one use it; the controls use it too.

import { handed } from "./data/command.js";
import { drawnAs, pictureFile } from "./pictures/pictures.js";
import { shapeOf } from "./pictures/sample.js";
import { formats, given, isForeign, opened } from "./weights/converter.js";

export class Ganvas {
  #trainer;
  #status = {
    state: "loading", step: 0, updates: 0, images: 0, epoch: 0, lossD: null, lossG: null, pReal: null, pFake: null, right: null, scores: false,
    msPerStep: null, gflops: null, metrics: null, engine: "", threads: 0, recipe: null, preset: "", error: "",
  };
  #sample = [0, 0, 0];

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

  #sees(of) {
    const { channels, height, width } = shapeOf(of);
    this.#sample = [channels, height, width];
  }

  /** There is no run, or no more. */
  fail(why) {
    Object.assign(this.#status, { state: "failed", error: why });
    this.#never(new Error(why));
  }

  #follow(e) {
    const s = this.#status;
    if (e.type !== "loading") Object.assign(s, { step: e.step, updates: e.updates ?? 0, images: e.images, epoch: e.epoch });
    if (e.recipe) Object.assign(s, { recipe: e.recipe, preset: e.preset ?? "", engine: e.engine, threads: e.threads, scores: e.scores ?? false });
    switch (e.type) {
      case "started":
        Object.assign(s, { state: "running", error: "", lossD: null, lossG: null, pReal: null, pFake: null, right: null, msPerStep: null, gflops: null, metrics: null });
        if (e.sample) this.#sees(e);
        this.#begun();
        break;
      case "stepped":
        Object.assign(s, e.points.at(-1), { msPerStep: e.msPerStep, gflops: e.gflops });
        break;
      case "measured":
        s.metrics = e.metrics;
        break;
      case "sampled":
        this.#sees(e.sheet);
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

  /** {state, step, updates (done of a step that is under way), images, epoch, lossD, lossG, pReal, pFake, right, scores (D gives scores, whose means are sReal and sFake, not probabilities), msPerStep, gflops, metrics, engine, threads, recipe, preset, error}. */
  status() {
    return structuredClone(this.#status);
  }

  /**
   * What each Worker does now: [{rank, doing, moves, answers, wasmBytes, asked}]. doing is "resting", "answering" (a command),
   * "stepping", "summing" (it waits for the other Workers), "waiting for data", "showing" or "yielding"; moves is whether it does
   * anything else a second later, answers whether it answers a message by then, asked the commands that it has not answered.
   */
  diagnose() {
    return this.#trainer.diagnose();
  }

  /** Sends any command of core/session, with bytes beside it; resolves to the answer {data, bytes} or rejects with one sentence. */
  ask(command, bytes) {
    return this.#trainer.ask(command, bytes);
  }

  /**
   * Begins a run with a preset's name, or with a recipe's fields over those of a preset; with fit its networks are as deep as the
   * data's samples need, whatever the recipe has. engine is as in compute, and stays as it is without.
   */
  async start(what = "quick", { preset, paused = false, fit = false, engine } = {}) {
    const run = typeof what === "string" ? { preset: what } : { preset, recipe: what };
    await this.#trainer.ask({ type: "start", ...run, paused, fit, engine });
  }

  /**
   * What computes from now on: "cpu", "webgpu" (the visitor's GPU), "webgpu-f16" (which takes the factors of products as float16) or "auto", which times both for this recipe and takes the faster. The
   * run goes there as it is; rejects with a sentence where the GPU cannot take it.
   */
  async compute(engine) {
    await this.#trainer.ask({ type: "engine", engine, paused: this.#status.state !== "running" });
  }

  async pause() {
    await this.#asking("pause");
  }

  /** Whether the run has been asked to pause and finishes its step. */
  get pausing() {
    return this.#asked?.type === "pause";
  }

  /** Whether the run has been asked to go on and has not begun to. */
  get resuming() {
    return this.#asked?.type === "resume";
  }
  #asked = null; // the last wish to pause or to go on, until it is fulfilled

  async #asking(type) {
    const mine = (this.#asked = { type });
    try {
      await this.#trainer.ask({ type });
    } finally {
      if (this.#asked === mine) this.#asked = null;
    }
  }

  async resume() {
    await this.#asking("resume");
  }

  /**
   * Does n steps, then pauses; resolves when they are under way. depth may be "update" for n updates of one network, which
   * are done when it resolves, or "epoch" for the rest of this epoch and n − 1 more.
   */
  async step(n = 1, depth = "batch") {
    if (depth === "update") return void (await this.#trainer.ask({ type: "step", n, depth }));
    const before = this.#status.state;
    this.#status.state = "running"; // before the answer, since the pause after the last step may come first
    try {
      await this.#trainer.ask({ type: "step", n, depth });
    } catch (error) {
      this.#status.state = before;
      throw error;
    }
  }

  /** Changes a live field of the recipe. */
  async set(field, value) {
    await this.#trainer.ask({ type: "set", field, value: String(value) });
  }

  /**
   * count × channels × height × width bytes (see sample), 0 black to 255 white; digit from a conditional generator, any for none. With noise, a
   * Float32Array of whole rows, its images instead of count from seed; with text each row writes that number.
   */
  async generate({ count = 1, seed = 1, digit = -1, text = "", to = 0, at = 0, noise } = {}) {
    const rows = noise && new Uint8Array(noise.buffer, noise.byteOffset, noise.byteLength).slice();
    const asked = rows ? { type: "images", text } : { type: "generate", count, seed, text, to, at };
    return (await this.#trainer.ask({ ...asked, digit: digit ?? -1 }, rows)).bytes;
  }

  /** The noise of the images that are shown all along: {noise: Float32Array, rows, values, classes, labels}. */
  async noise() {
    const { data, bytes } = await this.#trainer.ask({ type: "noise" });
    return { ...data, noise: new Float32Array(bytes.slice().buffer) };
  }

  /**
   * D's verdict on images as generate gives them, the training untouched: {p, logits, pMiddle, middle, learned, labels,
   * shares}. p is the sigmoid of each logit, and above pMiddle D takes an image for real; learned is how many steps D has
   * learned in. A conditional D judges images of digit, or of whichever digit speaks most for each, and labels says
   * which. shares are the probabilities of the ten digits by the project's own judge, where it knows the data.
   */
  async verdict(images, { digit = -1 } = {}) {
    return (await this.#trainer.ask({ type: "verdict", digit: digit ?? -1 }, images.slice())).data;
  }

  /**
   * Goes on with a checkpoint: its bytes, or the address of a file; with otherData on the data that are here, though the run learned
   * from others. Resolves to what was in it. One that is not as it was saved is refused with an error that is damaged, unless changed
   * says that it was changed on purpose. A generator that PyTorch saved (.pth, .pt, or .safetensors of another program) is opened by what
   * its weights tell: says is what that is, guesses [{what, value}] what they do not tell, and as = {hidden, bnEps, range, labels, classes,
   * size, strides, part} sets it.
   */
  async load(what, { paused = false, changed = false, otherData = false, as } = {}) {
    const bytes = await toBytes(what);
    const found = isForeign(bytes) ? await opened(bytes, as) : { bytes };
    const { data } = await this.#trainer.ask({ type: "load", paused, changed, otherData }, found.bytes);
    return found.says ? { ...data, says: found.says, guesses: found.guesses } : data;
  }

  /**
   * Hands over the data set that dataset "own" means: bytes in format "pixels", n pictures of the shape sample = [channels, height,
   * width], each one channel after the other, with, for classes above 0, n labels behind them, and names the classes'; "idx" or "npy", an IDX or NumPy file of
   * images, n bytes long, and one of labels behind it or none; "csv", a table of gray pixels; or "points", n points of the plane as
   * float32s x, y from −1 to 1, of sample [2, 1, 1].
   * Resolves to {name, count, classes, names, sample, digest, flat}. The run goes on; start begins one on the data.
   */
  async giveData({ name = "own", format = "pixels", n, sample, classes = 0, names = [] }, bytes) {
    return (await this.#trainer.ask(handed({ name, format, n, sample, classes, names }), new Blob([bytes]))).data;
  }

  /** What this page's Workers share of those data, for another trainer's open(); null where they do not. */
  get shared() {
    return this.#trainer.shared ?? null;
  }

  /** A checkpoint's bytes: safetensors, with everything that resuming needs unless weightsOnly. */
  async save({ weightsOnly = false } = {}) {
    return (await this.#trainer.ask({ type: "save", weightsOnly })).bytes;
  }

  /**
   * The generator for others: "onnx", "npz", or "pytorch" as a ZIP file. Or
   * the fixed noise's images now ("png") or over the run ("gif"), or what the steps measured ("csv", "json"): a file's bytes.
   * With noise, the bytes of rows of float32, its images instead: count rows in a line of the "png", or row after row in the
   * "gif"; with text each row writes that number.
   */
  async export(format, { noise, count, text } = {}) {
    if (formats.includes(format)) return given(await this.save({ weightsOnly: true }), format);
    const drawn = drawnAs[format];
    if (!drawn) return (await this.#trainer.ask({ type: "table", format })).bytes;
    const asked = noise ? { type: "layout", columns: count, text, digit: -1 } : { type: "picture" };
    return pictureFile(format, await this.#trainer.ask({ ...asked, format: drawn }, noise));
  }

  /** The networks that a recipe over a preset would have, layer by layer; rejects with the reason where they are impossible. */
  async describe(recipe = {}, { preset } = {}) {
    const run = typeof recipe === "string" ? { preset: recipe } : { preset, recipe };
    return (await this.#trainer.ask({ type: "describe", ...run })).data;
  }

  /** Measures images made now: {frechet, frechetFloor, precision, recall, covered, share0, …, share9, …}. */
  async measure() {
    return (await this.#trainer.ask({ type: "measure" })).data;
  }

  /**
   * Looks into a layer of one network ("generator" or "discriminator"; layer is a name that the answer lists, "" the first
   * with weights) with one of eight samples of a kind ("fake" or "real") in it; unit and map are the first to show of the
   * weights and activations; with pixel, [unit, row, column], that value of the activations is taken apart into sum; with flow, flow tells how large the last updates' gradients were at each layer. Resolves to an Inspection of core/wire: {step, network, layer, generator: [layers],
   * discriminator: [layers], verdict, weights, activations, past, bytes, …}. weights and activations are {units, each, h,
   * w, scale, at, …}: new Int8Array(bytes.buffer, weights.at, units · each · h · w) holds 127 · value / scale.
   */
  async inspect({ network = "discriminator", layer = "", of = "fake", index = 0, unit = 0, map = 0, pixel, flow = false } = {}) {
    const { data, bytes } = await this.#trainer.ask({ type: "inspect", network, layer, of, index, unit, map, ...(pixel ? { pixel } : {}), ...(flow ? { flow } : {}) });
    return { ...data, bytes };
  }

  /**
   * What D wishes of the eight samples of a kind: {count, sample, scores, logits, largest, images, ink, bytes}, where
   * bytes holds count pictures (0 black to 255 white) from images on and ∂D/∂pixel as signed bytes from ink on, 127 being
   * largest of that picture. With steps (up to 200) it is one sample's way instead, from its start to where so many small
   * steps along the wish bring it: the sample of that index, or an image of your own as bytes like generate's, with its
   * digit where the run is conditional.
   */
  async wish({ of = "fake", index = 0, steps = 0, image, digit = 0 } = {}) {
    const { data, bytes } = await this.#trainer.ask({ type: "wish", of, index, steps, digit }, image);
    return { ...data, bytes };
  }

  /** Replays a recorded PyTorch run, on engine "cpu", "webgpu" or "webgpu-f16": {lossError, weightsError, imagesError, lossBound, weightsBound, ok, …}. */
  async verify(what, { threads = 0, engine = "cpu" } = {}) {
    return (await this.#trainer.ask({ type: "verify", threads, engine }, await toBytes(what))).data;
  }

  /** Times steps of a recipe or preset on a run of its own: {msPerStep: […], gflops, engine, threads}; engine is "cpu", "webgpu" or "webgpu-f16". */
  async bench({ recipe = "classic", preset, steps = 30, threads = 0, engine = "cpu" } = {}) {
    const run = typeof recipe === "string" ? { preset: recipe } : { preset, recipe };
    return (await this.#trainer.ask({ type: "bench", ...run, steps, threads, engine })).data;
  }

  /** What one sample of the run is, [channels, height, width]: its bytes are one channel after the other, each row by row. Zeros before there is a run. */
  get sample() {
    return [...this.#sample];
  }

  /** Height and width of the images that generate gives. */
  get size() {
    const [, height, width] = this.#sample;
    return { height, width };
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
