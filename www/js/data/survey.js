// What pictures are, before anything is made of them: sizes and whether they are in colour, which settles what a visitor leaves open.

export const looked = 48; // pictures, evenly spread over all

const [least, most, kept] = [16, 32, 64]; // sides that are chosen, and the largest that is kept where all pictures have it
const canvas = document.createElement("canvas");

/** Looks at some of the pictures: {n, colour, least, most, width, height}; the last two are what to train at. */
export async function survey(pictures) {
  const n = pictures.places, sizes = [];
  let colour = 0;
  for (let i = 0; i < Math.min(looked, n); i++) {
    const bitmap = await pictures.bitmap(Math.floor((i * n) / Math.min(looked, n)));
    if (!bitmap) continue;
    sizes.push([bitmap.width, bitmap.height]);
    if (coloured(bitmap)) colour++;
    bitmap.close();
  }
  return summed(sizes, colour);
}

/** Says what one sheet's tiles of w × h are. */
export const surveyTiles = (bitmap, w, h) => summed([[w, h]], coloured(bitmap) ? 1 : 0);

/** What is to be said of pictures of these sizes, so many of them in colour. */
export function summed(sizes, colour) {
  const sides = sizes.flat();
  return { n: sizes.length, colour, least: Math.min(...sides), most: Math.max(...sides), ...chosenSize(sizes), channels: 10 * colour >= sizes.length ? "colour" : "gray" };
}

/** The size that all pictures have where networks can make it, or a square that their sides allow. */
export function chosenSize(sizes) {
  const [width, height] = sizes[0];
  if (width % 4 === 0 && height % 4 === 0 && Math.max(width, height) <= kept && sizes.every(([w, h]) => w === width && h === height)) return { width, height };
  const short = sizes.map(([w, h]) => Math.min(w, h)).sort((a, b) => a - b);
  const side = Math.min(most, Math.max(least, Math.floor(short[Math.floor(short.length / 2)] / 4) * 4));
  return { width: side, height: side };
}

/** Whether any pixel is no gray, at half a thousand pixels a side and less. */
function coloured(bitmap) {
  const scale = Math.min(1, 512 / Math.max(bitmap.width, bitmap.height));
  Object.assign(canvas, { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return true;
  return false;
}
