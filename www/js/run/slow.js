// Slow motion: the updates of a step one by one, each told in sentences before it is done. The trainer does an update in the
// moment in which its network is said to learn, and rests in between.

import { beatsOf } from "./beats.js";

/** Milliseconds that a sentence lasts, by the slider's place. */
export const paces = [4000, 2800, 1900, 1300, 900, 600, 350, 180, 60];

export class SlowMotion {
  on = false; // the visitor wants slow motion
  playing = false; // updates follow each other
  pace = paces[3];
  #ganvas;
  #show;
  #changed;
  #turn = 0; // of play, so that one that was stopped ends
  #wake = () => {};

  /** show is given each beat, null for none; changed is called when playing begins or ends. */
  constructor(ganvas, show, changed) {
    this.#ganvas = ganvas;
    this.#show = show;
    this.#changed = changed;
    ganvas.on((event) => {
      if (event.type === "started" || event.type === "resumed") this.end();
      if (event.type === "stopped") this.stop();
    });
  }

  /** Plays updates until it is stopped, at most n. */
  async play(n = Infinity) {
    const turn = ++this.#turn;
    this.playing = true;
    this.#changed();
    try {
      if (this.#ganvas.status().state === "running") await this.#ganvas.pause();
      for (; n > 0 && turn === this.#turn; n--) await this.#update(turn);
    } finally {
      if (turn === this.#turn) this.stop();
    }
  }

  async #update(turn) {
    const { recipe, updates } = this.#ganvas.status();
    for (const beat of beatsOf(recipe, updates)) {
      if (turn !== this.#turn) return;
      this.#show(beat);
      if (beat.learns) await this.#ganvas.step(1, "update");
      await this.#rest();
    }
  }

  /** One update: told at the pace of slow motion, or, while it is being told, done at once. */
  async one() {
    if (!this.playing) return this.play(1);
    const { recipe, updates } = this.#ganvas.status();
    this.stop();
    this.#show(beatsOf(recipe, updates).at(-1));
    await this.#ganvas.step(1, "update");
  }

  /** Rests where it is; a step that is under way stays so. */
  stop() {
    this.#turn++;
    this.#wake();
    if (!this.playing) return;
    this.playing = false;
    this.#changed();
  }

  /** Stops, and has nothing more to tell. */
  end() {
    this.stop();
    this.#show(null);
  }

  #rest() {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.pace);
      this.#wake = () => (clearTimeout(timer), resolve());
    });
  }
}
