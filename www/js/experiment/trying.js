// The list of experiments to try, and what to look for in the one that goes on.

import { addressOf, experiments, listed } from "./tries.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** Writes the list; open(state) begins one of its experiments. */
export function showTries({ presets }, open) {
  const known = listed.filter((name) => presets.some((p) => p.name === experiments[name].preset));
  $("try-list").replaceChildren(...known.map((name) => {
    const item = document.createElement("li"), link = document.createElement("a"), says = document.createElement("span");
    link.href = addressOf(experiments[name], location.search);
    link.dataset.experiment = name;
    link.textContent = t(`tries.${name}.name`);
    link.addEventListener("click", (e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return; // in another tab
      e.preventDefault();
      $("try-this").open = false;
      open(experiments[name]);
    });
    says.textContent = t(`tries.${name}.look`);
    item.append(link, says);
    return item;
  }));
}

/** Says what to look for in a run; is(preset, recipe) tells whether it is that experiment. */
export function showLook(is) {
  const name = listed.find((each) => is(experiments[each].preset, experiments[each].recipe ?? {}));
  $("try-look").hidden = !name || name === listed[0]; // whose words stand there anyway
  $("try-look").textContent = name ? t("tryLook", { what: t(`tries.${name}.look`) }) : "";
}
