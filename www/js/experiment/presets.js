// The presets to choose from, each with its line.

import { presetSays, t } from "../strings.js";

const $ = (id) => document.getElementById(id);

/** Makes the list; chosen(name) is called with what is picked. */
export function buildPresets(presets, chosen) {
  $("preset-list").replaceChildren(...presets.map((preset) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "preset";
    input.value = preset.name;
    input.id = `preset-${preset.name}`;
    input.addEventListener("click", () => chosen(preset.name)); // by arrow keys too, and on the chosen one again
    const [name, says] = ["b", "span"].map((tag) => document.createElement(tag));
    name.textContent = t(`plain.${preset.name}`, preset);
    says.textContent = presetSays(preset);
    label.append(input, name, says);
    return label;
  }));
}

/** Marks the preset that the settings come from; changed says that they differ from it. */
export function showPreset(presets, name, changed) {
  for (const input of document.querySelectorAll("#preset-list input")) input.checked = input.value === name && !changed;
  const found = presets.find((p) => p.name === name);
  $("preset-name").textContent = found ? t(`plain.${name}`, found) + (changed ? ` (${t("custom")})` : "") : t("custom");
  $("preset-says").textContent = found && !changed ? presetSays(found) : "";
}
