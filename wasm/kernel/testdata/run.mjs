// Runs a Go test program that has the kernel module joined. In Node: node run.mjs FOLDER USE NAME [flag…]; in a Worker: a message
// {use, name, flags}. FOLDER holds test.wasm, wasm_exec.js, kernel.mjs (the page's kernel.js) and the kernel modules.

async function run(base, read, use, name, flags, exit) {
  const { loadKernel } = await import(`${base}/kernel.mjs`);
  const kernel = await loadKernel({ relaxed: await read("kernel.relaxed.wasm"), strict: await read("kernel.strict.wasm") }, use);
  const go = new Go();
  go.argv = ["test", ...flags];
  go.env = { GANVAS_KERNEL_NAME: name };
  go.exit = exit;
  const { instance } = await WebAssembly.instantiate(await read("test.wasm"), { ...go.importObject, ...kernel.imports });
  kernel.join(instance.exports.mem);
  await go.run(instance);
}

if (typeof process === "object") {
  const { readFile } = await import("node:fs/promises");
  const { createRequire } = await import("node:module");
  const require = createRequire(import.meta.url);
  globalThis.fs = require("node:fs");
  globalThis.path = require("node:path");
  const [folder, use, name, ...flags] = process.argv.slice(2);
  require(`${folder}/wasm_exec.js`);
  await run(`file://${folder}`, (file) => readFile(`${folder}/${file}`), use, name, flags, (code) => process.exit(code));
} else {
  globalThis.onmessage = async ({ data: { use, name, flags } }) => {
    const lines = [];
    console.log = (line) => lines.push(line);
    const finish = (code) => postMessage({ code, output: lines.join("\n") });
    try {
      await import("/wasm_exec.js");
      const read = async (file) => (await fetch(`/${file}`)).arrayBuffer();
      await run("", read, use, name, flags, finish);
    } catch (error) {
      lines.push(String(error.stack));
      finish(2);
    }
  };
}
