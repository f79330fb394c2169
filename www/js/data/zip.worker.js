// The Worker that unpacks archives, which takes all that unpacking took with it when it ends: given a file, it answers with {told: [have,
// total]} on the way, and with {unpacked}, as unpack gives it, or {said}, what is wrong with the archive.

import { unpack } from "./zip.js";

const every = 64; // files between two answers on the way

self.onmessage = async ({ data: file }) => {
  try {
    self.postMessage({ unpacked: await unpack(file, (have, total) => (have % every === 0 || have === total) && self.postMessage({ told: [have, total] })) });
  } catch (error) {
    self.postMessage({ said: error.said ?? ["zipDamaged", { name: file.name }] });
  }
};
