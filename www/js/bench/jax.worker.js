// Times the classic GAN's training step in jax-js, in a Worker of its own that is a module. It is given {backend, threads, recipe, pixels, steps}
// once and answers {msPerStep, threads} or {error}. backend is wasm or webgpu.
//
// Both updates, with their gradients by valueAndGrad and Adam, are one function under jit; noise and the keys of dropout are drawn outside of
// it. Whatever an array is given to owns it, so ref is written where it is needed again. Real images are random: their values change no time.

self.onmessage = ({ data }) => time(data).then(postMessage, (error) => postMessage({ error: String(error?.message ?? error) }));

async function time({ backend, threads, recipe, pixels, steps }) {
  Object.defineProperty(navigator, "hardwareConcurrency", { value: threads }); // it takes so many Workers
  const jax = await import(new URL("../../peers/jax-js/index.js", self.location.href).href);
  if (!(await jax.init(backend)).includes(backend)) throw new Error(`jax-js has no ${backend} in this browser`);
  jax.defaultDevice(backend);
  const step = prepare(jax, recipe, pixels);
  const msPerStep = [];
  for (let n = -2; n < steps; n++) { // two to warm up, in the first of which the step is compiled
    const began = performance.now();
    await step();
    if (n >= 0) msPerStep.push(performance.now() - began);
  }
  return { msPerStep, threads: backend === "wasm" ? threads : 1 };
}

/** Makes both networks, of pictures with so many pixels; returns one training step of each. */
function prepare({ numpy: np, nn, random, tree, jit, valueAndGrad }, r, pixels) {
  let seeds = 0;
  const key = () => random.key(seeds++);
  const layers = (widths) => widths.slice(1).map((width, i) => ({ w: random.normal(key(), [widths[i], width]).mul(Math.sqrt(1 / widths[i])), b: np.zeros([width]) }));
  const network = (widths) => {
    const w = layers(widths), zeros = () => tree.map((x) => np.zeros(x.shape), w);
    return { w, m: zeros(), v: zeros() }; // weights and Adam's moments
  };
  const hidden = r.discriminator.length;
  let g = network([r.noise, ...r.generator, pixels]), d = network([pixels, ...r.discriminator, 1]);
  const real = random.uniform(key(), [r.batch, pixels], { minval: -1, maxval: 1 });

  const linear = (x, { w, b }) => np.matmul(x, w).add(b);
  const drop = (x, key) => {
    const { shape } = x;
    return np.where(random.bernoulli(key, 1 - r.dropout, shape), x.mul(1 / (1 - r.dropout)), 0);
  };
  const generate = (net, z) => net.reduce((x, l, i) => (i < net.length - 1 ? nn.leakyRelu(linear(x, l), r.leak) : np.tanh(linear(x, l))), z);
  const judge = (net, image, keys) => net.reduce((x, l, i) => {
    if (i === hidden) return linear(x, l);
    const y = nn.leakyRelu(linear(x, l), r.leak);
    return r.dropout > 0 ? drop(y, keys[i]) : y;
  }, image);
  const loss = (logits, label) => np.mean(nn.logSigmoid(label ? logits : logits.mul(-1))).mul(-1);
  const lossOfD = (net, real, fake, keys) => loss(judge(tree.ref(net), real, keys.slice(0, hidden)), 1).add(loss(judge(net, fake, keys.slice(hidden)), 0));
  const lossOfG = (net, judging, z, keys) => loss(judge(judging, generate(net, z), keys), 1);

  // unbiased is by what the moments are multiplied at this step
  const adam = ({ w, m, v }, grads, rate, unbiased) => {
    m = tree.map((m, g) => m.mul(r.beta1).add(g.mul(1 - r.beta1)), m, tree.ref(grads));
    v = tree.map((v, g) => v.mul(r.beta2).add(np.square(g).mul(1 - r.beta2)), v, grads);
    w = tree.map((w, m, v) => w.sub(m.mul(unbiased[0].ref).mul(rate).div(np.sqrt(v.mul(unbiased[1].ref)).add(r.eps))), w, tree.ref(m), tree.ref(v));
    tree.dispose(unbiased);
    return { w, m, v };
  };
  const update = jit((g, d, real, noise, keys, unbiased) => {
    const [lossD, ofD] = valueAndGrad(lossOfD)(tree.ref(d.w), real, generate(tree.ref(g.w), noise[0]), keys.slice(0, 2 * hidden));
    d = adam(d, ofD, r.lr_d, tree.ref(unbiased));
    const [lossG, ofG] = valueAndGrad(lossOfG)(tree.ref(g.w), tree.ref(d.w), noise[1], keys.slice(2 * hidden));
    return [adam(g, ofG, r.lr_g, unbiased), d, lossD, lossG];
  });
  let t = 0;
  return async () => {
    t++;
    const noise = [0, 1].map(() => random.normal(key(), [r.batch, r.noise]));
    const keys = Array.from({ length: r.dropout > 0 ? 3 * hidden : 0 }, key);
    const unbiased = [r.beta1, r.beta2].map((beta) => np.array(1 / (1 - beta ** t)));
    let losses;
    [g, d, ...losses] = update(g, d, real.ref, noise, keys, unbiased);
    const values = await Promise.all(losses.map((x) => x.data()));
    if (!values.every(([v]) => Number.isFinite(v))) throw new Error("jax-js' losses are no numbers");
  };
}
