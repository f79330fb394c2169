// Data of the visitor's own: a pair of IDX files, a NumPy file, pictures, folders of them, or one sheet of pictures. Pictures are
// decoded by the browser and handed to the trainer as gray bytes; nothing leaves the page.

import { chooseShape, groundName } from "./dialog.js";
import { giveData } from "./given.js";
import { kindOf } from "./kinds.js";
import { cutSheet, Pictures } from "./pictures.js";
import { Skipped } from "./skipped.js";
import { choose } from "./tree.js";
import { loadTables } from "../experiment/fields.js";
import { attempt, clearNotices, notice, tell } from "../page/notices.js";
import { reasoned } from "../page/reasons.js";
import { grouped, sentences, t } from "../strings.js";

const small = 200; // pictures, below which augmentation is proposed
const few = 50; // pictures, below which little can be learned
const most = 20_000; // pictures that the page decodes
const roomiest = 256e6; // bytes of gray pictures

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
}

const usual = 60_000; // samples of the data that presets' epochs are meant for
const mostEpochs = 1e6;
let samples = usual; // of the visitor's data that the run learns from

/** Makes a data set of files and starts a run on it. Whatever is wrong with them is said, and the run goes on. */
export async function takeData(ganvas, files) {
  try {
    const set = await gather(files);
    if (set) await begin(ganvas, set);
  } catch (error) {
    notice(reasoned(error.message));
  }
}

/** The data set as the trainer takes it, with augment as it is wished for; null where the visitor thought better of it. */
async function gather(files) {
  const skipped = new Skipped();
  const kinds = await Promise.all(files.map(kindOf));
  kinds.forEach(({ why, what }, i) => why && skipped.add(why, files[i].name, 1, what));
  const of = (wanted) => files.filter((_, i) => kinds[i].kind === wanted);
  const others = (...taken) => files.forEach((file, i) => kinds[i].kind && !taken.includes(kinds[i].kind) && skipped.add("skipOther", file.name));
  const images = of("images"), labels = of("labels"), pictures = of("picture"), arrays = of("numpy");
  if (images.length || labels.length) {
    others("images", "labels");
    return { ...(await idx(images, labels)), skipped };
  }
  if (arrays.length) {
    others("numpy");
    return { ...(await numpy(arrays)), skipped };
  }
  if (!pictures.length) throw new Error([t("dataNothing", { names: files.slice(0, 3).map((f) => f.name).join(t("comma")) }), skipped.sentence()].filter(Boolean).join(t("between")));
  return gray(choose(pictures, (why, name, n) => skipped.add(why, name, n)), skipped);
}

async function idx(images, labels) {
  if (images.length !== 1 || labels.length > 1) throw new Error(t("dataPair", { images: images.length, labels: labels.length }));
  const size = [...images, ...labels].reduce((sum, file) => sum + file.size, 0);
  if (size > roomiest) throw new Error(t("dataRoom", { size: Math.round(size / 1e6) })); // before any of it is read
  const parts = await Promise.all([...images, ...labels].map((file) => file.arrayBuffer()));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  bytes.set(new Uint8Array(parts[0]));
  if (parts[1]) bytes.set(new Uint8Array(parts[1]), parts[0].byteLength);
  return { format: "idx", name: images[0].name.replace(/\.gz$/, ""), n: parts[0].byteLength, bytes };
}

async function numpy(arrays) {
  if (arrays.length !== 1) throw new Error(t("dataOneArray", { n: arrays.length }));
  const [file] = arrays;
  if (file.size > roomiest) throw new Error(t("dataRoom", { size: Math.round(file.size / 1e6) }));
  return { format: "npy", name: file.name.replace(/\.npy$/i, ""), bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** Pictures, shaped as the dialog says. */
async function gray({ files, classes, labels }, skipped) {
  if (files.length > most) throw new Error(t("dataMany", { n: grouped(files.length), most: grouped(most) }));
  const pictures = new Pictures(files, (name) => skipped.add("skipBroken", name));
  let first = null;
  for (let i = 0; i < files.length && !first; i++) first = await pictures.bitmap(i);
  if (!first) throw new Error([t("dataAllBroken"), skipped.sentence()].join(t("between")));
  const chosen = await chooseShape({ pictures, first, classes, proposed: files.length < small, skipped });
  if (!chosen) return null;
  const { side, sheet } = chosen;
  const made = sheet ? cutSheet(first, chosen) : await pictures.all(chosen);
  const n = made.bytes.length / (side * side);
  if (n < 2) throw new Error(t("dataFew", { n }));
  if (made.bytes.length > roomiest) throw new Error(t("dataRoom", { size: Math.round(made.bytes.length / 1e6) }));
  const tags = !sheet && classes.length ? Uint8Array.from(made.kept, (i) => labels[i]) : new Uint8Array(0);
  const bytes = new Uint8Array(made.bytes.length + tags.length);
  bytes.set(made.bytes);
  bytes.set(tags, made.bytes.length);
  return {
    format: "gray", name: sheet ? files[0].name : pictures.name, n, height: side, width: side, classes: tags.length ? classes.length : 0, names: tags.length ? classes : [],
    bytes, augment: chosen.augment, skipped, clear: made.clear, colour: made.colour, ground: made.ground,
  };
}

/** Starts a run like the present one on the data, for as many images as that one: small data sets are seen more often. */
async function begin(ganvas, { bytes, augment = "none", skipped, clear = 0, colour = 0, ground = 0, names = [], ...set }) {
  const found = await giveData(ganvas, { ...set, names }, bytes);
  const { recipe, preset } = ganvas.status();
  const { presets, datasets } = await loadTables();
  const same = recipe && datasets.find(({ name }) => name === recipe.dataset)?.kind !== "points" ? recipe : null;
  const { epochs } = same ?? presets.find(({ name }) => name === "quick").recipe;
  const images = epochs * (same?.dataset === "own" ? samples : usual);
  samples = found.count;
  const wanted = { ...same, dataset: "own", augment, epochs: Math.max(1, Math.min(mostEpochs, Math.ceil(images / samples))) };
  if (found.count < (same?.batch ?? 64)) wanted.batch = found.count;
  if (same?.conditional && !found.classes) Object.assign(wanted, { conditional: false, label_mode: "onehot" });
  await ganvas.start(wanted, { preset: same ? preset || "classic" : "quick" });
  clearNotices();
  tell(sentences(
    t(found.classes ? "dataTakenClasses" : "dataTaken", { name: found.name, n: grouped(found.count), w: found.setWidth, h: found.setHeight, classes: found.classes }),
    colour ? t("ownColours", { n: grouped(colour) }) : "",
    clear ? t("ownClear", { ground: t(groundName(ground)) }) : "",
  ));
  const odd = sentences(skipped.sentence(), found.flat ? t("dataFlat", { n: grouped(found.flat) }) : "", found.count < few ? t("dataSmall", { n: found.count }) : "");
  if (odd) notice(odd);
}

/** Whether files are something else than one file of weights. */
export const isData = (files) => !files.some(({ name }) => name.endsWith(".safetensors"));

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
