// The page's trainer: a crew of Workers with one run. A run that takes other memory than the one before begins in a fresh
// crew, since WebAssembly memory never shrinks; until it has begun, the old crew and its run stay.

import { Crew } from "./crew.js";
import { sharedData } from "../data/command.js";

const most = 8; // Workers, however many cores there are

/** How many Workers to train in: one for each core, but one for the page where there are more than two. */
export function defaultThreads(cores = navigator.hardwareConcurrency || 1) {
  return Math.max(1, Math.min(most, cores > 2 ? cores - 1 : cores));
}

export class Trainer extends EventTarget {
  #crew = null;
  #coming = null; // the crew of a run that is about to begin
  #options;
  #held = null; // until a run that is about to begin has begun or was refused: other commands wait
  #own = null; // the visitor's data set, for fresh crews: {command, blob} as it was given, or {command, memory} where Workers share it
  #hold = 0; // step that the run is held at, 0 for none
  #crews = 0; // that were ever opened

  /**
   * Starts the Workers; kernel is "auto", "relaxed", "strict" or "none", engine "cpu", "webgpu", "webgpu-f16" or "auto". shared is what another trainer's
   * Workers share of the visitor's own data, null for nothing: its command hands them to these.
   */
  open({ kernel = "auto", threads = defaultThreads(), engine = "cpu", shared = null } = {}) {
    this.close("the trainer was started again");
    this.#own = shared ?? this.#own;
    this.#options = { kernel, threads, engine };
    this.#crew = this.#gather();
  }

  #gather() {
    this.#crews++;
    const crew = new Crew({ ...this.#options, own: this.#own?.memory }, {
      hear: (detail) => {
        if (crew === this.#coming && detail.event.type === "started") this.#adopt(crew);
        if (crew === this.#crew || detail.event.type === "loading") this.dispatchEvent(new CustomEvent("event", { detail }));
      },
      crashed: (why) => {
        if (crew !== this.#crew) return; // whoever began it has been told
        this.#crew = null;
        this.dispatchEvent(new CustomEvent("crash", { detail: why }));
      },
    });
    return crew;
  }

  #adopt(crew) {
    this.#crew?.close("another run has begun");
    [this.#crew, this.#coming, this.#hold] = [crew, null, 0];
  }

  /** Ends the Workers; whoever waits for an answer is told why. */
  close(why = "the trainer was ended") {
    for (const crew of [this.#crew, this.#coming]) crew?.close(why);
    this.#crew = this.#coming = null;
  }

  /** Sends a command; resolves to its answer {data, bytes} or rejects with one sentence. */
  ask(command, bytes) {
    if (["start", "load"].includes(command.type)) return this.#alone(() => this.#begin(command, bytes));
    if (timed.includes(command.type) && command.engine?.startsWith("webgpu") && !this.#crew?.gpu) return this.#beside(command, bytes);
    if (command.type === "engine") return this.#alone(() => this.#compute(command));
    return this.#held ? this.#held.then(() => this.#send(command, bytes)) : this.#send(command, bytes);
  }

  async #send(command, bytes) {
    if (!this.#crew) throw new Error("The trainer is not running.");
    if (command.type === "hold") this.#hold = command.step;
    const crew = this.#crew, before = crew.own;
    const answer = await crew.ask(command, bytes);
    if (command.type === "data" && command !== this.#own?.command) this.#own = crew.own === before ? { command, blob: bytes } : { command: sharedData(answer.data), memory: crew.own };
    return answer;
  }

  /** What the Workers share of the visitor's own data, {command, memory}; null where they do not. */
  get shared() {
    return this.#own?.memory ? this.#own : null;
  }

  /** Does what no other command may come between. */
  #alone(f) {
    const done = (this.#held ?? Promise.resolve()).then(f);
    const held = done.catch(() => {}).then(() => this.#held === held && (this.#held = null));
    this.#held = held;
    return done;
  }

  async #begin(command, bytes) {
    if (command.engine && command.engine !== "cpu" && !this.#crew?.gpu) {
      this.#options = { ...this.#options, engine: command.engine };
      return this.#fresh(command, bytes);
    }
    const answer = await this.#send({ ...command, same: true }, bytes);
    this.#options.engine = command.engine ?? this.#options.engine;
    if (!answer.data.another) {
      this.#hold = 0;
      return answer;
    }
    const hold = this.#hold, crew = this.#crew;
    crew.ask({ type: "hold", step: 1 }).catch(() => {}); // it rests, so that the other begins as fast as it can
    try {
      return await this.#fresh(command, bytes);
    } catch (error) {
      if (crew === this.#crew) crew.ask({ type: "hold", step: hold }).catch(() => {});
      throw error;
    }
  }

  /** Has a program that can compute on the GPU answer, which ends with that. */
  async #beside(command, bytes) {
    const crew = new Crew({ ...this.#options, threads: 1, engine: "webgpu" }, { hear() {}, crashed() {} });
    try {
      return await crew.ask(command, bytes);
    } finally {
      crew.close();
    }
  }

  /** Has another engine compute, in a crew of its own where the one that is here has no program for it. */
  async #compute({ engine, paused }) {
    if (engine === "cpu" || this.#crew?.gpu) {
      const answer = await this.#send({ type: "engine", engine });
      this.#options.engine = engine;
      return answer;
    }
    const before = this.#options, crew = this.#crew, hold = this.#hold;
    const rest = (step) => crew.ask({ type: "hold", step }).catch(() => {});
    rest(1); // until it has begun there
    try {
      const { bytes } = await this.#send({ type: "save" });
      this.#options = { ...before, engine };
      return await this.#fresh({ type: "load", paused, continues: true, otherData: true }, bytes);
    } catch (error) {
      this.#options = before;
      if (crew === this.#crew) rest(hold);
      throw error;
    }
  }

  /** Begins a run in a crew of its own, which takes the present one's place once the run has begun. */
  async #fresh(command, bytes) {
    const crew = (this.#coming = this.#gather());
    try {
      if (this.#own) await crew.ask(this.#own.command, this.#own.blob);
      return await crew.ask(command, bytes);
    } catch (error) {
      if (crew === this.#coming) {
        this.#coming = null;
        crew.close();
      }
      throw error;
    }
  }

  /** Begins a run in fresh Workers at once, those that are there are given up: they hang, or are gone. */
  renew(command, bytes) {
    this.#crew?.close("its Workers had stopped");
    this.#crew = null;
    return this.#alone(() => this.#fresh(command, bytes));
  }

  /** Whether the run has no reason to rest: nothing holds it and nothing else is asked of its Workers. */
  free(step) {
    return this.#crew !== null && !this.#held && !(this.#hold > 0 && step >= this.#hold) && !this.#crew.asked.some((type) => long.includes(type));
  }

  /** What each Worker does now; see Crew. */
  async diagnose() {
    return (await this.#crew?.diagnose()) ?? [];
  }

  /** How many bytes of WebAssembly memory the programs have taken, all of them together; they answer when they rest. */
  async memory() {
    return (await this.#crew?.memory()) ?? 0;
  }

  /** How many crews there have been, for tests. */
  get crews() {
    return this.#crews;
  }

  /** Has a Worker hang ("hang") or end, for tests. */
  harm(rank, how = "it was ended by a test") {
    this.#crew?.harm(rank, how);
  }
}

const timed = ["verify", "bench"]; // that have a run of their own
const long = ["verify", "bench", "measure", "export", "data"]; // commands during which no step is done
