// Starts the drawing program inside its frame, and hands it the pointer.
"use strict";

{
  const page = () => window.parent.ganvasPage;
  const glass = document.getElementById("glass");

  // Ebiten's canvas would swallow scrolling, pinching and keys; this glass over it leaves them to the browser and the page.
  const tell = (event, inside, click = false) =>
    window.ganvasStudio?.pointer(event.clientX, event.clientY, inside, click, inside && (event.buttons & 1) === 1);
  glass.addEventListener("pointermove", (event) => tell(event, true));
  glass.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || glass.style.touchAction === "none") glass.setPointerCapture(event.pointerId); // a drag goes on outside
    tell(event, true);
  });
  glass.addEventListener("pointerup", (event) => tell(event, true));
  glass.addEventListener("click", (event) => tell(event, true, true));
  for (const leave of ["pointerleave", "pointercancel"]) glass.addEventListener(leave, (event) => tell(event, false));
  addEventListener("keydown", (event) => {
    if (window.parent === window) return;
    const { key, code, ctrlKey, shiftKey, altKey, metaKey } = event;
    const copy = new KeyboardEvent("keydown", { key, code, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true });
    if (!window.parent.document.body.dispatchEvent(copy)) event.preventDefault();
  });

  // Ebiten reloads the frame when the WebGL context is lost: what was drawn is kept by the page meanwhile.
  window.ganvasKept = page()?.kept;
  addEventListener("pagehide", () => {
    if (page() && window.ganvasStudio) page().kept = window.ganvasStudio.keep();
  });

  const go = new Go();
  WebAssembly.instantiateStreaming(fetch("studio.wasm"), go.importObject)
    .then(({ instance }) => go.run(instance))
    .then(() => page()?.failed?.("the drawing program ended"))
    .catch((error) => page()?.failed?.(error.message));
}
