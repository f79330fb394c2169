// One sentence under the curves on what the run's losses mean.

import { t } from "../strings.js";

let recipe = null;

/** Follows the run's loss. */
export function joinAbout(ganvas) {
  ganvas.on((event) => {
    if (event.type !== "started") return;
    recipe = event.recipe;
    sayAbout();
  });
}

/** Writes it in the page's language. */
export function sayAbout() {
  if (!recipe) return;
  document.getElementById("loss-says").textContent = t(`lossSays.${recipe.loss}`);
}
