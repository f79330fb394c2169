// Joins the kernel module to a Go program: float32 arithmetic with SIMD that works on the Go program's own memory.
//
//   const kernel = await loadKernel({
//     relaxed: "kernel.relaxed.wasm", strict: "kernel.strict.wasm", exchange: "kernel.exchange.wasm" });
//   const { instance } = await WebAssembly.instantiateStreaming(fetch("trainer.wasm"), { ...go.importObject, ...kernel.imports });
//   kernel.join(instance.exports.mem);   // before go.run: the program asks once, at its start
//   await go.run(instance);
//
// kernel.name is "wasm relaxed simd", "wasm simd" or "" where no module could be had; kernel.reason then says why, and
// the Go program uses its own arithmetic. Works in pages, Workers and Node. The memory may grow: the module is bound to the
// memory, not to a view of it.
//
// kernel.modules are what it compiled, by kind; given as sources to another Worker they are not compiled again.
//
// Programs in several Workers exchange numbers as exchange.js says; kernel.enter makes this one a member of a group, by the
// module kernel.exchange.wasm where the engine can run it.

import { enter } from "./exchange.js";

const empty = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const noParameters = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0]; // one function of type () → ()

// Smallest modules that use a feature: v128.const; f32x4.relaxed_madd; i32.load from the second of two memories, which is shared.
const vector = [0xfd, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const probes = {
  strict: [...empty, ...noParameters, ...code([...vector, 0x1a])],
  relaxed: [...empty, ...noParameters, ...code([...vector, ...vector, ...vector, 0xfd, 0x85, 0x02, 0x1a])],
  exchange: [...empty, 1, 4, 1, 0x60, 0, 0, 2, 16, 2, 1, 0x61, 1, 0x62, 2, 0, 1, 1, 0x61, 1, 0x63, 2, 3, 1, 1, 3, 2, 1, 0,
    ...code([0x41, 0, 0x28, 0x42, 1, 0, 0x1a])],
};

function code(instructions) {
  const size = instructions.length + 2; // no locals, end
  return [10, size + 2, 1, size, 0, ...instructions, 0x0b];
}

/** Whether this engine has a feature: "strict", "relaxed" or "exchange". */
export function supports(feature) {
  return WebAssembly.validate(new Uint8Array(probes[feature]));
}

const names = { relaxed: "wasm relaxed simd", strict: "wasm simd" };
const states = { relaxed: 2, strict: 1 };

/**
 * Compiles the best module that this engine can run.
 * @param {object} sources where the modules are, by kind: a URL, the bytes, or a compiled module.
 * @param {string} [use] "auto", or the one kind to use: "relaxed", "strict"; "none" and "gonum" are without a module.
 */
export async function loadKernel(sources, use = "auto") {
  if (!["auto", "relaxed", "strict", "none", "gonum"].includes(use)) {
    throw new RangeError(`there are no kernels "${use}"; take auto, relaxed, strict, none or gonum`);
  }
  const reasons = [];
  for (const kind of ["relaxed", "strict"]) {
    if (use !== "auto" && use !== kind) continue;
    if (!supports(kind)) {
      reasons.push(kind === "relaxed" ? "this browser has no relaxed SIMD" : "this browser has no SIMD");
      continue;
    }
    try {
      return new Kernel(kind, await compile(sources[kind]), reasons.join("; "), sources.exchange);
    } catch (error) {
      reasons.push(`the ${kind} kernel module could not be loaded (${error.message})`);
    }
  }
  if (use === "none") reasons.push("kernel modules are turned off");
  return new Kernel("", null, reasons.join("; "), sources.exchange);
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== "string" && !(source instanceof URL)) return WebAssembly.compile(source);
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${source}: HTTP status ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

class Kernel {
  #module;
  #exchange; // where the exchange module is, if anywhere
  #memory = null; // the Go program's
  #kernels = null; // the module's functions once it is joined
  #member = null; // of a group

  constructor(kind, module, reason, exchange) {
    this.name = kind ? names[kind] : "";
    this.reason = reason;
    this.modules = module ? { [kind]: module } : {};
    this.#module = module;
    this.#exchange = exchange;
    /** For the Go program's instantiation. Its imports must exist before its memory does: each forwards to what is joined later. */
    this.imports = { kernel: this.#functions(states[kind] ?? 0), exchange: this.#exchangeFunctions() };
  }

  #functions(state) {
    const forward = (name) => (...values) => this.#kernels[name](...values);
    const known = new Map([["state", () => (this.#kernels ? state : 0)]]);
    return new Proxy({}, {
      get(_, name) {
        if (!known.has(name)) known.set(name, forward(name));
        return known.get(name);
      },
    });
  }

  #exchangeFunctions() {
    return {
      rank: () => this.#member?.rank ?? 0,
      size: () => this.#member?.size ?? 1,
      floats: () => this.#member?.floats ?? 0,
      add: (x, n) => this.#member.add(x, n),
    };
  }

  /** Binds the module to the Go program's memory; without a module there's nothing to bind. Returns the module's exports, or null. */
  join(memory) {
    this.#memory = memory;
    if (this.#module) this.#kernels = new WebAssembly.Instance(this.#module, { env: { memory } }).exports;
    return this.#kernels;
  }

  /** Makes the program the member of a group (see exchange.js) with that rank; call join before. */
  async enter(group, rank) {
    const module = this.#exchange && supports("exchange") ? await compile(this.#exchange).catch(() => null) : null;
    if (module) this.modules.exchange = module;
    this.#member = enter(group, rank, this.#memory, module);
    return module ? "wasm" : "script";
  }

  /** Makes the program a group of its own again. */
  leave() {
    this.#member = null;
  }
}
