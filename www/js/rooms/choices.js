// A group of buttons of which one is chosen, for pointer and keyboard: arrow keys, Home and End choose.

/** Makes the element a radio group; choose(button) is called with the one that the visitor picks. */
export function radios(group, choose) {
  const all = () => [...group.querySelectorAll("[role=radio]")].filter((b) => !b.disabled);
  group.addEventListener("click", (e) => {
    const button = e.target.closest("[role=radio]");
    if (button && !button.disabled) choose(button);
  });
  group.addEventListener("keydown", (e) => {
    const buttons = all();
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[e.key];
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    const button = buttons[(to + buttons.length) % buttons.length];
    button.focus();
    choose(button);
  });
}

/** Marks one as chosen; it alone is reached by Tab. */
export function mark(group, chosen) {
  const buttons = [...group.querySelectorAll("[role=radio]")];
  for (const b of buttons) {
    b.setAttribute("aria-checked", String(b === chosen));
    b.tabIndex = b === (chosen ?? buttons[0]) ? 0 : -1;
  }
}
