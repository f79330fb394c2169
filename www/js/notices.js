// Sentences that the visitor must see: what went wrong and what to do.

import { t } from "./strings.js";

const place = document.getElementById("notices");

/** Shows a sentence until it's dismissed; the same sentence is shown once. action is {label, run} for a button. */
export function notice(text, action) {
  for (const old of place.children) if (old.firstChild.textContent === text) return;
  const box = document.createElement("div");
  box.className = "notice";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (action) box.append(button(action.label, () => (box.remove(), action.run())));
  box.append(button(t("close"), () => box.remove()));
  place.append(box);
}

/** Takes every notice away. */
export function clearNotices() {
  place.replaceChildren();
}

function button(label, run) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = label;
  b.addEventListener("click", run);
  return b;
}
