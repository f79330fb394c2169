/** Texts of the page on paper, in each language. */
export const texts = {
  en: {
    paperRun: { digits: "Step {step} · epoch {epoch} of {epochs} · {images} images seen · {date}", points: "Step {step} · epoch {epoch} of {epochs} · {images} points seen · {date}", pictures: "Step {step} · epoch {epoch} of {epochs} · {images} pictures seen · {date}" },
    paperCurves: "The run until now: D’s mean verdicts and both losses", paperRecipe: "Recipe", paperBold: "Bold: not as the preset has it.", paperAddress: "Whoever opens this address starts the same experiment:",
    paperPoints: "Real points (circles) and the generator’s (diamonds)",
  },
  zh: {
    paperRun: { digits: "第 {step} 步 · 第 {epoch} 轮，共 {epochs} 轮 · 已看 {images} 张图 · {date}", points: "第 {step} 步 · 第 {epoch} 轮，共 {epochs} 轮 · 已看 {images} 个点 · {date}", pictures: "第 {step} 步 · 第 {epoch} 轮，共 {epochs} 轮 · 已看 {images} 张图 · {date}" },
    paperCurves: "到目前为止：判别器的平均判断和两个损失", paperRecipe: "配方", paperBold: "粗体：与预设不同。", paperAddress: "打开这个地址，就开始同一个实验：",
    paperPoints: "真实的点（圆）和生成器的点（菱形）",
  },
};
