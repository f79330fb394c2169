// Play, step and start over, by button and by key.

import { attempt } from "./notices.js";
import { grouped, t } from "./strings.js";

const $ = (id) => document.getElementById(id);

/** Joins the buttons and keys; again() begins the present experiment anew. */
export function joinTransport(ganvas, again) {
  const actions = {
    toggle: () => attempt(() => (ganvas.status().state === "running" ? ganvas.pause() : ganvas.resume())),
    step: () => attempt(() => ganvas.step(1)),
    reset: async () => {
      if (await confirmed(ganvas.status().step)) again();
    },
  };
  $("play").addEventListener("click", actions.toggle);
  $("step").addEventListener("click", actions.step);
  $("reset").addEventListener("click", actions.reset);
  const help = () => {
    $("keys").open = !$("keys").open;
    if ($("keys").open) $("keys").scrollIntoView({ block: "nearest" });
  };
  const keys = { " ": [actions.toggle, "play"], s: [actions.step, "step"], ".": [actions.step, "step"], r: [actions.reset, "reset"], "?": [help] };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || document.querySelector("dialog[open]") || typing(e.target)) return;
    const [action, button] = keys[e.key.toLowerCase()] ?? [];
    if (!action || (button && $(button).disabled) || (e.key === " " && pressable(e.target))) return;
    e.preventDefault();
    action();
  });
}

const typing = ({ tagName, type }) => tagName === "SELECT" || tagName === "TEXTAREA" || (tagName === "INPUT" && type !== "checkbox");
const pressable = ({ tagName }) => ["BUTTON", "SUMMARY", "A", "INPUT"].includes(tagName);

/** Asks before steps are thrown away. */
function confirmed(step) {
  if (step === 0) return Promise.resolve(true);
  const ask = $("ask");
  $("ask-says").textContent = t("askSays", { step: grouped(step) });
  return new Promise((resolve) => {
    let yes = false;
    const over = new AbortController();
    $("ask-yes").addEventListener("click", () => ((yes = true), ask.close()), over);
    $("ask-no").addEventListener("click", () => ask.close(), over);
    ask.addEventListener("close", () => (over.abort(), resolve(yes)), over);
    ask.showModal();
  });
}
