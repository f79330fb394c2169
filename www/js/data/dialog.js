// The dialog that says how pictures become samples, with a preview and what is left out.

import { channelsOf } from "./bench.js";
import { cutSheet } from "./pictures.js";
import { roomFor } from "./room.js";
import { survey, surveyTiles } from "./survey.js";
import { openDialog } from "../link/history.js";
import { drawGrid } from "../pictures/grid.js";
import { grouped, t } from "../strings.js";

const shown = 24; // pictures in the preview
const sides = [16, 28, 32, 64]; // that are offered
const [smallest, largest] = [8, 128]; // that can be typed

/**
 * Asks how pictures are to be shaped: {width, height, channels, fit, invert, ground, augment, sheet, tileWidth, tileHeight}, or null
 * for not at all. broken in it is whether any number of broken pictures is left out. first is the first picture, decoded; a lone picture may be a sheet, cut only once the size of its tiles is given.
 * What the visitor leaves open is settled by what the pictures are. proposed says whether augmentation is; skipped is what is left
 * out so far, and goes on to fill while the dialog is open.
 */
export function chooseShape({ pictures, first, classes, proposed, skipped }) {
  const lone = pictures.count === 1;
  const dialog = document.createElement("dialog");
  dialog.id = "own-dialog";
  dialog.setAttribute("aria-labelledby", "own-what");
  const fields = {
    ...(lone ? { tileWidth: number("ownTileWidth", first.width), tileHeight: number("ownTileHeight", first.height) } : {}),
    channels: choice("ownChannels", ["auto", "gray", "colour", "alpha"], (channels) => t(`ownChannels_${channels}`)),
    side: choice("ownSide", ["auto", ...sides.map(String), "other"], (side) => (side === "auto" || side === "other" ? t(`ownSide_${side}`) : `${side} × ${side}`)),
    width: number("ownWidth", largest, smallest), height: number("ownHeight", largest, smallest),
    fit: choice("ownFit", ["crop", "whole", "stretch"], (fit) => t(`ownFit_${fit}`)),
    ground: choice("ownGround", ["auto", "white", "black", "colour"], (ground) => t(`ownGround_${ground}`)),
    colour: colour("ownColour"),
    invert: check("ownInvert", false),
    augment: check("ownAugment", proposed),
    ...(pictures.animated ? { frames: check("ownFrames", false) } : {}),
    broken: check("ownBroken", false),
  };
  let seen = null; // what the pictures are
  const size = () => {
    const side = fields.side.input.value;
    if (side === "auto") return { width: seen?.width ?? sides[0], height: seen?.height ?? sides[0] };
    if (side !== "other") return { width: Number(side), height: Number(side) };
    const [width, height] = [fields.width, fields.height].map(({ input }) => Number(input.value));
    return { width, height: height || width };
  };
  const value = () => ({
    ...size(), channels: fields.channels.input.value === "auto" ? seen?.channels ?? "colour" : fields.channels.input.value,
    fit: fields.fit.input.value, invert: fields.invert.input.checked, sheet: lone,
    ground: fields.ground.input.value === "colour" ? fields.colour.input.value : fields.ground.input.value,
    augment: fields.augment.input.checked ? "all" : "none", broken: fields.broken.input.checked,
    tileWidth: Number(fields.tileWidth?.input.value), tileHeight: Number(fields.tileHeight?.input.value || fields.tileWidth?.input.value),
  });

  const title = element("h2", { id: "own-what", textContent: t("ownTitle") });
  const says = element("p", { className: "says", id: "own-says" });
  says.setAttribute("role", "status");
  const left = element("ul", { className: "says", id: "own-skipped" });
  left.setAttribute("aria-label", t("ownSkipped"));
  const preview = element("canvas", { id: "own-preview" });
  preview.setAttribute("role", "img");
  const go = element("button", { type: "submit", className: "primary", id: "own-go", disabled: true, textContent: t("ownGo") });
  const no = element("button", { type: "button", id: "own-no", textContent: t("cancel") });
  const row = element("div", { className: "row" });
  row.append(go, no);
  const form = element("form", { method: "dialog" });
  form.append(title, preview, says, left, ...Object.values(fields).map((f) => f.label), row);
  fields.broken.label.hidden = true;
  dialog.append(form);
  document.body.append(dialog);

  const list = () => {
    left.replaceChildren(...skipped.lines().map((text) => element("li", { textContent: text })));
    left.hidden = !skipped.any;
  };
  let turn = 0, whole = null, every = false; // what all pictures are, looked at once; with all their frames
  let making = null; // what resolves when all pictures were looked at
  const ahead = (shape) => {
    const all = pictures.ahead(shape);
    if (all === making) return;
    making = all;
    const again = () => all === making && turn !== Infinity && draw(); // some may be broken
    all.then(again, again);
  };
  const draw = async () => {
    const mine = ++turn;
    fields.colour.label.hidden = fields.ground.input.value !== "colour" || fields.channels.input.value === "alpha";
    fields.ground.label.hidden = fields.channels.input.value === "alpha";
    for (const { label } of [fields.width, fields.height]) label.hidden = fields.side.input.value !== "other";
    try {
      if (fields.frames && fields.frames.input.checked !== every) {
        every = fields.frames.input.checked;
        whole = null;
        await pictures.frames(every);
        if (mine !== turn) return;
      }
      const { tileWidth, tileHeight } = value();
      const cut = lone && tileWidth > 0;
      const found = cut ? surveyTiles(first, tileWidth, tileHeight) : (whole ??= await survey(pictures));
      if (mine !== turn) return;
      seen = found;
      const shape = value();
      if (!fits(shape.width) || !fits(shape.height)) throw new Error(t("ownNoSize", { least: smallest, most: largest }));
      const each = channelsOf[shape.channels] * shape.width * shape.height;
      if (!cut) roomFor(pictures.count * each);
      const { samples, blobs = samples, clear, ground } = cut ? cutSheet(first, shape) : await pictures.take(shape, { n: shown });
      if (mine !== turn) return;
      const bytes = new Uint8Array(await new Blob(blobs.slice(0, shown)).slice(0, shown * each).arrayBuffer());
      if (mine !== turn) return;
      const n = bytes.length / each, count = cut ? samples.length : pictures.count;
      if (!cut) ahead(shape);
      drawGrid(preview, bytes, Math.max(1, n), [channelsOf[shape.channels], shape.height, shape.width], Math.min(8, Math.max(1, n)));
      const learns = !lone || cut;
      const words = [
        learns ? t(classes.length ? "ownCountClasses" : "ownCount", { n: grouped(count), classes: classes.length }) : t("ownLone"),
        learns && !cut ? t("ownSeen", { n: grouped(seen.n), colour: grouped(seen.colour), sides: seen.least === seen.most ? seen.least : t("fromTo", { least: seen.least, most: seen.most }) }) : "",
        learns ? t(`ownAs_${shape.channels}`, { w: shape.width, h: shape.height }) : "",
        clear && shape.channels !== "alpha" ? t("ownClear", { ground: t(groundName(ground)) }) : "", count < 2 && cut ? t("dataFew", { n: count }) : "",
      ];
      const tooBroken = pictures.broken > pictures.mostBroken;
      fields.broken.label.hidden = !tooBroken;
      if (tooBroken && !fields.broken.input.checked) words.push(brokenSentence(pictures));
      says.textContent = words.filter(Boolean).join(t("between"));
      preview.setAttribute("aria-label", says.textContent);
      go.disabled = count < 2 || !learns || (tooBroken && !fields.broken.input.checked);
    } catch (error) {
      if (mine !== turn) return;
      says.textContent = error.message;
      go.disabled = true;
    }
    list();
  };
  form.addEventListener("input", draw);
  draw();
  openDialog(dialog);
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

/** Says that more pictures are broken than are left out without a word. */
export const brokenSentence = ({ broken, places, mostBroken }) => t("ownTooBroken", { n: grouped(broken), of: grouped(places), most: grouped(mostBroken) });

/** The text that names a ground, [red, green, blue]. */
export const groundName = (ground) => ({ "0,0,0": "groundBlack", "255,255,255": "groundWhite" })[String(ground)] ?? "groundShade";

const fits = (side) => Number.isInteger(side) && side >= smallest && side <= largest;

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

const number = (name, max, min = 1) => labelled(name, element("input", { id: name, type: "number", min, max, inputMode: "numeric" }));
const check = (name, checked) => labelled(name, element("input", { id: name, type: "checkbox", checked }));
const colour = (name) => labelled(name, element("input", { id: name, type: "color", value: "#808080" }));
