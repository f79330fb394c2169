// What files are, by how they begin, and which class each picture belongs to.

import { forget, headOf } from "./head.js";
import { sizeOf, tooLarge } from "./size.js";

const hidden = (name) => name.startsWith(".") || ["Thumbs.db", "desktop.ini"].includes(name);
const looked = 512; // bytes that tell what is in a packed file

/**
 * What a file is for a data set: {kind: "images" or "labels" of an IDX pair, packed or not, "numpy", "table", "archive", "parquet" or "picture"},
 * or {why: a text's name, what: a format} where it's of no use.
 */
export async function kindOf(file) {
  try {
    return await toldOf(file);
  } finally {
    forget(file);
  }
}

async function toldOf(file) {
  if (hidden(file.name) || placeOf(file).split("/").some((part) => part.startsWith(".") || part === "__MACOSX")) return { why: "skipHidden" };
  if (file.size === 0) return { why: "skipEmpty" };
  let head;
  try {
    head = await beginning(file);
  } catch {
    return { why: "skipUnreadable" };
  }
  if (head.length >= 4 && head[0] === 0 && head[1] === 0 && head[2] === 8 && [1, 3].includes(head[3])) return { kind: head[3] === 1 ? "labels" : "images" };
  const what = format(head);
  if (decoded.includes(what)) return pixels(file);
  if (what === "NumPy") return { kind: "numpy" };
  if (what === "ZIP") return { kind: "archive" };
  if (what === "Parquet") return { kind: "parquet" };
  if (isTable(head)) return { kind: "table" };
  if (what === "HEIC") return { why: "skipHEIC" };
  if (/\.(png|jpe?g|gif|webp|bmp|avif|tiff?)$/i.test(file.name)) return { why: what ? "skipInside" : "skipNoPicture", what };
  if (/idx[13]-ubyte/.test(file.name)) return { why: "skipNoIdx" };
  return { why: what ? "skipFormat" : "skipNoData", what };
}

const decoded = ["PNG", "JPEG", "GIF", "WebP", "BMP", "AVIF", "TIFF"]; // by the browser, or the last by the converter

/** Whether a file that begins so can be a table of pixels: numbers and commas, after at most one line of names. */
function isTable(head) {
  const [first, rest = ""] = String.fromCharCode(...head).replace(/^\xef\xbb\xbf/, "").split(/\n(.*)/s);
  const numbers = (text) => (text.match(/,/g) ?? []).length > 2 && /^[\d, \r\n]*$/.test(text);
  return numbers(first) || ((first.match(/,/g) ?? []).length > 2 && numbers(rest)) || /^"?label"?,/i.test(first);
}

/** A picture, unless its header announces more pixels than are decoded. */
async function pixels(file) {
  const size = await sizeOf(file);
  return size && tooLarge(size) ? { why: "skipLarge" } : { kind: "picture" };
}

/** The name of the format that a file begins as, "" for one that is not known. */
function format(head) {
  const text = String.fromCharCode(...head);
  const brand = text.slice(4, 8) === "ftyp" ? text.slice(8, 12) : "";
  if (/^(hei[cxms]|mif1|msf1)$/.test(brand)) return "HEIC";
  if (/^avi[fs]$/.test(brand)) return "AVIF";
  const begins = {
    "\x89PNG": "PNG", "\xff\xd8\xff": "JPEG", "\x93NUMPY": "NumPy", "GIF8": "GIF", "%PDF": "PDF", "BM": "BMP", "II*\0": "TIFF", "MM\0*": "TIFF", "PK\x03\x04": "ZIP", PAR1: "Parquet",
  };
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "WebP";
  const found = Object.keys(begins).find((start) => text.startsWith(start));
  return found ? begins[found] : text.includes("<svg") ? "SVG" : "";
}

/** A file's first bytes, of what is in it where it is gzip. */
async function beginning(file) {
  const head = await headOf(file);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  const reader = file.slice(0, 4096).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    const { value } = await reader.read();
    return (value ?? new Uint8Array(0)).slice(0, looked);
  } catch {
    return new Uint8Array(0);
  } finally {
    reader.cancel().catch(() => {}); // the piece ends too early, of course
  }
}

const placeOf = (file) => (file.path || file.webkitRelativePath || file.name).split("/").slice(0, -1).join("/");
