// Play, slow motion, step and start over, by button and by key.

import { openDialog } from "../link/history.js";
import { attempt } from "../page/notices.js";
import { paces } from "./slow.js";
import { grouped, t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** Joins the buttons and keys; again() begins the present experiment anew, changed() shows the buttons as they are now. */
export function joinTransport(ganvas, slow, again, changed = () => {}) {
  const running = () => ganvas.status().state === "running";
  const step = (depth) =>
    attempt(async () => {
      if (depth === "update") return slow.one();
      slow.end();
      await ganvas.step(1, depth);
    });
  const actions = {
    toggle: () =>
      attempt(async () => {
        if (slow.playing) slow.stop();
        else {
          const goes = (running() || ganvas.resuming) && !ganvas.pausing, done = goes ? ganvas.pause() : slow.on ? slow.play() : ganvas.resume();
          changed(); // the button at once, the run when it can
          await done;
        }
      }),
    slow: () =>
      attempt(async () => {
        const goes = running() || slow.playing;
        slow.on = !slow.on;
        show(slow);
        slow.end();
        if (goes) await (slow.on ? slow.play() : ganvas.resume());
      }),
    step: () => step($("depth").value),
    reset: async () => {
      if (await confirmed(ganvas.status().step)) again();
    },
  };
  for (const [id, act] of [["play", actions.toggle], ["slow", actions.slow], ["step", actions.step], ["reset", actions.reset]]) $(id).addEventListener("click", act);
  $("pace").max = paces.length - 1;
  $("pace").value = paces.indexOf(slow.pace);
  $("pace").addEventListener("input", () => (slow.pace = paces[$("pace").value]));
  const help = () => {
    if ($("controls").hidden) $("change").click();
    $("keys").open = !$("keys").open;
    if ($("keys").open) $("keys").scrollIntoView({ block: "nearest" });
  };
  const keys = {
    " ": [actions.toggle, "play"], s: [actions.step, "step"], ".": [actions.step, "step"], u: [() => step("update"), "step"],
    b: [() => step("batch"), "step"], e: [() => step("epoch"), "step"], m: [actions.slow, "slow"], r: [actions.reset, "reset"], "?": [help],
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || document.querySelector("dialog[open]") || typing(e.target)) return;
    const [action, button] = keys[e.key.toLowerCase()] ?? [];
    if (!action || (button && ($(button).disabled || !$(button).checkVisibility())) || (e.key === " " && pressable(e.target))) return;
    e.preventDefault();
    action();
  });
}

/** Turns slow motion off without playing on. */
export function leaveSlow(slow) {
  slow.on = false;
  slow.end();
  show(slow);
}

/** Shows whether slow motion is on, and its speed. */
function show(slow) {
  $("slow").setAttribute("aria-pressed", String(slow.on));
  $("pace-label").hidden = !slow.on;
}

const typing = ({ tagName, type }) => tagName === "SELECT" || tagName === "TEXTAREA" || (tagName === "INPUT" && type !== "checkbox");
const pressable = ({ tagName }) => ["BUTTON", "SUMMARY", "A", "INPUT"].includes(tagName);

let withdraw = () => {}; // the question before

/** Asks before steps are thrown away; resolves to whether they may be. A question that comes before an answer takes its place. */
export function confirmed(step) {
  if (step === 0) return Promise.resolve(true);
  withdraw();
  const ask = $("ask");
  $("ask-says").textContent = t("askSays", { step: grouped(step) });
  return new Promise((resolve) => {
    const over = new AbortController();
    const answer = (yes) => (over.abort(), resolve(yes));
    withdraw = () => answer(false);
    $("ask-yes").addEventListener("click", () => (answer(true), ask.close()), over);
    $("ask-no").addEventListener("click", () => (answer(false), ask.close()), over);
    // By key. A dialog tells that it was closed some time after it was, and may be open for this question by then.
    ask.addEventListener("close", () => ask.open || answer(false), over);
    if (!ask.open) openDialog(ask);
  });
}
