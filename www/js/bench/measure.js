// Timings for the benchmark page: the trainer in Workers of its own, and TensorFlow.js in one.

import { Ganvas } from "../api.js";
import { Trainer } from "../run/trainer.js";

const memoryPatience = 5_000; // milliseconds; browsers may count memory only when they tidy it up

/** Times steps of {preset, batch}, or of any fields over the preset's, in the trainer: one line of results. */
export async function timeTrainer({ preset = "classic", recipe = {}, threads = 1, kernel = "auto", steps = 20, pageMemory = false }) {
  const trainer = new Trainer();
  const ganvas = new Ganvas(trainer);
  try {
    trainer.open({ kernel, threads });
    const b = await ganvas.bench({ preset, recipe, steps });
    const bytes = pageMemory ? await countMemory() : null;
    return {
      program: "Ganvas", detail: b.engine, threads: b.threads, batch: b.batch, ...spread(b.msPerStep), flopsPerStep: b.flopsPerStep,
      gflops: b.gflops, peakGflops: b.peakGflops, shareOfPeak: b.peakGflops ? b.gflops / b.peakGflops : null, wasmBytes: b.memoryBytes, pageBytes: bytes,
    };
  } finally {
    trainer.close();
  }
}

/** Times the same step of a dense recipe in TensorFlow.js; recipe is whole. */
export function timePeer({ backend, tuned, threads = 1, recipe, steps = 10, flopsPerStep }) {
  const worker = new Worker(new URL("peer.worker.js", import.meta.url), { name: "peer" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = (e) => (e.preventDefault(), reject(new Error(e.message || "its Worker could not be started")));
    worker.postMessage({ backend, tuned, threads, recipe, steps });
  }).then(({ msPerStep, version, threads }) => {
    const timing = spread(msPerStep);
    return {
      program: `TensorFlow.js ${version}`, detail: backend, tuned, threads, batch: recipe.batch, ...timing,
      flopsPerStep, gflops: flopsPerStep ? flopsPerStep / timing.median / 1e6 : null,
    };
  }).finally(() => worker.terminate());
}

/** Whether TensorFlow.js can be compared on a recipe: its step here is the plain dense GAN's. */
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
