// A picture of a run's curves, as PNG: both losses and D's verdicts over the steps, from the log that the trainer exports.

import { grouped, t } from "../strings.js";

const [wide, high] = [1200, 900];
const margin = { left: 70, right: 140, top: 60, between: 80, bottom: 50 };
const most = 1000; // points of a curve

/** Draws a log, {rows, order}, with the page's colours, D's verdicts being probabilities or scores; resolves to a Blob. */
export function drawCurves(log, title, scores = false) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [wide, high];
  const style = getComputedStyle(document.documentElement);
  paintCurves(canvas, log, title, { scores, colour: (name) => style.getPropertyValue(name).trim() });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** Draws a log over a whole canvas; colour gives the page's colours by name. */
export function paintCurves(canvas, { rows, order }, title, { scores, colour }) {
  const c = canvas.getContext("2d"), { width: wide, height: high } = canvas;
  c.fillStyle = colour("--card");
  c.fillRect(0, 0, wide, high);
  c.font = "600 20px system-ui, sans-serif";
  c.fillStyle = colour("--ink");
  c.fillText(title, margin.left, 34);
  const plot = (high - margin.top - margin.between - margin.bottom) / 2;
  const column = (name) => means(rows, order.indexOf(name));
  const charts = [
    { top: margin.top, name: t("curveLoss"), curves: [["D", column("loss_d"), true], ["G", column("loss_g"), false]] },
    { top: margin.top + plot + margin.between, name: t("curveVerdict"), curves: [["D(x)", column("p_real"), true], ["D(G(z))", column("p_fake"), false]], range: scores ? null : [0, 1] },
  ];
  const last = rows.at(-1)?.[0] ?? 1, first = Math.max(0, (rows[0]?.[0] ?? 1) - 1); // a run that went on from a file is known from there
  for (const { top, name, curves, range } of charts) {
    const values = curves.flatMap(([, points]) => points.map(([, v]) => v));
    const [low, highest] = range ?? [Math.min(0, ...values), Math.max(0.1, ...values)];
    const x = (step) => margin.left + ((wide - margin.left - margin.right) * (step - first)) / (last - first);
    const y = (v) => top + plot * (1 - (v - low) / (highest - low));
    c.font = "16px system-ui, sans-serif";
    c.lineWidth = 1;
    c.fillStyle = colour("--soft");
    c.fillText(name, margin.left, top - 10);
    for (let k = 0; k <= 4; k++) {
      const v = low + ((highest - low) * k) / 4;
      c.strokeStyle = colour("--line");
      line(c, [[margin.left, y(v)], [wide - margin.right, y(v)]]);
      c.textAlign = "right";
      c.fillText(v.toFixed(2), margin.left - 8, y(v) + 5);
      c.textAlign = "center";
      const step = first + ((last - first) * k) / 4;
      c.fillText(grouped(Math.round(step)), x(step), top + plot + 24);
    }
    c.textAlign = "left";
    c.lineWidth = 2;
    for (const [, points, real] of curves) {
      if (points.length === 0) continue;
      c.strokeStyle = c.fillStyle = colour(real ? "--real" : "--fake");
      c.setLineDash(real ? [] : [8, 4]);
      line(c, points.map(([step, v]) => [x(step), y(v)]));
      c.setLineDash([]);
    }
    curves.forEach(([label, points, real], i) => {
      c.fillStyle = colour(real ? "--real" : "--fake");
      mark(c, wide - margin.right + 20, top + 12 + 26 * i, real);
      c.fillText(`${label} ${points.at(-1)?.[1].toFixed(2) ?? ""}`, wide - margin.right + 34, top + 17 + 26 * i);
    });
  }
}

/** The column's means over so many rows that few enough points are left: [step, mean]. */
function means(rows, k) {
  const by = Math.ceil(rows.length / most) || 1;
  const points = [];
  for (let i = 0; i < rows.length; i += by) {
    const some = rows.slice(i, i + by).filter((row) => row[k] !== null);
    if (some.length) points.push([some.at(-1)[0], some.reduce((sum, row) => sum + row[k], 0) / some.length]);
  }
  return points;
}

function line(c, points) {
  c.beginPath();
  for (const [x, y] of points) c.lineTo(x, y);
  c.stroke();
}

function mark(c, x, y, real) {
  c.beginPath();
  if (real) c.arc(x, y, 6, 0, 7);
  else for (const [dx, dy] of [[0, -7], [7, 0], [0, 7], [-7, 0]]) c.lineTo(x + dx, y + dy);
  c.fill();
}
