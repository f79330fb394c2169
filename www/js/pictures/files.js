// PNG and GIF files of pictures, row by row: a pixel is a shade of gray, from 0, black, to 255, white; or red, green and blue; or
// these and how opaque it is.

import { indexed } from "./palette.js";
import { opaque } from "./sample.js";

const gray = Uint8Array.from({ length: 3 * 256 }, (_, i) => i / 3);

/** A picture as PNG, by the browser's own encoder; colours is the bytes of a pixel. */
export async function png(pixels, width, height, colours = 1) {
  try {
    const image = new ImageData(width, height), rgba = image.data;
    for (let i = 0; i < width * height; i++) {
      for (let k = 0; k < 3; k++) rgba[4 * i + k] = pixels[colours === 1 ? i : colours * i + k];
      rgba[4 * i + 3] = colours === 4 ? pixels[4 * i + 3] : 255;
    }
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").putImageData(image, 0, 0);
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  } catch {
    throw new Error(`This browser writes no picture of ${width}×${height} pixels: ask for fewer samples, or take the GIF.`);
  }
}

/**
 * An animated GIF of frames × height × width pixels, of so many colours each: more than gray are brought to the 256 that stand for
 * all of them best, and what is transparent lies over a checkerboard. Each frame is shown for delay hundredths of a second, the last one for
 * lastDelay; then it starts anew, without end.
 */
export function gif(bytes, { frames, width, height, colours = 1, delay, lastDelay }) {
  const { palette, pixels } = colours === 1 ? { palette: gray, pixels: bytes } : indexed(colours === 4 ? opaque(bytes, width, height) : bytes);
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
