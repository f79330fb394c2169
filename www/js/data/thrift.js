// Structures in Thrift's compact form, as the headers of Parquet files are. Fields are known by their numbers alone.

const deepest = 24; // structures inside each other
const [YES, NO, BYTE, DOUBLE, BINARY, LIST, SET, MAP, STRUCT] = [1, 2, 3, 7, 8, 9, 10, 11, 12];

export class Thrift {
  #bytes;
  #depth = 0;

  /** at is where a structure begins; afterwards, where it has ended. Whatever is no such structure is a RangeError. */
  constructor(bytes, at = 0) {
    [this.#bytes, this.at] = [bytes, at];
  }

  #byte() {
    if (this.at >= this.#bytes.length) throw new RangeError("the structure is cut short");
    return this.#bytes[this.at++];
  }

  /** A whole number of seven bits a byte, the lowest first; exact below 2⁵³. */
  #number() {
    for (let n = 0, scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      n += (byte & 127) * scale;
      if (byte < 128) return n;
      if (scale > 2 ** 62) throw new RangeError("a number has no end");
    }
  }

  #signed() {
    const n = this.#number();
    return n % 2 ? -(n + 1) / 2 : n / 2;
  }

  /** Fields by their numbers: numbers, booleans, lists, bytes and structures again. */
  struct() {
    if (++this.#depth > deepest) throw new RangeError("structures lie too deep");
    const fields = {};
    for (let id = 0, head; (head = this.#byte()) !== 0; ) {
      id = head >> 4 ? id + (head >> 4) : this.#signed();
      fields[id] = (head & 15) === YES ? true : (head & 15) === NO ? false : this.#value(head & 15);
    }
    this.#depth--;
    return fields;
  }

  #value(type) {
    switch (type) {
      case YES: case NO: return this.#byte() === YES; // in a list
      case BYTE: return this.#byte();
      case 4: case 5: case 6: return this.#signed();
      case DOUBLE: return this.#some(8);
      case BINARY: return this.#some(this.#number());
      case LIST: case SET: return this.#list();
      case MAP: return this.#map();
      case STRUCT: return this.struct();
    }
    throw new RangeError("there is no such type");
  }

  #some(n) {
    if (n > this.#bytes.length - this.at) throw new RangeError("the structure is cut short");
    this.at += n;
    return this.#bytes.subarray(this.at - n, this.at);
  }

  #list() {
    const head = this.#byte(), n = head >> 4 === 15 ? this.#number() : head >> 4;
    if (n > this.#bytes.length - this.at) throw new RangeError("a list is longer than what is there");
    return Array.from({ length: n }, () => this.#value(head & 15));
  }

  #map() {
    const n = this.#number(), types = n ? this.#byte() : 0;
    if (n > this.#bytes.length - this.at) throw new RangeError("a map is longer than what is there");
    return Array.from({ length: n }, () => [this.#value(types >> 4), this.#value(types & 15)]);
  }
}
