// What arrives: digits, or the visitor's own data, on a bar.

/** Tells the page that have of total have arrived; what is "digits", "archive" (which is unpacked), "pictures" (which are made samples of) or "own" (data on their way to the trainer). */
export const arriving = (what, have, total) => document.dispatchEvent(new CustomEvent("arriving", { detail: { what, have, total } }));
