// Where samples are made of pictures. What ground transparent ones need can be told once all their ink was seen, so until then
// they keep how opaque each pixel is.

const canvas = document.createElement("canvas");

export class Bench {
  #shape;
  #samples = []; // {shade, alpha}: shade multiplied by opacity, alpha null where all is opaque; side × side each
  #light = 0; // of the ink
  #ink = 0;
  #colour = 0; // samples that had some

  /** shape is {side, fit, invert, ground}; ground is "auto", "white", "black" or "#rrggbb". */
  constructor(shape) {
    this.#shape = shape;
  }

  /** Makes a sample of a part [x, y, w, h] of a picture. */
  add(bitmap, [x, y, w, h]) {
    const { side, fit } = this.#shape;
    canvas.width = canvas.height = side; // clears it
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    let [left, top, wide, high] = [0, 0, side, side];
    if (fit === "crop") {
      const least = Math.min(w, h);
      [x, y, w, h] = [x + (w - least) / 2, y + (h - least) / 2, least, least];
    } else if (fit === "whole") {
      [wide, high] = [(side * w) / Math.max(w, h), (side * h) / Math.max(w, h)];
      [left, top] = [(side - wide) / 2, (side - high) / 2];
    }
    context.drawImage(bitmap, x, y, w, h, left, top, wide, high);
    this.#take(context.getImageData(0, 0, side, side).data, [left, top, left + wide, top + high]);
  }

  #take(data, [left, top, right, bottom]) {
    const { side } = this.#shape;
    const shade = new Uint8Array(side * side), alpha = new Uint8Array(side * side);
    let clear = false, colour = false;
    for (let i = 0; i < shade.length; i++) {
      const column = i % side, row = Math.floor(i / side), a = data[4 * i + 3];
      shade[i] = Math.round(((0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]) * a) / 255);
      alpha[i] = a;
      colour ||= data[4 * i] !== data[4 * i + 1] || data[4 * i] !== data[4 * i + 2];
      // A pixel that the picture covers in part is no transparent one.
      clear ||= a < 255 && column >= left && column + 1 <= right && row >= top && row + 1 <= bottom;
    }
    if (colour) this.#colour++;
    if (clear) {
      this.#light += sum(shade);
      this.#ink += sum(alpha);
    }
    this.#samples.push({ shade, alpha: clear ? alpha : null, edge: [left, top, right, bottom] });
  }

  /** All samples: {bytes, ground, clear, colour}; ground is a shade, 0 black to 255 white, and the others count samples. */
  settle() {
    const { side, invert } = this.#shape, size = side * side;
    const bytes = new Uint8Array(this.#samples.length * size);
    const ground = this.#ground(), clear = this.#samples.filter(({ alpha }) => alpha).length;
    this.#samples.forEach(({ shade, alpha, edge: [left, top, right, bottom] }, k) => {
      for (let i = 0; i < size; i++) {
        const column = i % side, row = Math.floor(i / side);
        const inside = column >= Math.floor(left) && column < Math.ceil(right) && row >= Math.floor(top) && row < Math.ceil(bottom);
        let v = shade[i];
        if (alpha && inside) v = Math.min(255, Math.round(v + ((255 - alpha[i]) * ground) / 255));
        bytes[k * size + i] = invert && inside ? 255 - v : v;
      }
      this.#samples[k] = null; // gives its memory back
    });
    return { bytes, ground, clear, colour: this.#colour };
  }

  #ground() {
    const { ground = "auto" } = this.#shape;
    if (ground === "auto") return 2 * this.#light > this.#ink ? 0 : 255; // bright ink lies on black
    if (ground === "white") return 255;
    if (ground === "black") return 0;
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(ground.slice(at, at + 2), 16));
    return Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
}

const sum = (bytes) => bytes.reduce((all, v) => all + v, 0);
