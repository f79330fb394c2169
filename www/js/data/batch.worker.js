// The Worker that makes samples of pictures: given {id, pictures, shape}, it answers with {id, batch} or {id, error}.

import { made } from "./batch.js";

let canvas = null;

self.onmessage = async ({ data: { id, pictures, shape } }) => {
  try {
    canvas ??= new OffscreenCanvas(1, 1);
    self.postMessage({ id, batch: await made(pictures, shape, canvas) });
  } catch (error) {
    self.postMessage({ id, error: String(error?.message ?? error) });
  }
};
