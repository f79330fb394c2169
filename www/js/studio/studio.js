// The drawing: an Ebiten program in a frame of its own (Ebiten takes a whole document), and plain pictures until it is
// there, or for good where it cannot run.

import { drawGrid } from "../pictures/grid.js";
import { Curve } from "../run/curve.js";
import { currentLanguage, t } from "../strings.js";
import { words } from "../texts/drawing.js";

const remembered = 8192; // points of the curves that a program that comes late is told

export class Studio {
  #frame = document.getElementById("studio");
  #plain = document.getElementById("fallback");
  #program = null;
  #failed = false;
  #say = () => {};
  #missed = {}; // what a program that is not there yet has to be told: the last message of each kind
  #shown = null; // the last pictures: {sheet, bytes}
  #onDocument = () => {};
  #room = ""; // that is open
  #told = new Map(); // room and topic → the last thing said of it, for a program that comes later

  /** Loads the program once. say is told in one sentence why it cannot run; onDocument gets each document of its frame. */
  open(say, onDocument) {
    this.#say = say;
    this.#onDocument = onDocument;
    if (!document.createElement("canvas").getContext("webgl2")) return this.fail(t("noWebGL"));
    this.#frame.addEventListener("load", () => this.#loaded());
    this.#frame.src = "studio.html" + (document.body.classList.contains("embed") ? "?embed=1" : "");
  }

  /** The frame has its document, for the first time or again after a lost drawing context. */
  #loaded() {
    const inside = this.#frame.contentDocument;
    if (inside?.contentType !== "text/html") return this.fail(t("noStudio", { why: "studio.html" }));
    this.#frame.contentWindow.addEventListener("pagehide", () => (this.#program = null));
    this.#onDocument(inside);
  }

  /** The program listens now; one that has been here before has kept what it was told. */
  ready(program) {
    if (this.#failed) return;
    this.#program = program;
    this.#plainly(false);
    this.restyle();
    const { started, stepped, curve, sampled } = this.#missed;
    this.#missed = {};
    if (started) program.event(...started);
    for (const part of curve?.events() ?? []) program.event(JSON.stringify({ ...stepped, ...part }), undefined);
    if (sampled) program.event(...sampled);
    if (this.#room) program.enter(this.#room);
    for (const said of this.#told.values()) program.tell(...said);
  }

  /** Shows a room. */
  enter(room) {
    this.#room = room;
    this.#program?.enter(room);
  }

  /** Says something to a room's drawing; of each topic the last word counts. */
  tell(room, topic, data = null, bytes = undefined) {
    const said = [room, topic, JSON.stringify(data), bytes];
    this.#told.set(`${room} ${topic}`, said);
    this.#program?.tell(...said);
  }

  /** Says something to a room's drawing that is for this moment only: a program that comes later is not told. */
  send(room, topic, data = null, bytes = undefined) {
    this.#program?.tell(room, topic, JSON.stringify(data), bytes);
  }

  /** Shows pictures plainly from now on. */
  fail(sentence) {
    if (this.#failed) return;
    this.#failed = true;
    this.#program = null;
    this.#frame.hidden = true;
    this.#plainly(true);
    this.#say(sentence);
  }

  /** The last pictures: {sheet, bytes}, or null. */
  get shown() {
    return this.#shown;
  }

  event(event, json, bytes) {
    if (event.type === "sampled") this.#shown = { sheet: event.sheet, bytes };
    if (this.#program) return this.#program.event(json, bytes);
    this.#miss(event, json, bytes);
    if (event.type === "sampled") this.#draw();
  }

  #miss(event, json, bytes) {
    switch (event.type) {
      case "started":
        this.#missed = { started: [json, bytes], ...(event.continues ? { curve: this.#missed.curve, stepped: this.#missed.stepped } : {}) };
        break;
      case "stepped":
        this.#missed.stepped = event;
        (this.#missed.curve ??= new Curve(remembered)).add(event);
        break;
      case "sampled":
        this.#missed.sampled = [json, bytes];
    }
  }

  /** Tells the program the page's theme and language. */
  restyle() {
    const is = (query) => matchMedia(query).matches;
    this.#program?.set?.({
      theme: is("(prefers-color-scheme: dark)") ? "dark" : "light",
      reducedMotion: is("(prefers-reduced-motion: reduce)"), lang: currentLanguage(), words: Object.fromEntries(words.map((word) => [word, t(`drawn.${word}`)])),
    });
  }

  /** The program needs that many CSS pixels of height. */
  height(px) {
    if (px > 100 && px < 6000) this.#frame.style.height = `${Math.ceil(px)}px`;
  }

  describe(text) {
    this.#frame.title = text;
    this.#plain.setAttribute("aria-label", text);
  }

  #plainly(on) {
    this.#plain.hidden = !on;
    this.#frame.classList.toggle("waiting", on);
    if (on) this.#draw();
  }

  #draw() {
    if (!this.#shown) return;
    const { sheet, bytes } = this.#shown;
    drawGrid(this.#plain, bytes, sheet.fakes, sheet, innerWidth < 600 ? 8 : 16);
  }
}
