// The table of rooms, in the order of their tabs; a visit begins in the first. Tabs and their keys, the address's values, the
// parts that an address can hide and the lesson's buttons are made from it. A room's name is also that of its drawing's
// package under wasm/studio and of its module here.

/**
 * Each row: name; text, its tab's words; part, the class in its module that is the page's part of it; asks, the commands that
 * the part asks of a trainer.
 */
export const rooms = [
  { name: "watch", text: "roomWatch", part: "WatchRoom", asks: [] },
  { name: "plane", text: "roomPlane", part: "PlaneRoom", asks: ["plane"] },
  { name: "inside", text: "roomInside", part: "Inside", asks: ["inspect", "wish"] },
  { name: "latent", text: "roomLatent", part: "LatentRoom", asks: ["images", "noise", "sway"] },
  { name: "play", text: "roomPlay", part: "PlayRoom", asks: ["game", "verdict"] },
  { name: "compare", text: "roomCompare", part: "Compare", asks: ["load", "start"] },
];

export const roomNames = rooms.map(({ name }) => name);

/** The id of a room's tab. */
export const tabOf = (name) => `tab-${name}`;
