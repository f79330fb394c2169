// Sliders for single noise values of the picture that is here: those that change it most, and any that the visitor adds.

import { attempt } from "../page/notices.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const shown = 6; // of the values that change the image most

export class Sliders {
  #ganvas;
  #send;
  #noise = null; // of the picture that is here
  #turned = false; // values of it were set by hand
  #swayed = []; // noise values by how much they change it
  #added = []; // those that the visitor has added

  /** send tells the drawing. */
  constructor(ganvas, send) {
    this.#ganvas = ganvas;
    this.#send = send;
    $("value-add").addEventListener("submit", (e) => this.#add(e));
    $("values-back").addEventListener("click", () => send("back"));
  }

  /** Takes the noise of what is here now. */
  take(noise, turned) {
    this.#noise = noise;
    this.#turned = turned;
    this.show();
  }

  /** Finds the values that change the picture most, if the sliders are to be seen. */
  async measure(digit) {
    if (!$("latent-values").open || !this.#noise) return;
    await attempt(async () => {
      const { sway } = (await this.#ganvas.ask({ type: "sway", digit }, new Uint8Array(this.#noise.slice().buffer))).data;
      this.#swayed = sway.map((by, value) => ({ by, value })).sort((a, b) => b.by - a.by);
      $("value-number").max = sway.length;
      this.show();
    });
  }

  #add(e) {
    e.preventDefault();
    const value = Number($("value-number").value) - 1;
    if (value >= 0 && value < this.#swayed.length && !this.#added.includes(value)) this.#added.push(value);
    this.show();
  }

  /** Brings the sliders up to date, without taking one away that is in use. */
  show() {
    const wanted = this.#swayed.filter(({ value }, i) => i < shown || this.#added.includes(value));
    const place = $("values");
    const names = wanted.map(({ value }) => value).join();
    if (place.dataset.names !== names && !place.contains(document.activeElement)) {
      place.dataset.names = names;
      place.replaceChildren(...wanted.map(({ value }) => this.#slider(value)));
    }
    for (const row of place.children) this.#update(row, Number(row.dataset.value));
    $("values-back").disabled = !this.#turned;
  }

  #update(row, value) {
    const { by = 0 } = this.#swayed.find((each) => each.value === value) ?? {};
    const [name, range, output] = row.children;
    const z = this.#noise?.[value] ?? 0;
    if (document.activeElement !== range) range.value = z;
    output.textContent = z.toFixed(2);
    name.textContent = t("value_", { n: value + 1, p: (100 * by).toFixed(1) });
  }

  #slider(value) {
    const row = document.createElement("label");
    row.dataset.value = value;
    const range = Object.assign(document.createElement("input"), { type: "range", min: -3, max: 3, step: 0.05 });
    range.addEventListener("input", () => this.#send("value", { i: value, value: Number(range.value) }));
    row.append(document.createElement("span"), range, document.createElement("output"));
    return row;
  }
}
