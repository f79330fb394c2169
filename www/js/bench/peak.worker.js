// A Worker that looks at how fast a kernel module's bare loop of multiply-adds runs. Given {module}, it answers with
// {ready: true}; then each message has it look for a while and answer with {gflops}.

const looks = 20, turns = 5000, during = 5; // the best of so many looks, each of some milliseconds

let bare = null, flops = 0; // the loop, and the operations of one turn of it

self.onmessage = async ({ data }) => {
  if (!data.module) return self.postMessage({ gflops: look() });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = await WebAssembly.instantiate(data.module, { env: { memory } });
  [bare, flops] = [exports.bare, exports.bareTurn()];
  self.postMessage({ ready: true });
};

function look() {
  let best = 0;
  for (let i = 0; i < looks; i++) {
    const start = performance.now();
    let n = 0, took = 0;
    do {
      bare(turns, 0);
      n++;
      took = performance.now() - start;
    } while (took < during);
    best = Math.max(best, (n * turns * flops) / took / 1e6);
  }
  return best;
}
