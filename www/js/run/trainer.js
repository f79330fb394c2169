// The page's end of the trainers: starts their Workers, sends commands to the leading one and waits for its answers,
// passes on what it tells its followers, and tells of events.

import { breakGroup, newGroup, whyAlone } from "../exchange.js";

const sums = 65_536; // numbers that Workers add up at a time: few enough to stay in a core's cache
const most = 8; // Workers, however many cores there are

/** How many Workers to train in: one for each core, but one for the page where there are more than two. */
export function defaultThreads(cores = navigator.hardwareConcurrency || 1) {
  return Math.max(1, Math.min(most, cores > 2 ? cores - 1 : cores));
}

export class Trainer extends EventTarget {
  #workers = []; // the leader, then its followers
  #group = null;
  #next = 1;
  #waiting = new Map(); // command id → {resolve, reject}

  /** Starts the Workers; kernel is "auto", "relaxed", "strict" or "none". */
  open({ kernel = "auto", threads = defaultThreads() } = {}) {
    this.close("the trainer was started again");
    let note = "";
    if (threads > 1 && (note = whyAlone())) {
      note = `Training uses one thread. ${note}`;
      threads = 1;
    }
    this.#group = threads > 1 ? newGroup(threads, sums) : null;
    for (let rank = 0; rank < threads; rank++) this.#start(rank, { type: "open", kernel, group: this.#group, rank, note });
  }

  #start(rank, message) {
    const worker = new Worker(new URL("trainer.worker.js", import.meta.url), { type: "module", name: `trainer ${rank}` });
    const lost = (why) => (rank === 0 ? this.#crash(why) : this.#lose(worker));
    worker.onmessage = ({ data }) => {
      if (data.fatal) lost(data.fatal);
      else if (rank > 0) return; // followers have nothing to say
      else if (data.relay) for (const follower of this.#workers.slice(1)) follower.postMessage({ json: data.json, bytes: data.bytes });
      else this.#receive(data);
    };
    worker.onerror = (e) => {
      e.preventDefault();
      lost(e.message || "its Worker could not be started");
    };
    worker.postMessage(message);
    this.#workers.push(worker);
  }

  /** Without one of them the followers are of no use: the leader goes on alone. */
  #lose(worker) {
    if (!this.#workers.includes(worker)) return;
    if (this.#group) breakGroup(this.#group);
    for (const follower of this.#workers.splice(1)) follower.terminate();
    this.#group = null;
  }

  /** How many bytes of WebAssembly memory the programs have taken, all of them together; they answer when they rest. */
  async memory() {
    const sizes = await Promise.all(this.#workers.map((worker) => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ type: "memory", port: port2 }, [port2]);
    })));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Ends the Workers; whoever waits for an answer is told why. */
  close(why = "the trainer was ended") {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
    this.#group = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }

  /** Sends a command; resolves to its answer {data, bytes} or rejects with one sentence. */
  ask(command, bytes) {
    if (!this.#workers.length) return Promise.reject(new Error("The trainer is not running."));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#workers[0].postMessage({ json: JSON.stringify({ ...command, id }), bytes });
    });
  }

  #receive({ json, bytes }) {
    const event = JSON.parse(json);
    if (event.type !== "answered") return this.dispatchEvent(new CustomEvent("event", { detail: { event, json, bytes } }));
    const waiting = this.#waiting.get(event.id);
    this.#waiting.delete(event.id);
    if (event.error) waiting?.reject(Object.assign(new Error(event.error), { damaged: event.data?.damaged === true }));
    else waiting?.resolve({ data: event.data ?? {}, bytes });
  }

  #crash(why) {
    if (!this.#workers.length) return; // told already
    this.close(why);
    this.dispatchEvent(new CustomEvent("crash", { detail: why }));
  }

  /** Ends one follower as a crash would, for tests. */
  killFollower() {
    const worker = this.#workers[1];
    worker?.terminate();
    if (worker) this.#lose(worker);
  }
}
