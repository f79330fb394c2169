/** What the drawing writes itself, by its English words, in each language. */
export const texts = {
  en: {
    drawn: Object.fromEntries([
      "Fake", "Real", "fake", "real", "modes", "step", "The plane through A, B and C", "The way from A to B", "Here", "Click a fake to make it", "Noise: the plane through A, B and C",
      "Where the generator puts it, among real points", "Draw here", "What D is shown", "D's verdict", "Which digit, says a judge", "Weights", "Activations", "Weights over time", "Gradients over time",
      "D's wish", "D's loss", "G's loss", "Distance",
    ].map((words) => [words, words])),
  },
  zh: {
    drawn: {
      Fake: "假", Real: "真", fake: "假", real: "像真", modes: "个团", step: "步", "The plane through A, B and C": "过 A、B、C 的平面", "The way from A to B": "从 A 到 B 的路", Here: "这里", "Click a fake to make it": "点一张假图，作为",
      "Noise: the plane through A, B and C": "噪声：过 A、B、C 的平面", "Where the generator puts it, among real points": "生成器把它放在真实的点中的何处", "Draw here": "在这里画", "What D is shown": "判别器看到的", "D's verdict": "判别器的判断",
      "Which digit, says a judge": "评判者认为是哪个数字", Weights: "权重", Activations: "激活", "Weights over time": "权重随时间", "Gradients over time": "梯度随时间", "D's wish": "判别器的心愿", "D's loss": "判别器的损失", "G's loss": "生成器的损失", Distance: "距离",
    },
  },
};

export const words = Object.keys(texts.en.drawn);
