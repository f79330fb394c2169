// Dirac's game as a field of arrows: all real data at 0, one fake at θ, and a discriminator D(x) = ψx. A point of the plane is a state of the game,
// an arrow where both networks' next updates move it. The visitor drags the point, and sees the way it takes.

import { t } from "../strings.js";

const reach = 2.2; // of the field, on both axes
const side = 300; // of the drawing
const rate = 0.03; // of an update
const updates = 1200;
const nudge = 0.1; // by an arrow key

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** What can be played: how D and G move at a score of ψθ; D's part without its penalty. */
export const games = {
  minimax: { d: (theta, psi) => -theta * sigmoid(psi * theta), g: (theta, psi) => psi * sigmoid(psi * theta) },
  bce: { d: (theta, psi) => -theta * sigmoid(psi * theta), g: (theta, psi) => psi * sigmoid(-psi * theta) },
  wasserstein: { d: (theta) => -theta, g: (theta, psi) => psi },
};

/** The next state: D moves first, with a penalty on its slope of weight gamma, then G. D's slope is ψ everywhere, at what is real (R1) and at the fake (R2). */
export function next([theta, psi], game, gamma, h = rate) {
  const moved = psi + h * (games[game].d(theta, psi) - gamma * psi);
  return [theta + h * games[game].g(theta, moved), moved];
}

/** The way from a state, and how far from the middle it ends. */
export function way(from, game, gamma) {
  const all = [from];
  for (let i = 0; i < updates; i++) all.push(next(all.at(-1), game, gamma));
  return { points: all, end: Math.hypot(...all.at(-1)) };
}

const px = (v) => (side / 2) * (1 + v / reach);
const clamp = (v) => Math.max(-reach, Math.min(reach, v));
const at = ([theta, psi]) => `${px(theta).toFixed(1)} ${px(-psi).toFixed(1)}`;

function svg(tag, attributes) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

/** The figure with its controls; moved({start, end}) is called with how far from the middle the point was put and where its way ends. */
export function circle(moved) {
  let state = [1.2, 0.4], game = "minimax", gamma = 0;
  const field = svg("g", { class: "arrows" });
  const trail = svg("path", { class: "curve of-fake" });
  const point = svg("circle", { r: 9, class: "handle", tabindex: 0, role: "slider" });
  const drawing = svg("svg", { viewBox: `0 0 ${side} ${side}`, class: "drawing circle", role: "group", "aria-label": t("circleIs") });
  drawing.append(svg("path", { d: `M0 ${side / 2}H${side}M${side / 2} 0V${side}`, class: "axis faint" }), field, trail, svg("circle", { cx: side / 2, cy: side / 2, r: 5, class: "real" }));
  for (const [x, y, text] of [[side - 12, side / 2 - 8, "θ"], [side / 2 + 12, 18, "ψ"]]) drawing.append(Object.assign(svg("text", { x, y, class: "label" }), { textContent: text }));
  drawing.append(point);

  const says = document.createElement("p");
  says.className = "says";
  says.setAttribute("role", "status");
  const pick = document.createElement("select");
  pick.append(...Object.keys(games).map((name) => new Option(t(`circleGames.${name}`), name)));
  const slide = Object.assign(document.createElement("input"), { type: "range", min: "0", max: "1", step: "0.05", value: "0" });
  const labelled = (text, input) => {
    const label = document.createElement("label");
    label.append(text, input);
    return label;
  };
  const show = () => {
    field.replaceChildren(...arrows(game, gamma));
    draw();
  };
  const draw = () => {
    const { points, end } = way(state, game, gamma), start = Math.hypot(...state);
    trail.setAttribute("d", `M${points.map(at).join("L")}`);
    point.setAttribute("cx", px(state[0]));
    point.setAttribute("cy", px(-state[1]));
    point.setAttribute("aria-label", t("circlePoint"));
    point.setAttribute("aria-valuenow", start.toFixed(2));
    point.setAttribute("aria-valuetext", t("circleAt", { x: state[0].toFixed(1), y: state[1].toFixed(1) }));
    says.textContent = t(end < 0.05 ? "circleRests" : end < 0.6 * start ? "circleFalls" : "circleTurns");
    moved({ start, end });
  };
  const put = (theta, psi) => {
    state = [clamp(theta), clamp(psi)];
    draw();
  };
  const drag = (e) => {
    const box = drawing.getBoundingClientRect();
    put(reach * ((2 * (e.clientX - box.left)) / box.width - 1), -reach * ((2 * (e.clientY - box.top)) / box.height - 1));
  };
  drawing.addEventListener("pointerdown", (e) => {
    drawing.setPointerCapture(e.pointerId);
    point.focus({ preventScroll: true });
    drag(e);
  });
  drawing.addEventListener("pointermove", (e) => e.buttons & 1 && drag(e));
  point.addEventListener("keydown", (e) => {
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[e.key];
    if (!by) return;
    e.preventDefault();
    put(state[0] + nudge * by[0], state[1] + nudge * by[1]);
  });
  pick.addEventListener("change", () => ((game = pick.value), show()));
  slide.addEventListener("input", () => ((gamma = Number(slide.value)), (slide.ariaValueText = slide.value), show()));
  const controls = document.createElement("div");
  controls.className = "row";
  controls.append(labelled(t("circleLoss"), pick), labelled(t("circlePenalty"), slide));
  show();
  return [drawing, controls, says];
}

/** Where the next update of both leads, from places on a grid. */
function arrows(game, gamma) {
  const all = [], step = reach / 5.5;
  for (let theta = -reach + step / 2; theta < reach; theta += step) {
    for (let psi = -reach + step / 2; psi < reach; psi += step) {
      const [a, b] = next([theta, psi], game, gamma, 1e-3).map((v, i) => 1e3 * (v - [theta, psi][i]));
      const long = Math.hypot(a, b) || 1, length = 0.62 * step * Math.min(1, 0.35 + long / 2);
      const to = [theta + (length * a) / long, psi + (length * b) / long];
      const turn = Math.atan2(px(-to[1]) - px(-psi), px(to[0]) - px(theta));
      const wing = (by) => `L${(px(to[0]) - 4 * Math.cos(turn + by)).toFixed(1)} ${(px(-to[1]) - 4 * Math.sin(turn + by)).toFixed(1)}`;
      all.push(svg("path", { d: `M${at([theta, psi])}L${at(to)}${wing(0.5)}M${at(to)}${wing(-0.5)}`, class: "arrow" }));
    }
  }
  return all;
}
