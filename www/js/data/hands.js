// The Workers that make samples of pictures. Where one cannot, the page does it.

import { made } from "./batch.js";

const most = 4; // Workers

/** How many Workers there are. */
export const hands = Math.max(1, Math.min(most, globalThis.navigator?.hardwareConcurrency ?? 1));

export class Hands {
  #workers = [];
  #waiting = new Map(); // by number: what ends the wait
  #next = 1;
  #broken = false; // no Worker can begin

  /** What becomes of pictures, as made() gives it, by one Worker for each number below hands. null where end() was called meanwhile. */
  async make(which, pictures, shape) {
    const { batch, ended } = await this.#ask(which, { pictures, shape });
    return ended ? null : batch ?? made(pictures, shape, document.createElement("canvas"));
  }

  #ask(which, question) {
    if (this.#broken) return {};
    const id = this.#next++, worker = (this.#workers[which % hands] ??= this.#begin());
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, ...question });
    });
  }

  #begin() {
    const worker = new Worker(new URL("batch.worker.js", import.meta.url), { type: "module", name: "samples" });
    worker.onmessage = ({ data: { id, ...answer } }) => this.#answer(id, answer);
    worker.onerror = (e) => {
      e.preventDefault();
      this.#broken = true;
      this.#answerAll({});
    };
    return worker;
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
    for (const worker of this.#workers) worker?.terminate();
    this.#workers = [];
    this.#answerAll({ ended: true });
  }
}
