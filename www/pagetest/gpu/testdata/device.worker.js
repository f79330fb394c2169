// Runs wasm/webgpu's own tests in a Worker that has the page's player: posts {code, output}.

import "/wasm_exec.js";
import { Player } from "/js/webgpu/player.js";

let memory = null;
const player = (self.ganvasGPU = new Player(() => memory));
const lines = [];
console.log = (line) => lines.push(line);
const go = new Go();
go.argv = ["test", "-test.v"];
go.exit = (code) => postMessage({ code, output: lines.join("\n") });
try {
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/device/test.wasm"), { ...go.importObject, gpu: player.imports });
  memory = instance.exports.mem;
  await go.run(instance);
} catch (error) {
  postMessage({ code: 2, output: [...lines, error.stack].join("\n") });
}
