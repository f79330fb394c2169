// The parts of the page that an address can hide: hide=rooms,time,lesson. A hidden part can't be reached by key either.

import { roomNames, tabOf } from "../rooms/table.js";

/** Each part's name and the elements that make it. */
const parts = {
  change: "#change, #controls, #dials", dials: "#dials", data: "#own-data", pictures: "#pictures", weights: "#weights", library: "#library", measures: "#measures", share: "#share", slow: "#slow", step: "#transport .pair", reset: "#reset", numbers: "#headline, #more", doctor: "#doctor",
  rooms: "#rooms", ...Object.fromEntries(roomNames.slice(1).map((name) => [name, `#${tabOf(name)}`])), status: "#status", time: "#time", lesson: "#lesson, #lesson-open, #lesson-back", language: "body > header nav", head: "body > header",
};
export const partNames = Object.keys(parts);

/** What an embedded page goes without. */
export const embeddedWithout = ["head", "lesson"];

/** The parts in an address's text, or null where it names anything else. */
export function readParts(text) {
  const names = text.split(",").filter(Boolean);
  return names.every((name) => partNames.includes(name)) ? names : null;
}

/** Hides these parts and shows all others. */
export function hideParts(names) {
  for (const part of partNames) {
    for (const element of document.querySelectorAll(parts[part])) element.classList.toggle("left-out", names.includes(part));
  }
}
