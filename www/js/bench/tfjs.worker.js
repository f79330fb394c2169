// Times the classic GAN's training step in TensorFlow.js, in a Worker of its own. It is given {backend, threads, tuned,
// recipe, pixels, steps} once and answers {msPerStep, threads} or {error}. backend is wasm, cpu, webgl or webgpu.
//
// Written plainly, a layer is matMul, add and leakyRelu, as in the library's own examples. Its gradients then multiply
// by transposed matrices, for which the wasm backend has a slow loop only; tuned, gradients are written out here, with
// transposed copies and nothing that the update does not need, bias and activation are joined to the product, and
// dropout's masks are cut from one that was drawn before. Real images are random: their values change no time.

self.onmessage = ({ data }) => time(data).then(postMessage, (error) => postMessage({ error: String(error?.message ?? error) }));

async function time({ backend, threads, tuned, recipe, pixels, steps }) {
  const folder = new URL("../../peers/", self.location.href).href;
  importScripts(`${folder}tf.es2017.min.js`);
  if (backend === "wasm" || backend === "webgpu") importScripts(`${folder}tf-backend-${backend}.es2017.min.js`);
  if (backend === "wasm") {
    tf.wasm.setWasmPaths(folder);
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 * threads }); // it takes half as many threads at most
    tf.wasm.setThreadsCount(threads);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} in this browser`);
  await tf.ready();
  const step = prepare(recipe, pixels, tuned);
  const msPerStep = [];
  for (let n = -2; n < steps; n++) { // two to warm up
    const began = performance.now();
    await step();
    if (n >= 0) msPerStep.push(performance.now() - began);
  }
  return { msPerStep, threads: backend === "wasm" ? tf.wasm.getThreadsCount() : 1 };
}

/** Makes both networks, of pictures with so many pixels; returns one training step of each. */
function prepare(r, pixels, tuned) {
  const layers = (widths) => widths.slice(1).map((width, i) => ({
    w: tf.variable(tf.randomNormal([widths[i], width], 0, Math.sqrt(1 / widths[i]))), b: tf.variable(tf.zeros([width])),
  }));
  const g = layers([r.noise, ...r.generator, pixels]);
  const d = layers([pixels, ...r.discriminator, 1]);
  const variables = (net) => net.flatMap(({ w, b }) => [w, b]);
  const adam = (rate) => tf.train.adam(rate, r.beta1, r.beta2, r.eps);
  const [optG, optD] = [adam(r.lr_g), adam(r.lr_d)];
  const [layer, drop] = tuned ? [tunedLayer, maskDrawer(r.dropout, r.batch * Math.max(...r.discriminator))] : [plainLayer, (x) => tf.dropout(x, r.dropout)];
  const generate = (z, train) => g.reduce((x, l, i) => (i < g.length - 1 ? layer(x, l, r.leak, { dx: i > 0, dw: train }) : tf.tanh(layer(x, l, 0, { dx: true, dw: train }))), z);
  const judge = (image, needs) => d.reduce((x, l, i) => {
    const y = layer(x, l, i < d.length - 1 ? r.leak : 0, { dx: needs.dx || i > 0, dw: needs.dw });
    return i < d.length - 1 && r.dropout > 0 ? drop(y) : y;
  }, image);
  const loss = (logits, label) => tf.losses.sigmoidCrossEntropy(tf.fill([r.batch, 1], label), logits);
  const noise = () => tf.randomNormal([r.batch, r.noise]);
  const real = tf.randomUniform([r.batch, pixels], -1, 1);
  return async () => {
    const fake = tf.tidy(() => generate(noise(), false));
    const lossD = optD.minimize(() => tf.add(loss(judge(real, { dx: false, dw: true }), 1), loss(judge(fake, { dx: false, dw: true }), 0)), true, variables(d));
    const lossG = optG.minimize(() => loss(judge(generate(noise(), true), { dx: true, dw: false }), 1), true, variables(g));
    const values = await Promise.all([lossD.data(), lossG.data()]);
    tf.dispose([fake, lossD, lossG]);
    if (!values.every(([v]) => Number.isFinite(v))) throw new Error("TensorFlow.js' losses are no numbers");
  };
}

// plainLayer: y (n, out) = act(x (n, in)·w + b); leak 0 is no activation
function plainLayer(x, { w, b }, leak) {
  const y = tf.add(tf.matMul(x, w), b);
  return leak ? tf.leakyRelu(y, leak) : y;
}

// tunedLayer: the same; needs says which gradients the update asks for
function tunedLayer(x, { w, b }, leak, { dx, dw }) {
  const forward = (a, m, bias) => tf.fused.matMul({ a, b: m, bias, activation: leak ? "leakyrelu" : "linear", leakyreluAlpha: leak });
  const before = (dy, y) => (leak ? tf.where(tf.greater(y, 0), dy, tf.mul(dy, leak)) : dy);
  const toInput = (d, m) => tf.matMul(d, tf.transpose(m));
  const toWeights = (d, a) => [tf.matMul(tf.transpose(a), d), tf.sum(d, 0)];
  const graded = (value, save, kept, gradFunc) => (save([...kept, value]), { value, gradFunc });
  if (dx && dw) {
    return tf.customGrad((a, m, bias, save) => graded(forward(a, m, bias), save, [a, m], (dy, [a, m, y]) => {
      const d = before(dy, y);
      return [toInput(d, m), ...toWeights(d, a)];
    }))(x, w, b);
  }
  if (dw) {
    return tf.customGrad((m, bias, save) => graded(forward(x, m, bias), save, [x], (dy, [a, y]) => toWeights(before(dy, y), a)))(w, b);
  }
  if (dx) return tf.customGrad((a, save) => graded(forward(a, w, b), save, [w], (dy, [m, y]) => toInput(before(dy, y), m)))(x);
  return forward(x, w, b);
}

/** Dropout whose masks are cut from one large mask at random places. */
function maskDrawer(rate, most) {
  const pool = 2 * most;
  const mask = tf.mul(tf.cast(tf.greaterEqual(tf.randomUniform([pool]), rate), "float32"), 1 / (1 - rate));
  return (x) => tf.mul(x, tf.reshape(tf.slice1d(mask, Math.floor(Math.random() * (pool - x.size)), x.size), x.shape));
}
