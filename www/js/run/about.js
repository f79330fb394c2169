// What the run shows, by the name of its data, and one sentence under the curves on what its losses mean.

import { t } from "../strings.js";

const digits = ["fakes", "reals"];
const named = { ring: ["fakePoints", "realPoints"], grid: ["fakePoints", "realPoints"], spiral: ["fakePoints", "realPoints"], own: ["fakePictures", "realPictures"] };
let recipe = null;

/** Follows the run's data and loss. */
export function joinAbout(ganvas) {
  ganvas.on((event) => {
    if (event.type !== "started") return;
    recipe = event.recipe;
    sayAbout();
  });
}

/** Writes it all in the page's language. */
export function sayAbout() {
  if (!recipe) return;
  const [fakes, reals] = named[recipe.dataset] ?? digits;
  for (const [kind, text] of [["fake", fakes], ["real", reals]]) {
    const title = document.querySelector(`[data-names=${kind}]`);
    title.dataset.t = text;
    title.textContent = t(text);
  }
  document.getElementById("loss-says").textContent = t(`loss_${recipe.loss}`);
}
