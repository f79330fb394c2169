// Archives of files, opened up by a Worker of their own, or by the page where there is none.

import { remember } from "./head.js";
import { Packed } from "./packed.js";
import { unpack } from "./zip.js";
import { t } from "../strings.js";

/** The files of a ZIP archive, small ones as Packed, each with its path: {files, skipped: [[why, name], …]}. told(have, total) hears how many are unpacked. */
export async function unzip(file, told = () => {}) {
  const { unpacked, said } = await inWorker(file, told).catch(() => inPage(file, told));
  if (said) throw new Error(t(...said));
  const { found, skipped } = unpacked;
  const files = found.map(({ file: own, name, size, place, path, head }) => {
    const each = own ?? new Packed(name, size, place);
    remember(each, head);
    return Object.defineProperty(each, "path", { value: path });
  });
  return { files, skipped };
}

/** What the Worker answers; an error where there is none. */
async function inWorker(file, told) {
  const worker = new Worker(new URL("zip.worker.js", import.meta.url), { type: "module", name: "archive" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.told ? told(...data.told) : resolve(data));
      worker.onerror = (e) => {
        e.preventDefault();
        reject(new Error(e.message));
      };
      worker.postMessage(file);
    });
  } finally {
    worker.terminate();
  }
}

async function inPage(file, told) {
  try {
    return { unpacked: await unpack(file, told) };
  } catch (error) {
    return { said: error.said ?? ["zipDamaged", { name: file.name }] };
  }
}
