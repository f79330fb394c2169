// A crew: the Workers that train one run, a leader and its followers. Starts them, sends commands to the leader and waits
// for its answers, and passes on what it tells its followers.

import { releaseStore, sharedStore } from "../data/store.js";
import { breakGroup, newGroup, whyAlone } from "../exchange.js";
import { newVitals, readVitals } from "./vitals.js";

const sums = 65_536; // numbers that Workers add up at a time: few enough to stay in a core's cache
const patience = 1000; // milliseconds for the answer to a ping

const compiled = { kernels: null }; // with the programs by their files, as the page's first leaders have compiled them: later Workers take no time for that
let tokens = 0; // of Workers that were ever started

export class Crew {
  #workers = []; // {worker, token}, the leader's first
  #group = null;
  #vitals;
  #next = 1;
  #waiting = new Map(); // command id → {type, resolve, reject}
  #hear;
  #crashed;
  #own;

  /**
   * hear is given each event {event, json, bytes}; crashed is told once why there is no leader any more. With an engine other than "cpu"
   * the leader is the program that can compute on the visitor's GPU too. own is memory with the visitor's own data, as another crew has
   * made it; null for none.
   */
  constructor({ kernel, threads, engine = "cpu", own = null }, { hear, crashed }) {
    this.#own = own;
    this.gpu = engine !== "cpu";
    this.#hear = hear;
    this.#crashed = crashed;
    let note = "";
    if (threads > 1 && (note = whyAlone())) {
      note = `Training uses one thread. ${note}`;
      threads = 1;
    }
    this.#group = threads > 1 ? newGroup(threads, sums) : null;
    this.#vitals = newVitals(threads);
    for (let rank = 0; rank < threads; rank++) this.#start(rank, { type: "open", kernel, group: this.#group, rank, note, engine, program: this.gpu && rank === 0 ? "trainer.gpu.wasm" : "trainer.wasm" });
  }

  #start(rank, message) {
    const worker = new Worker(new URL("trainer.worker.js", import.meta.url), { type: "module", name: `trainer ${rank}` });
    const token = ++tokens;
    const lost = (why) => (rank === 0 ? this.#crash(why) : this.#lose(worker));
    worker.onmessage = ({ data }) => {
      if (data.fatal) lost(data.fatal);
      else if (data.own) this.#share(data.own);
      else if (data.compiled) Object.assign(compiled, data.compiled);
      else if (rank > 0) return; // followers have nothing else to say
      else if (data.relay) for (const { worker: follower } of this.#workers.slice(1)) follower.postMessage({ json: data.json, bytes: data.bytes });
      else this.#receive(data);
    };
    worker.onerror = (e) => {
      e.preventDefault();
      lost(e.message || "its Worker could not be started");
    };
    worker.postMessage({ ...message, compiled, store: sharedStore(), own: this.#own, token, vitals: this.#vitals });
    this.#workers.push({ worker, token });
  }

  #end({ worker, token }) {
    worker.terminate();
    releaseStore(sharedStore(), token);
  }

  /** The leader has made memory for the visitor's own data. */
  #share(buffer) {
    this.#own = buffer;
    for (const { worker } of this.#workers.slice(1)) worker.postMessage({ own: buffer });
  }

  /** The memory with the visitor's own data that this crew's Workers share; null where there is none. */
  get own() {
    return this.#own;
  }

  /** Without one of them the followers are of no use: the leader goes on alone. */
  #lose(worker) {
    if (!this.#workers.some((w) => w.worker === worker)) return;
    if (this.#group) breakGroup(this.#group);
    this.#workers.splice(1).forEach((w) => this.#end(w));
    this.#group = null;
  }

  #crash(why) {
    if (!this.#workers.length) return; // told already
    this.close(why);
    this.#crashed(why);
  }

  /** Ends the Workers; whoever waits for an answer is told why. */
  close(why = "the trainer was ended") {
    this.#workers.splice(0).forEach((w) => this.#end(w));
    this.#group = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }

  /** Sends a command, with bytes or a Blob beside it; resolves to its answer {data, bytes} or rejects with one sentence. */
  ask(command, body) {
    if (!this.#workers.length) return Promise.reject(new Error("The trainer is not running."));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { type: command.type, resolve, reject });
      const [leader] = this.#workers;
      if (body instanceof Blob) leader.worker.postMessage({ json: JSON.stringify({ ...command, id, file: id }), blob: body, number: id });
      else leader.worker.postMessage({ json: JSON.stringify({ ...command, id }), bytes: body });
    });
  }

  /** The types of commands that are not answered yet. */
  get asked() {
    return [...this.#waiting.values()].map(({ type }) => type);
  }

  #receive({ json, bytes }) {
    const event = JSON.parse(json);
    if (event.type !== "answered") return this.#hear({ event, json, bytes });
    const waiting = this.#waiting.get(event.id);
    this.#waiting.delete(event.id);
    if (event.error) waiting?.reject(Object.assign(new Error(event.error), { damaged: event.data?.damaged === true }));
    else waiting?.resolve({ data: event.data ?? {}, bytes });
  }

  #message(worker, message) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ ...message, port: port2 }, [port2]);
    });
  }

  /** How many bytes of WebAssembly memory the programs have taken, all of them together; they answer when they rest. */
  async memory() {
    const sizes = await Promise.all(this.#workers.map(({ worker }) => this.#message(worker, { type: "memory" })));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** What each Worker does now, whether it does anything else a second later, and whether it answers a message by then. */
  async diagnose() {
    const before = readVitals(this.#vitals);
    const late = new Promise((resolve) => setTimeout(resolve, patience, null));
    const answers = await Promise.all(this.#workers.map(({ worker }) => Promise.race([this.#message(worker, { type: "memory" }), late])));
    const after = readVitals(this.#vitals);
    return answers.map((bytes, rank) => ({
      rank, answers: bytes !== null, wasmBytes: bytes, doing: after[rank]?.doing ?? "unknown", moves: after[rank] ? after[rank].times !== before[rank].times : null,
      asked: rank === 0 ? this.asked : [],
    }));
  }

  /** Has a Worker hang, lose its GPU ("lose"), or end as by a crash, for tests. */
  harm(rank, how) {
    const worker = this.#workers[rank]?.worker;
    if (how === "hang" || how === "lose") worker?.postMessage({ type: how });
    else if (worker) (worker.terminate(), rank === 0 ? this.#crash(how) : this.#lose(worker));
  }
}
