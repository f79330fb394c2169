// Pictures out of Parquet tables, as model hubs keep image data sets: a column of encoded pictures, by itself or as bytes beside a
// path, and perhaps a column of labels, whose names stand in the table's metadata. Nothing but these two columns is read.

import { BYTES, INT32, INT64, valuesOf } from "./columns.js";
import { Packed, Packer } from "./packed.js";
import { Thrift } from "./thrift.js";
import { t } from "../strings.js";

const pictureColumns = ["image.bytes", "img.bytes", "image", "img", "picture", "bytes", "png", "jpg", "jpeg"]; // the likeliest first
const labelColumns = ["label", "labels", "class", "target", "fine_label", "category"];
const mostFooter = 64e6; // bytes
const mostAll = 1e9; // bytes of encoded pictures
const [OPTIONAL, REPEATED] = [1, 2]; // what may be in a column's place

/**
 * A table's pictures as files, each with a path: its half (train, test, … as a shard's name begins), its label, its row. className is
 * what the label stands for, where the table says so, source the table's name. {files, skipped: [[why, name], …]}.
 */
export async function unravel(file) {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new Error(t("parquetDamaged", { name: file.name }));
    throw new Error(t("parquetNot", { name: file.name, why: error.message }));
  }
}

async function read(file) {
  const about = await footer(file);
  const leaves = columns(about[2]);
  const find = (names, types) => names.map((name) => leaves.findIndex((leaf) => leaf.name === name && !leaf.repeated && types.includes(leaf.type))).find((i) => i >= 0) ?? -1;
  const pictures = find(pictureColumns, [BYTES]), labels = find(labelColumns, [INT64, INT32, BYTES]);
  if (pictures < 0) throw new Error(t("parquetNoPictures", { columns: leaves.map(({ name }) => name).join(t("comma")) }));
  const size = about[4].reduce((sum, group) => sum + group[1][pictures][3][6], 0);
  if (size > mostAll) throw new Error(t("parquetLarge", { size: Math.round(size / 1e6), most: mostAll / 1e6 }));
  const names = labels < 0 ? [] : named(about[5] ?? [], leaves[labels].name);
  const half = /^(train|test|val|valid|validation|dev|eval)(?=[-_.])/i.exec(file.name)?.[0].toLowerCase();
  const above = [...(file.path || file.webkitRelativePath || "").split("/").slice(0, -1), ...(half ? [half] : [])];
  const stem = file.name.replace(/\.parquet$/i, "");
  const files = [], skipped = [], packer = new Packer();
  let row = 0;
  for (const { 1: chunks } of about[4]) {
    const tags = labels < 0 ? null : rows(file, chunks[labels][3], leaves[labels].deep);
    for await (const picture of rows(file, chunks[pictures][3], leaves[pictures].deep)) {
      const tag = tags ? (await tags.next()).value : undefined;
      if (tags && tag === undefined) throw new RangeError("there are fewer labels than pictures");
      const name = `${stem} ${String(++row).padStart(8, "0")}`;
      if (!picture?.length) {
        skipped.push(["skipNoCell", name]);
        continue;
      }
      const { folder, className } = label(tag, names);
      const own = Packer.takes(picture.length) ? new Packed(name, picture.length, packer.add([picture], picture.length)) : new File([picture], name);
      files.push(Object.defineProperties(own, { path: { value: [...above, ...folder, name].join("/") }, className: { value: className }, source: { value: stem } }));
    }
  }
  packer.end();
  return { files, skipped };
}

async function* rows(file, chunk, deep) {
  for await (const { values } of valuesOf(file, chunk, deep)) yield* values;
}

/** What the file's end says of it, by Parquet's numbers. */
async function footer(file) {
  const end = new DataView(await file.slice(Math.max(0, file.size - 8)).arrayBuffer());
  const size = end.getUint32(0, true);
  if (end.getUint32(4, true) !== 0x31524150 || size > file.size - 12 || size > mostFooter) throw new RangeError("it has no footer");
  return new Thrift(new Uint8Array(await file.slice(file.size - 8 - size, file.size - 8).arrayBuffer())).struct();
}

const text = (bytes) => new TextDecoder().decode(bytes);

/** The columns that have values, in their order: {name, type, deep, repeated}. */
function columns(schema) {
  const found = [];
  let at = 1; // behind the root
  const below = (n, path, deep, repeated) => {
    for (let k = 0; k < n; k++) {
      const { 1: type, 3: place, 4: bytes, 5: children } = schema[at++];
      const here = [...path, text(bytes)], deeper = deep + (place === OPTIONAL || place === REPEATED ? 1 : 0), again = repeated || place === REPEATED;
      if (children) below(children, here, deeper, again);
      else found.push({ name: here.join("."), type, deep: deeper, repeated: again });
    }
  };
  below(schema[0][5], [], 0, false);
  return found;
}

/** The names that the table's metadata give to the numbers in a column of labels. */
function named(pairs, column) {
  const about = pairs.find(({ 1: key }) => text(key) === "huggingface");
  try {
    return JSON.parse(text(about[2])).info.features[column].names ?? [];
  } catch {
    return [];
  }
}

/** The folder of a label, whose number stands before its name so that folders lie in the labels' order. */
function label(tag, names) {
  if (tag === undefined) return { folder: [] };
  if (tag === null) return { folder: ["none"] };
  const plain = (name) => name.replaceAll("/", " ");
  if (typeof tag !== "number") return { folder: [plain(text(tag))] };
  return { folder: [String(tag).padStart(5, "0")], className: names.length ? plain(names[tag] ?? "?") : undefined };
}
