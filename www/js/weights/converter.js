// Files of other programs: what PyTorch saved becomes a generator of ours, and ours an ONNX file, a NumPy one or a folder for PyTorch;
// TIFF files and animated GIFs become pixels. A program of its own does that, in a Worker that is started for the first such file.

import { t } from "../strings.js";

/** Formats that generators are given away in. */
export const formats = ["onnx", "npz", "pytorch"];

/** Whether a file's bytes are weights of another program: PyTorch's (.pth, packed or not), safetensors that say nothing of ours, or Keras's
 * (.h5), of which the converter says that it cannot read them. */
export function isForeign(bytes) {
  if ((bytes[0] === 0x50 && bytes[1] === 0x4b) || bytes[0] === 0x80 || (bytes[0] === 0x89 && bytes[1] === 0x48)) return true;
  if (bytes.length < 8) return false;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (size > BigInt(bytes.length - 8)) return false;
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + Number(size))));
    return ["", "pt"].includes(header.__metadata__?.format ?? "");
  } catch {
    return false; // the trainer says what is wrong with it
  }
}

let worker = null;
let next = 1;
const waiting = new Map(); // question id → {resolve, reject}

function begin() {
  worker = new Worker(new URL("converter.worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.fatal) return end(data.fatal);
    const answer = JSON.parse(data.json), { resolve, reject } = waiting.get(answer.id) ?? {};
    waiting.delete(answer.id);
    if (answer.error) reject?.(new Error(answer.error));
    else resolve?.({ data: answer.data ?? {}, bytes: data.bytes });
  };
  worker.onerror = (e) => end(e.message ?? "its Worker cannot start");
}

/** The Worker is of no more use; whoever waits for it is told why, and the next question starts another. */
function end(why) {
  worker?.terminate();
  worker = null;
  for (const { reject } of waiting.values()) reject(Object.assign(new Error(t("noConverter", { why })), { lost: true }));
  waiting.clear();
}

function ask(question, bytes) {
  if (!worker) begin();
  const id = next++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ json: JSON.stringify({ ...question, id }), bytes });
  });
}

/** Another program's weights as a checkpoint of ours: {bytes, says, guesses}. as sets what they do not tell. */
export async function opened(bytes, as = {}) {
  const { data, bytes: ours } = await ask({ open: true, as }, bytes);
  return { ...data, bytes: ours };
}

/** The pictures in a TIFF file or an animated GIF: {width, height, count, bytes}, bytes red, green, blue and how opaque of each pixel, picture after picture. */
export async function pixelsOf(bytes) {
  const { data, bytes: pixels } = await ask({ pixels: true }, bytes);
  return { ...data, bytes: pixels };
}

/** The bytes of a generator of ours, given as a checkpoint's, in one of the formats. */
export const given = async (bytes, format) => (await ask({ format }, bytes)).bytes;
