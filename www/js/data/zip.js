// Files out of a ZIP archive, unpacked by the browser. Nothing of it is written anywhere, so no name can lead out of a folder.

import { t } from "../strings.js";

const mostEach = 128e6; // bytes of one file unpacked
const mostAll = 1e9; // of all
const mostFiles = 100_000;
const tail = 65_557; // bytes at the end in which the list's place is said: 22, and a comment

/** The files of an archive that wanted(path) asks for, each with its path: {files, skipped: [[why, name], …]}. */
export async function unzip(file, wanted = () => true) {
  const damaged = () => new Error(t("zipDamaged", { name: file.name }));
  const { count, at, size } = await directory(file, damaged);
  if (count > mostFiles) throw new Error(t("zipMany", { name: file.name, n: count }));
  const list = new DataView(await file.slice(at, at + size).arrayBuffer());
  const files = [], skipped = [];
  let all = 0;
  for (let i = 0, p = 0; i < count; i++) {
    if (p + 46 > list.byteLength || list.getUint32(p, true) !== 0x02014b50) throw damaged();
    const [flags, method, packed, lengths, begins] = [list.getUint16(p + 8, true), list.getUint16(p + 10, true), list.getUint32(p + 20, true), [28, 30, 32].map((o) => list.getUint16(p + o, true)), list.getUint32(p + 42, true)];
    const path = new TextDecoder().decode(new Uint8Array(list.buffer, p + 46, Math.min(lengths[0], list.byteLength - p - 46)));
    p += 46 + lengths[0] + lengths[1] + lengths[2];
    const name = path.split("/").at(-1);
    if (!name || !wanted(path)) continue;
    if (path.startsWith("/") || path.split("/").includes("..")) skipped.push(["skipOutside", name]);
    else if (flags & 1 || (method !== 0 && method !== 8)) skipped.push(["skipPacked", name]);
    else {
      const bytes = await unpacked(file, begins, packed, method).catch(() => null);
      if (!bytes) skipped.push(["skipBroken", name]);
      else if ((all += bytes.size) > mostAll) throw new Error(t("zipLarge", { name: file.name, most: mostAll / 1e6 }));
      else files.push(Object.defineProperty(new File([bytes], name), "path", { value: path }));
    }
  }
  return { files, skipped };
}

/** Where an archive's list of files lies. */
async function directory(file, damaged) {
  const from = Math.max(0, file.size - tail);
  const view = new DataView(await file.slice(from).arrayBuffer());
  for (let p = view.byteLength - 22; p >= 0; p--) {
    if (view.getUint32(p, true) !== 0x06054b50) continue;
    const found = { count: view.getUint16(p + 10, true), size: view.getUint32(p + 12, true), at: view.getUint32(p + 16, true) };
    if (found.at + found.size > file.size) throw damaged();
    return found;
  }
  throw damaged();
}

/** One file's content, whatever size its header claims, as far as one is read. */
async function unpacked(file, begins, packed, method) {
  const head = new DataView(await file.slice(begins, begins + 30).arrayBuffer());
  const from = begins + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const piece = file.slice(from, from + packed);
  if (method === 0) return piece.size <= mostEach ? piece : null;
  const reader = piece.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return new Blob(parts);
    if ((size += value.length) > mostEach) return reader.cancel().then(() => null);
    parts.push(value);
  }
}
