// Timings for the benchmark page: the trainer in Workers of its own, and other libraries in one.

import { Ganvas } from "../api.js";
import { supports } from "../kernel.js";
import { Trainer } from "../run/trainer.js";
import { mnist } from "../data/mnist.js";
import { shapeOf } from "../pictures/sample.js";

const memoryPatience = 5_000; // milliseconds; browsers may count memory only when they tidy it up

/** Times steps of {preset, batch}, or of any fields over the preset's, in the trainer: one line of results, with the peaks of the same minute. */
export async function timeTrainer({ preset = "classic", recipe = {}, engine = "cpu", threads = 1, kernel = "auto", steps = 20, pageMemory = false }) {
  const trainer = new Trainer();
  const ganvas = new Ganvas(trainer);
  try {
    trainer.open({ kernel, threads, engine });
    const before = await timePeaks(threads);
    const b = await ganvas.bench({ preset, recipe, steps, engine });
    const after = await timePeaks(threads), peaks = {};
    for (const kind of kinds) peaks[kind] = Math.max(before[kind], after[kind], b.engine.includes(engines[kind]) ? b.peakGflops : 0) || null;
    const share = (kind) => (engine === "cpu" && peaks[kind] ? b.gflops / peaks[kind] : null);
    const bytes = pageMemory ? await countMemory() : null;
    return {
      program: "Ganvas", detail: b.engine, threads: b.threads, batch: b.batch, ...spread(b.msPerStep), flopsPerStep: b.flopsPerStep,
      gflops: b.gflops, strictPeakGflops: peaks.strict, relaxedPeakGflops: peaks.relaxed, shareOfStrictPeak: share("strict"), shareOfRelaxedPeak: share("relaxed"), wasmBytes: b.memoryBytes, pageBytes: bytes,
    };
  } finally {
    trainer.close();
  }
}

const kinds = ["strict", "relaxed"];
const engines = { strict: "wasm simd", relaxed: "wasm relaxed simd" }; // as the trainer names what it computes with

/** GFLOP/s of each kernel module's bare loop in that many Workers at once: {strict, relaxed}, 0 where the browser cannot run it. */
async function timePeaks(threads) {
  const peaks = {};
  for (const kind of kinds) peaks[kind] = supports(kind) ? await timePeak(await WebAssembly.compileStreaming(fetch(`kernel.${kind}.wasm`)), threads) : 0;
  return peaks;
}

async function timePeak(module, threads) {
  const workers = Array.from({ length: threads }, () => new Worker(new URL("peak.worker.js", import.meta.url), { type: "module", name: "peak" }));
  const answers = (message) => Promise.all(workers.map((worker) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (e) => (e.preventDefault(), reject(new Error(e.message || "its Worker could not be started")));
    worker.postMessage(message);
  })));
  try {
    await answers({ module });
    return (await answers({})).reduce((sum, { gflops }) => sum + gflops, 0);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/**
 * Trains a run of its own, and says how much memory there is after each of some numbers of steps:
 * [{steps, wasmBytes, pageBytes}], of all programs together, and of the whole page with its Workers, null where the browser
 * does not tell.
 */
export async function watchMemory({ preset = "classic", recipe = {}, threads = 1, kernel = "auto", at = [1000, 10_000] }, told = () => {}) {
  const trainer = new Trainer();
  const ganvas = new Ganvas(trainer);
  const found = [];
  try {
    trainer.open({ kernel, threads });
    await ganvas.start({ ...recipe, epochs: 10_000 }, { preset, paused: true });
    for (const steps of at) {
      const paused = new Promise((resolve) => ganvas.on((e) => (told(e.step ?? 0), e.type === "paused" && e.step >= steps && resolve())));
      await ganvas.step(steps - ganvas.status().step);
      await paused;
      found.push({ steps, wasmBytes: await trainer.memory(), pageBytes: await countMemory() });
    }
    return found;
  } finally {
    trainer.close();
  }
}

/** The libraries that the step can be timed in, by their names in peers.json: what they are called, and how their Workers are started. */
const libraries = {
  tfjs: { title: "TensorFlow.js", start: () => new Worker(new URL("tfjs.worker.js", import.meta.url), { name: "peer" }) },
  "jax-js": { title: "jax-js", start: () => new Worker(new URL("jax.worker.js", import.meta.url), { type: "module", name: "peer" }) },
};

/** What a library is called. */
export const titleOf = (library) => libraries[library]?.title ?? library;

/** Times the same step of a dense recipe in another library, of which there is that version; recipe is whole. */
export function timePeer({ library, version, backend, tuned, threads = 1, recipe, steps = 10, flopsPerStep }) {
  if (!libraries[library]) return Promise.reject(new Error(`there is no library "${library}" to time: there are ${Object.keys(libraries).join(", ")}`));
  const worker = libraries[library].start();
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = (e) => (e.preventDefault(), reject(new Error(e.message || "its Worker could not be started")));
    worker.postMessage({ backend, tuned, threads, recipe, pixels: shapeOf(mnist).size, steps });
  }).then(({ msPerStep, threads }) => {
    const timing = spread(msPerStep);
    return {
      program: `${titleOf(library)} ${version}`, detail: backend, tuned, threads, batch: recipe.batch, ...timing,
      flopsPerStep, gflops: flopsPerStep ? flopsPerStep / timing.median / 1e6 : null,
    };
  }).finally(() => worker.terminate());
}

/** Whether other libraries can be compared on a recipe: their step here is the plain dense GAN's. */
export function comparable(r) {
  return r.arch === "mlp" && r.loss === "bce" && !r.conditional && r.optimizer === "adam" && r.d_steps === 1 && r.g_steps === 1;
}

function spread(msPerStep) {
  const sorted = [...msPerStep].sort((a, b) => a - b);
  return { steps: sorted.length, median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1) };
}

async function countMemory() {
  if (!globalThis.crossOriginIsolated || !performance.measureUserAgentSpecificMemory) return null;
  const late = new Promise((resolve) => setTimeout(resolve, memoryPatience, null));
  const count = performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes, () => null);
  return Promise.race([count, late]);
}
