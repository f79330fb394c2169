/** What the layers of networks are called, by the names that the trainer has for them, in each language. */
export const texts = {
  en: {
    sized: "{layer} {k}×{k}",
    layers: {
      image: "image", point: "point",
      dense: "dense", conv: "convolution", deconv: "transposed convolution", label: "label beside it", labelproduct: "label product",
      spectral: "spectral norm", equalized: "equalized", batchnorm: "BatchNorm", layernorm: "LayerNorm", pixelnorm: "PixelNorm", batchstd: "minibatch deviation",
      leaky: "LeakyReLU", relu: "ReLU", tanh: "tanh", sigmoid: "sigmoid", dropout: "dropout", noise: "noise", augment: "augmentation",
      upsample: "doubled", average: "averaged down", sum: "summed up", blur: "smoothed", pad: "padding", reshape: "reshape", asimage: "as an image", flatten: "flatten",
      residual: "residual block", projection: "verdict, label by projection", fade: "fade-in", named: "group",
    },
  },
  zh: {
    sized: "{k}×{k} {layer}",
    layers: {
      image: "图像", point: "点",
      dense: "全连接", conv: "卷积", deconv: "转置卷积", label: "附上标签", labelproduct: "标签内积",
      spectral: "谱归一化", equalized: "均衡学习率", batchnorm: "批归一化", layernorm: "层归一化", pixelnorm: "像素归一化", batchstd: "批内标准差",
      leaky: "LeakyReLU", relu: "ReLU", tanh: "tanh", sigmoid: "sigmoid", dropout: "随机丢弃", noise: "噪声", augment: "数据增强",
      upsample: "放大一倍", average: "平均池化", sum: "求和池化", blur: "平滑", pad: "填充", reshape: "变形", asimage: "读作图像", flatten: "展平",
      residual: "残差块", projection: "判断，标签用投影", fade: "渐入", named: "一组",
    },
  },
};
