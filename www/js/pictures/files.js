// PNG and GIF files of gray pictures: bytes from 0, black, to 255, white, row by row.

const paletteSize = 256;

/** A picture as PNG of eight bits a pixel. */
export async function png(pixels, width, height) {
  const lines = new Uint8Array(height * (width + 1)); // each begins with its filter: 0, none
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits; the color type, compression, filter and interlacing stay 0: gray, deflate, by line, none
  const packed = new Response(new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer();
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)];
  for (const [name, content] of [["IHDR", header.buffer], ["IDAT", await packed], ["IEND", new ArrayBuffer(0)]]) parts.push(chunk(name, new Uint8Array(content)));
  return joined(parts);
}

/** A PNG chunk: the length of its content, its name, the content, the checksum of both. */
function chunk(name, content) {
  const bytes = new Uint8Array(12 + content.length), view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, checksum(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

const remainders = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/** CRC-32 as PNG has it. */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const b of bytes) sum = remainders[(sum ^ b) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/**
 * An animated GIF of frames × height × width pixels. Each frame is shown for delay hundredths of a second, the last one for
 * lastDelay; then it starts anew, without end.
 */
export function gif(pixels, { frames, width, height, delay, lastDelay }) {
  const palette = Uint8Array.from({ length: 3 * paletteSize }, (_, i) => i / 3);
  const parts = [
    text("GIF89a"), words(width, height), Uint8Array.of(0xf7, 0, 0), palette, // 0xf7: a palette of 256 for all frames
    Uint8Array.of(0x21, 0xff, 11), text("NETSCAPE2.0"), Uint8Array.of(3, 1, 0, 0, 0), // repeats 0 times: without end
  ];
  const pack = packer();
  for (let i = 0; i < frames; i++) {
    const shown = i === frames - 1 ? lastDelay : delay;
    parts.push(Uint8Array.of(0x21, 0xf9, 4, 0), words(shown), Uint8Array.of(0, 0)); // nothing is transparent
    parts.push(Uint8Array.of(0x2c), words(0, 0, width, height), Uint8Array.of(0)); // a frame of the whole picture
    parts.push(...pack(pixels.subarray(i * width * height, (i + 1) * width * height)));
  }
  return joined([...parts, Uint8Array.of(0x3b)]);
}

const clear = 256, end = 257; // codes that stand for no pixels
const most = 4096; // codes of up to 12 bits

/**
 * Packs pixels by GIF's variant of LZW: codes from 258 on stand for a run of pixels seen before and one more, and grow in
 * bits with their number; when all are given away, they are forgotten.
 */
function packer() {
  const known = new Uint32Array(most << 8); // by a run's code and the next pixel: the longer run's code, with its age
  let age = 0; // codes of an earlier age are forgotten
  return (pixels) => {
    const out = new Uint8Array(2 * pixels.length + 16); // a code of at most 12 bits a pixel, and one in thousands more
    let used = 0, bits = 0, held = 0, size = 9, next = end + 1;
    const put = (code) => {
      bits |= code << held;
      for (held += size; held >= 8; held -= 8, bits >>>= 8) out[used++] = bits & 255;
    };
    age++;
    put(clear);
    let run = pixels[0];
    for (let i = 1; i < pixels.length; i++) {
      const at = (run << 8) | pixels[i], found = known[at];
      if (found >>> 12 === age) {
        run = found & (most - 1);
        continue;
      }
      put(run);
      run = pixels[i];
      if (next === most) {
        put(clear);
        age++;
        [size, next] = [9, end + 1];
        continue;
      }
      known[at] = (age << 12) | next;
      if (next++ === 1 << size) size++; // a reader knows a code one step later than the writer
    }
    put(run);
    if (next === 1 << size && size < 12) size++;
    put(end);
    if (held > 0) out[used++] = bits & 255;
    const parts = [Uint8Array.of(8)];
    for (let at = 0; at < used; at += 255) parts.push(Uint8Array.of(Math.min(255, used - at)), out.subarray(at, Math.min(used, at + 255)));
    return [...parts, Uint8Array.of(0)];
  };
}

const text = (s) => Uint8Array.from(s, (c) => c.charCodeAt(0));
const words = (...values) => Uint8Array.from(values.flatMap((v) => [v & 255, v >> 8]));

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
