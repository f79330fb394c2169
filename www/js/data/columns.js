// Columns of a Parquet table: pages, read one after the other, unpacked by the browser (Snappy here), and the values in them.

import { Thrift } from "./thrift.js";
import { t } from "../strings.js";

const largest = 256e6; // bytes of a page, unpacked
const mostValues = 1e6; // in a page
const mostHeader = 1 << 24; // bytes
const [DATA, DICTIONARY, DATA2] = [0, 2, 3]; // pages
const [PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY] = [0, 2, 8]; // how values are written
const packers = ["", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4"];
export const [INT32, INT64, BYTES] = [1, 2, 6]; // kinds of values that are read

/**
 * The values of a column in one group of rows, in pieces of {values}: bytes, numbers, or null. chunk is what the footer says of it,
 * deep how many of its places may be empty. Damage is a RangeError; an Error says what is not read.
 */
export async function* valuesOf(file, chunk, deep) {
  const { 1: type, 4: codec, 5: total, 9: data, 11: words } = chunk;
  if (![total, data].every((n) => n >= 0 && n <= Number.MAX_SAFE_INTEGER)) throw new RangeError("a column lies nowhere");
  let at = words > 0 ? Math.min(words, data) : data, known = null;
  for (let have = 0; have < total; ) {
    const { header, size } = await headerAt(file, at);
    const { 1: kind, 2: unpacked, 3: packed } = header;
    if (!(packed >= 0 && unpacked >= 0 && unpacked <= largest && at + size + packed <= file.size)) throw new RangeError("a page is longer than its file");
    const page = new Uint8Array(await file.slice(at + size, at + size + packed).arrayBuffer());
    at += size + packed;
    if (kind === DICTIONARY) known = plain(await unpack(page, codec, unpacked), type, count(header[7][1]));
    else if (kind === DATA || kind === DATA2) {
      const made = kind === DATA ? await first(page, header, codec, deep) : await second(page, header, codec, deep);
      const values = written(made, type, known);
      if ((have += values.length) > total) throw new RangeError("a column has more values than it says");
      yield { values };
    }
  }
}

function count(n) {
  if (!(n >= 0 && n <= mostValues)) throw new RangeError("a page claims too many values");
  return n;
}

/** A page's header, which says nothing of its own length. */
async function headerAt(file, at) {
  for (let window = 1 << 14; ; window *= 8) {
    const reader = new Thrift(new Uint8Array(await file.slice(at, at + window).arrayBuffer()));
    try {
      return { header: reader.struct(), size: reader.at };
    } catch (error) {
      if (at + window >= file.size || window >= mostHeader) throw error;
    }
  }
}

/** A page of the first version: levels and values packed together. */
async function first(page, { 2: size, 5: about }, codec, deep) {
  const bytes = await unpack(page, codec, size), n = count(about[1]);
  if (!deep) return { bytes, at: 0, n, encoding: about[2], there: null };
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { bytes, at: 4 + length, n, encoding: about[2], there: levels(bytes.subarray(4, 4 + length), deep, n) };
}

/** A page of the second: levels before it, never packed. */
async function second(page, { 2: size, 8: about }, codec, deep) {
  const n = count(about[1]), before = about[5] + about[6];
  if (!(before >= 0 && before <= page.length)) throw new RangeError("a page's levels are longer than the page");
  const rest = page.subarray(before), bytes = about[7] === false ? rest : await unpack(rest, codec, size - before);
  return { bytes, at: 0, n, encoding: about[4], there: deep ? levels(page.subarray(about[6], before), deep, n) : null };
}

/** Which of n places have a value. */
function levels(bytes, deep, n) {
  return mixed(bytes, 0, 32 - Math.clz32(deep), n).map((level) => (level === deep ? 1 : 0));
}

/** Whole numbers of so many bits: runs of one, and eights packed bit by bit. */
function mixed(bytes, at, bits, n) {
  const out = new Uint32Array(n);
  const byte = () => {
    if (at >= bytes.length) throw new RangeError("a page is cut short");
    return bytes[at++];
  };
  for (let have = 0; have < n; ) {
    let head = 0, scale = 1, next;
    do {
      next = byte();
      head += (next & 127) * scale;
      scale *= 128;
    } while (next > 127 && scale < 2 ** 35);
    const times = Math.floor(head / 2);
    if (!times) throw new RangeError("a page has an empty run");
    if (head % 2 === 0) {
      let value = 0;
      for (let k = 0; k < bits; k += 8) value += byte() * 2 ** k;
      out.fill(value, have, Math.min(n, have + times));
      have += times;
      continue;
    }
    for (let k = 0, held = 0, got = 0; k < 8 * times && have < n; k++) {
      while (got < bits) {
        held += byte() * 2 ** got;
        got += 8;
      }
      out[have++] = held % 2 ** bits;
      held = Math.floor(held / 2 ** bits);
      got -= bits;
    }
  }
  return out;
}

/** A page's values, with null where there is none. */
function written({ bytes, at, n, encoding, there }, type, known) {
  const full = there ? there.reduce((sum, is) => sum + is, 0) : n;
  let values;
  if (encoding === PLAIN) values = plain(bytes.subarray(at), type, full);
  else if (encoding === RLE_DICTIONARY || encoding === PLAIN_DICTIONARY) {
    if (!known) throw new RangeError("a dictionary is missing");
    values = full ? Array.from(mixed(bytes, at + 1, bytes[at], full), (i) => known[i]) : [];
    if (values.includes(undefined)) throw new RangeError("a value is in no dictionary");
  } else throw new Error(t("parquetWritten"));
  if (!there) return values;
  let next = 0;
  return Array.from(there, (is) => (is ? values[next++] : null));
}

/** n values one after the other. */
function plain(bytes, type, n) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === INT32) return Array.from({ length: n }, (_, i) => view.getInt32(4 * i, true));
  if (type === INT64) return Array.from({ length: n }, (_, i) => Number(view.getBigInt64(8 * i, true)));
  let at = 0;
  return Array.from({ length: n }, () => {
    const size = view.getUint32(at, true), from = at + 4;
    if (size > bytes.length - from) throw new RangeError("a value is longer than its page");
    at = from + size;
    return bytes.subarray(from, at);
  });
}

async function unpack(bytes, codec, size) {
  if (!codec) return bytes;
  if (packers[codec] === "snappy") return snappy(bytes, size);
  let through;
  try {
    through = new DecompressionStream(packers[codec]);
  } catch {
    throw new Error(t("parquetPacked", { how: packers[codec] ?? codec }));
  }
  const out = new Uint8Array(size), reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  for (let at = 0; ; ) {
    const { value, done } = await reader.read().catch(() => ({ done: true }));
    if (done && at === size) return out;
    if (done || at + value.length > size) throw new RangeError("a page is not as long as it says");
    out.set(value, at);
    at += value.length;
  }
}

/** Unpacks Snappy's blocks: bytes as they are, and copies of what came before. */
export function snappy(bytes, size) {
  const out = new Uint8Array(size);
  let at = 0, to = 0;
  const little = (n) => {
    if (at + n > bytes.length) throw new RangeError("a page is cut short");
    let value = 0;
    for (let k = 0; k < n; k++) value += bytes[at++] * 2 ** (8 * k);
    return value;
  };
  while (little(1) > 127); // how long it says to be: the header has said that
  while (at < bytes.length) {
    const tag = little(1), kind = tag & 3;
    if (kind === 0) {
      const n = 1 + (tag >> 2 < 60 ? tag >> 2 : little((tag >> 2) - 59));
      if (n > bytes.length - at || n > size - to) throw new RangeError("a page is longer than it says");
      out.set(bytes.subarray(at, at + n), to);
      at += n;
      to += n;
      continue;
    }
    const n = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const back = kind === 1 ? (tag >> 5) * 256 + little(1) : little(kind === 2 ? 2 : 4);
    if (back < 1 || back > to || n > size - to) throw new RangeError("a page copies what is not there");
    for (let k = 0; k < n; k++, to++) out[to] = out[to - back];
  }
  if (to !== size) throw new RangeError("a page is not as long as it says");
  return out;
}
