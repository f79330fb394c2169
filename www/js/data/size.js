// How large a picture is, by its file's header, before anything is decoded.

import { headOf } from "./head.js";

const most = 50e6; // pixels, as natively
const usual = 4e6; // pixels that are supposed where none are known
const areas = new WeakMap(); // pixels, by file
const looked = 1 << 20; // bytes of a JPEG file in which its size must stand

export const tooLarge = ({ width, height }) => width * height > most;

/** How many pixels a picture file has, as far as its header was looked at. */
export const areaOf = (file) => areas.get(file) ?? usual;

/** A picture file's {width, height}, null where its header does not say. */
export async function sizeOf(file) {
  const size = await announced(file);
  if (size) areas.set(file, size.width * size.height);
  return size;
}

async function announced(file) {
  const head = await headOf(file), view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.byteLength < 24) return null;
  const text = String.fromCharCode(...head);
  if (text.startsWith("\x89PNG")) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (text.startsWith("GIF8")) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (text.startsWith("BM") && view.byteLength >= 26) return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  if (text.startsWith("RIFF")) return inWebP(view, text.slice(12, 16));
  if (text.slice(4, 8) === "ftyp") return inAVIF(view, text);
  return inJPEG(view) ?? (file.size > view.byteLength ? inJPEG(new DataView(await file.slice(0, looked).arrayBuffer())) : null);
}

/** By the first piece of a WebP file: packed with loss, without, or one that announces more. */
function inWebP(view, piece) {
  if (view.byteLength < 30) return null;
  if (piece === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (piece === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const three = (at) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1;
  return piece === "VP8X" ? { width: three(24), height: three(27) } : null;
}

/** By the box that says how large a picture's pixels are. */
function inAVIF(view, text) {
  const at = text.indexOf("ispe");
  return at > 0 && at + 16 <= view.byteLength ? { width: view.getUint32(at + 8), height: view.getUint32(at + 12) } : null;
}

/** Goes through a JPEG file's segments to the one that begins a frame. */
function inJPEG(view) {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
