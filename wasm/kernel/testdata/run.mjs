// Runs a Go test program that has the kernel module joined, as the page's loader does. In Node: node run.mjs FOLDER JSON; in a
// browser's Worker: a message. Both carry {use, name, flags} and for each member of a group {group, rank}. FOLDER holds
// test.wasm, wasm_exec.cjs, the page's kernel.js and exchange.js, and the modules.

async function run(base, read, { use, name, flags, script, group, rank }, exit) {
  const { loadKernel } = await import(`${base}/kernel.js`);
  const kernel = await loadKernel({
    relaxed: await read("kernel.relaxed.wasm"),
    strict: await read("kernel.strict.wasm"),
    exchange: script ? null : await read("kernel.exchange.wasm"),
  }, use);
  const go = new Go();
  go.argv = ["test", ...flags];
  go.env = { GANVAS_KERNEL_NAME: name, GANVAS_GROUP: String(group?.size ?? 1) };
  go.exit = exit;
  const { instance } = await WebAssembly.instantiate(await read("test.wasm"), { ...go.importObject, ...kernel.imports });
  kernel.join(instance.exports.mem);
  if (group) {
    const by = await kernel.enter(group, rank);
    if (by !== (script ? "script" : "wasm")) throw new Error(`the group sums by ${by}`);
  }
  await go.run(instance);
}

if (typeof process === "object") {
  const { readFile } = await import("node:fs/promises");
  const { createRequire } = await import("node:module");
  const { isMainThread, workerData } = await import("node:worker_threads");
  const require = createRequire(import.meta.url);
  globalThis.fs = require("node:fs");
  globalThis.path = require("node:path");
  const { folder, program } = isMainThread ? { folder: process.argv[2], program: JSON.parse(process.argv[3]) } : workerData;
  require(`${folder}/wasm_exec.cjs`);
  await run(`file://${folder}`, (file) => readFile(`${folder}/${file}`), program, (code) => process.exit(code));
} else {
  globalThis.onmessage = async ({ data }) => {
    const lines = [];
    console.log = (line) => lines.push(line);
    const finish = (code) => postMessage({ code, output: lines.join("\n") });
    try {
      await import("/wasm_exec.js");
      const read = async (file) => (await fetch(`/${file}`)).arrayBuffer();
      await run("", read, data, finish);
    } catch (error) {
      lines.push(String(error.stack));
      finish(2);
    }
  };
}
