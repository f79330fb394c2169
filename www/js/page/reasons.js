// The trainer's sentences are English. Those that a visitor meets are put into the page's language here; one that is not known
// stays as it is.

import { currentLanguage } from "../strings.js";

const listed = (names) => names.replaceAll(", ", "、").replace(" or ", " 或 ");

const chinese = [
  [/^Dataset own means your own pictures, .*$/, "数据集 own 指您自己的图片，而这里还没有：请先给出。"],
  [/^All (\d+) pictures of (.+) are equal: .*$/, "$2 的 $1 张图片完全相同：除了这一张图，什么也学不到。"],
  [/^The data are not those that the run learned from: there it was "(.*)" with (\d+) pictures, .* have (\d+)\.$/, "这不是训练所用的数据：当时是“$1”，$2 张图片，而给出的数据有 $3 张。"],
  [/^The data are not those that the run learned from: there are as many pictures as "(.*)" had then, .*$/, "这不是训练所用的数据：图片数与“$1”当时相同，但有些图片、顺序或标签已经改变。"],
  [/^The NumPy file is cut short.*$/, "NumPy 文件不完整。"],
  [/^The NumPy file goes on after .*$/, "NumPy 文件比文件头所说的更长。"],
  [/^The NumPy file holds values of type "(.*)": .*$/, "NumPy 文件中的数值类型是 $1：必须是 uint8、float32 或 float64（小端）。"],
  [/^The NumPy file has the shape \((.*)\): .*$/, "NumPy 文件的形状是（$1）：图片应为（N，高，宽），或（N，高，宽，通道），通道为 1、3 或 4。"],
  [/^The NumPy file has the number (\S+): .*$/, "NumPy 文件中有数值 $1：浮点图片必须在 [0, 1] 或 [−1, 1] 之内，其他的请存成 uint8。"],
  [/^The NumPy file is in Fortran's order: .*$/, "NumPy 文件是 Fortran 顺序：请保存 numpy.ascontiguousarray 的结果。"],
  [/^Dataset (\w+) holds points of the plane, and arch (\w+) makes pictures: .*$/, "数据集 $1 是平面上的点，而 $2 结构生成图像：arch 请取 mlp。"],
  [/^Dataset (\w+) has no labels: .*$/, "数据集 $1 没有标签：请关闭 conditional。"],
  [/^Dataset (\w+) holds points, and augment .*$/, "数据集 $1 是点，而增强只适用于图片：augment 请取 none。"],
  [/^Arch (\w+) with these widths halves images (\d+) times, and (\S+) cannot be: .* multiples of (\d+)\.$/, "以这些宽度，$1 结构要把图像减半 $2 次，而 $3 不行：请减少宽度，或用边长为 $4 的倍数的图像。"],
  [/^Arch sngan takes at least two feature-map widths.*$/, "sngan 结构的每个网络至少要两个宽度，例如 generator 64-32-32、discriminator 32-64-64。"],
  [/^Arch r3gan takes at least two feature-map widths.*$/, "r3gan 结构的每个网络至少要两个宽度，例如 generator 64-32-32、discriminator 32-32-64。"],
  [/^Arch progressive takes a width for each resolution.*$/, "progressive 结构每个分辨率要一个宽度，两个网络个数相同，例如 64-64-32-16 与 16-32-64-64。"],
  [/^Arch (\w+) takes no (norm|label_mode) (\w+): take (?:norm|label_mode) (.+)\.$/, (all, arch, field, value, take) => `${arch} 结构不能取 ${field} ${value}：${field} 请取 ${listed(take)}。`],
  [/^Arch (\w+) compares the samples of a batch by itself: take packing 1\.$/, "$1 结构自己会比较一批中的样本：packing 请取 1。"],
  [/^Packing (\d+) judges samples as one, and with conditional .*$/, "packing 为 $1 时几个样本合为一体判断，而 conditional 让每个样本有自己的标签：packing 请取 1，或关闭 conditional。"],
  [/^Packing (\d+) judges samples as one, and augment .*$/, "packing 为 $1 时几个样本合为一体判断，而增强要逐个变换：packing 请取 1，或 augment 取 none。"],
  [/^Packing (\d+) needs batches that are multiples of \d+, and batch is (\d+): take batch (\d+)\.$/, "packing 为 $1 时批大小必须是它的倍数，而 batch 为 $2：batch 请取 $3。"],
  [/^Warm_up (\S+) and hold (\S+) leave nothing of the run until anneal (\S+): .*$/, "warm_up $1 与 hold $2 之后，到 anneal $3 已没有余地：请增大 anneal，或减小前两者。"],
  [/^Loss (\S+) has this penalty already, .*: take (\w+) 0\.$/, "损失 $1 已有这项惩罚，其权重是 gp_weight：$2 请取 0。"],
  [/^R1_weight and r2_weight look at each image's own gradient, which norm (\w+) mixes .*: take norm (.+)\.$/, (all, norm, take) => `r1_weight 与 r2_weight 要用每张图像自己的梯度，而 norm ${norm} 会把它们混在一起：norm 请取 ${listed(take)}。`],
  [/^Arch progressive makes square images.*, not (.+)\.$/, "progressive 只能生成加边后边长为 2 的幂的正方形图像，而数据是 $1。"],
  [/^(\d+) widths grow to (\S+), and the images have (\S+): .*$/, "$1 个宽度会增长到 $2，而图像只有 $3：请减少宽度的个数。"],
  [/^Label_mode (\w+) needs conditional true\.$/, "label_mode 为 $1 时，conditional 必须为 true。"],
  [/^Loss (\S+) looks at each image's own gradient, which norm (\w+) mixes .*: take norm (.+)\.$/, (all, loss, norm, take) => `损失 ${loss} 要用每张图像自己的梯度，而 norm ${norm} 会把它们混在一起：norm 请取 ${listed(take)}。`],
  [/^The (generator|discriminator) would have (\d+) weights.*$/, "$1 会有 $2 个权重，超过六千四百万：请减小宽度。"],
  [/^Batch is (\d+) and the data set has only (\d+) samples.*$/, "批大小为 $1，而数据集只有 $2 个样本：请减小批大小。"],
  [/^Conditional needs labels, and the data set (\S+) has none\.$/, "conditional 需要标签，而数据集 $1 没有标签。"],
  [/^The run is over: .*$/, "训练已经结束：请增加轮数后继续，或重新开始。"],
  [/^The file is damaged: .*$/, "文件已损坏：内容与保存时不同。"],
  [/^The file is cut short: .*$/, "文件不完整，被截断了。"],
  [/^This is not a safetensors file.*$/, "这不是 safetensors 文件。"],
  [/^There is no run yet: start one first\.$/, "还没有训练：请先开始。"],
  [/^The trainer is not running\.$/, "训练程序没有运行。"],
  [/^Training uses one thread\.$/, "训练只用一个线程。"],
  [/^Workers share memory only on a page that is cross-origin isolated, .*$/, "只有与其他来源隔离的页面才能让多个 Worker 共享内存，而本页没有隔离。"],
  [/^This browser gives the page no shared memory\.$/, "此浏览器不提供共享内存。"],
  [/^A Worker was lost, so training goes on in one, from step (\d+)\.$/, "一个 Worker 丢失了，训练从第 $1 步起在单个 Worker 中继续。"],
  [/^The GPU (.*) takes (\S+) ms a step and the CPU took (\S+), so the GPU trains\.$/, "GPU $1 每步 $2 毫秒，处理器每步 $3 毫秒，因此用 GPU 训练。"],
  [/^The GPU (.*) takes (\S+) ms a step and the CPU takes (\S+), so the CPU trains\.$/, "GPU $1 每步 $2 毫秒，处理器每步 $3 毫秒，因此用处理器训练。"],
  [/^The GPU (.*) is tried\.$/, "正在试用 GPU $1。"],
  [/^This browser has no WebGPU(; so the CPU trains this run)?\.$/, (all, so) => `此浏览器没有 WebGPU${so ? "，因此由处理器训练" : ""}。`],
  [/^This browser has WebGPU, but finds no GPU for it(; so the CPU trains this run)?\.$/, (all, so) => `此浏览器有 WebGPU，但找不到可用的 GPU${so ? "，因此由处理器训练" : ""}。`],
  [/^A browser gives WebGPU to pages over https or from localhost alone(; so the CPU trains this run)?\.$/, (all, so) => `浏览器只对 https 或 localhost 的页面提供 WebGPU${so ? "，因此由处理器训练" : ""}。`],
  [/^The GPU (.*) was lost(?: \(.*\))?; training goes on on (it anew|the CPU), from step (\d+)\.$/s, (all, gpu, where, step) => `GPU ${gpu} 已丢失，训练从第 ${step} 步起${where === "the CPU" ? "在处理器上" : "在它上面重新"}继续。`],
  [/^The GPU (.*) ran out of memory: .*; training goes on on (it anew|the CPU), from step (\d+)\.$/s, (all, gpu, where, step) => `GPU ${gpu} 内存不足，训练从第 ${step} 步起${where === "the CPU" ? "在处理器上" : "在它上面重新"}继续：可以减小批大小或网络。`],
  [/^The GPU (.*) gives (\d+) .*, and (\d+) are needed(; so the CPU trains this run)?\.$/, (all, gpu, has, needs, so) => `GPU ${gpu} 的限额太小（${has}，需要 ${needs}）${so ? "，因此由处理器训练" : ""}。`],
  [/^(.*); training goes on on (?:it anew|the CPU), from step (\d+)\.$/s, "GPU 出错（$1），训练从第 $2 步起继续。"],
  [/^(.*); so the CPU trains this run\.$/s, "GPU 不能训练（$1），因此由处理器训练。"],
  [/^this browser has no relaxed SIMD\.?$/, "此浏览器没有 relaxed SIMD。"],
  [/^this browser has no SIMD\.?$/, "此浏览器没有 SIMD。"],
  [/^kernel modules are turned off\.?$/, "内核模块已关闭。"],
  [/^(\w+) cannot be changed on the way, since .*$/i, "$1 中途不能改变：请用它开始新的训练。"],
  [/^Ema cannot be switched on or off on the way: .*$/i, "ema 中途不能打开或关闭：请用它开始新的训练。"],
  [/^No whole state of this run is kept yet: .*$/, "还没有保存这次训练的完整状态：暂停一下就会有。"],
  [/^(\w+) cannot change while the run goes on: .*$/i, "$1 在训练进行中不能改变：请重新开始以采用它。"],
  [/^Ema cannot be switched on or off while the run goes on: .*$/i, "ema 在训练进行中不能打开或关闭：请重新开始以采用它。"],
  [/^The training diverged at step (\d+): a loss became (\S+), so the run went back to step (\d+)$/, "训练在第 $1 步发散：损失变为 $2，已回到第 $3 步；"],
  [/^The training diverged at step (\d+): a loss is (\S+)$/, "训练在第 $1 步发散：损失为 $2；"],
  [/^lower the learning rates\.$/, "请降低学习率。"],
  [/^(\w+) is (".*?"): it must be (?:.*)$/i, "$1 为 $2，不在允许的取值之内。"],
  [/^The real samples have not arrived yet: .*$/, "真实样本还没有到达：请稍后再试。"],
  [/^The digits to measure against have not arrived yet: .*$/, "用于测量的数字还没有到达：请稍后再试。"],
  [/^The judge knows only MNIST's digits\.$/, "小分类器只认识 MNIST 的数字。"],
  [/^This program has no judge to measure with\.$/, "这里没有用于测量的小分类器。"],
  [/^The data set has (\d+) samples: measuring takes (\d+)\.$/, "数据集只有 $1 个样本，而测量需要 $2 个。"],
  [/^The data set has only (\d+) samples, and (\d+) are looked at together\.$/, "数据集只有 $1 个样本，而这里要同时看 $2 个。"],
  [/^This engine's networks cannot be looked into: .*$/, "这个引擎的网络看不到内部。"],
  [/^The (generator|discriminator) has no layer "(.*?)"; .*$/, "$1 没有名为 $2 的层。"],
  [/^A batch of (\d+) cannot be shared by (\d+) (?:workers|threads).*$/, "大小为 $1 的一批不能由 $2 个 Worker 分担：请减少 Worker，或增大批。"],
  [/^This (?:generator|discriminator) was not told digits while it learned, .*$/, "这个网络学习时没有被告知数字，因此不能指定数字。"],
  [/^Digit is (-?\d+): it must be from 0 to (\d+).*$/, "数字为 $1：必须在 0 到 $2 之间。"],
  [/^Count is (-?\d+): .*$/, "数量为 $1：必须在 1 到 1000000 之间。"],
  [/^The number to write has (\d+) digits: at most (\d+) .*$/, "要写的数有 $1 位：最多 $2 位。"],
  [/^(".*?") cannot be written: take digits from 0 to (\d+)\.$/, "$1 写不了：请只用 0 到 $2 的数字。"],
  [/^This browser writes no picture of (\S+) pixels: .*$/, "此浏览器无法写出 $1 像素的图片：请减少数量，或保存为 GIF。"],
  [/^There is no tape yet: .*$/, "还没有打开录像：请先打开一个。"],
  [/^There are too many commands at once; try again\.$/, "同时发出的命令太多：请再试一次。"],
  [/^This run belongs to the command line that started it: .*$/, "这次训练属于启动它的命令行：可以暂停、单步和查看，但不能换成别的训练。"],
  [/^This page only looks at the run: .*$/, "本页只能观看：另一个页面在控制训练。"],
  [/^This link only looks at the run\.$/, "此链接只能观看。"],
  [/^A tape is replayed while training pauses: .*$/, "录像要在训练暂停时回放：请先暂停。"],
];

/** The trainer's sentences in the page's language. */
export function reasoned(text) {
  if (currentLanguage() !== "zh") return text;
  const whole = translated(text);
  return whole !== text ? whole : text.split(/(?<=\.) |; /).map(translated).join(" ");
}

function translated(sentence) {
  const branch = /^Step (\d+) cannot go on with (\w+) (\S*): (.*)$/s.exec(sentence);
  if (branch) return `第 ${branch[1]} 步不能以 ${branch[2]} ${branch[3]} 继续：${translated(branch[4][0].toUpperCase() + branch[4].slice(1))}`;
  const [pattern, words] = chinese.find(([p]) => p.test(sentence)) ?? [];
  return pattern ? sentence.replace(pattern, words) : sentence;
}
