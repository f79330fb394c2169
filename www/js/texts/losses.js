/** Texts of each loss, in each language: what it is, where it is chosen, and what its values mean, below the curves. */
const losses = {
  bce: {
    en: ["Cross-entropy; G’s loss does not fade when D wins.", "Cross-entropy: 1.39 for the discriminator and 0.69 for the generator is a draw; the discriminator near 0 has won."],
    zh: ["交叉熵；判别器占上风时，生成器的梯度不会消失。", "交叉熵：判别器 1.39、生成器 0.69 为平局；判别器接近 0 说明它赢了。"],
  },
  minimax: {
    en: ["The original game; G’s gradient fades when D wins.", "The original game: the generator’s loss is −0.69 at a draw, and its gradient fades when the discriminator wins."],
    zh: ["最初的博弈；判别器占上风时，生成器的梯度会消失。", "最初的博弈：平局时生成器的损失为 −0.69；判别器占优时它的梯度会消失。"],
  },
  lsgan: {
    en: ["Squared distance from the targets 0 and 1.", "Least squares: 0.25 for the discriminator and 0.125 for the generator is a draw; at 0 the discriminator tells all fakes from real ones."],
    zh: ["与目标 0 和 1 的平方距离。", "最小二乘：判别器 0.25、生成器 0.125 为平局；判别器为 0 时能识破所有假样本。"],
  },
  hinge: {
    en: ["Scores count up to a margin of 1.", "Hinge: the discriminator’s loss is 2 at a draw and 0 when every score is beyond its margin; the generator’s is minus the mean score of fakes and may have any sign."],
    zh: ["得分只在间隔 1 以内起作用。", "铰链损失：平局时判别器为 2，所有评分都越过间隔时为 0；生成器的损失是假样本平均评分的相反数，正负都正常。"],
  },
  "wgan-gp": {
    en: ["A critic whose slope is held at 1.", "Minus the discriminator’s loss estimates how far fakes are from real samples (Wasserstein); it falls towards 0 as they meet. The generator’s loss may have any value."],
    zh: ["斜率保持为 1 的评判器。", "判别器损失的相反数估计假样本与真样本之间的距离（Wasserstein），两者靠近时趋向 0；生成器的损失取任何值都正常。"],
  },
  r1: {
    en: ["Cross-entropy, with D kept flat at real images.", "Cross-entropy with a penalty on the discriminator’s gradient at real samples: near 1.39 and 0.69 the game is balanced."],
    zh: ["交叉熵，并让判别器在真实图像处保持平坦。", "交叉熵，外加对判别器在真实样本处梯度的惩罚：接近 1.39 和 0.69 时势均力敌。"],
  },
  relativistic: {
    en: ["Is the real one more real than the average fake?", "Relativistic: the discriminator judges whether real samples look more real than the average fake; 1.39 for both is a draw."],
    zh: ["真实图像是否比平均的假图像更真？", "相对平均：判别器判断真实样本是否比平均的假样本更真；两者都是 1.39 为平局。"],
  },
  r3gan: {
    en: ["Is the real one more real than the fake beside it? D is kept flat at both.", "Relativistic pairs: the discriminator judges whether a real sample looks more real than the fake beside it, and must not be steep at either; 0.69 for both is a draw."],
    zh: ["真图是否比与它配对的假图更真？并让判别器在两者处保持平坦。", "成对相对：判别器判断真样本是否比与它配对的假样本更真，并且在两者处都不能太陡；两者都是 0.69 为平局。"],
  },
};

const of = (language) => ({
  choices: { loss: Object.fromEntries(Object.entries(losses).map(([name, texts]) => [name, texts[language][0]])) },
  lossSays: Object.fromEntries(Object.entries(losses).map(([name, texts]) => [name, texts[language][1]])),
});

export const texts = { en: of("en"), zh: of("zh") };
