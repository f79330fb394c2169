// The library in the drawer: the visitor's runs with their pictures, to open, name, save as a file, compare or delete.

import { difference } from "../experiment/fields.js";
import { give } from "../files.js";
import { drawGrid } from "../pictures/grid.js";
import { shapeOf } from "../pictures/sample.js";
import { carry } from "../rooms/carry.js";
import { ago, entry, goOn, keep, keepAgain, nameOf } from "./keep.js";
import { all, change, drop, Full, get, hold, isAuto, most, mostBytes, newId, put, trainedElsewhere } from "./library.js";
import { attempt, notice, tell } from "../page/notices.js";
import { fieldTexts, grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const longest = 60; // letters of a name

/** Draws what is kept of a run's pictures. */
function drawThumb(canvas, thumb) {
  drawGrid(canvas, thumb.bytes, thumb.bytes.length / shapeOf(thumb).size, thumb, 8);
}

export class Shelf {
  #ganvas;
  #tables;
  #compare;
  #deleted = new Map(); // by id: runs that can still be brought back, with their place in the list
  #listed = { runs: [], elsewhere: new Set() };
  #asked = 0; // lists that were read
  #rows = new Map(); // by id: the list's items and what writes them

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
    try {
      await this.#put(entry(status, bytes, { id: newId(), name: "", auto: false, log: new Blob([log]) }));
    } catch (error) {
      throw error.full ? error : new Error(t("notKept", { why: error.message || error.name }));
    }
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
      throw error instanceof Full ? Object.assign(new Error(t("libraryFull")), { full: true }) : error;
    }
    await this.show();
  }

  /** Lists the runs anew. */
  async show() {
    const writing = document.activeElement;
    if (writing?.matches("#runs input") && writing.value !== writing.defaultValue) return; // a name is being written
    let runs, elsewhere;
    const mine = ++this.#asked;
    try {
      [runs, elsewhere] = [await all(), await trainedElsewhere()];
    } catch {
      return; // a browser that keeps nothing; who wanted to keep has been told
    }
    if (mine !== this.#asked) return; // a later one knows better
    for (const [id, run] of this.#deleted) if (!runs.some((r) => r.id === id)) runs.push({ ...run, gone: true });
    runs.sort((a, b) => b.when - a.when);
    this.#listed = { runs, elsewhere };
    this.speak();
  }

  /** Writes the list in the page's language. A run that is listed already keeps its place in the page, its focus and a press on it. */
  speak() {
    const { runs, elsewhere } = this.#listed;
    const list = $("runs");
    for (const [id, row] of this.#rows) {
      if (runs.some((run) => run.id === id && Boolean(run.gone) === row.gone)) continue;
      row.item.remove();
      this.#rows.delete(id);
    }
    runs.forEach((run, i) => {
      const row = this.#rows.get(run.id) ?? this.#row(run);
      this.#rows.set(run.id, row);
      row.run = run;
      row.write(elsewhere.has(run.id));
      if (list.children[i] !== row.item) list.insertBefore(row.item, list.children[i] ?? null);
    });
    $("runs-none").hidden = runs.length > 0;
    const size = runs.reduce((sum, r) => sum + (r.gone ? 0 : r.bytes.size ?? r.bytes.length), 0);
    $("runs-room").textContent = t("runsRoom", { n: runs.filter((r) => !isAuto(r) && !r.gone).length, most, size: megabytes(size), room: megabytes(mostBytes) });
  }

  /** A row of the list, empty until written; its run is the newest of its id. */
  #row({ id, gone }) {
    const item = document.createElement("li");
    item.dataset.id = id;
    const row = { item, gone: Boolean(gone) };
    if (gone) {
      const said = document.createElement("span");
      const undo = this.#button(() => this.#bringBack(row.run));
      item.append(said, undo);
      row.write = () => {
        said.textContent = t("deletedRun", { name: nameOf(row.run) });
        undo.textContent = t("undo");
      };
      return row;
    }
    const [picture, name, facts, differences, buttons] = ["canvas", "input", "small", "small", "div"].map((tag) => document.createElement(tag));
    picture.setAttribute("aria-hidden", "true");
    if (this.#compare) carry(picture, () => row.run.id); // the button does the same
    name.maxLength = longest;
    name.addEventListener("change", () => attempt(() => this.#rename(row.run, name)));
    buttons.className = "row";
    const offered = { openRun: () => this.#open(row.run) };
    if (this.#compare) offered.compareRun = () => this.#compare(row.run);
    offered.saveFile = () => this.#save(row.run);
    offered.deleteRun = () => this.#delete(row.run);
    for (const run of Object.values(offered)) buttons.append(this.#button(run));
    item.append(picture, name, facts, differences, buttons);
    let drawn;
    row.write = (busy) => {
      const { run } = row;
      if (run.thumb && run.thumb !== drawn) drawThumb(picture, run.thumb);
      drawn = run.thumb;
      if (this.#compare) picture.title = t("dragRun");
      name.value = name.defaultValue = nameOf(run);
      name.setAttribute("aria-label", t("runName"));
      const size = megabytes(run.bytes.size ?? run.bytes.length);
      facts.textContent = [run.preset || t("custom"), t("stepN", { step: grouped(run.step) }), size, ago(run.when), isAuto(run) ? t("keptItself") : "", busy ? t("trainedElsewhere") : ""].filter(Boolean).join(" · ");
      differences.textContent = this.#differences(run);
      Object.keys(offered).forEach((text, i) => (buttons.children[i].textContent = t(text)));
    };
    return row;
  }

  #button(run) {
    const b = document.createElement("button");
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
    await keep(this.#ganvas); // the run that goes on now
    if (await goOn(this.#ganvas, kept)) tell(t("loaded", { name: nameOf(run), step: grouped(run.step) }));
  }

  /** A run with a name of its own stays until it is deleted. */
  async #rename(run, input) {
    const name = input.value.trim().slice(0, longest);
    if (name && isAuto(run) && (await all()).filter((r) => !isAuto(r)).length >= most) {
      input.value = nameOf(run);
      throw new Error(t("libraryFull"));
    }
    const named = name ? { name, auto: false } : { name };
    await change(run.id, named);
    Object.assign(run, named); // what is done with it before the list has been read again knows the name
    input.defaultValue = input.value;
    await this.show();
  }

  async #save(run) {
    give(`ganvas-${run.preset || "run"}-step${run.step}.safetensors`, new Blob([run.bytes], { type: "application/octet-stream" }));
  }

  async #delete(run) {
    hold(run);
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

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
