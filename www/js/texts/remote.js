// A run that another process carries.

const en = {
  computesOn: "Computed on {where}.", computesBy: "Computed on {where} by {engine}.", reconnecting: "No connection to {where}: the run may go on there. Trying again…",
  anotherDrives: "Another page drives the run; this one looks.", nobodyDrives: "This page looks; nobody drives the run.",
  viewers: "{n} pages look at it.", driveHere: "Drive it here", headlineRemote: "Two networks play a game on {where}.",
  connectionLost: "The connection was lost before the answer came.", noConnection: "There is no connection to the process that trains: wait until it is back.",
  ownGoes: "They go to the process on {where}, which trains on them.",
  tooMuch: "That is {size} MB at once, and the process that trains takes {most} MB from this page: take less, or name the files to the process (--data, --resume).",
  wrongToken: "The process asks for a token, and this page has none or a wrong one: open the link that it printed.",
  tooManyViewers: "Too many pages look at this run already: close one of them and reload.",
  noProcess: "No run answers at {url}: is the process there, and does it let this page in (--allow-origin)?",
  otherVersion: "The process is of another version than this page: reload it, or build both anew.",
  otherAsked: "The address asks for another experiment than the one that goes on here.", startAsked: "Start that one",
  isTrainer: "self or ws://HOST:PORT",
  runsWatched: "Runs that are watched", runsTitle: "All runs", runLosses: "losses D {d}, G {g}", runCovered: "{n} covered", runFirst: "seed {seed}", runSame: "the same recipe and seed",
  compareWatched: "Each computes in its own process at its own pace.", runStep: "step {step}", runAway: "no connection", runWaits: "paused", runOver: "over",
};

const zh = {
  computesOn: "在 {where} 上计算。", computesBy: "由 {engine} 在 {where} 上计算。", reconnecting: "与 {where} 的连接断开了：训练可能仍在那里进行。正在重新连接……",
  anotherDrives: "另一个页面在控制训练，本页只能观看。", nobodyDrives: "本页只能观看，没有页面在控制训练。",
  viewers: "共有 {n} 个页面在看。", driveHere: "由本页控制", headlineRemote: "两个网络正在 {where} 上对弈。",
  connectionLost: "回答到来之前连接断开了。", noConnection: "与训练进程没有连接：请等它恢复。",
  ownGoes: "数据会传给 {where} 上的训练进程。",
  tooMuch: "一次要传 {size} MB，而训练进程最多接受本页 {most} MB：请减少数据，或在启动进程时指定文件（--data、--resume）。",
  wrongToken: "该进程需要令牌，而本页没有或令牌有误：请打开它打印出的链接。",
  tooManyViewers: "已有太多页面在看这次训练：请关闭一个后刷新。",
  noProcess: "{url} 没有应答：进程在运行吗？它是否允许本页连接（--allow-origin）？",
  otherVersion: "进程与本页的版本不同：请刷新页面，或重新构建两者。",
  otherAsked: "网址要求的实验与这里正在进行的不同。", startAsked: "开始那个实验",
  isTrainer: "self 或 ws://主机:端口",
  runsWatched: "正在观看的训练", runsTitle: "所有训练", runLosses: "损失 D {d}，G {g}", runCovered: "覆盖 {n}", runFirst: "种子 {seed}", runSame: "配方与种子相同",
  compareWatched: "两者各在自己的进程中以自己的速度计算。", runStep: "第 {step} 步", runAway: "没有连接", runWaits: "已暂停", runOver: "已结束",
};

export const texts = { en, zh };
