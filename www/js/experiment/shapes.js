// A diagram of both networks, layer by layer: what the trainer outlines, with each layer's output shape and weights.

import { grouped, t } from "../strings.js";

const place = document.getElementById("shapes");

export class Shapes {
  #outline = null;

  /** Shows an outline of both networks, or nothing for null. */
  show(outline) {
    this.#outline = outline;
    this.speak();
  }

  /** Draws what is shown once more, in the language that the page has now. */
  speak() {
    const outline = this.#outline;
    place.hidden = !outline;
    if (!outline) return;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", t("shapesOf"));
    place.replaceChildren(network("netG", "g", outline.generator, t("layers.noise")), network("netD", "d", outline.discriminator, t(size(outline.discriminator.in) === 2 ? "layers.point" : "layers.image")));
  }
}

const size = ({ c, h, w }) => c * h * w;

function network(title, kind, net, source) {
  const box = document.createElement("figure");
  box.className = `net ${kind}`;
  const caption = document.createElement("figcaption");
  caption.append(span("who", t(title)), span("count", t("weightCount", { n: grouped(net.weights) })));
  const list = document.createElement("ol");
  const shapes = [net.in, ...net.layers.map((l) => l.out)];
  const largest = Math.max(...shapes.map((s) => Math.log2(size(s) + 1)));
  list.append(row(source, "", net.in, 0, largest), ...net.layers.map((l) => row(words(l), then(l), l.out, l.weights ?? 0, largest)));
  box.append(caption, list);
  return box;
}

function row(what, behind, shape, weights, largest) {
  const li = document.createElement("li");
  const plate = span("plate", "");
  plate.setAttribute("aria-hidden", "true");
  plate.append(drawn(shape, largest));
  const name = span("what", what);
  if (behind) name.append(" ", span("then", behind));
  li.append(plate, name, span("shape", shapeText(shape)), span("weights", weights ? grouped(weights) : ""));
  return li;
}

const words = ({ what, kernel: k }) => {
  const layer = t(`layers.${what}`);
  return k ? t("sized", { layer, k }) : layer;
};
const then = ({ then: all = [] }) => all.map((what) => t(`layers.${what}`)).join(" · ");

/** Height × width × feature maps, as people write it; a vector is one number. */
const shapeText = ({ c, h, w }) => (h === 1 && w === 1 ? String(c) : `${h}×${w}×${c}`);

/** A small picture of a shape: a stack of sheets for feature maps, a bar for a vector. Sizes go with the logarithm. */
function drawn({ c, h, w }, largest) {
  const svg = svgElement("svg", { viewBox: "0 0 44 30", width: 44, height: 30 });
  if (h === 1 && w === 1) {
    const long = 4 + (36 * Math.log2(c + 1)) / largest;
    svg.append(svgElement("rect", { x: 22 - long / 2, y: 12, width: long, height: 6, rx: 3 }));
    return svg;
  }
  const side = Math.min(22, 6 + 3.2 * Math.log2(Math.max(h, w)));
  const sheets = Math.min(4, 1 + Math.floor(Math.log2(c) / 2));
  const left = 22 - (side + 3 * (sheets - 1)) / 2, top = 15 - side / 2 + 1.5 * (sheets - 1) / 2;
  for (let i = sheets - 1; i >= 0; i--) svg.append(svgElement("rect", { x: left + 3 * i, y: top - 1.5 * i, width: side, height: side, rx: 2 }));
  return svg;
}

function svgElement(tag, attributes) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

function span(kind, text) {
  const e = document.createElement("span");
  e.className = kind;
  e.textContent = text;
  return e;
}
