/** Texts of the tape that replays a run, in each language. */
export const texts = {
  en: {
    tape: "The run that made these weights", tapeSays: "This generator was kept along its training. Move through it, or let it play; what you generate comes from where it stands.",
    tapePlace: "Place in the run", tapePlay: "Replay the training", tapeStop: "Stop", tapeGif: "GIF of the training", tapeAt: "Epoch {epoch} of {of} (step {step})", taped: "with its training",
  },
  zh: {
    tape: "这份权重的训练过程", tapeSays: "这个生成器在训练途中的样子都留了下来。拖动滑块，或让它自动重放；生成图片时，用的就是滑块所在那一刻的生成器。",
    tapePlace: "训练中的位置", tapePlay: "重放训练", tapeStop: "停止", tapeGif: "导出训练过程 GIF", tapeAt: "第 {epoch} / {of} 轮（第 {step} 步）", taped: "附训练过程",
  },
};
