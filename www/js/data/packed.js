// Small files that lie one behind the other in one Blob: as a File of its own each takes some kilobytes of the tab's memory, and again in
// every Worker that is handed it.

const small = 256e3; // bytes of a file that is packed
const pack = 4e6; // bytes of those that lie in one Blob

/** What stands for a File wherever its name, its size and pieces of it are asked for; whole() is one that the browser takes. */
export class Packed {
  #place;

  /** place is {pack, at}, a Blob and where in it the file begins. */
  constructor(name, size, place) {
    [this.name, this.size, this.#place] = [name, size, place];
  }

  get type() {
    return "";
  }

  /** The Blob in which it lies, the same object for files that lie together, and from which byte on. */
  get pack() {
    return this.#place.pack;
  }

  get at() {
    return this.#place.at;
  }

  slice(from = 0, to = this.size) {
    return this.pack.slice(this.at + Math.min(from, this.size), this.at + Math.min(to, this.size));
  }

  arrayBuffer() {
    return this.slice().arrayBuffer();
  }
}

/** A file as the browser itself has them. */
export const whole = (file) => (file instanceof Packed ? new File([file.slice()], file.name) : file);

/** Packs small files as they come. */
export class Packer {
  #parts = [];
  #size = 0;
  #places = []; // in the pack that is filled

  /** Whether files of so many bytes are packed. */
  static takes(size) {
    return size <= small;
  }

  /** Takes a file's parts, arrays of size bytes together; returns its place, {pack, at}, whose pack is there once that is full or end() was called. */
  add(parts, size) {
    const place = { pack: null, at: this.#size };
    this.#parts.push(...parts);
    this.#places.push(place);
    if ((this.#size += size) >= pack) this.end();
    return place;
  }

  /** Nothing more comes. */
  end() {
    const blob = new Blob(this.#parts);
    for (const place of this.#places) place.pack = blob;
    [this.#parts, this.#size, this.#places] = [[], 0, []];
  }
}
