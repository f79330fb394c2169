// The Worker in which a trainer program runs: joins the kernel module, starts the Go program and hands messages on.
// It is given {type: "open", kernel: "auto" | "relaxed" | "strict" | "none"} once, then {json, bytes} messages.

import "../wasm_exec.js";
import { loadKernel } from "./kernel.js";

const early = (self.ganvasEarly = []); // messages that come before the program listens
self.onmessage = ({ data }) => {
  if (data.type === "open") open(data).catch(fail);
  else if (self.ganvasReceive) self.ganvasReceive(data);
  else early.push(data);
};

function fail(error) {
  postMessage({ fatal: String(error?.message ?? error) });
}

/** The page's folder: programs and data lie beside index.html, this file in js/ below it. */
const base = new URL("../", import.meta.url);
const fetchHere = self.fetch.bind(self);
self.fetch = (address, options) => fetchHere(new URL(address, base), options);

async function open({ kernel: use = "auto" }) {
  const kernel = await loadKernel({ relaxed: new URL("kernel.relaxed.wasm", base).href, strict: new URL("kernel.strict.wasm", base).href }, use);
  self.ganvasNote = kernel.reason;
  const go = new Go();
  const response = await fetch("trainer.wasm");
  if (!response.ok) throw new Error(`the trainer program cannot be had: the server answered ${response.status}`);
  const imports = { ...go.importObject, ...kernel.imports };
  const { instance } = await WebAssembly.instantiateStreaming(response, imports);
  kernel.join(instance.exports.mem);
  await go.run(instance);
  fail("the trainer program has ended");
}
