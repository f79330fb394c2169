// The Worker in which the converter program runs; messages are {json, bytes}, as its trainer's are.

import "../../wasm_exec.js";

const early = (self.ganvasEarly = []); // messages that come before the program listens
self.onmessage = ({ data }) => (self.ganvasReceive ? self.ganvasReceive(data) : early.push(data));

const fail = (error) => postMessage({ fatal: String(error?.message ?? error) });

async function open() {
  const go = new Go();
  const response = await fetch(new URL("../../converter.wasm", import.meta.url));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const { instance } = await WebAssembly.instantiateStreaming(response, go.importObject);
  await go.run(instance);
  throw new Error("the program has ended");
}

open().catch(fail);
