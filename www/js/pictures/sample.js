// What one sample is, for everything that draws samples or counts their bytes.

/**
 * A sample's shape, {channels, height, width, size, colours, points}, of [channels, height, width] as messages have it, or of
 * whatever has such a sample. size is its bytes, one channel after the other; colours how many channels are drawn: 3, or 4 with how opaque
 * it is, or 1, gray; points, whether it is a point of the plane. What was kept before samples had colours has a height and a
 * width alone, a point a row of two.
 */
export function shapeOf(of) {
  const { sample, height, width } = Array.isArray(of) ? { sample: of } : of, point = [2, 1, 1];
  const [channels, h, w] = sample ?? (`${height}×${width}` === "1×2" ? point : [1, height, width]);
  return { channels, height: h, width: w, size: channels * h * w, colours: channels === 3 || channels === 4 ? channels : 1, points: [channels, h, w].join() === point.join() };
}

const board = { light: 166, dark: 102, cells: 4, side: 8 }; // the checkerboard behind what is not opaque

/** A checkerboard's shade at a pixel, of cells that are so wide. */
const under = (x, y, cell) => ((Math.floor(x / cell) + Math.floor(y / cell)) % 2 === 1 ? board.dark : board.light);

/** A colour, opaque from 0 to 255, over a shade. */
const over = (colour, shade, opaque) => Math.floor((colour * opaque + shade * (255 - opaque) + 127) / 255);

/** Writes one picture, bytes of that shape, as opaque RGBA from a byte of an image on whose rows have so many bytes. */
export function paint(rgba, at, row, { channels, height, width }, bytes) {
  const area = height * width, cell = Math.max(1, Math.ceil(Math.max(height, width) / board.cells));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, to = at + y * row; x < width; x++, i++, to += 4) {
      const gray = channels < 3 || channels > 4;
      for (let k = 0; k < 3; k++) {
        const v = bytes[gray ? i : k * area + i];
        rgba[to + k] = channels === 4 ? over(v, under(x, y, cell), bytes[3 * area + i]) : v;
      }
      rgba[to + 3] = 255;
    }
  }
}

/** One picture as an image of its own. */
export function imageOf(shape, bytes) {
  const image = new ImageData(shape.width, shape.height);
  paint(image.data, 0, 4 * shape.width, shape, bytes);
  return image;
}

/** Pixels of red, green, blue and how opaque they are, of pictures one behind the other, without the last: over a checkerboard. */
export function opaque(pixels, width, height) {
  const out = new Uint8Array((pixels.length / 4) * 3);
  for (let i = 0; 4 * i < pixels.length; i++) {
    const shade = under(i % width, Math.floor(i / width) % height, board.side);
    for (let k = 0; k < 3; k++) out[3 * i + k] = over(pixels[4 * i + k], shade, pixels[4 * i + 3]);
  }
  return out;
}
