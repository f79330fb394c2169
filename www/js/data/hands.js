// The Workers that make samples of pictures. Where one cannot, the page does it.

import { made } from "./batch.js";

const most = 4; // Workers
const batches = 48; // that one makes: it takes with it what decoding them has left behind

/** How many Workers there are. */
export const hands = Math.max(1, Math.min(most, globalThis.navigator?.hardwareConcurrency ?? 1));

export class Hands {
  #workers = []; // {worker, asked, open}: how much each was asked, and how much of that it has not answered
  #all = new Set(); // these, and those that have been relieved and still have something to do
  #waiting = new Map(); // by number: what ends the wait
  #next = 1;
  #broken = false; // no Worker can begin

  /** What becomes of pictures, as made() gives it, by one Worker for each number below hands. null where end() was called meanwhile. */
  async make(which, pictures, shape) {
    const { batch, ended } = await this.#ask(which % hands, { pictures, shape });
    return ended ? null : batch ?? made(pictures, shape, document.createElement("canvas"));
  }

  #ask(which, question) {
    if (this.#broken) return {};
    if (this.#workers[which]?.asked >= batches) {
      const relieved = this.#workers[which];
      this.#workers[which] = null;
      if (!relieved.open) this.#dismiss(relieved);
    }
    const id = this.#next++, hand = (this.#workers[which] ??= this.#begin());
    hand.asked++;
    hand.open++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      hand.worker.postMessage({ id, ...question });
    });
  }

  #begin() {
    const hand = { worker: new Worker(new URL("batch.worker.js", import.meta.url), { type: "module", name: "samples" }), asked: 0, open: 0 };
    hand.worker.onmessage = ({ data: { id, ...answer } }) => {
      this.#answer(id, answer);
      if (!--hand.open && !this.#workers.includes(hand)) this.#dismiss(hand);
    };
    hand.worker.onerror = (e) => {
      e.preventDefault();
      this.#broken = true;
      this.#answerAll({});
    };
    this.#all.add(hand);
    return hand;
  }

  #dismiss(hand) {
    hand.worker.terminate();
    this.#all.delete(hand);
  }

  #answer(id, answer) {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #answerAll(answer) {
    for (const id of [...this.#waiting.keys()]) this.#answer(id, answer);
  }

  /** Ends the Workers. Others begin where more is to be made. */
  end() {
    for (const hand of this.#all) this.#dismiss(hand);
    this.#workers = [];
    this.#answerAll({ ended: true });
  }
}
