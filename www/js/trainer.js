// The page's end of the trainer: starts its Worker, sends commands and waits for their answers, tells of events.

export class Trainer extends EventTarget {
  #worker = null;
  #next = 1;
  #waiting = new Map(); // command id → {resolve, reject}

  /** Starts the Worker; kernel is "auto", "relaxed", "strict" or "none". */
  open(kernel = "auto") {
    this.close("the trainer was started again");
    this.#worker = new Worker(new URL("trainer.worker.js", import.meta.url), { type: "module", name: "trainer" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (e) => this.#crash(e.message || "its Worker could not be started");
    this.#worker.postMessage({ type: "open", kernel });
  }

  /** Ends the Worker; whoever waits for an answer is told why. */
  close(why = "the trainer was ended") {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }

  /** Sends a command; resolves to its answer {data, bytes} or rejects with one sentence. */
  ask(command, bytes) {
    if (!this.#worker) return Promise.reject(new Error("The trainer is not running."));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ json: JSON.stringify({ ...command, id }), bytes });
    });
  }

  #receive({ json, bytes, fatal }) {
    if (fatal) return this.#crash(fatal);
    const event = JSON.parse(json);
    if (event.type !== "answered") return this.dispatchEvent(new CustomEvent("event", { detail: { event, json, bytes } }));
    const waiting = this.#waiting.get(event.id);
    this.#waiting.delete(event.id);
    if (event.error) waiting?.reject(new Error(event.error));
    else waiting?.resolve({ data: event.data ?? {}, bytes });
  }

  #crash(why) {
    this.close(why);
    this.dispatchEvent(new CustomEvent("crash", { detail: why }));
  }
}
