// The rooms that take turns on the stage: tabs, what belongs to each, and what the drawing and the page say to each other
// about it. Elements with data-room are shown while that room is open.

import { setParameter } from "../link/address.js";
import { t } from "../strings.js";
import { roomNames, rooms, tabOf } from "./table.js";

/** A room's tab, whose words speak() writes with the rest of the page. */
function tab({ name, text }) {
  const button = document.createElement("button");
  button.type = "button";
  button.id = tabOf(name);
  button.dataset.t = text;
  button.textContent = t(text);
  button.setAttribute("role", "tab");
  button.setAttribute("aria-controls", "stage");
  return button;
}

export class Rooms {
  #studio;
  #tabs = new Map(); // by the room's name, as are the following
  #parts = new Map();
  #open = "";
  #shown = new Map(); // room → what its drawing shows, in words
  #sentence = ""; // what the page says of drawings that say nothing themselves

  constructor(studio) {
    this.#studio = studio;
    for (const room of rooms) {
      const button = tab(room);
      button.addEventListener("click", () => this.enter(room.name));
      this.#tabs.set(room.name, button);
    }
    document.getElementById("rooms").replaceChildren(...this.#tabs.values());
    document.getElementById("rooms").addEventListener("keydown", (e) => this.#keys(e));
  }

  /** Joins the page's parts of all rooms, by their names. */
  join(parts) {
    for (const name of roomNames) this.#add(name, parts[name]);
  }

  /**
   * Adds the page's part of a room. A part may have opened() and closed(), called when its room opens and closes,
   * heard(topic, data, bytes), called with what the drawing says, and speak(), called after a change of language. It is
   * given tell(topic, data, bytes), which says something to its drawing, send, which says it for this moment only, and
   * describe(sentence), which says to those who cannot see it what it shows.
   */
  #add(name, part) {
    this.#parts.set(name, part);
    part.tell = (topic, data, bytes) => this.#studio.tell(name, topic, data, bytes);
    part.describe = (sentence) => {
      this.#shown.set(name, sentence);
      this.describe();
    };
    part.send = (topic, data, bytes) => this.#studio.send(name, topic, data, bytes);
  }

  get open() {
    return this.#open;
  }

  /** Scrolls a tab's row, where that is narrow, until all of it is seen and the edges of its neighbours, which say that there is more. */
  #inView(tab) {
    const row = document.getElementById("rooms"), more = tab.offsetHeight, before = tab.offsetLeft - row.offsetLeft - more, behind = before + tab.offsetWidth + 2 * more;
    if (before < row.scrollLeft) row.scrollLeft = before;
    else if (behind > row.scrollLeft + row.clientWidth) row.scrollLeft = behind - row.clientWidth;
  }

  /** Opens a room and closes the one that is open. */
  enter(name) {
    if (name === this.#open) return;
    const before = this.#open;
    this.#parts.get(before)?.closed?.();
    this.#open = name;
    for (const [of, tab] of this.#tabs) {
      tab.setAttribute("aria-selected", String(of === name));
      tab.tabIndex = of === name ? 0 : -1;
    }
    this.#inView(this.#tabs.get(name));
    document.getElementById("stage").setAttribute("aria-labelledby", tabOf(name));
    for (const e of document.querySelectorAll("[data-room]")) e.hidden = e.dataset.room !== name;
    this.#studio.enter(name);
    setParameter("room", name === roomNames[0] ? null : name, { entry: Boolean(before) });
    this.describe();
    this.#parts.get(name)?.opened?.();
    document.dispatchEvent(new CustomEvent("room", { detail: name }));
  }

  /** Says what the drawing shows: what the open room says of it, else the page's sentence. */
  describe(sentence = this.#sentence) {
    this.#sentence = sentence;
    this.#studio.describe(this.#shown.get(this.#open) ?? sentence);
  }

  /** What the drawing of a room says. */
  heard(name, topic, json, bytes) {
    this.#parts.get(name)?.heard?.(topic, JSON.parse(json), bytes);
  }

  /** Lets every part write its words anew. */
  speak() {
    for (const part of this.#parts.values()) part.speak?.();
  }

  /** Arrow keys, Home and End move between tabs. */
  #keys(e) {
    const shown = roomNames.filter((name) => this.#tabs.get(name).checkVisibility());
    const at = shown.findIndex((name) => this.#tabs.get(name) === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[e.key];
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    const name = shown[(to + shown.length) % shown.length];
    this.#tabs.get(name).focus();
    this.enter(name);
  }
}
