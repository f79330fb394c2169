// Every text of the page, in English and Chinese. Elements name theirs by data-t (text), data-t-label (aria-label) or
// data-t-title (title); scripts call t(name, values), which puts values into {braces}.

const table = {
  en: {
    skip: "Skip to the controls", language: "Language", stage: "Studio", studio: "Digits and curves",
    tagline: "Two networks are playing a game in this tab: one draws digits, the other tells them from real ones. Watch both learn.",
    fakes: "The generator’s digits (fake)", reals: "Real digits",
    verdict: "Under each: how real the discriminator takes it to be, from 0 to 1",
    loading: "Loading the trainer…", progress: "Digits loaded", controls: "Controls",
    play: "Play", pause: "Pause", step: "One step", reset: "Start over",
    nStep: "Step", nEpoch: "Epoch", nRate: "Images/s", nMs: "ms/step",
    experiment: "The experiment", preset: "Preset", custom: "your own", seed: "Seed",
    lrG: "Generator’s learning rate", lrD: "Discriminator’s learning rate",
    weights: "Weights", save: "Save run", saveWeights: "Save weights only", load: "Load…",
    drop: "Or drop a .safetensors file anywhere on the page.",
    pictures: "Pictures", png: "PNG of the grid", gif: "GIF of the run", count: "How many", digit: "Digit", any: "any", generate: "Generate",
    generated: "{n} generated digits", keys: "Keys", keysText: "Space plays and pauses, S does one step, R starts over, ? opens this.",
    close: "Close", again: "Start the trainer again",
    askReset: "Start over? The run so far is lost unless you saved it.",
    engine: "Computed by {engine}, {threads, one thread|threads}. {g} weights in the generator, {d} in the discriminator.",
    sayLoading: "{have} of {total} digits have arrived.",
    sayRun: "{state}. Step {step}, epoch {epoch}. The canvas shows {fakes} digits drawn by the generator and {reals} real ones. The discriminator takes real digits to be real with {pReal} on average, fakes with {pFake}.",
    running: "Training", paused: "Paused", finished: "The run is over", stopped: "Stopped", diverged: "The run diverged", failed: "The run failed",
    noWasm: "This browser has no WebAssembly, which Ganvas computes with: a current Firefox, Chrome, Edge or Safari has it.",
    noWorker: "This browser does not let the page start a Worker, in which Ganvas trains: allow it, or use another browser.",
    noWebGL: "This browser has no WebGL 2, so the curves are not drawn; the generator’s digits are shown plainly and training goes on.",
    noStudio: "The drawing program could not be loaded ({why}); the generator’s digits are shown plainly and training goes on.",
    crashed: "The trainer stopped: {why}. What was saved is safe.",
    badUrl: "In the page’s address: {why}",
    noConfig: "The page’s settings could not be loaded ({why}): reload the page.",
    loaded: "The run in {name} goes on from step {step}.", loadedG: "The generator in {name} was loaded; its discriminator starts anew.",
    tooLarge: "{name} has {size} MB, more than the 512 MB that a page can take.",
    value: "{name}: {why}",
  },
  zh: {
    skip: "跳到控制区", language: "语言", stage: "工作室", studio: "数字与曲线",
    tagline: "两个网络正在这个标签页里博弈：一个画数字，另一个分辨真假。看着它们一起学习。",
    fakes: "生成器画的数字（假）", reals: "真实数字", verdict: "每个数字下面：判别器认为它有多真，从 0 到 1",
    loading: "正在加载训练程序……", progress: "已加载的数字", controls: "控制区",
    play: "播放", pause: "暂停", step: "单步", reset: "重新开始",
    nStep: "步数", nEpoch: "轮次", nRate: "图像/秒", nMs: "毫秒/步",
    experiment: "实验", preset: "预设", custom: "自定义", seed: "随机种子", lrG: "生成器学习率", lrD: "判别器学习率",
    weights: "权重", save: "保存训练", saveWeights: "只保存权重", load: "载入……", drop: "也可以把 .safetensors 文件拖到页面任意位置。",
    pictures: "图片", png: "网格 PNG", gif: "训练过程 GIF", count: "数量", digit: "数字", any: "任意", generate: "生成",
    generated: "生成的 {n} 个数字", keys: "快捷键", keysText: "空格键播放或暂停，S 单步，R 重新开始，? 打开此说明。",
    close: "关闭", again: "重新启动训练程序", askReset: "重新开始吗？尚未保存的训练会丢失。",
    engine: "计算引擎：{engine}，{threads} 个线程。生成器 {g} 个权重，判别器 {d} 个。",
    sayLoading: "已到达 {total} 个数字中的 {have} 个。",
    sayRun: "{state}。第 {step} 步，第 {epoch} 轮。画布上有生成器画的 {fakes} 个数字和 {reals} 个真实数字。判别器认为真实数字为真的平均概率是 {pReal}，假数字是 {pFake}。",
    running: "训练中", paused: "已暂停", finished: "训练结束", stopped: "已停止", diverged: "训练发散", failed: "训练失败",
    noWasm: "这个浏览器没有 WebAssembly，而 Ganvas 靠它计算：请使用较新的 Firefox、Chrome、Edge 或 Safari。",
    noWorker: "这个浏览器不允许页面启动 Worker，而 Ganvas 在其中训练：请允许，或换一个浏览器。",
    noWebGL: "这个浏览器没有 WebGL 2，因此不画曲线；生成的数字以简单方式显示，训练继续。",
    noStudio: "绘图程序无法加载（{why}）；生成的数字以简单方式显示，训练继续。",
    crashed: "训练程序停止了：{why}。已保存的内容不受影响。", badUrl: "页面地址中：{why}", noConfig: "页面设置无法加载（{why}）：请重新加载页面。",
    loaded: "{name} 中的训练从第 {step} 步继续。", loadedG: "已载入 {name} 中的生成器；判别器从头开始。",
    tooLarge: "{name} 有 {size} MB，超过页面能接受的 512 MB。", value: "{name}：{why}",
  },
};

export const languages = Object.keys(table);
let language = "en";

/** The text of that name with values put in; {n, one|many} chooses by n being 1. */
export function t(name, values = {}) {
  const text = table[language][name] ?? table.en[name];
  if (text === undefined) throw new Error(`no text is called ${name}`);
  return text.replace(/\{(\w+)(?:, ([^|}]+)\|([^}]+))?\}/g, (_, key, one, many) => {
    const v = values[key];
    if (one === undefined) return v;
    return v === 1 ? one : `${v} ${many}`;
  });
}

export function currentLanguage() {
  return language;
}

/** Puts the whole page into a language. */
export function speak(code) {
  language = languages.includes(code) ? code : "en";
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of document.querySelectorAll("[data-t-label]")) e.setAttribute("aria-label", t(e.dataset.tLabel));
  for (const e of document.querySelectorAll("[data-t-title]")) e.title = t(e.dataset.tTitle);
}

/** What each language's table has and another lacks, for tests. */
export function untranslated() {
  return languages.flatMap((a) => languages.flatMap((b) => Object.keys(table[a]).filter((k) => !(k in table[b])).map((k) => `${b}: ${k}`)));
}
