// Some pictures, made samples of together: by a Worker, or by the page where there is none. What becomes of them lies in Blobs, which
// take nothing of the tab's memory.

import { channelsOf, sampleOf, settle, summedUp } from "./bench.js";
import { Packed } from "./packed.js";

/** A bitmap of a picture: {file}, or {pack, at, size} as a message has a packed one, which the browser decodes, or {pixels}, which another has. */
export async function decoded({ file, pack, at, size, pixels }) {
  if (!pixels) return createImageBitmap(pack ? pack.slice(at, at + size) : file instanceof Packed ? file.slice() : file, { imageOrientation: "from-image" });
  const { width, height, blob } = pixels;
  return createImageBitmap(new ImageData(new Uint8ClampedArray(await blob.arrayBuffer()), width, height));
}

/** Pictures as a message has them: packed ones bring the Blob in which they lie, once for all of them. */
export const sent = (pictures) =>
  pictures.map(({ file, pixels }) => (pixels ? { pixels } : file instanceof Packed ? { pack: file.pack, at: file.at, size: file.size } : { file }));

/**
 * Makes samples of pictures, all decoded at the same time: {blob, alpha, notes, whole, broken, sum}. blob is their bytes, alpha those of how
 * opaque the clear ones are, notes {clear, edge} of each, whole and broken the places of those that could and couldn't be decoded.
 */
export async function made(pictures, shape, canvas) {
  const each = channelsOf[shape.channels] * shape.width * shape.height;
  const bytes = new Uint8Array(pictures.length * each), alphas = [], notes = [], whole = [], broken = [];
  const bitmaps = pictures.map((one) => decoded(one).catch(() => null));
  const samples = [];
  for (const [k, decoding] of bitmaps.entries()) {
    const bitmap = await decoding;
    if (!bitmap) {
      broken.push(k);
      continue;
    }
    const { bytes: made, alpha, ...note } = sampleOf(bitmap, [0, 0, bitmap.width, bitmap.height], shape, canvas);
    bitmap.close();
    bytes.set(made, whole.length * each);
    if (note.clear && shape.channels !== "alpha") alphas.push(alpha);
    whole.push(k);
    samples.push(note);
    notes.push({ clear: note.clear, edge: note.edge });
  }
  return { blob: new Blob([bytes.subarray(0, whole.length * each)]), alpha: new Blob(alphas), notes, whole, broken, sum: summedUp(samples) };
}

/** The samples of what made() gave, settled on a ground, in one array of bytes. */
export async function settled({ blob, alpha, notes }, shape, ground) {
  const area = shape.width * shape.height, each = channelsOf[shape.channels] * area;
  const bytes = new Uint8Array(await blob.arrayBuffer()), opaque = new Uint8Array(await alpha.arrayBuffer());
  let clear = 0;
  notes.forEach((note, i) => {
    const sample = bytes.subarray(i * each, (i + 1) * each);
    const own = shape.channels === "alpha" ? sample.subarray(3 * area) : note.clear ? opaque.subarray(clear * area, ++clear * area) : null;
    settle({ bytes: sample, alpha: own, edge: note.edge }, shape, ground);
  });
  return bytes;
}
