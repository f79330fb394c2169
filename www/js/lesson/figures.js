// The lesson's drawings, in the colours and marks of the page: a teal circle is real, an orange diamond is fake.

/** An SVG element; styles come from lesson.css by class. */
function svg(tag, attributes = {}, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

const canvas = (width, height, ...children) => svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawing" }, ...children);
const label = (x, y, text, kind = "") => svg("text", { x, y, class: `label ${kind}` }, text);
const circle = (x, y, r = 5) => svg("circle", { cx: x, cy: y, r, class: "real" });
const diamond = (x, y, r = 5.5) => svg("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, class: "fake" });
const arrow = (x1, y1, x2, y2, kind = "") => {
  const along = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn) => `L${x2 - 7 * Math.cos(along + turn)} ${y2 - 7 * Math.sin(along + turn)}`;
  return svg("path", { d: `M${x1} ${y1}L${x2} ${y2}M${x2} ${y2}${wing(0.45)}M${x2} ${y2}${wing(-0.45)}`, class: `arrow ${kind}` });
};
const box = (x, y, w, h, kind, text) => svg("g", {}, svg("rect", { x, y, width: w, height: h, rx: 9, class: `box ${kind}` }), label(x + w / 2, y + h / 2 + 6, text, "big"));

/** A curve y = f(u) for u from a to b, in a frame at x, y of w × h where y runs from low to high upwards. */
function curve(f, [a, b], [low, high], { x, y, w, h }, kind) {
  const n = 120;
  const points = Array.from({ length: n + 1 }, (_, i) => {
    const u = a + ((b - a) * i) / n;
    const v = Math.max(low, Math.min(high, f(u)));
    return `${(x + (w * i) / n).toFixed(1)} ${(y + h - (h * (v - low)) / (high - low)).toFixed(1)}`;
  });
  return svg("path", { d: `M${points.join("L")}`, class: `curve ${kind}` });
}

const line = (x1, y1, x2, y2, kind = "axis") => svg("path", { d: `M${x1} ${y1}L${x2} ${y2}`, class: kind });

export const figures = {
  /** Noise → G → fake, and fake or real → D → verdict. */
  game() {
    const noise = [[0, 14], [13, 3], [26, 17], [8, 29], [21, 34], [34, 28], [36, 6]].map(([x, y]) => svg("circle", { cx: 22 + x, cy: 34 + y, r: 2.6, class: "grain" }));
    return canvas(520, 150, ...noise, label(40, 96, "z"), arrow(72, 52, 104, 52), box(110, 26, 72, 52, "g", "G"), arrow(186, 52, 218, 52, "of-fake"), diamond(236, 52, 11),
      circle(236, 118, 10), arrow(256, 56, 308, 74, "of-fake"), arrow(256, 114, 308, 92, "of-real"), box(314, 57, 72, 52, "d", "D"), arrow(390, 83, 422, 83), label(470, 89, "D(x)"));
  },

  /** Two densities and the best discriminator under them. */
  best() {
    const bell = (m, s) => (u) => Math.exp(-((u - m) ** 2) / (2 * s * s)) / s;
    const data = bell(-0.9, 0.9), made = bell(1.1, 1.1);
    const top = { x: 30, y: 12, w: 460, h: 86 }, low = { x: 30, y: 122, w: 460, h: 72 };
    return canvas(520, 206, line(30, 98, 490, 98), curve(data, [-4, 4], [0, 1.15], top, "of-real"), curve(made, [-4, 4], [0, 1.15], top, "of-fake dashed"), circle(158, 14), diamond(392, 20),
      line(30, 158, 490, 158, "axis faint"), line(30, 194, 490, 194), curve((u) => data(u) / (data(u) + made(u)), [-4, 4], [0, 1], low, "plain"), label(16, 128, "1"), label(16, 163, "½"), label(16, 199, "0"));
  },

  /** −log σ(l) and log(1 − σ(l)) over the logit l. */
  losses() {
    const sigmoid = (u) => 1 / (1 + Math.exp(-u));
    const frame = { x: 40, y: 12, w: 450, h: 160 }, middle = 12 + 160 / 2;
    return canvas(520, 200, line(40, middle, 490, middle), line(265, 12, 265, 172, "axis faint"), curve((u) => -Math.log(sigmoid(u)), [-5, 5], [-5.2, 5.2], frame, "of-fake"),
      curve((u) => Math.log(1 - sigmoid(u)), [-5, 5], [-5.2, 5.2], frame, "of-fake dashed"), label(265, 192, "0"), label(48, 192, "−5"), label(484, 192, "5"), label(160, 38, "−log D"), label(360, 158, "log(1 − D)"));
  },

  /** D, G, D, G, …: whose turn it is. */
  turns() {
    const turns = Array.from({ length: 8 }, (_, i) => box(14 + 63 * i, i % 2 ? 62 : 14, 48, 40, i % 2 ? "g" : "d", i % 2 ? "G" : "D"));
    const between = Array.from({ length: 7 }, (_, i) => arrow(14 + 63 * i + 50, i % 2 ? 72 : 44, 14 + 63 * (i + 1) - 3, i % 2 ? 46 : 70));
    return canvas(520, 116, ...turns, ...between);
  },

  /** A ring of eight modes, one of them found. */
  collapse() {
    const around = (i, n, r) => [110 + r * Math.cos((2 * Math.PI * i) / n), 110 + r * Math.sin((2 * Math.PI * i) / n)];
    const scatter = [[0, 0], [9, 4], [-8, 5], [3, -9], [-5, -7], [6, 11]];
    const modes = Array.from({ length: 8 }, (_, i) => around(i, 8, 82)).flatMap(([x, y]) => scatter.slice(0, 5).map(([dx, dy]) => circle(x + dx, y + dy, 3.4)));
    const [x, y] = around(7, 8, 82);
    return canvas(220, 220, ...modes, ...scatter.map(([dx, dy]) => diamond(x + 1.25 * dx + 3, y + 1.25 * dy - 2, 4.6)));
  },

  /** One fake at a time, and four from one place beside four real points. */
  packing() {
    const sheet = (x, w) => svg("rect", { x, y: 14, width: w, height: 56, rx: 10, class: "sheet" });
    const four = (x, mark, places) => places.map(([dx, dy]) => mark(x + dx, 42 + dy, 7));
    const apart = [[24, -8], [66, 10], [104, -12], [146, 6]], alike = [[70, -6], [86, 4], [98, -5], [84, -10]];
    return canvas(520, 116, sheet(14, 56), ...four(14, diamond, [[28, 0]]), label(42, 96, "?"), sheet(110, 174), ...four(110, circle, apart), label(197, 96, "x x x x"),
      sheet(322, 174), ...four(322, diamond, alike), label(409, 96, "G(z) × 4"));
  },

  /** A picture of a 3 at four resolutions. */
  growth() {
    const inked = (u, v) => {
      const bow = (cy) => Math.abs(Math.hypot((u - 0.47) / 1.05, v - cy) - 0.165) < 0.052 && (u > 0.42 || Math.abs(v - cy) > 0.11);
      return bow(0.335) || bow(0.665);
    };
    const sheet = (n, x, size) => {
      const cell = size / n, fine = 4;
      const cells = [];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let ink = 0;
          for (let a = 0; a < fine; a++) for (let b = 0; b < fine; b++) ink += inked((j + (b + 0.5) / fine) / n, (i + (a + 0.5) / fine) / n) ? 1 : 0;
          if (ink) cells.push(svg("rect", { x: x + j * cell, y: 10 + i * cell, width: cell + 0.15, height: cell + 0.15, class: "ink", "fill-opacity": (ink / fine ** 2) ** 0.7 }));
        }
      }
      return [svg("rect", { x, y: 10, width: size, height: size, rx: 4, class: "sheet" }), ...cells, label(x + size / 2, 10 + size + 20, `${n} × ${n}`)];
    };
    return canvas(520, 140, ...[4, 8, 16, 32].flatMap((n, i) => sheet(n, 12 + 134 * i, 94)), ...[0, 1, 2].map((i) => arrow(111 + 134 * i, 57, 141 + 134 * i, 57, "of-fake")));
  },
};
