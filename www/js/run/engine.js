// What computes the run: the processor, the visitor's GPU, or whichever is faster for it.

import { attempt } from "../page/notices.js";

/** What can be asked for, in the address and by the control. */
export const engineNames = ["cpu", "webgpu", "webgpu-f16", "auto"];

/** Shows what the address asks for, and has another engine compute where the visitor chooses one; told(name) is called when that is done. */
export function joinEngine(ganvas, asked, told) {
  const choice = document.getElementById("engine-of");
  choice.value = asked;
  let now = asked;
  choice.onchange = () =>
    attempt(async () => {
      const wanted = choice.value;
      choice.disabled = true;
      try {
        await ganvas.compute(wanted);
        now = wanted;
        told(wanted);
      } finally {
        choice.disabled = false;
        choice.value = now;
      }
    });
}
