/** Texts of the main controls beside the drawing and of the experiments to try, in each language. */
export const texts = {
  en: {
    dials: "Main controls", dialApply: "Start anew", lost: "The {n} steps so far are lost.",
    dialRate: "Learning rate", dialUpdates: "Updates", dialLayers: "{net}: units or feature maps of each hidden layer", dialWidth: "{net}, hidden layer {n}: width",
    dialFewer: "{what}: fewer", dialMore: "{what}: more", dialLess: "{net}: one hidden layer less", dialAdd: "{net}: one hidden layer more", dialWritten: "Written out layer by layer in the settings",
    plain: {
      quick: "{name} · shapes in seconds", classic: "{name} · the textbook GAN", dcgan: "{name} · convolutions", conditional: "{name} · by label", acgan: "{name} · D names the label", lsgan: "{name} · squared distance",
      "wgan-gp": "{name} · a smooth critic", sngan: "{name} · residual, by label", r3gan: "{name} · the modern recipe", progressive: "{name} · grows from 4×4", "colour-32": "{name} · flowers", "colour-64": "{name} · larger flowers", "ring-2d": "{name} · eight clumps", points: "{name} · 25 clumps",
    },
    plainChoices: {
      loss: {
        bce: "{name} · cross-entropy", minimax: "{name} · the original", lsgan: "{name} · squared distance", hinge: "{name} · up to a margin", "wgan-gp": "{name} · a smooth critic", r1: "{name} · D flat at real", relativistic: "{name} · to the average",
        r3gan: "{name} · in pairs",
      },
      arch: { mlp: "{name} · dense layers", dcgan: "{name} · convolutions", sngan: "{name} · residual blocks", r3gan: "{name} · residual, no norm", progressive: "{name} · grows" },
    },
    tryThis: "Try this…", tryLook: "What to look for: {what}",
    tries: {
      digits: { name: "Digits out of noise", look: "strokes come within seconds, then digits. D is right nearly always at first, and less as the fakes get better." },
      ring: { name: "The whole game in the plane", look: "the fakes follow the arrows into the eight clumps, and the thick line, where D cannot tell, moves with them." },
      spiral: { name: "A spiral", look: "a thin curve is harder than clumps: see how G has to bend and stretch its square sheet of noise (switch its grid on)." },
      collapse: { name: "A collapse", look: "D learns too fast for this small G, and the fakes crowd into a few of the eight clumps and stay there." },
      cured: { name: "The same, cured by R1", look: "only a penalty on D’s slope at real points is new: D’s field is gentler, and the fakes reach nearly all clumps." },
      won: { name: "D wins", look: "D is right nearly always, its loss goes to 0, and with this loss G’s gradient fades: the pictures stop getting better." },
      wild: { name: "Rates far too high", look: "losses jump about and the pictures break. Lower both learning rates: they act at once." },
      asked: { name: "Ask for a digit", look: "both networks are told the digit, so each column of fakes becomes one digit." },
      growing: { name: "Networks that grow", look: "pictures begin at 4×4 pixels and double their resolution again and again." },
      flowers: { name: "Flowers in colour", look: "colours come first, then shapes. Each step costs far more than a step on digits." },
    },
  },
  zh: {
    dials: "主要控制", dialApply: "重新开始", lost: "目前的 {n} 步会丢失。",
    dialRate: "学习率", dialUpdates: "更新", dialLayers: "{net}：各隐藏层的单元数或特征图数", dialWidth: "{net}，第 {n} 个隐藏层的宽度",
    dialFewer: "{what}：减少", dialMore: "{what}：增加", dialLess: "{net}：减少一个隐藏层", dialAdd: "{net}：增加一个隐藏层", dialWritten: "在设置里逐层写出",
    plain: {
      quick: "{name} · 几秒见形", classic: "{name} · 教科书 GAN", dcgan: "{name} · 卷积", conditional: "{name} · 按标签", acgan: "{name} · 判别器认标签", lsgan: "{name} · 平方距离",
      "wgan-gp": "{name} · 平滑的评判器", sngan: "{name} · 残差，可指定", r3gan: "{name} · 现代配方", progressive: "{name} · 从 4×4 长大", "colour-32": "{name} · 花朵", "colour-64": "{name} · 更大的花朵", "ring-2d": "{name} · 八团点", points: "{name} · 二十五团点",
    },
    plainChoices: {
      loss: {
        bce: "{name} · 交叉熵", minimax: "{name} · 最初的博弈", lsgan: "{name} · 平方距离", hinge: "{name} · 到间隔为止", "wgan-gp": "{name} · 平滑的评判器", r1: "{name} · 真实处平坦", relativistic: "{name} · 与平均比较",
        r3gan: "{name} · 成对比较",
      },
      arch: { mlp: "{name} · 全连接", dcgan: "{name} · 卷积", sngan: "{name} · 残差块", r3gan: "{name} · 残差，无归一化", progressive: "{name} · 逐步增长" },
    },
    tryThis: "试一试…", tryLook: "看点：{what}",
    tries: {
      digits: { name: "从噪声到数字", look: "几秒内出现笔画，然后是数字。判别器起初几乎总是对的，假图越好，它对得越少。" },
      ring: { name: "平面上的整个博弈", look: "假点沿着箭头走进八个团，判别器分不清的那条粗线也跟着移动。" },
      spiral: { name: "螺旋", look: "细曲线比团难：看生成器怎样弯曲和拉伸它那张方形的噪声（打开网格）。" },
      collapse: { name: "坍塌", look: "判别器学得太快，小生成器跟不上：假点挤进八团中的几团，再也不出来。" },
      cured: { name: "同一个实验，用 R1 治好", look: "只多了一项：惩罚判别器在真实点处的斜率。它的场更平缓，假点几乎到达所有团。" },
      won: { name: "判别器赢了", look: "判别器几乎总是对的，损失趋向 0；用这种损失，生成器的梯度会消失，图片不再变好。" },
      wild: { name: "学习率太高", look: "损失乱跳，图片崩坏。调低两个学习率，立即生效。" },
      asked: { name: "指定数字", look: "两个网络都被告知数字，所以每一列假图会变成同一个数字。" },
      growing: { name: "会长大的网络", look: "图片从 4×4 像素开始，分辨率一次次加倍。" },
      flowers: { name: "彩色花朵", look: "先有颜色，再有形状。每一步比数字的一步费时得多。" },
    },
  },
};
