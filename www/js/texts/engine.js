// What computes the run.

export const texts = {
  en: {
    engineOf: "Computed by",
    engineSays: "The run goes on where it is. A GPU is often many times as fast as the processor; “whichever is faster” times both for a few steps.",
    onCPU: "the processor", onGPU: "the GPU (WebGPU)", onHalf: "the GPU, float16 factors", onFaster: "whichever is faster",
    engineGPU: "Computed by {engine}. {g} weights in the generator, {d} in the discriminator.",
  },
  zh: {
    engineOf: "计算设备",
    engineSays: "训练会原样继续。GPU 往往比处理器快许多倍；“较快的一个”会先各计时几步。",
    onCPU: "处理器", onGPU: "GPU（WebGPU）", onHalf: "GPU，因子用 float16", onFaster: "较快的一个",
    engineGPU: "计算引擎：{engine}。生成器 {g} 个权重，判别器 {d} 个。",
  },
};
