// The page: opens the trainer and the studio, and joins the controls to both.

import { Ganvas } from "./api.js";
import { readAddress } from "./address.js";
import { clearNotices, notice } from "./notices.js";
import { drawGrid, Studio } from "./studio.js";
import { currentLanguage, speak, t } from "./strings.js";
import { Trainer } from "./trainer.js";

const $ = (id) => document.getElementById(id);
const trainer = new Trainer();
const ganvas = (window.ganvas = new Ganvas(trainer));
const studio = new Studio();
let config = { fields: [], presets: [] };
let asked = null;
let sheet = null; // of the last pictures
let arrived = null; // of the data: {have, total}

// What the studio's frame calls.
window.ganvasPage = {
  ready: (program) => studio.ready(program),
  hover: (text) => ($("pointer").textContent = text ?? ""),
  height: (px) => studio.height(px),
  failed: (why) => studio.fail(t("noStudio", { why })),
};

/** Runs f; what goes wrong becomes a sentence on the page. */
async function attempt(f) {
  try {
    return await f();
  } catch (error) {
    notice(error.message);
  }
}

async function open() {
  try {
    config = await (await fetch("config.json")).json();
  } catch (error) {
    notice(t("noConfig", { why: error.message }));
  }
  asked = readAddress(location.search, config);
  speak(asked.lang ?? (navigator.language?.startsWith("zh") ? "zh" : "en"));
  markLanguage();
  for (const why of asked.problems) notice(t("badUrl", { why }));
  fillPresets();
  if (typeof WebAssembly !== "object") return notice(t("noWasm"));
  if (typeof Worker !== "function") return notice(t("noWorker"));
  begin();
}

/** Opens the trainer and starts the run that the address asks for, or the plain preset where that is refused. */
async function begin() {
  try {
    trainer.open({ kernel: asked.kernel, ...(asked.threads && { threads: asked.threads }) });
  } catch {
    return notice(t("noWorker"));
  }
  const paused = !asked.autostart;
  try {
    if (Object.keys(asked.recipe).length) await ganvas.start(asked.recipe, { preset: asked.preset, paused });
    else await ganvas.start(asked.preset, { paused });
  } catch (error) {
    if (ganvas.status().state === "failed") return;
    notice(Object.keys(asked.recipe).length ? t("badUrl", { why: error.message }) : error.message);
    if (Object.keys(asked.recipe).length) await attempt(() => ganvas.start(asked.preset, { paused }));
  }
}

trainer.addEventListener("crash", ({ detail: why }) => {
  notice(t("crashed", { why }), { label: t("again"), run: begin });
  show();
});

trainer.addEventListener("event", ({ detail: { event, json, bytes } }) => {
  studio.event(event, json, bytes);
  switch (event.type) {
    case "loading":
      arrived = event;
      $("progress").max = event.total;
      $("progress").value = event.have;
      $("progress").hidden = event.have >= event.total;
      if (event.error) notice(event.error);
      break;
    case "started":
      $("loading").hidden = true;
      studioOnce();
      fillRun(event);
      break;
    case "changed":
      fillRun(event);
      break;
    case "sampled":
      sheet = event.sheet;
      break;
    case "stopped":
      if (event.error) notice(event.error);
  }
  show();
});

/** The studio is loaded once the trainer has begun: the first steps matter more. */
let studioOpen = false;
function studioOnce() {
  if (!studioOpen) studio.open(notice);
  studioOpen = true;
}

function markLanguage() {
  for (const code of ["en", "zh"]) $(`lang-${code}`).setAttribute("aria-pressed", String(currentLanguage() === code));
}

for (const code of ["en", "zh"]) {
  $(`lang-${code}`).addEventListener("click", () => {
    speak(code);
    markLanguage();
    fillPresets();
    studio.restyle();
    if (ganvas.status().recipe) fillRun();
    show();
  });
}

function fillPresets() {
  const chosen = $("preset").value;
  $("preset").replaceChildren(...config.presets.map((p) => new Option(p.name, p.name)), new Option(t("custom"), ""));
  $("preset").value = chosen;
}

let run = null; // what the last started event said
function fillRun(event) {
  run = event?.weights ? event : run;
  const { recipe, preset } = ganvas.status();
  $("preset").value = preset;
  $("preset-says").textContent = config.presets.find((p) => p.name === preset)?.says ?? "";
  for (const name of ["seed", "lr_g", "lr_d"]) if (document.activeElement !== $(name)) $(name).value = recipe[name];
  $("g-digit-label").hidden = !recipe.conditional;
  if ($("g-digit").options.length !== 11) $("g-digit").replaceChildren(new Option(t("any"), "-1"), ...Array.from({ length: 10 }, (_, d) => new Option(d, d)));
  if (run) {
    const number = new Intl.NumberFormat(currentLanguage());
    $("engine").textContent = [t("engine", { engine: run.engine, threads: run.threads, g: number.format(run.weights.g), d: number.format(run.weights.d) }), run.note].filter(Boolean).join(" ");
  }
}

const decimals = (v, n) => (v == null ? "–" : v.toFixed(n));
let spoken = 0;

/** Brings numbers, buttons and the status line up to date. */
function show() {
  const s = ganvas.status();
  $("play").textContent = t(s.state === "running" ? "pause" : "play");
  for (const id of ["play", "step", "reset", "save", "save-weights", "load", "png", "gif"]) $(id).disabled = !s.recipe;
  if (["finished", "failed"].includes(s.state)) $("play").disabled = $("step").disabled = true;
  $("n-step").textContent = s.step;
  $("n-epoch").textContent = s.recipe ? `${s.epoch} / ${s.recipe.epochs}` : "0";
  $("n-ms").textContent = decimals(s.msPerStep, s.msPerStep < 10 ? 1 : 0);
  $("n-rate").textContent = s.msPerStep ? Math.round((1000 * s.recipe.batch * s.recipe.d_steps) / s.msPerStep) : "–";
  const text = sentence(s);
  studio.describe(text);
  const now = performance.now();
  if (s.state !== show.state || now - spoken > 5000) {
    $("status").textContent = text;
    spoken = now;
    show.state = s.state;
  }
}

/** What the canvas shows, in words. */
function sentence(s) {
  if (!s.recipe) return t("loading");
  const parts = [];
  if (arrived && arrived.have < arrived.total) parts.push(t("sayLoading", arrived));
  parts.push(t("sayRun", { state: t(s.state), step: s.step, epoch: s.epoch, fakes: sheet?.fakes ?? 0, reals: sheet?.reals ?? 0, pReal: decimals(s.pReal, 2), pFake: decimals(s.pFake, 2) }));
  return parts.join(" ");
}

const toggle = () => attempt(() => (ganvas.status().state === "running" ? ganvas.pause() : ganvas.resume()));
const oneStep = () => attempt(() => ganvas.step(1));
const confirmed = (s) => s.step < 100 || confirm(t("askReset"));

/** Starts over with the preset chosen and the fields as they stand. */
function restart(preset) {
  const s = ganvas.status();
  if (!s.recipe || !confirmed(s)) return fillRun();
  clearNotices();
  const seed = $("seed").value.trim();
  return attempt(async () => {
    if (preset) return ganvas.start(Number(seed) === 1 || seed === "" ? preset : { seed }, { preset });
    const { lr_g, lr_d } = s.recipe;
    if (s.preset && Number(seed) === s.recipe.seed) return ganvas.start(s.preset);
    return ganvas.start({ ...s.recipe, seed: seed === "" ? s.recipe.seed : seed, lr_g, lr_d });
  });
}

$("play").addEventListener("click", toggle);
$("step").addEventListener("click", oneStep);
$("reset").addEventListener("click", () => restart());
$("preset").addEventListener("change", () => ($("preset").value ? restart($("preset").value) : fillRun()));
$("seed").addEventListener("change", () => restart());
for (const name of ["lr_g", "lr_d"]) {
  $(name).addEventListener("change", async () => {
    await attempt(() => ganvas.set(name, $(name).value));
    $(name).value = ganvas.status().recipe[name];
  });
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  const onButton = /^(BUTTON|SUMMARY|A)$/.test(e.target.tagName);
  const action = { " ": onButton ? null : toggle, s: oneStep, ".": oneStep, r: () => restart(), "?": () => ($("keys").open = !$("keys").open) }[e.key.toLowerCase()];
  if (!action || (!ganvas.status().recipe && e.key !== "?")) return;
  e.preventDefault();
  action();
});

/** Offers bytes as a file. */
function give(name, type, bytes) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([bytes], { type }));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

const named = (what, ending) => `ganvas-${ganvas.status().preset || "run"}-${what}step${ganvas.status().step}.${ending}`;
$("save").addEventListener("click", () => attempt(async () => give(named("", "safetensors"), "application/octet-stream", await ganvas.save())));
$("save-weights").addEventListener("click", () => attempt(async () => give(named("weights-", "safetensors"), "application/octet-stream", await ganvas.save({ weightsOnly: true }))));
$("png").addEventListener("click", () => attempt(async () => give(named("grid-", "png"), "image/png", await ganvas.export("png"))));
$("gif").addEventListener("click", () => attempt(async () => give(named("", "gif"), "image/gif", await ganvas.export("gif"))));

async function loadFile(file) {
  if (!file) return;
  if (file.size > 512e6) return notice(t("tooLarge", { name: file.name, size: Math.round(file.size / 1e6) }));
  clearNotices();
  try {
    const found = await ganvas.load(file);
    notice(found.discriminator ? t("loaded", { name: file.name, step: ganvas.status().step }) : t("loadedG", { name: file.name }));
  } catch (error) {
    notice(t("value", { name: file.name, why: error.message }));
  }
}

$("load").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async () => {
  await loadFile($("file").files[0]);
  $("file").value = "";
});
for (const type of ["dragenter", "dragover"]) document.addEventListener(type, (e) => (e.preventDefault(), document.body.classList.add("dropping")));
for (const type of ["dragleave", "drop"]) document.addEventListener(type, (e) => (e.preventDefault(), document.body.classList.remove("dropping")));
document.addEventListener("drop", (e) => loadFile(e.dataTransfer.files[0]));

$("generate").addEventListener("submit", (e) => {
  e.preventDefault();
  const count = Number($("g-count").value);
  attempt(async () => {
    const images = await ganvas.generate({ count, seed: Number($("g-seed").value), digit: ganvas.status().recipe.conditional ? Number($("g-digit").value) : -1 });
    const { height, width } = ganvas.size;
    drawGrid($("generated"), images, count, height, width, Math.min(count, 10));
    $("generated").setAttribute("aria-label", t("generated", { n: count }));
    $("generated").hidden = false;
  });
});

for (const query of ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"]) matchMedia(query).addEventListener("change", () => studio.restyle());
show();
open();
