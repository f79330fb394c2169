// How much the samples of a data set may take.

import { t } from "../strings.js";

const most = 256e6; // bytes

/** Throws where samples of so many bytes are too many. */
export function roomFor(bytes) {
  if (bytes > most) throw new Error(t("dataRoom", { size: Math.round(bytes / 1e6) }));
}
