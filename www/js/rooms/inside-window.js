// Which values of a layer's input reach one value of its output, drawn as a window on the two maps. It can be let move over the output.

import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const pace = 240; // milliseconds a place
const mostPlaces = 98; // that a movement goes through

/** The values of a map of h × w that a convolution with that kernel brings to the output's row y and column x: {y, x, k}, k being the kernel's value. */
export function reach({ transposed, side, stride, pad }, [h, w], y, x) {
  const from = (v, k) => {
    if (!transposed) return v * stride - pad + k;
    const d = v + pad - k;
    return d % stride === 0 ? d / stride : -1;
  };
  const all = [];
  for (let k = 0; k < side * side; k++) {
    const at = { y: from(y, Math.floor(k / side)), x: from(x, k % side), k };
    if (at.y >= 0 && at.x >= 0 && at.y < h && at.x < w) all.push(at);
  }
  return all;
}

/** What comes out of a map of h × w: its rows and columns. */
export const made = ({ transposed, side, stride, pad }, size) => size.map((n) => (transposed ? (n - 1) * stride - 2 * pad + side : Math.floor((n + 2 * pad - side) / stride) + 1));

export class Window {
  #layer = null; // {transposed, side, stride, pad, size, out, input, output}
  #chosen = [0, 0]; // row and column of the output
  #turn = 0;

  constructor() {
    $("window-move").addEventListener("click", () => this.#move());
    new ResizeObserver(() => this.#layer && this.#draw(...this.#chosen)).observe($("window-map"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#layer && this.#draw(...this.#chosen));
  }

  /** Shows a sum's window; output are the values of its whole map where these are known, as {values, scale, image}. */
  show(sum, transposed, input, output) {
    $("window").hidden = !input || !sum.over;
    if ($("window").hidden) return this.#stop();
    const layer = { transposed, side: sum.h, stride: sum.stride, pad: sum.pad, size: [sum.map.h, sum.map.w], input, output, kernel: { values: sum.shown[0].kernel, scale: Math.max(1e-9, ...sum.shown[0].kernel.map(Math.abs)) } };
    layer.out = made(layer, layer.size);
    const moved = this.#layer && ["side", "stride", "pad", "transposed"].some((key) => this.#layer[key] !== layer[key]);
    const [{ y, x }] = sum.over, elsewhere = y !== this.#chosen[0] || x !== this.#chosen[1];
    this.#layer = layer;
    this.#chosen = [y, x];
    if (moved || elsewhere) this.#stop();
    if (!this.#moving) this.#draw(y, x);
  }

  hide() {
    $("window").hidden = true;
    this.#stop();
  }

  get #moving() {
    return $("window-move").getAttribute("aria-pressed") === "true";
  }

  #stop() {
    this.#turn++;
    $("window-move").setAttribute("aria-pressed", "false");
  }

  /** Lets the window go over the output row by row, from the first row or, in a large map, from the row above the chosen one. */
  async #move() {
    if (this.#moving) {
      this.#stop();
      return this.#draw(...this.#chosen);
    }
    $("window-move").setAttribute("aria-pressed", "true");
    const turn = ++this.#turn, [h, w] = this.#layer.out, rows = Math.max(1, Math.min(h, Math.floor(mostPlaces / w)));
    const first = Math.max(0, Math.min(h - rows, this.#chosen[0] - 1)), slow = matchMedia("(prefers-reduced-motion: reduce)").matches ? 4 * pace : pace;
    for (let i = 0; i < rows * w && turn === this.#turn; i++) {
      this.#draw(first + Math.floor(i / w), i % w);
      await new Promise((done) => setTimeout(done, slow));
    }
    if (turn !== this.#turn) return;
    this.#stop();
    this.#draw(...this.#chosen);
  }

  #draw(y, x) {
    const layer = this.#layer, cells = reach(layer, layer.size, y, x);
    const rows = span(cells.map((c) => c.y)), columns = span(cells.map((c) => c.x));
    $("window-says").textContent = t(layer.transposed ? "windowTransposed" : "windowConv", { y: y + 1, x: x + 1, n: cells.length, rows, columns, of: layer.side * layer.side });
    const canvas = $("window-map"), style = getComputedStyle(canvas), colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const ratio = devicePixelRatio, width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (!width) return;
    canvas.width = width;
    canvas.height = height;
    const g = canvas.getContext("2d"), middle = width * 0.24, gap = width * 0.03, side = Math.min((width - middle - 2 * gap) / 2, height);
    const colours = { plus: colour("plus"), minus: colour("minus"), well: colour("well"), ink: colour("ink"), line: colour("line") };
    const input = square(0, (height - side) / 2, side, layer.size), output = square(width - side, (height - side) / 2, side, layer.out);
    paint(g, input, layer.input, colours);
    paint(g, output, layer.output, colours);
    const kernel = square(side + gap + (width - 2 * side - 2 * gap - middle) / 2, height / 2 - middle / 2, middle, [layer.side, layer.side]);
    paint(g, kernel, layer.kernel, colours);
    const fine = Math.max(1, ratio), thick = 2 * ratio;
    g.lineWidth = fine;
    for (const c of cells) {
      g.globalAlpha = 0.45;
      g.strokeStyle = colours.ink;
      line(g, centre(input.cell(c.y, c.x)), centre(kernel.cell(Math.floor(c.k / layer.side), c.k % layer.side)));
      line(g, centre(kernel.cell(Math.floor(c.k / layer.side), c.k % layer.side)), centre(output.cell(y, x)));
      g.globalAlpha = 1;
    }
    g.strokeStyle = colours.ink;
    g.lineWidth = thick;
    for (const at of [...cells.flatMap((c) => [input.cell(c.y, c.x), kernel.cell(Math.floor(c.k / layer.side), c.k % layer.side)]), output.cell(y, x)]) g.strokeRect(...inner(at, -thick / 2));
  }
}

/** A grid of that many rows and columns in a square. */
function square(left, top, side, [h, w]) {
  const cell = side / Math.max(h, w), x0 = left + (side - cell * w) / 2, y0 = top + (side - cell * h) / 2;
  return { h, w, cell: (y, x) => [x0 + x * cell, y0 + y * cell, cell, cell] };
}

function paint(g, grid, map, colours) {
  for (let i = 0; i < grid.h * grid.w; i++) {
    const [x, y, side] = grid.cell(Math.floor(i / grid.w), i % grid.w), gap = side > 6 ? 1 : 0, v = map ? map.values[i] / map.scale : 0;
    g.fillStyle = colours.well;
    g.fillRect(x, y, side - gap, side - gap);
    if (!v) continue;
    g.globalAlpha = Math.min(1, Math.abs(v));
    g.fillStyle = v < 0 ? colours.minus : colours.plus;
    g.fillRect(x, y, side - gap, side - gap);
    g.globalAlpha = 1;
  }
  g.strokeStyle = colours.line;
  g.lineWidth = 1;
  const [x, y] = grid.cell(0, 0), [right, bottom] = grid.cell(grid.h, grid.w);
  g.strokeRect(x, y, right - x, bottom - y);
}

const inner = ([x, y, w, h], by) => [x + by, y + by, w - 2 * by, h - 2 * by];
const centre = ([x, y, w, h]) => [x + w / 2, y + h / 2];

function line(g, from, to) {
  g.beginPath();
  g.moveTo(...from);
  g.lineTo(...to);
  g.stroke();
}

/** "3" or "3–5", counted from 1. */
function span(all) {
  const low = Math.min(...all) + 1, high = Math.max(...all) + 1;
  return low === high ? String(low) : `${low}–${high}`;
}
