// The tape of a run whose weights were opened: a slider along its epochs, playing them in seconds, and the whole as GIF.

import { give } from "../files.js";
import { attempt } from "../page/notices.js";
import { pictureFile } from "../pictures/pictures.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const seconds = 12; // that playing takes from end to end

/** Joins the tape's controls to the run; the tape leaves when another run begins or this one trains on. */
export class Tape {
  #ganvas;
  #steps = []; // of each moment
  #perEpoch = 1;
  #step = 0; // of the run, where the tape stands
  #wanted = null; // the place to go to next
  #busy = false;
  #playing = false;

  #moved;

  /** moved(home) is called when the tape has put other weights into the generator, or, home, those of the run. */
  constructor(ganvas, moved) {
    this.#ganvas = ganvas;
    this.#moved = moved;
    ganvas.on((event) => {
      if (["resumed", "stepped"].includes(event.type)) this.reset();
    });
    $("tape-place").addEventListener("input", () => {
      this.#playing = false;
      this.speak();
      this.#go(Number($("tape-place").value));
    });
    $("tape-play").addEventListener("click", () => (this.#playing ? this.#stop() : this.#play()));
    $("tape-gif").addEventListener("click", () => attempt(() => this.#save()));
  }

  /** Opens a tape's bytes: that of the generator which was opened last. */
  async open(bytes) {
    const { data } = await this.#ganvas.ask({ type: "tape" }, bytes);
    this.#steps = data.steps;
    this.#perEpoch = data.perEpoch;
    this.#step = data.steps.at(-1);
    $("tape-place").max = data.steps.length - 1;
    $("tape-place").value = data.steps.length - 1;
    $("tape").hidden = false;
    this.speak();
  }

  /** Writes the words anew. */
  speak() {
    const epochs = (step) => (step / this.#perEpoch).toFixed(step < 10 * this.#perEpoch ? 2 : 0);
    const words = t("tapeAt", { epoch: epochs(this.#step), of: epochs(this.#steps.at(-1) ?? 0), step: this.#step });
    $("tape-at").textContent = words;
    $("tape-place").setAttribute("aria-valuetext", words);
    $("tape-play").textContent = t(this.#playing ? "tapeStop" : "tapePlay");
  }

  /** The tape goes: another run has begun, or this one trains on. */
  reset() {
    if (!$("tape").hidden && this.#step !== this.#steps.at(-1)) this.#moved(false);
    this.#playing = false;
    this.#wanted = null;
    $("tape").hidden = true;
  }

  /** Goes to a place: one at a time, always the newest. */
  async #go(place) {
    this.#wanted = place;
    if (this.#busy) return;
    this.#busy = true;
    await attempt(async () => {
      while (this.#wanted !== null) {
        const { data } = await this.#ganvas.ask({ type: "place", place: this.#take() });
        this.#step = data.step;
        this.#moved(this.#step === this.#steps.at(-1));
        this.speak();
      }
    });
    this.#wanted = null;
    this.#busy = false;
  }

  #take() {
    const place = this.#wanted;
    this.#wanted = null;
    return place;
  }

  #play() {
    const last = this.#steps.length - 1;
    const slider = $("tape-place");
    const from = Number(slider.value) >= last ? 0 : Number(slider.value);
    const began = performance.now();
    this.#playing = true;
    this.speak();
    const frame = () => {
      if (!this.#playing) return;
      const place = Math.min(last, from + ((performance.now() - began) / 1000 / seconds) * last);
      slider.value = place;
      this.#go(place);
      if (place < last) requestAnimationFrame(frame);
      else this.#stop();
    };
    requestAnimationFrame(frame);
  }

  #stop() {
    this.#playing = false;
    this.speak();
  }

  async #save() {
    this.#playing = false;
    this.speak();
    $("tape-gif").disabled = true;
    try {
      const film = await this.#ganvas.ask({ type: "tape film" });
      give("ganvas-epochs.gif", new Blob([await pictureFile("gif", film)], { type: "image/gif" }));
      $("tape-place").value = this.#steps.length - 1;
      this.#step = this.#steps.at(-1);
      this.speak();
    } finally {
      $("tape-gif").disabled = false;
    }
  }
}
