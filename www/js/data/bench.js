// Where samples are made of pictures. What ground transparent ones need can be told once all their ink was seen, so until then
// they keep how opaque each pixel is.

const canvas = document.createElement("canvas");

/** How many bytes a pixel of a sample has, by what of a picture's colours is kept. */
export const channelsOf = { gray: 1, colour: 3, alpha: 4 };

export class Bench {
  #shape;
  #samples = []; // {bytes, alpha, clear, edge}: bytes as planes of colour multiplied by opacity, alpha null where all is opaque
  #light = 0; // of the ink
  #ink = 0;
  #colour = 0; // samples that had some

  /** shape is {width, height, channels: "gray", "colour" or "alpha", fit, invert, ground: "auto", "white", "black" or "#rrggbb"}. */
  constructor(shape) {
    this.#shape = shape;
  }

  /** Makes a sample of a part [x, y, w, h] of a picture. */
  add(bitmap, part) {
    const { width, height, fit } = this.#shape;
    Object.assign(canvas, { width, height }); // clears it
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    const { from, to } = placed(part, width, height, fit);
    context.drawImage(bitmap, ...from, ...to);
    this.#take(context.getImageData(0, 0, width, height).data, to);
  }

  #take(data, [left, top, wide, high]) {
    const { width, height, channels } = this.#shape;
    const area = width * height;
    const bytes = new Uint8Array(channelsOf[channels] * area), alpha = channels === "alpha" ? bytes.subarray(3 * area) : new Uint8Array(area);
    let clear = false, colour = false, light = 0, ink = 0;
    for (let i = 0; i < area; i++) {
      const column = i % width, row = Math.floor(i / width);
      const [r, g, b, a] = [data[4 * i], data[4 * i + 1], data[4 * i + 2], data[4 * i + 3]];
      const shade = Math.round((brightness(r, g, b) * a) / 255);
      if (channels === "gray") bytes[i] = shade;
      else [bytes[i], bytes[area + i], bytes[2 * area + i]] = channels === "alpha" ? [r, g, b] : [r, g, b].map((v) => Math.round((v * a) / 255));
      alpha[i] = a;
      colour ||= r !== g || r !== b;
      light += shade;
      ink += a;
      // A pixel that the picture covers in part is no transparent one.
      clear ||= a < 255 && column >= left && column + 1 <= left + wide && row >= top && row + 1 <= top + high;
    }
    if (colour) this.#colour++;
    if (clear) {
      this.#light += light;
      this.#ink += ink;
    }
    this.#samples.push({ bytes, alpha: clear || channels === "alpha" ? alpha : null, clear, edge: [left, top, left + wide, top + high] });
  }

  /** All samples: {samples, ground, clear, colour}; samples are bytes of each, ground is [red, green, blue] of 0 to 255, and the last two count samples. */
  settle() {
    const { width, height, channels, invert } = this.#shape;
    const area = width * height;
    const ground = this.#ground(), clear = this.#samples.filter((s) => s.clear).length;
    const samples = this.#samples.map(({ bytes, alpha, edge: [left, top, right, bottom] }) => {
      const inside = (i) => {
        const column = i % width, row = Math.floor(i / width);
        return column >= Math.floor(left) && column < Math.ceil(right) && row >= Math.floor(top) && row < Math.ceil(bottom);
      };
      for (let c = 0; c < (channels === "gray" ? 1 : 3) && (alpha || invert); c++) {
        const behind = channels === "gray" ? brightness(...ground) : ground[c], plane = bytes.subarray(c * area, (c + 1) * area);
        for (let i = 0; i < area; i++) {
          let v = plane[i];
          const seen = channels === "alpha" ? alpha[i] > 0 : inside(i);
          if (alpha && seen && channels !== "alpha") v = Math.min(255, Math.round(v + ((255 - alpha[i]) * behind) / 255));
          plane[i] = invert && seen ? 255 - v : v;
        }
      }
      return bytes;
    });
    this.#samples = [];
    return { samples, ground, clear, colour: this.#colour };
  }

  #ground() {
    const { ground = "auto" } = this.#shape;
    if (ground === "auto") return 2 * this.#light > this.#ink ? black : white; // bright ink lies on black
    if (ground === "white") return white;
    if (ground === "black") return black;
    return [1, 3, 5].map((at) => parseInt(ground.slice(at, at + 2), 16));
  }
}

const white = [255, 255, 255], black = [0, 0, 0];
const brightness = (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b;

/** Which piece of a part [x, y, w, h] goes where in a sample, both as [x, y, w, h]. */
export function placed([x, y, w, h], width, height, fit) {
  const scale = fit === "crop" ? Math.max(width / w, height / h) : Math.min(width / w, height / h);
  if (fit === "crop") {
    const [wide, high] = [width / scale, height / scale];
    return { from: [x + (w - wide) / 2, y + (h - high) / 2, wide, high], to: [0, 0, width, height] };
  }
  if (fit === "stretch") return { from: [x, y, w, h], to: [0, 0, width, height] };
  const [wide, high] = [w * scale, h * scale];
  return { from: [x, y, w, h], to: [(width - wide) / 2, (height - high) / 2, wide, high] };
}
