// The benchmark page: window.ganvasBench.run(wanted) for programs, and the form.

import { wantedLanguage } from "./link/address.js";
import { loadTables } from "./experiment/fields.js";
import { isolate } from "./page/isolate.js";
import { comparable, timePeer, timeTrainer, titleOf, watchMemory } from "./bench/measure.js";
import { attempt, clearNotices, notice } from "./page/notices.js";
import { currentLanguage, languages, speak, t } from "./strings.js";
import { defaultThreads } from "./run/trainer.js";

const $ = (id) => document.getElementById(id);
const peers = [
  { library: "tfjs", backend: "wasm", tuned: true }, { library: "tfjs", backend: "wasm", tuned: false }, { library: "tfjs", backend: "cpu", tuned: false },
  { library: "tfjs", backend: "webgl", tuned: true }, { library: "tfjs", backend: "webgpu", tuned: true },
  { library: "jax-js", backend: "wasm" }, { library: "jax-js", backend: "webgpu" },
];
let versions = {}; // of the libraries that are here
let tables = null;
let report = null; // of the last measurement

async function open() {
  useLanguage(wantedLanguage(location.search, navigator.languages ?? []));
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") return give(t(typeof Worker === "function" ? "noWasm" : "noWorker"));
  if (await isolate()) return;
  try {
    tables = await loadTables();
  } catch (error) {
    return give(t("noConfig", { why: error.message }));
  }
  versions = await (await fetch("peers.json")).json().catch(() => ({}));
  $("preset").replaceChildren(...tables.presets.map(({ name }) => new Option(name, name)));
  $("preset").value = "classic";
  $("threads").value = defaultThreads();
  const some = Object.keys(versions).length > 0;
  $("peers").disabled = !some;
  $("no-peers").hidden = some;
  window.ganvasBench = { run };
}

function give(why) {
  notice(why);
  $("run").disabled = true;
}

/**
 * Measures {preset, recipe, engine, kernel, steps, peerSteps, threads: [1, 2], peers: [{library, backend, tuned}], pageMemory, memoryAt} one
 * after the other; engine is "cpu", or "webgpu", which has no threads; resolves to the report. What fails is a line with an error. memoryAt is numbers of steps, after which a run
 * with as many threads as the last line tells how much memory there is.
 */
async function run({ preset = "classic", recipe = {}, engine = "cpu", kernel = "auto", steps = 20, peerSteps = steps, threads = [1], peers = [], pageMemory = false, memoryAt = [] } = {}) {
  report = { browser: navigator.userAgent, cores: navigator.hardwareConcurrency, isolated: globalThis.crossOriginIsolated, preset, recipe, lines: [] };
  const whole = { ...tables.presets.find(({ name }) => name === preset)?.recipe, ...recipe };
  let flopsPerStep = null;
  for (const n of engine === "cpu" ? threads : [1]) {
    const line = await add(`Ganvas, ${n}`, { program: "Ganvas", threads: n }, () => timeTrainer({ preset, recipe, engine, threads: n, kernel, steps, pageMemory }));
    flopsPerStep ??= line.flopsPerStep;
  }
  for (const peer of comparable(whole) ? peers : []) {
    const { library = "tfjs", backend, tuned } = peer, version = versions[library];
    for (const n of backend === "wasm" ? threads : [1]) {
      const empty = { program: titleOf(library), detail: backend, tuned, threads: n };
      await add(`${titleOf(library)} ${backend}, ${n}`, empty, () => timePeer({ library, version, backend, tuned, threads: n, recipe: whole, steps: peerSteps, flopsPerStep }));
    }
  }
  if (memoryAt.length) {
    const told = (step) => ($("status").textContent = t("watchingMemory", { step, last: memoryAt.at(-1) }));
    report.memory = await watchMemory({ preset, recipe, threads: threads.at(-1), kernel, at: memoryAt }, told).catch((error) => ({ error: error.message }));
  }
  show();
  $("status").textContent = peers.length && !comparable(whole) ? t("onlyDense") : t("measured");
  return structuredClone(report);
}

async function add(what, empty, measure) {
  $("status").textContent = t("measuring", { what });
  const line = await measure().catch((error) => ({ ...empty, error: error.message }));
  report.lines.push(line);
  show();
  return line;
}

function show() {
  if (!report) return;
  $("rows").replaceChildren(...report.lines.map(row));
  $("json").textContent = JSON.stringify(report, null, 1);
  $("memory-says").textContent = remembered(report.memory);
  $("json").hidden = !report.lines.length;
  $("copy").disabled = !report.lines.length;
}

function row(line) {
  const { program, detail, tuned, threads, error } = line;
  const tr = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = [program, detail, said(tuned)].filter(Boolean).join(" · ");
  const cells = error ? [t("value", { name: "–", why: error })] : [
    line.median.toFixed(1), `${line.min.toFixed(1)} – ${line.max.toFixed(1)}`, line.gflops ? line.gflops.toFixed(1) : "–",
    share(line.shareOfStrictPeak, line.strictPeakGflops), share(line.shareOfRelaxedPeak, line.relaxedPeakGflops), megabytes(line.pageBytes ?? line.wasmBytes),
  ];
  tr.append(name, ...[threads, ...cells].map((text) => Object.assign(document.createElement("td"), { textContent: text })));
  if (error) tr.lastChild.colSpan = 6;
  return tr;
}

/** How a step is written, where there are two ways. */
const said = (tuned) => (tuned === undefined ? "" : t(tuned ? "tuned" : "plainly"));

const share = (part, peak) => (part ? t("ofPeak", { p: Math.round(100 * part), peak: peak.toFixed(1) }) : "–");

/** What a run's memory came to, in words. */
function remembered(memory) {
  if (!memory) return "";
  if (memory.error) return t("memoryFailed", { why: memory.error });
  return memory.map(({ steps, wasmBytes, pageBytes }) => t("memoryAfter", { steps, wasm: megabytes(wasmBytes), page: megabytes(pageBytes) })).join(" ");
}

const megabytes = (bytes) => (bytes ? `${Math.round(bytes / 2 ** 20)} MB` : "–");

function useLanguage(code) {
  speak(code);
  for (const each of languages) $(`lang-${each}`).setAttribute("aria-pressed", String(currentLanguage() === each));
  const chosen = new Set([...$("peer-choices").querySelectorAll("input:checked")].map(({ value }) => value));
  $("peer-choices").replaceChildren(...peers.map(({ library, backend, tuned }, i) => {
    const [label, input] = ["label", "input"].map((tag) => document.createElement(tag));
    Object.assign(input, { type: "checkbox", value: String(i), checked: chosen.has(String(i)) });
    label.append(input, [titleOf(library), backend, said(tuned)].filter(Boolean).join(" · "));
    return label;
  }));
  show();
}

$("controls").addEventListener("submit", async (event) => {
  event.preventDefault();
  clearNotices();
  $("run").disabled = true;
  const preset = $("preset").value;
  const wanted = $("peers").disabled ? [] : [...$("peer-choices").querySelectorAll("input:checked")].map(({ value }) => peers[value]);
  await attempt(() => run({
    preset, recipe: { batch: Number($("batch").value) }, engine: $("engine").value, kernel: $("kernel").value, steps: Number($("steps").value), threads: [Number($("threads").value)], peers: wanted, pageMemory: true,
    memoryAt: $("memory-run").checked ? [1000, 10_000] : [],
  }));
  $("run").disabled = false;
});
$("copy").addEventListener("click", () => attempt(() => navigator.clipboard.writeText($("json").textContent)));
for (const code of languages) $(`lang-${code}`).addEventListener("click", () => useLanguage(code));
open();
