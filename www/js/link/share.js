// Links to this experiment: the page's address as it is, and one for a lesson, with a goal and without some parts.

import { goalKinds, readGoals } from "./goals.js";
import { partNames } from "./parts.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** Joins the drawer's part that makes links. */
export function joinShare() {
  $("copy-link").addEventListener("click", () => copy(location.href));
  $("share-link").hidden = !globalThis.navigator?.share;
  $("share-link").addEventListener("click", () => navigator.share({ title: document.title, url: location.href }).catch(() => {})); // closed without sharing
  $("copy-lesson").addEventListener("click", () => copy($("link").value));
  for (const id of ["lesson-link", "link-goal", "link-goal-value", "link-embed"]) {
    for (const type of ["input", "toggle"]) $(id).addEventListener(type, write);
  }
  $("link-hide").addEventListener("input", write);
  $("link").addEventListener("focus", () => (write(), $("link").select()));
}

/** Writes the words in the page's language. */
export function speakShare() {
  const chosen = $("link-goal").value, hidden = hiddenParts();
  $("link-goal").replaceChildren(new Option(t("goalNone"), ""), ...Object.keys(goalKinds).map((kind) => new Option(t(`goalKinds.${kind}`), kind)));
  $("link-goal").value = chosen;
  $("link-hide").replaceChildren(...partNames.map((name) => {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = name;
    box.checked = hidden.includes(name);
    label.append(box, t(`parts.${name}`));
    return label;
  }));
  $("copied").textContent = "";
  write();
}

const hiddenParts = () => [...document.querySelectorAll("#link-hide input:checked")].map((box) => box.value);

function write() {
  const kind = $("link-goal").value, value = $("link-goal-value").value.trim();
  const bare = goalKinds[kind]?.bare;
  $("link-goal-label").hidden = !kind || bare;
  const goal = bare ? kind : kind && value ? `${kind}:${value}` : "";
  $("link-goal-value").setCustomValidity(goal && !readGoals(goal) ? t("badParameter", { name: "goal", value: goal, allowed: t("isGoal"), used: "–" }) : "");
  const link = new URL(location.href);
  const put = (name, text) => (text ? link.searchParams.set(name, text) : link.searchParams.delete(name));
  put("goal", readGoals(goal) ? goal : "");
  put("hide", hiddenParts().join(","));
  put("embed", $("link-embed").checked ? "1" : "");
  link.searchParams.delete("change");
  $("link").value = link.href.replaceAll("%3A", ":").replaceAll("%2C", ",");
}

async function copy(text) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = false;
  }
  $("copied").textContent = t(done ? "copied" : "notCopied");
}
