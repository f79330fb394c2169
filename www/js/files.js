// Files in and out: runs and weights, pictures, and what is dropped onto the page.

import { drawCurves } from "./pictures/curves.js";
import { canFilm, film } from "./pictures/film.js";
import { dropped, isData, takeData } from "./data/data.js";
import { drawGrid } from "./pictures/grid.js";
import { keep } from "./library/keep.js";
import { attempt, clearNotices, notice, tell } from "./page/notices.js";
import { reasoned } from "./page/reasons.js";
import { grouped, t } from "./strings.js";
import { showForeign } from "./weights/foreign.js";
import { refused, sayUnchecked } from "./weights/damage.js";

const $ = (id) => document.getElementById(id);
const largest = 512e6; // bytes

/** Joins the buttons for files and pictures to the run. */
export function joinFiles(ganvas) {
  const offer = (id, what, ending, type, make) =>
    $(id).addEventListener("click", () => attempt(async () => give(named(ganvas, what, ending), new Blob([await make()], { type }))));
  offer("save", "", "safetensors", "application/octet-stream", () => ganvas.save());
  offer("save-weights", "weights-", "safetensors", "application/octet-stream", () => ganvas.save({ weightsOnly: true }));
  offer("onnx", "generator-", "onnx", "application/octet-stream", () => ganvas.export("onnx"));
  offer("pytorch", "generator-", "zip", "application/zip", () => ganvas.export("pytorch"));
  offer("png", "fakes-", "png", "image/png", () => ganvas.export("png"));
  offer("gif", "", "gif", "image/gif", () => ganvas.export("gif"));
  offer("csv", "", "csv", "text/csv", () => ganvas.export("csv"));
  offer("json", "", "json", "application/json", () => ganvas.export("json"));
  offer("curves-png", "curves-", "png", "image/png", async () => drawCurves(JSON.parse(new TextDecoder().decode(await ganvas.export("json"))), named(ganvas, "", "").slice(0, -1), ganvas.status().scores));
  $("copy-png").addEventListener("click", () => attempt(() => copyPicture(ganvas.export("png"))));
  $("copy-png").hidden = !globalThis.ClipboardItem;
  offer("webm", "", "webm", "video/webm", () => record(ganvas));
  $("webm").hidden = !canFilm();
  $("load").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    await load(ganvas, [...$("file").files]);
    $("file").value = "";
  });
  $("generate").addEventListener("submit", (e) => {
    e.preventDefault();
    $("g-morph").value = 0;
    attempt(() => generate(ganvas));
  });
  joinMorph(ganvas);
  $("g-save").addEventListener("click", () => $("generated").toBlob((blob) => give(named(ganvas, "generated-", "png"), blob)));
  takeDrops(ganvas, document);
}

/** Loads what is dropped onto a document. */
export function takeDrops(ganvas, target) {
  const marked = (on) => (e) => {
    e.preventDefault();
    document.body.classList.toggle("dropping", on);
  };
  for (const type of ["dragenter", "dragover"]) target.addEventListener(type, marked(true));
  for (const type of ["dragleave", "drop"]) target.addEventListener(type, marked(false));
  target.addEventListener("drop", async (e) => load(ganvas, await dropped(e.dataTransfer)));
}

/**
 * Goes on with a file's run, paused, so that one sees first what it draws, or begins one on a data set. What cannot be loaded
 * leaves the run alone. Resolves to whether a run was loaded.
 */
export async function load(ganvas, files, { changed = false, as } = {}) {
  if (files.length === 0) return false;
  if (isData(files)) return (await takeData(ganvas, files)), false;
  if (files.length > 1) return notice(t("oneFile")), false;
  const [file] = files;
  if (file.size > largest) return notice(t("tooLarge", { name: file.name, size: Math.round(file.size / 1e6) })), false;
  try {
    await keep(ganvas); // the run that goes on now
    const found = await ganvas.load(file, { paused: true, changed, as });
    clearNotices();
    showForeign(found, (as) => load(ganvas, files, { changed, as }));
    if (found.says) tell(t("loadedForeign", { name: file.name, says: found.says }));
    else tell(t(found.discriminator ? "loaded" : "loadedG", { name: file.name, step: ganvas.status().step }));
    if (found.says && found.missing) tell(t("foreignData"));
    else if (found.missing) {
      const others = { label: t("dataOthersGo"), run: () => attempt(() => ganvas.load(file, { paused: true, changed, otherData: true })) };
      notice(t(found.otherData ? "dataOthers" : "dataMissing", { name: file.name, set: found.set, n: grouped(found.samples) }), ...(found.otherData ? [others] : []));
    }
    if (!changed) sayUnchecked(found, file.name);
    return true;
  } catch (error) {
    if (error.damaged) refused(file.name, () => load(ganvas, files, { changed: true }));
    else notice(t("value", { name: file.name, why: reasoned(error.message) }));
    return false;
  }
}

/** Takes generated pictures away: the generator is another one by now. */
export function forgetGenerated() {
  made++;
  for (const id of ["generated", "g-save", "g-morph-label"]) $(id).hidden = true;
  $("g-morph").value = 0;
}

let made = 0; // a generator's pictures that come after it has gone are not shown

/** The images that the form asks for, with the noise moved towards the next seed's by at, from 0 to 1. */
async function generate(ganvas, at = 0) {
  const { conditional } = ganvas.status().recipe;
  const [count, seed, text] = [Number($("g-count").value), Number($("g-seed").value), conditional ? $("g-text").value : ""];
  const lines = count; // of the number, where one is written, each from its own noise
  const turn = made;
  const images = await ganvas.generate({ count: lines, seed, text, digit: conditional ? Number($("g-digit").value) : -1, to: seed + 1, at });
  if (turn !== made) return;
  const n = lines * (text.length || 1);
  drawGrid($("generated"), images, n, ganvas, text.length || Math.min(n, 10));
  $("generated").setAttribute("aria-label", text ? t("written", { text, n: lines, seed }) : t("generated", { n, seed }));
  $("generated").hidden = $("g-save").hidden = $("g-morph-label").hidden = false;
}

/** Lets the slider move the noise: one picture at a time, always the newest place. */
function joinMorph(ganvas) {
  let wanted = null, busy = false;
  $("g-morph").addEventListener("input", async () => {
    wanted = Number($("g-morph").value) / 100;
    if (busy) return;
    busy = true;
    await attempt(async () => {
      while (wanted !== null) {
        const at = wanted;
        wanted = null;
        await generate(ganvas, at);
      }
    });
    busy = false;
  });
}

/** Records the run's film and says meanwhile how far it is. */
async function record(ganvas) {
  const button = $("webm");
  const { data } = await ganvas.ask({ type: "history" });
  const show = async (step) => {
    const { data, bytes } = await ganvas.ask({ type: "moment", step });
    return { sheet: data.sheet, bytes };
  };
  button.disabled = button.dataset.busy = true;
  try {
    return await film(data.moments, show, (share) => (button.textContent = t("filming", { p: Math.round(100 * share) })));
  } finally {
    button.textContent = t("webm");
    button.disabled = button.dataset.busy = false;
  }
}

/** The name of a file of the run as it is. */
export const named = (ganvas, what, ending) => `ganvas-${ganvas.status().preset || "run"}-${what}step${ganvas.status().step}.${ending}`;

/** Puts a picture into the clipboard. */
async function copyPicture(png) {
  const made = Promise.resolve(png).then((bytes) => new Blob([bytes], { type: "image/png" }));
  await navigator.clipboard.write([new ClipboardItem({ "image/png": made })]); // at once: some browsers forget the press while it is made
  tell(t("pictureCopied"));
}

/** Offers a file for saving. */
export function give(name, blob) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(blob);
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}
