// The page on a run that another process carries: what it asks for on arrival, and the line that says where it computes and who drives.

import { attempt, offer } from "../page/notices.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** What a page that only looks cannot press, and what it cannot while the run belongs to a command line. */
const replacing = ["reset", "load", "own-files", "own-folder", "own-camera", "time-branch", "apply", "dial-apply"];
const driving = [...replacing, "play", "slow", "step", "depth", "save", "save-weights", "onnx", "pytorch", "keep-run"];

/** An engine's name as its makers write it: libtorch · CUDA. */
export const plainName = (engine) => engine.replace(/^torch/, "libtorch").replace(/\b(cpu|cuda|gpu)\b/, (word) => word.toUpperCase());

export class Attached {
  #trainer;
  #ganvas;
  #differs;
  #start;
  #asked = null;
  #going = false; // the run went on when the connection was lost

  /** differs(asked) is whether the address asks for another run than the one that is there, start(asked) begins that. */
  constructor(trainer, ganvas, { differs, start, changed }) {
    this.#trainer = trainer;
    this.#ganvas = ganvas;
    this.#differs = differs;
    this.#start = start;
    trainer.addEventListener("attached", ({ detail }) => this.#arrived(detail));
    trainer.addEventListener("role", ({ detail }) => {
      if (!detail.connected && ganvas.status().state === "running") this.#going = true;
      this.speak();
      changed();
    });
    $("remote-drive").addEventListener("click", () => trainer.drive());
  }

  /** Connects, and wants of the process what the page's address asks for. */
  async open(asked) {
    this.#asked = asked;
    await this.#trainer.open();
  }

  /** Controls that are of no use in this page now. */
  idle() {
    const { drives, given } = this.#trainer.about();
    return drives ? (given ? replacing : []) : driving;
  }

  /** A process has told its run: one that nobody has done anything with goes on. */
  async #arrived({ first, run, fresh }) {
    const { drives, given } = this.#trainer.about(), asked = this.#asked;
    const going = first ? asked.autostart : this.#going;
    this.#going = false;
    if (!drives) return;
    const other = first && asked.explicit && !given && this.#differs(asked);
    const begin = () => attempt(() => this.#start(asked));
    if (!run || (other && fresh && this.#ganvas.status().step === 0)) return begin();
    if (other) offer(t("otherAsked"), { label: t("startAsked"), run: begin });
    if (fresh && going) await attempt(() => this.#ganvas.resume());
  }

  /** Writes the line in the page's language. */
  speak() {
    const { where, drives, driven, may, viewers, connected } = this.#trainer.about();
    $("remote").hidden = !where;
    if (!where) return;
    document.querySelector("[data-t=headline]").textContent = t("headlineRemote", { where });
    $("own-stays").textContent = t("ownGoes", { where });
    const engine = plainName(this.#ganvas.status().engine);
    const says = [!connected ? t("reconnecting", { where }) : engine ? t("computesBy", { where, engine }) : t("computesOn", { where })];
    if (connected && !drives) says.push(t(driven ? "anotherDrives" : "nobodyDrives"));
    if (connected && viewers > 1) says.push(t("viewers", { n: viewers }));
    $("remote-says").textContent = says.join(t("between"));
    $("remote").classList.toggle("lost", !connected);
    $("remote-drive").hidden = !connected || drives || !may;
  }
}
