// Which sample is looked at: the first fakes of the fixed noise and the first real samples, as small pictures.

import { drawGrid } from "../pictures/grid.js";
import { shapeOf } from "../pictures/sample.js";
import { t } from "../strings.js";
import { mark, radios } from "./choices.js";

const count = 8; // of each kind, as the trainer has it
const group = document.getElementById("samples");

export class Samples {
  #sheet = null;
  #bytes = null;
  #buttons = [];

  constructor(choose) {
    for (const of of ["fake", "real"]) {
      const kind = document.createElement("div");
      kind.className = of;
      kind.append(document.createElement("i"));
      kind.firstChild.setAttribute("aria-hidden", "true");
      for (let index = 0; index < count; index++) kind.append(this.#button(of, index));
      group.append(kind);
    }
    radios(group, (b) => choose(b.dataset.of, Number(b.dataset.index)));
    this.speak();
    mark(group, this.#buttons[0]);
  }

  #button(of, index) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "radio");
    Object.assign(button.dataset, { of, index });
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    canvas.setAttribute("aria-hidden", "true");
    button.append(canvas);
    this.#buttons.push(button);
    return button;
  }

  speak() {
    for (const b of this.#buttons) b.setAttribute("aria-label", t(b.dataset.of === "real" ? "inReal" : "inFake", { i: Number(b.dataset.index) + 1 }));
  }

  /** Takes new pictures; they are drawn where that can be seen. */
  take(sheet, bytes, seen) {
    this.#sheet = sheet;
    this.#bytes = bytes;
    if (seen) this.draw();
  }

  draw() {
    if (!this.#sheet) return;
    const { fakes, reals } = this.#sheet, shape = shapeOf(this.#sheet), { size } = shape;
    for (const b of this.#buttons) {
      const index = Number(b.dataset.index), real = b.dataset.of === "real";
      b.hidden = index >= (real ? reals : fakes);
      const at = (real ? fakes + index : index) * size;
      const bytes = this.#bytes.subarray(at, at + size);
      if (b.hidden) continue;
      if (shape.points) drawPoint(b.firstChild, bytes);
      else drawGrid(b.firstChild, bytes, 1, this.#sheet, 1);
    }
  }

  /** Marks the chosen one; while the generator is looked into, real samples are pale, since it makes none of them. */
  choose(of, index, generator) {
    mark(group, this.#buttons.find((b) => b.dataset.of === of && Number(b.dataset.index) === index));
    group.classList.toggle("fakes-only", generator);
  }
}

/** A point of the plane, 0…255 being −1…1, upwards for a larger y. */
function drawPoint(canvas, [x, y]) {
  canvas.width = canvas.height = 72;
  const context = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  context.strokeStyle = style.getPropertyValue("--line");
  context.lineWidth = 4;
  context.strokeRect(0, 0, 72, 72);
  context.fillStyle = style.getPropertyValue(canvas.closest(".real") ? "--real" : "--fake");
  context.beginPath();
  context.arc(8 + (x * 56) / 255, 64 - (y * 56) / 255, 6, 0, 2 * Math.PI);
  context.fill();
}
