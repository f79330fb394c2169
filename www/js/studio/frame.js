// Starts the drawing program inside its frame, and hands it the pointer.
"use strict";

{
  const page = () => window.parent.ganvasPage;
  const glass = document.getElementById("glass");

  // Ebiten's canvas would swallow scrolling, pinching and keys; this glass over it leaves them to the browser and the page.
  const tell = (event, inside, click = false) =>
    window.ganvasStudio?.pointer(event.clientX, event.clientY, inside, click, inside && (event.buttons & 1) === 1);
  const drags = (event) => event.pointerType !== "touch" || [glass, event.target].some((e) => getComputedStyle(e).touchAction === "none");
  const fingers = new Map(); // that are down where they drag, by pointer id: two of them zoom
  const pinch = () => {
    const [a, b] = [...fingers.values()];
    return { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2, apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) };
  };
  glass.addEventListener("pointermove", (event) => {
    if (fingers.size < 2 || !fingers.has(event.pointerId)) return tell(event, true);
    const before = pinch();
    fingers.set(event.pointerId, event);
    const now = pinch();
    if (before.apart > 0) window.ganvasStudio?.zoom(now.x, now.y, now.apart / before.apart);
  });
  glass.addEventListener("pointerdown", (event) => {
    if (drags(event)) {
      glass.setPointerCapture(event.pointerId); // a drag goes on outside
      if (event.pointerType === "touch") fingers.set(event.pointerId, event);
    }
    tell(event, fingers.size < 2); // a second finger ends the drag
  });
  for (const lift of ["pointerup", "pointercancel"]) glass.addEventListener(lift, (event) => fingers.delete(event.pointerId));
  glass.addEventListener("pointerup", (event) => tell(event, true));
  glass.addEventListener("click", (event) => tell(event, true, true));
  for (const leave of ["pointerleave", "pointercancel"]) glass.addEventListener(leave, (event) => tell(event, false));
  glass.addEventListener("wheel", (event) => {
    if (window.ganvasStudio?.zoom(event.clientX, event.clientY, Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)))) event.preventDefault();
  }, { passive: false });
  addEventListener("keydown", (event) => {
    event.stopPropagation(); // the drawing would keep Tab, and so the focus, to itself
    if (window.parent === window) return;
    const { key, code, ctrlKey, shiftKey, altKey, metaKey } = event;
    const copy = new KeyboardEvent("keydown", { key, code, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true });
    if (!window.parent.document.body.dispatchEvent(copy)) event.preventDefault();
  }, { capture: true });

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
