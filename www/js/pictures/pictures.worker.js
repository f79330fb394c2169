// The Worker that writes picture files, so that the page goes on meanwhile: given {format, film, bytes}, it answers with
// {bytes} or {error}.

import { gif, png } from "./files.js";

self.onmessage = async ({ data: { format, film, bytes } }) => {
  try {
    const file = format === "png" ? await png(bytes, film.width, film.height, film.colours) : gif(bytes, film);
    self.postMessage({ bytes: file }, [file.buffer]);
  } catch (error) {
    self.postMessage({ error: error.message });
  }
};
