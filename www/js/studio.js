// The drawing: an Ebiten program in a frame of its own (Ebiten takes a whole document), or plain pixels where that
// cannot run.

import { t } from "./strings.js";


export class Studio {
  #frame = document.getElementById("studio");
  #plain = document.getElementById("fallback");
  #queue = []; // events until the program listens; of pictures only the last
  #program = null;
  #failed = false;

  /** Loads the program once; say is told in one sentence why it cannot run. */
  open(say) {
    this.say = say;
    if (!document.createElement("canvas").getContext("webgl2")) return this.fail(t("noWebGL"));
    this.#frame.src = "studio.html";
  }

  /** The program listens now. */
  ready(program) {
    this.#program = program;
    this.restyle();
    for (const [json, bytes] of this.#queue) program.event(json, bytes);
    this.#queue = [];
  }

  /** Shows pictures plainly from now on. */
  fail(sentence) {
    if (this.#failed) return;
    this.#failed = true;
    this.#program = null;
    this.#frame.hidden = true;
    this.#plain.hidden = false;
    this.say(sentence);
    for (const [json, bytes] of this.#queue) this.#draw(JSON.parse(json), bytes);
    this.#queue = [];
  }

  event(event, json, bytes) {
    if (this.#failed) return this.#draw(event, bytes);
    if (this.#program) return this.#program.event(json, bytes);
    if (event.type === "sampled") this.#queue = this.#queue.filter(([old]) => !old.startsWith('{"type":"sampled"'));
    this.#queue.push([json, bytes]);
  }

  /** Tells the program the page's theme. */
  restyle() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.#program?.set?.({ theme: dark ? "dark" : "light", reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches, lang: document.documentElement.lang });
  }

  /** The program needs that many CSS pixels of height. */
  height(px) {
    if (px > 100 && px < 6000) this.#frame.style.height = `${Math.ceil(px)}px`;
  }

  describe(text) {
    this.#frame.title = text;
    this.#plain.setAttribute("aria-label", text);
  }

  #draw(event, bytes) {
    if (event.type === "sampled" && bytes) drawGrid(this.#plain, bytes, event.sheet.fakes, event.sheet.height, event.sheet.width, 8);
  }
}

/** Draws n images of h × w bytes into a canvas, in rows of columns. */
export function drawGrid(canvas, bytes, n, h, w, columns) {
  const rows = Math.ceil(n / columns), gap = 1;
  canvas.width = columns * (w + gap) + gap;
  canvas.height = rows * (h + gap) + gap;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(canvas.width, canvas.height);
  picture.data.fill(40);
  for (let i = 0; i < n; i++) {
    const x0 = gap + (i % columns) * (w + gap), y0 = gap + Math.floor(i / columns) * (h + gap);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const v = bytes[(i * h + y) * w + x];
        picture.data.fill(v, 4 * ((y0 + y) * canvas.width + x0 + x), 4 * ((y0 + y) * canvas.width + x0 + x) + 3);
      }
    }
  }
  for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
  context.putImageData(picture, 0, 0);
}
