// The drawer with everything that changes the experiment: beside the stage, or a sheet over the page where there is little
// room.

import { setParameter } from "../link/address.js";
import { undo } from "../link/history.js";

const $ = (id) => document.getElementById(id);

/** Joins the buttons and keys that open and close it. */
export function joinDrawer() {
  $("change").addEventListener("click", () => showDrawer($("controls").hidden, true));
  $("close-change").addEventListener("click", () => showDrawer(false, true));
  $("controls").addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    showDrawer(false, true);
  });
}

/** Opens or closes it; by hand also moves the focus along. */
export function showDrawer(on, byHand = false) {
  $("controls").hidden = !on;
  $("change").setAttribute("aria-expanded", String(on));
  if (on || !byHand || !undo("drawer")) setParameter("change", on ? "1" : null, { entry: on && byHand, mark: "drawer" });
  if (byHand) $(on ? "controls" : "change").focus({ preventScroll: on && matchMedia("(min-width: 901px)").matches });
}
