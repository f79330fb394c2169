// How high a room's drawing can be for the visitor to see it without scrolling.

const view = document.getElementById("view");
const above = ["goal", "remote", "transport", "bar", "stage"]; // whose heights move it

/** CSS pixels at the window's foot that its fixed buttons cover. */
export const covered = () => (matchMedia("(max-width: 900px)").matches ? document.querySelector(".buttons").offsetHeight : 0);

/** Calls tell(CSS pixels) with the window's height below the drawing's top but for that much, now and whenever it changes, while open() holds; never less than least. */
export function whenHigh({ open, below, least, tell }) {
  let told = 0;
  const measure = () => {
    if (!open()) return;
    const high = Math.max(least, Math.round(innerHeight - view.getBoundingClientRect().top - scrollY - below()));
    if (high === told) return;
    told = high;
    tell(high);
  };
  addEventListener("resize", measure);
  const watcher = new ResizeObserver(measure);
  for (const id of above) watcher.observe(document.getElementById(id));
  return measure;
}
