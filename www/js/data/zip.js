// Files out of a ZIP archive, unpacked by the browser. Nothing of it is written anywhere, so no name can lead out of a folder.

import { headLength } from "./head.js";
import { Packer } from "./packed.js";
import { pooled } from "./pooled.js";

const mostEach = 128e6; // bytes of one file unpacked
const mostAll = 1e9; // of all
const mostFiles = 100_000;
const readAtOnce = 8e6; // bytes of an archive, unless one file takes more
const fedAtOnce = 65_536; // bytes that are unpacked at a time
const atOnce = 4; // files unpacked at the same time
const tail = 65_557; // bytes at the end in which the list's place is said: 22, and a comment

/**
 * The files of an archive: {found: [{path, name, size, head, file or place}, …], skipped: [[why, name], …]}, head a file's first bytes, place where
 * a small one is packed, as Packer says. told(have, total) hears how many are unpacked. What is wrong with the archive is thrown as an error with said, the name of a text and its values.
 */
export async function unpack(file, told = () => {}) {
  const damaged = () => refused("zipDamaged", { name: file.name });
  const { count, at, size } = await directory(file, damaged);
  if (count > mostFiles) throw refused("zipMany", { name: file.name, n: count });
  const list = new DataView(await file.slice(at, at + size).arrayBuffer());
  const entries = [], skipped = [];
  for (let i = 0, p = 0; i < count; i++) {
    if (p + 46 > list.byteLength || list.getUint32(p, true) !== 0x02014b50) throw damaged();
    const [flags, method, packed, lengths, begins] = [list.getUint16(p + 8, true), list.getUint16(p + 10, true), list.getUint32(p + 20, true), [28, 30, 32].map((o) => list.getUint16(p + o, true)), list.getUint32(p + 42, true)];
    const path = new TextDecoder().decode(new Uint8Array(list.buffer, p + 46, Math.min(lengths[0], list.byteLength - p - 46)));
    p += 46 + lengths[0] + lengths[1] + lengths[2];
    const name = path.split("/").at(-1);
    if (!name) continue;
    if (path.startsWith("/") || path.split("/").includes("..")) skipped.push(["skipOutside", name]);
    else if (flags & 1 || (method !== 0 && method !== 8)) skipped.push(["skipPacked", name]);
    else entries.push({ path, name, begins, packed, method, ends: begins + 30 + lengths[0] + lengths[1] + packed });
  }
  const found = [], packer = new Packer();
  let all = 0, have = 0;
  const one = async (entry, window) => {
    const made = await unpacked(file, window, entry, packer).catch(() => null);
    if ((all += made?.size ?? 0) > mostAll) throw refused("zipLarge", { name: file.name, most: mostAll / 1e6 });
    told(++have, entries.length);
    return made;
  };
  for (const some of windows(entries)) {
    const from = some[0].begins, ends = Math.max(from + 30, Math.min(some.at(-1).ends, from + readAtOnce));
    const window = { from, bytes: new Uint8Array(await file.slice(from, ends).arrayBuffer()) };
    const made = await pooled(some, atOnce, (entry) => one(entry, window));
    some.forEach(({ path, name }, i) => (made[i] ? found.push({ ...made[i], path }) : skipped.push(["skipBroken", name])));
  }
  packer.end();
  shareHeads(found);
  return { found, skipped };
}

/** Puts all heads into one piece of memory: one of its own for each takes as much again. */
function shareHeads(found) {
  const all = new Uint8Array(found.reduce((sum, { head }) => sum + head.length, 0));
  let at = 0;
  for (const each of found) {
    all.set(each.head, at);
    each.head = all.subarray(at, (at += each.head.length));
  }
}

const refused = (name, values) => Object.assign(new Error(name), { said: [name, values] });

/** Entries that follow each other, as many together as are read at a time. */
function windows(entries) {
  const all = [];
  for (const entry of entries) {
    const last = all.at(-1);
    if (last && entry.begins >= last.at(-1).begins && entry.ends - last[0].begins <= readAtOnce) last.push(entry);
    else all.push([entry]);
  }
  return all;
}

/** Where an archive's list of files lies. */
async function directory(file, damaged) {
  const from = Math.max(0, file.size - tail);
  const view = new DataView(await file.slice(from).arrayBuffer());
  for (let p = view.byteLength - 22; p >= 0; p--) {
    if (view.getUint32(p, true) !== 0x06054b50) continue;
    const found = { count: view.getUint16(p + 10, true), size: view.getUint32(p + 12, true), at: view.getUint32(p + 16, true) };
    const { count, at, size } = found.count === 0xffff || found.at === 0xffffffff ? await larger(file, view, p - 20) ?? found : found;
    if (!(at + size <= file.size)) throw damaged();
    return { count, at, size };
  }
  throw damaged();
}

/** The same of an archive with more files or bytes than two or four bytes count (ZIP64), to which a record at p leads; null where it's no such one. */
async function larger(file, view, p) {
  if (p < 0 || view.getUint32(p, true) !== 0x07064b50) return null;
  const at = Number(view.getBigUint64(p + 8, true)), record = new DataView(await file.slice(at, at + 56).arrayBuffer());
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50) return null;
  const [count, size, begins] = [32, 40, 48].map((o) => Number(record.getBigUint64(o, true)));
  return { count, size, at: begins };
}

/**
 * One file's content, whatever size its header claims, as far as one is read, as unpack() gives it but for its path. window is what was read of the
 * archive; null for more than one file may have.
 */
async function unpacked(file, { from, bytes }, { name, begins, packed, method }, packer) {
  const head = new DataView(bytes.buffer, begins - from, 30);
  const at = begins + 30 + head.getUint16(26, true) + head.getUint16(28, true), within = at - from + packed <= bytes.length;
  const piece = () => file.slice(at, at + packed);
  const kept = (parts, size, head) => {
    const known = { name, size, head: (head ?? new Uint8Array(0)).slice(0, headLength) };
    return Packer.takes(size) ? { ...known, place: packer.add(parts, size) } : { ...known, file: new File(parts, name) };
  };
  if (method === 0) {
    const part = within ? bytes.subarray(at - from, at - from + packed) : piece();
    return packed <= mostEach ? kept([part], part.size ?? part.length, bytes.subarray(at - from, at - from + packed)) : null;
  }
  const stream = new DecompressionStream("deflate-raw"), reader = stream.readable.getReader();
  const fed = within ? feed(stream.writable, bytes.subarray(at - from, at - from + packed)) : piece().stream().pipeTo(stream.writable);
  fed.catch(() => {}); // whoever reads is told
  const parts = [];
  let size = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return kept(parts, size, parts[0]);
    if ((size += value.length) > mostEach) return reader.cancel().then(() => null);
    parts.push(value);
  }
}

/** Writes bytes a little at a time: each piece may unpack to a thousand times its size. */
async function feed(writable, bytes) {
  const writer = writable.getWriter();
  for (let at = 0; at < bytes.length; at += fedAtOnce) await writer.write(bytes.subarray(at, at + fedAtOnce));
  await writer.close();
}
