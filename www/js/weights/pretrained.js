// Weights that were trained before and lie beside the page: a list with a few images of each, opened with one click.

import { load } from "../files.js";
import { attempt } from "../page/notices.js";
import { t } from "../strings.js";

const folder = "weights/";
let list = [];

/** Fetches the list and shows it; a page without one shows nothing. */
export async function joinPretrained(ganvas, tape) {
  try {
    const response = await fetch(folder + "list.json");
    if (!response.ok) return;
    list = await response.json();
  } catch {
    return; // offline or not built: training needs no list
  }
  const place = document.getElementById("pretrained");
  place.querySelector("ul").replaceChildren(...list.map((entry) => item(ganvas, tape, entry)));
  place.hidden = list.length === 0;
}

/** Writes the list's words anew, after a change of language. */
export function namePretrained() {
  const items = document.querySelectorAll("#pretrained li");
  items.forEach((li, i) => words(li, list[i]));
}

function item(ganvas, tape, entry) {
  const li = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.name = entry.name;
  const picture = document.createElement("img");
  picture.src = folder + entry.picture;
  picture.alt = "";
  picture.loading = "lazy";
  button.append(picture, document.createElement("span"), document.createElement("small"));
  button.addEventListener("click", () => attempt(() => open(ganvas, tape, entry, button)));
  li.append(button);
  words(li, entry);
  return li;
}

function words(li, entry) {
  li.querySelector("span").textContent = entry.name;
  const q = entry.quality;
  const covered = q && t("covered", { n: q.covered, of: q.classes.length });
  li.querySelector("small").textContent = [t("trainedFor", { n: entry.epochs }), covered, entry.asked ? t("askable") : "", entry.tape ? t("taped") : ""].filter(Boolean).join(" · ");
  li.querySelector("button").title = entry.command;
}

async function open(ganvas, tape, entry, button) {
  button.disabled = true;
  try {
    if (ganvas.status().state === "running") await ganvas.pause(); // which keeps the run
    const loaded = await load(ganvas, [new File([await had(entry.file)], entry.file)]);
    if (loaded && entry.tape) await tape.open(new Uint8Array(await (await had(entry.tape)).arrayBuffer()));
  } finally {
    button.disabled = false;
  }
}

/** A file of the folder. */
async function had(name) {
  const response = await fetch(folder + name);
  if (!response.ok) throw new Error(t("noFile", { name, status: response.status }));
  return response.blob();
}
