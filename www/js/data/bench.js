// How samples are made of pictures. What ground transparent ones need can be told once all their ink was seen, so until then
// they keep how opaque each pixel is.

/** How many bytes a pixel of a sample has, by what of a picture's colours is kept. */
export const channelsOf = { gray: 1, colour: 3, alpha: 4 };

/**
 * A part [x, y, w, h] of a picture as a sample: {bytes, alpha, clear, edge, light, ink, colour}. bytes are planes of colour multiplied by
 * opacity, alpha null where all is opaque, edge where on the sample the picture lies, light and ink their sums over it.
 * shape is {width, height, channels: "gray", "colour" or "alpha", fit, invert, ground: "auto", "white", "black" or "#rrggbb"}; canvas is drawn on.
 */
export function sampleOf(bitmap, part, shape, canvas) {
  const { width, height, channels, fit } = shape, area = width * height;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, width, height);
  const { from, to: [left, top, wide, high] } = placed(part, width, height, fit);
  context.drawImage(bitmap, ...from, left, top, wide, high);
  const { data } = context.getImageData(0, 0, width, height);
  const bytes = new Uint8Array(channelsOf[channels] * area), alpha = channels === "alpha" ? bytes.subarray(3 * area) : new Uint8Array(area);
  let clear = false, colour = false, light = 0, ink = 0;
  for (let i = 0, at = 0; i < area; i++, at += 4) {
    const r = data[at], g = data[at + 1], b = data[at + 2], a = data[at + 3];
    const shade = Math.round((brightness(r, g, b) * a) / 255);
    if (channels === "gray") bytes[i] = shade;
    else {
      const all = channels === "alpha" || a === 255;
      bytes[i] = all ? r : Math.round((r * a) / 255);
      bytes[area + i] = all ? g : Math.round((g * a) / 255);
      bytes[2 * area + i] = all ? b : Math.round((b * a) / 255);
    }
    alpha[i] = a;
    colour ||= r !== g || r !== b;
    light += shade;
    ink += a;
    if (a === 255 || clear) continue;
    const column = i % width, row = (i - column) / width;
    clear = column >= left && column + 1 <= left + wide && row >= top && row + 1 <= top + high; // one that the picture covers in part is not transparent
  }
  return { bytes, alpha: clear || channels === "alpha" ? alpha : null, clear, edge: [left, top, left + wide, top + high], light, ink, colour };
}

/** What samples' ink says together: {n, clear, colour, light, ink}, the middle two counting samples, the last two those that are clear. */
export function summedUp(samples) {
  const sum = { n: 0, clear: 0, colour: 0, light: 0, ink: 0 };
  for (const { clear, colour, light, ink } of samples) {
    sum.n++;
    if (colour) sum.colour++;
    if (!clear) continue;
    sum.clear++;
    sum.light += light;
    sum.ink += ink;
  }
  return sum;
}

const white = [255, 255, 255], black = [0, 0, 0];
const brightness = (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b;

/** What lies behind samples of such ink, [red, green, blue] of 0 to 255. */
export function groundOf({ light, ink }, { ground = "auto" }) {
  if (ground === "auto") return 2 * light > ink ? black : white; // bright ink lies on black
  if (ground === "white") return white;
  if (ground === "black") return black;
  return [1, 3, 5].map((at) => parseInt(ground.slice(at, at + 2), 16));
}

/** Whether samples are other bytes on a ground. */
export const changes = ({ clear }, { channels, invert }) => invert || (clear > 0 && channels !== "alpha");

/** Lays a sample on its ground, and inverts it where that is wished. Its bytes change. */
export function settle({ bytes, alpha, edge: [left, top, right, bottom] }, { width, height, channels, invert }, ground) {
  if (!alpha && !invert) return;
  const area = width * height;
  const [fromColumn, toColumn, fromRow, toRow] = [Math.floor(left), Math.ceil(right), Math.floor(top), Math.ceil(bottom)];
  for (let c = 0; c < (channels === "gray" ? 1 : 3); c++) {
    const behind = channels === "gray" ? brightness(...ground) : ground[c], plane = bytes.subarray(c * area, (c + 1) * area);
    for (let i = 0; i < area; i++) {
      const column = i % width, row = (i - column) / width;
      const seen = channels === "alpha" ? alpha[i] > 0 : column >= fromColumn && column < toColumn && row >= fromRow && row < toRow;
      if (!seen) continue;
      const v = alpha && channels !== "alpha" ? Math.min(255, Math.round(plane[i] + ((255 - alpha[i]) * behind) / 255)) : plane[i];
      plane[i] = invert ? 255 - v : v;
    }
  }
}

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
