// Experiments worth trying, each a state that the page's address can express: {preset, recipe, room}. The list "Try this", the lesson and
// the room of the plane take theirs from here; texts are under tries.NAME.

/** A run on the ring that collapses: a generator of few units against a discriminator that learns too fast for it. */
const fragile = { loss: "bce", ema: "0", leak: "0", generator: "16", lr_d: "0.005" };

export const experiments = {
  digits: { preset: "quick", room: "watch" },
  ring: { preset: "ring-2d", room: "plane" },
  spiral: { preset: "ring-2d", recipe: { dataset: "spiral" }, room: "plane" },
  collapse: { preset: "ring-2d", recipe: fragile, room: "plane" },
  cured: { preset: "ring-2d", recipe: { ...fragile, loss: "r1", gp_weight: "0.1" }, room: "plane" },
  paired: { preset: "ring-2d", recipe: { ...fragile, loss: "r3gan", gp_weight: "0.1" }, room: "plane" },
  slower: { preset: "ring-2d", recipe: { ...fragile, lr_d: "0.0005" }, room: "plane" },
  packed: { preset: "ring-2d", recipe: { ...fragile, packing: "4" }, room: "plane" },
  won: { preset: "dcgan", recipe: { loss: "minimax", lr_d: "0.002", lr_g: "0.00005" }, room: "watch" },
  wild: { preset: "quick", recipe: { optimizer: "sgd", lr_g: "1", lr_d: "1" }, room: "watch" },
  asked: { preset: "conditional", room: "watch" },
  growing: { preset: "progressive", recipe: { stage_images: "8000" }, room: "watch" },
  flowers: { preset: "colour-32", room: "watch" },
};

/** The list "Try this", in its order. */
export const listed = ["digits", "ring", "spiral", "collapse", "cured", "won", "wild", "asked", "growing", "flowers"];

/** The address of an experiment, beside the page's own parameters that stay, such as the language. */
export function addressOf({ preset, recipe = {}, room }, search = "") {
  const lang = new URLSearchParams(search).get("lang");
  return "?" + new URLSearchParams({ preset, ...recipe, ...(room === "watch" ? {} : { room }), ...(lang ? { lang } : {}) });
}
