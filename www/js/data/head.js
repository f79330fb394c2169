// How files begin, which tells what they are: read once, or known from where they were unpacked, and kept until that is told.

export const headLength = 512; // bytes
const known = new WeakMap(); // by file

/** Remembers the beginning of a file of whose bytes the first, no more than headLength, are at hand, until forget() is called. They are not copied. */
export function remember(file, bytes) {
  if (bytes.length >= Math.min(headLength, file.size)) known.set(file, bytes);
}

/** Lets go of how a file begins, which is read again should anybody ask. */
export const forget = (file) => known.delete(file);

/** A file's first bytes. */
export async function headOf(file) {
  if (!known.has(file)) known.set(file, new Uint8Array(await file.slice(0, headLength).arrayBuffer()));
  return known.get(file);
}
