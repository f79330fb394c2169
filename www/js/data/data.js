// Data of the visitor's own: a pair of IDX files, NumPy files, a table of pixels, pictures, folders of them, one sheet of pictures, tables
// of encoded pictures, or an archive of any of these. Pictures are decoded by the browser and handed to the trainer as bytes.

import { unzip } from "./archive.js";
import { channelsOf } from "./bench.js";
import { hasCamera, takeFrames } from "./camera.js";
import { brokenSentence, chooseShape, groundName } from "./dialog.js";
import { giveData } from "./given.js";
import { kindOf } from "./kinds.js";
import { whole } from "./packed.js";
import { unravel } from "./parquet.js";
import { cutSheet, Pictures } from "./pictures.js";
import { pooled } from "./pooled.js";
import { roomFor } from "./room.js";
import { Skipped } from "./skipped.js";
import { choose } from "./tree.js";
import { loadTables } from "../experiment/fields.js";
import { arriving } from "../page/arriving.js";
import { attempt, clearNotices, notice, tell } from "../page/notices.js";
import { shapeOf } from "../pictures/sample.js";
import { reasoned } from "../page/reasons.js";
import { grouped, sentences, t } from "../strings.js";

const small = 200; // pictures, below which augmentation is proposed
const few = 50; // pictures, below which little can be learned
const most = 20_000; // pictures that the page decodes
const atOnce = 32; // files that are looked at
const some = 500; // samples that are put away at a time

/** Makes the buttons that choose files or a folder. */
export function joinData(ganvas) {
  for (const [id, folder] of [["own-files", false], ["own-folder", true]]) {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true, webkitdirectory: folder, hidden: true, id: `${id}-input` });
    input.addEventListener("change", async () => {
      await takeData(ganvas, [...input.files]);
      input.value = "";
    });
    const button = document.getElementById(id);
    button.after(input);
    button.addEventListener("click", () => input.click());
  }
  const camera = document.getElementById("own-camera");
  camera.hidden = !hasCamera();
  camera.addEventListener("click", async () => {
    try {
      const frames = await takeFrames();
      if (frames.length) await takeData(ganvas, frames);
    } catch (error) {
      notice(error.message);
    }
  });
}

const usual = 60_000; // samples of the data that most presets' epochs are meant for
const small32 = 40; // pixels of a side, up to which the preset for 32 pixels is taken
const mostEpochs = 1e6;
let samples = usual; // of the visitor's data that the run learns from

/** Makes a data set of files and starts a run on it. Whatever is wrong with them is said, and the run goes on. */
export async function takeData(ganvas, files) {
  try {
    const set = await gather(files);
    if (set) await begin(ganvas, set);
  } catch (error) {
    notice(reasoned(error.message));
  } finally {
    arriving("own", 1, 1); // whether or not all of them did
  }
}

/** The data set as the trainer takes it, with augment as it is wished for; null where the visitor thought better of it. */
async function gather(given) {
  const skipped = new Skipped();
  const { files, kinds } = await opened(given, skipped);
  kinds.forEach(({ why, what }, i) => why && skipped.add(why, files[i].name, 1, what));
  const of = (...wanted) => files.filter((_, i) => wanted.includes(kinds[i].kind));
  for (const [some, make] of [[["images", "labels"], idx], [["numpy"], numpy], [["table"], table], [["picture"], shaped]]) {
    const found = of(...some);
    if (!found.length) continue;
    files.forEach((file, i) => kinds[i].kind && !some.includes(kinds[i].kind) && skipped.add("skipOther", file.name));
    const made = await make(found, skipped, (kind) => of(kind));
    return made && { ...made, skipped };
  }
  throw new Error([t("dataNothing", { names: given.slice(0, 3).map((f) => f.name).join(t("comma")) }), skipped.sentence()].filter(Boolean).join(t("between")));
}

/** Files with archives and tables of pictures opened up, and what each is. */
async function opened(given, skipped) {
  const unpacked = (file) => unzip(file, (have, total) => arriving("archive", have, total));
  const all = await inside(given, skipped, await kindsOf(given), "archive", unpacked);
  const { files, kinds } = await inside(all.files, skipped, all.kinds, "parquet", unravel);
  kinds.forEach((kind, i) => kind.kind && ["archive", "parquet"].includes(kind.kind) && (kinds[i] = { why: "skipNested" }));
  return { files, kinds };
}

const kindsOf = (files) => pooled(files, atOnce, kindOf);

/** Files with those of a kind replaced by what open() finds in them. */
async function inside(given, skipped, known, wanted, open) {
  const files = [], kinds = [];
  for (const [i, kind] of known.entries()) {
    const found = kind.kind === wanted ? await open(given[i]) : { files: [given[i]], skipped: [] };
    for (const [why, name] of found.skipped) skipped.add(why, name);
    for (const file of found.files) files.push(file); // too many for arguments
    for (const each of kind.kind === wanted ? await kindsOf(found.files) : [kind]) kinds.push(each);
  }
  return { files, kinds };
}

async function idx(found, skipped, of) {
  const [images, labels] = [of("images"), of("labels")];
  if (images.length !== 1 || labels.length > 1) throw new Error(t("dataPair", { images: images.length, labels: labels.length }));
  return { format: "idx", name: images[0].name.replace(/\.gz$/, ""), ...joined(...images, ...labels) };
}

/** Files one after the other, and of how many bytes the first is. None of them is read yet. */
function joined(...files) {
  roomFor(files.reduce((sum, file) => sum + file.size, 0));
  return { n: files[0].size, bytes: new Blob(files.map(whole)) };
}

/** One array of pictures and perhaps one of labels, by the names that Keras, MedMNIST and NumPy itself give them in an archive. */
async function numpy(arrays, skipped) {
  const called = (names) => names.map((name) => arrays.find((file) => file.name === `${name}.npy`)).find(Boolean);
  const labels = called(["y_train", "train_labels", "labels", "y", "Y", "targets", "arr_1"]);
  const images = called(["x_train", "train_images", "images", "x", "X", "data", "arr_0"]) ?? arrays.find((file) => file !== labels);
  if (!images || (arrays.length > 1 && !arrays[0].path)) throw new Error(t("dataOneArray", { n: arrays.length }));
  for (const file of arrays) if (file !== images && file !== labels) skipped.add(/^(x_|y_)?test/.test(file.name) ? "skipTesting" : "skipArray", file.name);
  return { format: "npy", name: images.name.replace(/\.npy$/i, ""), ...joined(...[images, labels].filter(Boolean)) };
}

async function table(found) {
  if (found.length !== 1) throw new Error(t("dataOneTable", { n: found.length }));
  return { format: "csv", name: found[0].name.replace(/\.csv$/i, ""), ...joined(found[0]) };
}

/** Pictures, shaped as the dialog says. */
async function shaped(found, skipped) {
  const { files, classes: folders, labels } = choose(found, (why, name, n) => skipped.add(why, name, n));
  const classes = folders.map((name, k) => files[labels.indexOf(k)].className ?? name);
  if (files.length > most) throw new Error(t("dataMany", { n: grouped(files.length), most: grouped(most) }));
  const pictures = new Pictures(files, (name) => skipped.add("skipBroken", name));
  try {
    return await sampled(pictures, { files, classes, labels, skipped });
  } finally {
    pictures.stop();
  }
}

async function sampled(pictures, { files, classes, labels, skipped }) {
  let first = null;
  for (let i = 0; i < files.length && !first; i++) first = await pictures.bitmap(i);
  if (!first) throw new Error([t("dataAllBroken"), skipped.sentence()].join(t("between")));
  const chosen = await chooseShape({ pictures, first, classes, proposed: files.length < small, skipped });
  if (!chosen) return null;
  const { width, height, channels, sheet } = chosen;
  const sample = [channelsOf[channels], height, width], each = channelsOf[channels] * height * width;
  if (!sheet) roomFor(pictures.count * each);
  const made = sheet ? cutSheet(first, chosen) : await pictures.take(chosen, { told: (have, total) => arriving("pictures", have, total) });
  if (!sheet && pictures.broken > pictures.mostBroken && !chosen.broken) throw new Error([brokenSentence(pictures), skipped.sentence()].join(t("between")));
  const { samples = [], n = samples.length } = made;
  if (n < 2) throw new Error(t("dataFew", { n }));
  roomFor(n * each);
  const tags = !sheet && classes.length ? Uint8Array.from(made.kept, (i) => labels[i]) : new Uint8Array(0);
  const bytes = new Blob([...(made.blobs ?? [stored(samples)]), tags]);
  return {
    format: "pixels", name: sheet ? files[0].name : pictures.name, n, sample, classes: tags.length ? classes.length : 0, names: tags.length ? classes : [],
    bytes, augment: chosen.augment, clear: channels === "alpha" ? 0 : made.clear, lost: channels === "gray" ? made.colour : 0, ground: made.ground,
  };
}

/** Samples as a Blob, for which they give up their memory. */
function stored(samples) {
  const parts = [];
  while (samples.length) parts.push(new Blob(samples.splice(0, some)));
  return new Blob(parts);
}

/**
 * Starts a run like the present one on the data, for as many images as that one: small data sets are seen more often. Pictures in
 * colour take a preset made for such where the present run's are none, and networks become as deep as pictures of another size need.
 */
async function begin(ganvas, { bytes, augment = "none", skipped, clear = 0, lost = 0, ground = [0, 0, 0], names = [], ...set }) {
  const found = await giveData(ganvas, { ...set, names }, bytes);
  const { recipe, preset } = ganvas.status();
  const { presets, datasets } = await loadTables();
  const [channels, ...sides] = found.sample, gray = channels === 1;
  const pictures = recipe && datasets.find(({ name }) => name === recipe.dataset)?.kind !== "points" && !shapeOf(ganvas.sample).points && (gray || ganvas.sample[0] > 1);
  const same = pictures ? recipe : null;
  const name = same ? preset || "classic" : gray ? "quick" : Math.max(...sides) > small32 ? "colour-64" : "colour-32";
  const like = same ?? presets.find((each) => each.name === name).recipe;
  const images = like.epochs * (like.dataset === "own" ? samples : datasets.find((each) => each.name === like.dataset)?.samples || usual);
  samples = found.count;
  const wanted = { ...same, dataset: "own", augment, epochs: Math.max(1, Math.min(mostEpochs, Math.ceil(images / samples))) };
  if (found.count < like.batch) wanted.batch = found.count - (found.count % (like.packing ?? 1));
  if (like.conditional && !found.classes) Object.assign(wanted, { conditional: false, label_mode: "onehot" });
  await ganvas.start(wanted, { preset: name, fit: !same || String(ganvas.sample) !== String(found.sample) });
  clearNotices();
  tell(sentences(
    t(found.classes ? "dataTakenClasses" : "dataTaken", { name: found.name, n: grouped(found.count), w: found.sample[2], h: found.sample[1], classes: found.classes }),
    lost ? t("ownColours", { n: grouped(lost) }) : "",
    clear ? t("ownClear", { ground: t(groundName(ground)) }) : "",
  ));
  const odd = sentences(skipped.sentence(), found.flat ? t("dataFlat", { n: grouped(found.flat) }) : "", found.count < few ? t("dataSmall", { n: found.count }) : "");
  if (odd) notice(odd);
}

/** Whether files are something else than one file of weights. */
export const isData = (files) => !files.some(({ name }) => /\.(safetensors|pth|pt)$/i.test(name));

/** What was dropped, folders opened up: each file with its place in them as its path. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry.isDirectory)) return files;
  const found = [];
  await attempt(async () => {
    for (const entry of entries) await open(entry, found);
  });
  return found;
}

async function open(entry, found) {
  if (found.length > most) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    Object.defineProperty(file, "path", { value: entry.fullPath.slice(1) });
    found.push(file);
    return;
  }
  const reader = entry.createReader();
  for (;;) { // a reader gives a hundred entries at a time
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const each of some) await open(each, found);
  }
}
