// The tab's history: what a visitor opened, a room, the drawer, a dialog, a place that the lesson led to, is an entry of it, so that
// Back undoes it. A page inside another one's frame makes no entries: the history is the other page's.

const framed = () => globalThis.parent !== globalThis;
const dialogs = new WeakSet(); // whose closing is heard
let undoing = false; // this page itself goes back, since what the entry was made for has closed

/** Puts a query into the page's address, in an entry of its own where a visitor may want to come back to what was before; mark says what the entry is for. */
export function writeAddressBar(search, { entry = false, mark = null } = {}) {
  const address = (search && search !== "?" ? search : location.pathname) + location.hash;
  if (entry && !framed()) history.pushState(mark && { [mark]: true }, "", address);
  else history.replaceState(history.state, "", address);
}

/** An entry for where the page stands now: Back returns to it, and to the line that was read there. */
export function remember() {
  if (!framed()) history.pushState(null, "", location.href);
}

/** Goes back where the newest entry is marked so; returns whether it is. */
export function undo(mark) {
  if (undoing || !history.state?.[mark]) return false; // on its way already: once more would leave the page
  undoing = true;
  history.back();
  return true;
}

/** Opens a dialog, which Back closes. */
export function openDialog(dialog) {
  dialog.showModal();
  if (framed()) return;
  if (!history.state?.dialog) history.pushState({ dialog: true }, "", location.href);
  if (dialogs.has(dialog)) return;
  dialogs.add(dialog);
  dialog.addEventListener("close", () => dialog.open || undo("dialog")); // it may be open again by the time that this is told
}

/** Calls arrived after each way through the history but this page's own. */
export function followHistory(arrived) {
  addEventListener("popstate", () => {
    const open = document.querySelectorAll("dialog[open]");
    if (undoing) {
      undoing = false;
      if (open.length) history.pushState({ dialog: true }, "", location.href); // one that was opened meanwhile
    } else {
      for (const dialog of open) dialog.close();
    }
    arrived();
  });
}
