// The Worker in which a trainer program runs: joins the kernel module, starts the Go program and hands messages on.
// It is given {type: "open", program, engine, kernel: "auto" | "relaxed" | "strict" | "none", group, rank, note, compiled, store, token, vitals} once,
// then {json, bytes} messages; {type: "memory", port} asks for the size of the program's memory.
// group and rank are its place among Workers that share each batch, if there are several; note says why there are not. compiled
// are the programs and kernels as other Workers have told of them. program is the file, engine what is to compute: "cpu", "webgpu",
// "webgpu-f16" or "auto". store is the digits' memory and own that of the visitor's own data, as data/store.js has them,
// token this Worker's number there, and vitals where it says what it does. {own} is newer memory of that kind, which the page is told of
// likewise. A message with a blob beside it has the blob's number in its JSON.

import "../../wasm_exec.js";
import { Own, storeImports } from "../data/store.js";
import { loadKernel, supports } from "../kernel.js";
import { noted, vitalsImports } from "./vitals.js";

const early = (self.ganvasEarly = []); // messages that come before the program listens
let memory = null; // the program's
const own = new Own(null, (buffer) => postMessage({ own: buffer }));
self.onmessage = ({ data }) => {
  if (data.type === "open") open(data).catch(fail);
  else if (data.type === "memory") data.port.postMessage(memory?.buffer.byteLength ?? 0);
  else if (data.own) own.buffer = data.own;
  else if (data.type === "hang") for (;;); // as a test asks for,
  else if (data.type === "lose") self.ganvasGPU?.lose(); // and this too
  else take(data);
};

function take({ json, bytes, blob, number }) {
  if (blob) own.file = { number, blob };
  if (self.ganvasReceive) self.ganvasReceive({ json, bytes });
  else early.push({ json, bytes });
}

function fail(error) {
  postMessage({ fatal: String(error?.message ?? error) });
}

/** The page's folder: programs and data lie beside index.html, this file in js/ below it. */
const base = new URL("../../", import.meta.url);
const fetchHere = self.fetch.bind(self);
self.fetch = (address, options) => fetchHere(new URL(address, base), options);

async function open({ program, engine, kernel: use = "auto", group, rank, note, compiled, store, own: held, token, vitals }) {
  own.buffer ??= held;
  const sources = Object.fromEntries(["relaxed", "strict", "exchange"].map((kind) => [kind, compiled.kernels?.[kind] ?? new URL(`kernel.${kind}.wasm`, base).href]));
  const kernel = await loadKernel(sources, use);
  self.ganvasKernels = use === "gonum" ? use : ""; // of the program's own sets; "" for the best
  self.ganvasEngine = engine;
  self.ganvasNote = [note, kernel.reason].filter(Boolean).join(" ");
  const go = new Go();
  const imports = { ...go.importObject, ...kernel.imports, store: storeImports(store, token, () => memory, own), vitals: vitalsImports(vitals, rank) };
  const { add } = kernel.imports.exchange;
  imports.exchange = { ...kernel.imports.exchange, add: noted(add, vitals, rank) };
  if (program === "trainer.gpu.wasm") {
    const { Player } = await import("../webgpu/player.js");
    self.ganvasGPU = new Player(() => memory);
    imports.gpu = self.ganvasGPU.imports;
  }
  const { module, instance } = await (compiled[program] ? again(compiled[program], imports) : first(program, imports));
  memory = instance.exports.mem;
  kernel.join(memory);
  if (group) await kernel.enter(group, rank);
  if (rank === 0 && !(compiled.kernels && compiled[program])) postMessage({ compiled: { [program]: module, kernels: kernel.modules } });
  await go.run(instance);
  fail("the trainer program has ended");
}

async function first(program, imports) {
  const response = await fetch(program);
  if (!response.ok) throw new Error(`the trainer program cannot be had: the server answered ${response.status}`);
  return WebAssembly.instantiateStreaming(response, imports).catch((error) => {
    throw supports("strict") ? error : new Error("this browser's WebAssembly has no SIMD, which the trainer is built with: a current Firefox, Chrome, Edge or Safari has it");
  });
}

const again = async (module, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
