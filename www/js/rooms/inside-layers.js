// The networks as a diagram: each place with its kind and the shape of what comes out of it, in the order of computation.

import { currentLanguage, t } from "../strings.js";
import { mark, radios } from "./choices.js";

const group = document.getElementById("inside-layers");
const networks = ["generator", "discriminator"];

/** Words of a layer's kinds, the weighted one first. */
const words = (kinds) => kinds.map((k) => t(`layers.${k}`));
const shape = ([c, h, w]) => (h === 1 && w === 1 ? String(c) : `${c}×${h}×${w}`);

export class Layers {
  #drawn = ""; // what the diagram was built of

  constructor(choose) {
    radios(group, (button) => choose(button.dataset.network, button.dataset.layer));
  }

  /** Brings the diagram up to date with an answer. */
  show(look) {
    const made = JSON.stringify([currentLanguage(), ...networks.map((n) => look[n])]);
    if (made !== this.#drawn) {
      this.#drawn = made;
      const had = group.contains(document.activeElement) ? document.activeElement.dataset : null;
      group.replaceChildren(...networks.map((network) => row(network, look[network])));
      if (had) find(had.network, had.layer)?.focus();
    }
    const chosen = find(look.network, look.layer);
    mark(group, chosen);
    for (const row of group.querySelectorAll(".nodes:not(:has([tabindex='0']))")) row.firstChild.tabIndex = 0; // both networks' rows can be scrolled by key
    const line = chosen?.parentElement;
    if (line && (chosen.offsetLeft < line.scrollLeft || chosen.offsetLeft + chosen.offsetWidth > line.scrollLeft + line.clientWidth)) {
      line.scrollLeft = chosen.offsetLeft - (line.clientWidth - chosen.offsetWidth) / 2;
    }
  }

  /** Shows the size of a layer's gradients: in words, and as a bar of so many per cent. The layer is brought into view in its row. */
  measure(network, layer, says, percent) {
    const button = find(network, layer), bar = document.createElement("em");
    if (!button) return;
    button.querySelector("em")?.remove();
    for (const now of group.querySelectorAll(".now")) now.classList.remove("now");
    button.classList.add("now");
    bar.textContent = says;
    bar.style.setProperty("--size", `${percent}%`);
    button.append(bar);
    button.parentElement.scrollTo({ left: button.offsetLeft - button.parentElement.clientWidth / 2, behavior: "smooth" });
  }

  /** Takes the bars away. */
  unmeasured() {
    for (const bar of group.querySelectorAll("em")) bar.remove();
    for (const now of group.querySelectorAll(".now")) now.classList.remove("now");
  }

  /** A layer in one sentence. */
  describe(layer, network) {
    return t("inLayer", { network: t(`net_${network}`), kinds: layer.kinds.length ? words(layer.kinds).join(t("comma")) : t("inInput"), from: shape(layer.in), to: shape(layer.out) });
  }
}

const find = (network, layer) => [...group.querySelectorAll("[role=radio]")].find((b) => b.dataset.network === network && b.dataset.layer === layer);

function row(network, layers) {
  const line = document.createElement("div");
  line.className = `network ${network === "generator" ? "fake" : "real"}`;
  const name = document.createElement("p");
  name.className = "who";
  name.append(document.createElement("i"), t(`net_${network}`));
  name.firstChild.setAttribute("aria-hidden", "true");
  const nodes = document.createElement("div");
  nodes.className = "nodes";
  nodes.append(...layers.map((layer, i) => node(network, layer, i)));
  line.append(name, nodes);
  return line;
}

function node(network, layer, i) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("role", "radio");
  Object.assign(button.dataset, { network, layer: layer.name });
  const [first, ...rest] = words(layer.kinds);
  const kind = i === 0 ? t(network === "generator" ? "inNoise" : layer.in[0] === 2 && layer.in[1] === 1 ? "inPoint" : "inImage") : (first ?? layer.name);
  const also = i === 0 ? words(layer.kinds) : rest;
  const where = layer.name.includes(".skip") ? t("inSkip") : "";
  button.append(glyph(layer.out), text("b", kind), text("small", [where, ...also].filter(Boolean).join("\u00a0· ")), text("span", shape(layer.out)));
  button.title = layer.name;
  return button;
}

function text(tag, words) {
  const e = document.createElement(tag);
  e.textContent = words;
  return e;
}

/** A drawing of a shape: feature maps as squares behind each other, a vector as a bar as tall as it is long. */
function glyph([c, h, w]) {
  const parts = [];
  if (h === 1 && w === 1) {
    const tall = 4 + 2.3 * Math.log2(c + 1);
    parts.push([14, 15 - tall / 2, 8, tall]);
  } else {
    const side = 8 + 12 * Math.min(1, Math.log2(h) / 5);
    const n = c > 8 ? 3 : c > 1 ? 2 : 1;
    for (let k = n - 1; k >= 0; k--) parts.push([18 - side / 2 + 3.5 * (k - (n - 1) / 2), 15 - side / 2 - 3 * (k - (n - 1) / 2), side, side]);
  }
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 36 30");
  svg.setAttribute("aria-hidden", "true");
  for (const [x, y, width, height] of parts) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x, y, width, height, rx: 1.5 })) rect.setAttribute(name, value);
    svg.append(rect);
  }
  return svg;
}
