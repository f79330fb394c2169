// The page on paper: what the run has come to, its pictures, its curves, its recipe and the address that starts the same, made when the browser
// is about to print. The drawing's own frame would come out empty, and nothing can be waited for then: the curves are kept all along.

import { difference, fieldText } from "../experiment/fields.js";
import { paintCurves } from "../pictures/curves.js";
import { drawGrid } from "../pictures/grid.js";
import { shapeOf } from "../pictures/sample.js";
import { Curve } from "../run/curve.js";
import { currentLanguage, fieldTexts, grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const kept = 2048; // points of the curves
const columns = 16; // of pictures, fakes and real ones alike
const [wide, high] = [1400, 640]; // pixels of the curves
const side = 900; // of points
const order = ["step", "loss_d", "loss_g", "p_real", "p_fake"];

/** The page's light colours, whatever it looks like on the screen. */
export const ink = { "--card": "#fff", "--ink": "#111", "--soft": "#444", "--line": "#ccc", "--real": "#0b7285", "--fake": "#c2410c" };

export class Paper {
  #curve = new Curve(kept);
  #run = null;
  #shown;
  #now;

  /** shown() are the pictures on the screen, {sheet, bytes} or null; now() is {status, preset, tables}. */
  constructor({ shown, now }) {
    this.#shown = shown;
    this.#now = now;
    addEventListener("beforeprint", () => this.lay());
    addEventListener("afterprint", () => $("paper").replaceChildren());
  }

  hear(event) {
    if (event.type === "started") {
      this.#run = event;
      if (!event.continues) this.#curve = new Curve(kept);
    }
    if (event.type === "stepped") this.#curve.add(event);
  }

  /** The rows of a run's log, of what is kept of it. */
  get #log() {
    const score = this.#run?.scores ? ["sReal", "sFake"] : ["pReal", "pFake"];
    const rows = this.#curve.events().flatMap(({ step, each, points }) => points.map((p, i) => [step - (points.length - 1 - i) * each, p.lossD, p.lossG, p[score[0]] ?? 0, p[score[1]] ?? 0]));
    return { rows, order };
  }

  /** Lays the sheet out. */
  lay() {
    const { status: s, preset, tables } = this.#now(), base = tables.presets.find(({ name }) => name === preset);
    if (!s.recipe) return;
    const differs = base ? difference(tables.fields, s.recipe, base.recipe) : {}, own = Object.keys(differs).length > 0;
    const date = new Date().toLocaleString(currentLanguage(), { dateStyle: "long", timeStyle: "short" });
    const number = (dd) => make("div", "", make("dt", "", dd.previousElementSibling.innerText || dd.previousElementSibling.textContent), make("dd", "", dd.innerText || dd.textContent));
    $("paper").replaceChildren(
      make("h1", "", `Ganvas: ${base ? t(`plain.${preset}`, base) : t("custom")}${base && own ? ` (${t("custom")})` : ""}`),
      make("p", "says", t("paperRun", { step: grouped(s.step), epoch: s.epoch, epochs: grouped(s.recipe.epochs), images: grouped(s.images), date })),
      make("p", "address", `${t("paperAddress")} `, make("b", "", location.href.split("#")[0])),
      make("dl", "numbers", ...["n-right", "q-covered", "grade"].map($).filter((dd) => !dd.parentElement.hidden).map(number)),
      make("p", "", $("doctor").textContent),
      ...this.#pictures(),
      ...this.#curves(),
      make("h2", "", t("paperRecipe")),
      make("dl", "recipe", ...tables.fields.map((field) => make("div", field.name in differs ? "differs" : "", make("dt", "", fieldTexts(field).label), make("dd", "", fieldText(s.recipe[field.name]) || "–")))),
      ...(own ? [make("p", "says", t("paperBold"))] : []),
    );
  }

  #pictures() {
    const shown = this.#shown();
    if (!shown) return [];
    const { sheet, bytes } = shown, { fakes, reals = 0 } = sheet, one = bytes.length / (fakes + reals);
    if (shapeOf(sheet).points) return [figure("points", t("paperPoints"), drawPlane(bytes, fakes, reals))];
    const grid = (from, n) => {
      const canvas = document.createElement("canvas");
      drawGrid(canvas, bytes.subarray(from * one, (from + n) * one), n, sheet, columns);
      return canvas;
    };
    const all = [figure("fakes", t("fakes"), grid(0, fakes))];
    return reals ? [...all, figure("reals", t("reals"), grid(fakes, reals))] : all;
  }

  #curves() {
    const log = this.#log;
    if (log.rows.length < 2) return [];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [wide, high];
    paintCurves(canvas, log, "", { scores: this.#run?.scores, colour: (name) => ink[name] });
    return [figure("curves", t("paperCurves"), canvas)];
  }
}

/** Points of the plane, a byte each way: real ones as circles, fakes as diamonds. */
function drawPlane(bytes, fakes, reals) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const c = canvas.getContext("2d"), place = (v) => (v / 255) * side;
  c.strokeStyle = ink["--line"];
  c.strokeRect(0, 0, side, side);
  for (let i = 0; i < fakes + reals; i++) {
    const x = place(bytes[2 * i]), y = side - place(bytes[2 * i + 1]);
    c.fillStyle = ink[i < fakes ? "--fake" : "--real"];
    c.beginPath();
    if (i < fakes) for (const [dx, dy] of [[0, -5], [5, 0], [0, 5], [-5, 0]]) c.lineTo(x + dx, y + dy);
    else c.arc(x, y, 4, 0, 7);
    c.fill();
  }
  return canvas;
}

function figure(kind, caption, canvas) {
  return make("figure", kind, make("figcaption", "", caption), canvas);
}

function make(tag, className, ...inside) {
  const e = document.createElement(tag);
  e.className = className;
  e.append(...inside);
  return e;
}
