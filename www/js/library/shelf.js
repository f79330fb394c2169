// The library in the drawer: the visitor's runs with their pictures, to open, name, save as a file, compare or delete.

import { difference } from "../experiment/fields.js";
import { give } from "../files.js";
import { drawGrid } from "../pictures/grid.js";
import { ago, entry, goOn, keepAgain } from "./keep.js";
import { all, change, drop, Full, get, isAuto, most, mostBytes, newId, put, trainedElsewhere } from "./library.js";
import { attempt, notice, tell } from "../page/notices.js";
import { fieldTexts, grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const longest = 60; // letters of a name

export class Shelf {
  #ganvas;
  #tables;
  #compare;
  #deleted = new Map(); // by id: runs that can still be brought back, with their place in the list
  #listed = { runs: [], elsewhere: new Set() };

  constructor(ganvas, { tables, compare }) {
    this.#ganvas = ganvas;
    this.#tables = tables;
    this.#compare = compare;
    $("keep-run").addEventListener("click", () => attempt(() => this.#keepNow()));
    document.addEventListener("library", () => this.show());
  }

  /** Keeps the run as it is now under a name of its own. */
  async #keepNow() {
    const status = this.#ganvas.status();
    const [bytes, log] = [await this.#ganvas.save(), await this.#ganvas.export("json")];
    await this.#put(entry(status, bytes, { id: newId(), name: "", auto: false, log: new Blob([log]) }));
  }

  /** Keeps the run that was left for a branch at a step, or offers it as a file where the library has no room. */
  async keepLeft({ bytes, log, thumb, status, step }) {
    const left = entry(status, bytes, { id: newId(), name: t("leftName", { step: grouped(step) }), auto: false, thumb, log: new Blob([log]) });
    try {
      await this.#put(left);
    } catch (error) {
      notice(t("leftNotKept", { why: error.message || error.name }), { label: t("saveFile"), run: () => this.#save(left) });
    }
  }

  async #put(run) {
    try {
      await put(run);
    } catch (error) {
      throw error instanceof Full ? new Error(t("libraryFull")) : error;
    }
    await this.show();
  }

  /** Lists the runs anew. */
  async show() {
    const writing = document.activeElement;
    if (writing?.matches("#runs input") && writing.value !== writing.defaultValue) return; // a name is being written
    let runs, elsewhere;
    try {
      [runs, elsewhere] = [await all(), await trainedElsewhere()];
    } catch {
      return; // a browser that keeps nothing; who wanted to keep has been told
    }
    for (const [id, run] of this.#deleted) if (!runs.some((r) => r.id === id)) runs.push({ ...run, gone: true });
    runs.sort((a, b) => b.when - a.when);
    this.#listed = { runs, elsewhere };
    this.speak();
  }

  /** Writes the list in the page's language. */
  speak() {
    const { runs, elsewhere } = this.#listed;
    $("runs").replaceChildren(...runs.map((run) => this.#item(run, elsewhere.has(run.id))));
    $("runs-none").hidden = runs.length > 0;
    const size = runs.reduce((sum, r) => sum + (r.gone ? 0 : r.bytes.size ?? r.bytes.length), 0);
    $("runs-room").textContent = t("runsRoom", { n: runs.filter((r) => !isAuto(r) && !r.gone).length, most, size: megabytes(size), room: megabytes(mostBytes) });
  }

  #item(run, busy) {
    const item = document.createElement("li");
    item.dataset.id = run.id;
    if (run.gone) {
      item.append(element("span", t("deletedRun", { name: nameOf(run) })), this.#button("undo", () => this.#bringBack(run)));
      return item;
    }
    const picture = document.createElement("canvas");
    if (run.thumb) drawGrid(picture, run.thumb.bytes, run.thumb.bytes.length / (run.thumb.height * run.thumb.width), run.thumb.height, run.thumb.width, 8);
    picture.setAttribute("aria-hidden", "true");
    const name = document.createElement("input");
    name.value = name.defaultValue = nameOf(run);
    name.maxLength = longest;
    name.setAttribute("aria-label", t("runName"));
    name.addEventListener("change", () => attempt(() => this.#rename(run, name)));
    const size = megabytes(run.bytes.size ?? run.bytes.length);
    const facts = [run.preset || t("custom"), t("stepN", { step: grouped(run.step) }), size, ago(run.when), isAuto(run) ? t("keptItself") : "", busy ? t("trainedElsewhere") : ""];
    const row = document.createElement("div");
    row.className = "row";
    row.append(
      this.#button("openRun", () => this.#open(run)),
      ...(this.#compare ? [this.#button("compareRun", () => this.#compare(run))] : []),
      this.#button("saveFile", () => this.#save(run)),
      this.#button("deleteRun", () => this.#delete(run)),
    );
    item.append(picture, name, element("small", facts.filter(Boolean).join(" · ")), element("small", this.#differences(run)), row);
    return item;
  }

  #button(text, run) {
    const b = element("button", t(text));
    b.type = "button";
    b.addEventListener("click", () => attempt(run));
    return b;
  }

  /** In what a run's recipe differs from its preset's. */
  #differences({ preset, recipe }) {
    const { fields, presets } = this.#tables();
    const base = presets.find((p) => p.name === preset)?.recipe;
    if (!base || !recipe) return "";
    return Object.entries(difference(fields, recipe, base)).map(([name, text]) => `${fieldTexts({ name }).label} ${text}`).join(", ");
  }

  async #open(run) {
    const kept = await get(run.id);
    if (!kept) throw new Error(t("runGone"));
    await goOn(this.#ganvas, kept);
    tell(t("loaded", { name: nameOf(run), step: grouped(run.step) }));
  }

  /** A run with a name of its own stays until it is deleted. */
  async #rename(run, input) {
    const name = input.value.trim().slice(0, longest);
    if (name && isAuto(run) && (await all()).filter((r) => !isAuto(r)).length >= most) {
      input.value = nameOf(run);
      throw new Error(t("libraryFull"));
    }
    await change(run.id, name ? { name, auto: false } : { name });
    input.defaultValue = input.value;
    await this.show();
  }

  async #save(run) {
    give(`ganvas-${run.preset || "run"}-step${run.step}.safetensors`, new Blob([run.bytes], { type: "application/octet-stream" }));
  }

  async #delete(run) {
    await drop(run.id);
    this.#deleted.set(run.id, run);
    keepAgain();
    await this.show();
    document.querySelector(`#runs [data-id="${run.id}"] button`)?.focus();
  }

  async #bringBack(run) {
    this.#deleted.delete(run.id);
    const { gone, ...whole } = run;
    try {
      await this.#put({ ...whole, bytes: new Blob([whole.bytes]) });
    } catch (error) {
      this.#deleted.set(run.id, run);
      throw error;
    }
  }
}

const nameOf = (run) => run.name || t("unnamed", { preset: run.preset || t("custom"), step: grouped(run.step) });
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

function element(tag, text) {
  const e = document.createElement(tag);
  e.textContent = text;
  return e;
}
