// The dialog that says how pictures become samples, with a preview.

import { cutSheet } from "./pictures.js";
import { drawGrid } from "../pictures/grid.js";
import { grouped, t } from "../strings.js";

const shown = 24; // pictures in the preview

/**
 * Asks how pictures are to be shaped: {side, fit, invert, augment, sheet, tileWidth, tileHeight}, or null for not at all.
 * first is the first picture, decoded; a lone picture is a sheet. proposed says whether augmentation is.
 */
export function chooseShape({ pictures, first, classes, proposed }) {
  const sheet = pictures.count === 1;
  const dialog = document.createElement("dialog");
  dialog.id = "own-dialog";
  dialog.setAttribute("aria-labelledby", "own-what");
  const tile = Math.min(first.width, first.height, 28);
  const fields = {
    side: choice("ownSide", ["28", "32", "64"]),
    ...(sheet ? { tileWidth: number("ownTileWidth", tile, first.width), tileHeight: number("ownTileHeight", tile, first.height) } : {}),
    fit: choice("ownFit", ["crop", "whole", "stretch"], (fit) => t(`ownFit_${fit}`)),
    invert: check("ownInvert", false),
    augment: check("ownAugment", proposed),
  };
  const value = () => ({
    side: Number(fields.side.input.value), fit: fields.fit.input.value, invert: fields.invert.input.checked, sheet,
    augment: fields.augment.input.checked ? "all" : "none",
    tileWidth: Number(fields.tileWidth?.input.value), tileHeight: Number(fields.tileHeight?.input.value),
  });

  const title = element("h2", { id: "own-what", textContent: t("ownTitle") });
  const says = element("p", { className: "says", id: "own-says" });
  const preview = element("canvas", { id: "own-preview" });
  preview.setAttribute("role", "img");
  const go = element("button", { type: "submit", className: "primary", id: "own-go", textContent: t("ownGo") });
  const no = element("button", { type: "button", id: "own-no", textContent: t("cancel") });
  const row = element("div", { className: "row" });
  row.append(go, no);
  const form = element("form", { method: "dialog" });
  form.append(title, preview, says, ...Object.values(fields).map((f) => f.label), row);
  dialog.append(form);
  document.body.append(dialog);

  let turn = 0;
  const draw = async () => {
    const mine = ++turn;
    const shape = value();
    try {
      const bytes = sheet ? cutSheet(first, shape) : await pictures.all(shape, Math.min(shown, pictures.count));
      if (mine !== turn) return;
      const each = shape.side * shape.side, n = Math.min(shown, bytes.length / each);
      const count = sheet ? bytes.length / each : pictures.count;
      drawGrid(preview, bytes.subarray(0, n * each), Math.max(1, n), shape.side, shape.side, Math.min(8, Math.max(1, n)));
      says.textContent = t(classes.length ? "ownCountClasses" : "ownCount", { n: grouped(count), classes: classes.length });
      preview.setAttribute("aria-label", says.textContent);
      go.disabled = n < 2;
    } catch (error) {
      if (mine !== turn) return;
      says.textContent = error.message;
      go.disabled = true;
    }
  };
  form.addEventListener("input", draw);
  draw();
  dialog.showModal();
  return new Promise((resolve) => {
    no.addEventListener("click", () => dialog.close(""));
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      dialog.close("go");
    });
    dialog.addEventListener("close", () => {
      turn = Infinity;
      dialog.remove();
      resolve(dialog.returnValue === "go" ? value() : null);
    });
  });
}

const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

function labelled(name, input) {
  const label = element("label", {});
  label.append(element("span", { textContent: t(name) }), input);
  return { label, input };
}

function choice(name, values, text = (v) => v) {
  const input = element("select", { id: name });
  input.append(...values.map((v) => new Option(text(v), v)));
  return labelled(name, input);
}

const number = (name, value, max) => labelled(name, element("input", { id: name, type: "number", min: 1, max, value, required: true, inputMode: "numeric" }));
const check = (name, checked) => labelled(name, element("input", { id: name, type: "checkbox", checked }));
