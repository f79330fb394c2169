// What files are, by how they begin, and which class each picture belongs to.

import { t } from "../strings.js";

/** "images" or "labels" of an IDX pair, packed or not, "picture", or "" for anything else. */
export async function kindOf(file) {
  const head = await beginning(file);
  if (head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === 8) return { 1: "labels", 3: "images" }[head[3]] ?? "";
  const starts = (...bytes) => bytes.every((b, i) => head[i] === b);
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || /\.(png|jpe?g)$/i.test(file.name)) return "picture";
  if (/idx[13]-ubyte/.test(file.name)) throw new Error(t("dataMagic", { name: file.name, bytes: [...head].map((b) => b.toString(16).padStart(2, "0")).join(" ") || "–" }));
  return "";
}

/** A file's first four bytes, of what is in it where it is gzip. */
async function beginning(file) {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  const reader = file.slice(0, 4096).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    const { value } = await reader.read();
    return (value ?? new Uint8Array(0)).slice(0, 4);
  } catch {
    return new Uint8Array(0);
  } finally {
    reader.cancel().catch(() => {}); // the piece ends too early, of course
  }
}

const placeOf = (file) => (file.path || file.webkitRelativePath || file.name).split("/").slice(0, -1).join("/");

/**
 * Pictures in the order of their names: {files, classes, labels}. Where they lie in several folders and none in the one
 * around them, each folder is a class; where some lie in that one, those are the pictures.
 */
export function sortPictures(files) {
  const sorted = [...files].sort((a, b) => (placeOf(a) + "/" + a.name).localeCompare(placeOf(b) + "/" + b.name, "en", { numeric: true }));
  const places = [...new Set(sorted.map(placeOf))];
  const outer = places.find((place) => places.every((other) => other === place || place === "" || other.startsWith(place + "/")));
  if (outer !== undefined) return { files: sorted.filter((f) => placeOf(f) === outer), classes: [], labels: [] };
  if (places.length > 256) throw new Error(t("dataClasses", { n: places.length }));
  return { files: sorted, classes: places.map((place) => place.split("/").at(-1)), labels: sorted.map((f) => places.indexOf(placeOf(f))) };
}
