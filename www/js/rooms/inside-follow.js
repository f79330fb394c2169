// Letting a sample follow D's wish: the trainer computes the way in small steps, and the drawing shows one after the other.

import { percent } from "./inside-percent.js";
import { judged } from "../run/verdicts.js";
import { attempt } from "../page/notices.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const steps = 40;
const pace = 90; // milliseconds a step

export class Follow {
  #ganvas;
  #tell;
  #sample = { of: "fake", index: 0 };
  #way = null;
  #frame = 0;
  #timer = 0;
  scores = false; // the verdicts are scores
  #turn = 0; // a way that comes after a reset is not shown

  constructor(ganvas, tell) {
    this.#ganvas = ganvas;
    this.#tell = tell;
    $("follow").addEventListener("click", () => attempt(() => this.#start()));
    $("unfollow").addEventListener("click", () => {
      this.reset();
      $("follow").focus();
    });
    this.#say();
  }

  /** The sample that would follow. */
  offer(of, index) {
    this.#sample = { of, index };
    $("follow").disabled = false;
  }

  async #start() {
    this.reset();
    const turn = this.#turn;
    const { bytes, ...way } = await this.#ganvas.wish({ ...this.#sample, steps });
    if (turn !== this.#turn) return;
    this.#way = way;
    this.#tell("way", way, bytes);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#show(way.count - 1);
    this.#show(0);
    this.#timer = setInterval(() => this.#show(this.#frame + 1), pace);
  }

  #show(frame) {
    this.#frame = Math.min(frame, this.#way.count - 1);
    if (this.#frame === this.#way.count - 1) clearInterval(this.#timer);
    this.#tell("frame", this.#frame);
    this.#say();
  }

  /** Back to the sample as it is. */
  reset() {
    clearInterval(this.#timer);
    this.#turn++;
    if (this.#way) this.#tell("way", null);
    this.#way = null;
    this.#say();
  }

  speak() {
    this.#say();
  }

  #say() {
    $("unfollow").disabled = !this.#way;
    if (!this.#way) return void ($("follow-says").textContent = t("inFollowIdle"));
    const { scores, count, step } = this.#way;
    const ended = this.#frame === count - 1;
    $("follow-says").textContent = judged(ended ? "inFollowed" : "inFollowing", this.scores, { from: scores[0], to: scores[this.#frame] }, { n: this.#frame, step }, percent);
  }
}
