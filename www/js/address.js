// What the page's address asks for: ?preset=classic&threads=2&autostart=0&lang=zh and any recipe field.

const known = ["preset", "threads", "autostart", "lang", "kernel"];

/** Reads the address: {preset, recipe, autostart, lang, kernel, problems}. config is the page's table of fields. */
export function readAddress(search, config) {
  const asked = { preset: "quick", recipe: {}, autostart: true, lang: null, kernel: "auto", threads: null, problems: [] };
  for (const [name, value] of new URLSearchParams(search)) {
    if (config.fields.some((f) => f.name === name)) asked.recipe[name] = value;
    else if (!known.includes(name)) asked.problems.push(`there is no setting “${name}”.`);
    else if (name === "preset" && !config.presets.some((p) => p.name === value)) asked.problems.push(`there is no preset “${value}”; there are ${config.presets.map((p) => p.name).join(", ")}.`);
    else if (name === "autostart") asked.autostart = value !== "0" && value !== "false";
    else if (name === "threads") asked.threads = Math.max(1, Math.min(64, Math.trunc(Number(value)) || 1));
    else asked[name] = value;
  }
  return asked;
}
