// Generators that PyTorch saved: what the page understood of their weights, and controls for what weights cannot tell. A change
// opens the file again, so that the samples are drawn anew at once.

import { attempt } from "../page/notices.js";
import { t } from "../strings.js";

const $ = (id) => document.getElementById(id);
const choices = { hidden: ["relu", "leaky:0.2", "leaky:0.01", "tanh", "sigmoid", "none"], range: ["-1..1", "0..1", "none"], labels: ["last", "first"] };
const names = { hidden: "foreignHidden", bnEps: "foreignEps", range: "foreignRange", labels: "foreignLabels", classes: "foreignClasses", strides: "foreignStrides" };

let shown = null; // the arguments of the last showForeign

/** Writes the controls in the page's language. */
export const speakForeign = () => shown && showForeign(...shown);

/** There is another run, which did not come from such a file. */
export function hideForeign() {
  shown = null;
  $("foreign").hidden = true;
}

/** Shows controls for what was guessed of a file, or none for a run of this project. again(as) opens the file once more with settings. */
export function showForeign(found, again) {
  shown = [found, again];
  const box = $("foreign");
  box.hidden = !found.guesses;
  if (!found.guesses) return;
  const says = document.createElement("p");
  says.className = "says";
  says.textContent = t("foreignSays");
  const title = document.createElement("h3");
  title.textContent = t("foreignHead");
  const labels = found.guesses.map(({ what, value }) => {
    const label = document.createElement("label");
    const name = document.createElement("span");
    name.textContent = t(names[what]);
    const input = choices[what] ? select(choices[what], value) : Object.assign(document.createElement("input"), { type: "text", value, autocomplete: "off", spellcheck: false });
    input.id = `foreign-${what}`;
    input.addEventListener("change", () =>
      attempt(async () => {
        await again(settings(found.guesses));
        $(input.id)?.focus(); // the control that has taken its place
      }),
    );
    label.append(name, input);
    return label;
  });
  box.replaceChildren(title, says, ...labels);
  const better = found.guesses.filter((g) => g.better);
  if (better.length) box.append(advice(better, () => again({ ...settings(found.guesses), ...Object.fromEntries(better.map((g) => [g.what, taken(g.what, g.better)])) })));
}

/** The sentence on samples whose statistics are absurd, with the button that mends them. */
function advice(better, mend) {
  const line = document.createElement("p");
  line.id = "foreign-advice";
  line.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.id = "foreign-mend";
  button.textContent = t("foreignMend");
  button.addEventListener("click", () =>
    attempt(async () => {
      await mend();
      $(`foreign-${better[0].what}`)?.focus(); // the button is gone
    }),
  );
  line.append(t("foreignAbsurd", { settings: better.map((g) => `${t(names[g.what])}: ${g.better}`).join("; ") }), " ", button);
  return line;
}

function select(values, value) {
  const all = values.includes(value) ? values : [value, ...values];
  const input = document.createElement("select");
  input.append(...all.map((v) => new Option(v, v)));
  input.value = value;
  return input;
}

/** A setting as the trainer takes it. */
const taken = (what, text) => (what === "classes" ? Number(text) : text);

/** What the controls say, as the trainer takes it. */
function settings(guesses) {
  const as = {};
  for (const { what } of guesses) {
    const text = $(`foreign-${what}`).value.trim();
    if (text) as[what] = taken(what, text);
  }
  return as;
}
