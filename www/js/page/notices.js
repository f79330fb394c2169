// Sentences that the visitor must see: what went wrong and what to do, or what has been done.

import { reasoned } from "./reasons.js";
import { t } from "../strings.js";

const place = document.getElementById("notices");
const goodFor = 12_000; // milliseconds until good news goes by itself

/** Shows a sentence until it's dismissed; the same sentence again is counted. Each action is {label, run} for a button. */
export function notice(text, ...actions) {
  show(text, "alert", actions);
}

/** Offers something, until it's taken or dismissed. */
export function offer(text, ...actions) {
  show(text, "status", actions)?.classList.add("good");
}

/** Shows good news for a while. */
export function tell(text) {
  const box = show(text, "status");
  box?.classList.add("good");
  setTimeout(() => box?.remove(), goodFor);
}

function show(text, role, actions = []) {
  const before = [...place.children].find((old) => old.firstChild.textContent === text);
  if (before) return count(before);
  const box = document.createElement("div");
  box.className = "notice";
  box.setAttribute("role", role);
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  for (const { label, run } of actions) box.append(button(label, () => (box.remove(), run())));
  box.append(button(t("close"), () => box.remove()));
  place.append(box);
  place.scrollTop = place.scrollHeight;
  return box;
}

/** The same was said once more. */
function count(box) {
  box.dataset.times = 1 + Number(box.dataset.times ?? 1);
  box.firstChild.dataset.times = `×${box.dataset.times}`;
  return null;
}

/** Takes every notice away. */
export function clearNotices() {
  place.replaceChildren();
}

/** Runs f; what goes wrong becomes a sentence on the page. */
export async function attempt(f) {
  try {
    return await f();
  } catch (error) {
    notice(reasoned(error.message));
  }
}

function button(label, run) {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = label;
  b.addEventListener("click", run);
  return b;
}
