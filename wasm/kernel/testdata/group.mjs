// Starts one Worker for each member of a group and gathers {code, output} of all. In Node: node group.mjs FOLDER JSON;
// in a page: import it and call runGroup. program is run.mjs's, with size, floats and patience of the group.

export async function runGroup(program, start, newGroup) {
  const { size, floats, patience } = program;
  const group = newGroup(size, floats, patience);
  const results = await Promise.all(Array.from({ length: size }, (_, rank) => start({ ...program, group, rank })));
  return {
    code: Math.max(...results.map((r) => r.code)),
    output: results.map((r, rank) => `member ${rank}:\n${r.output}`).join("\n"),
  };
}

export function startInPage(program) {
  return new Promise((resolve) => {
    const worker = new Worker("/run.mjs", { type: "module" });
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => resolve({ code: 2, output: event.message });
    worker.postMessage(program);
  });
}

if (typeof process === "object") {
  const { Worker } = await import("node:worker_threads");
  const [folder, json] = process.argv.slice(2);
  const { newGroup } = await import(`file://${folder}/exchange.js`);
  const start = (program) => new Promise((resolve) => {
    const worker = new Worker(`${folder}/run.mjs`, { workerData: { folder, program }, stdout: true, resourceLimits: { stackSizeMb: 8 } });
    let output = "";
    worker.stdout.on("data", (text) => { output += text; });
    worker.on("error", (error) => { output += error.stack; });
    worker.on("exit", (code) => resolve({ code, output }));
  });
  const { code, output } = await runGroup(JSON.parse(json), start, newGroup);
  console.log(output);
  process.exit(code);
}
