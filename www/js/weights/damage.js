// Files whose bytes are not those that were saved: what the page says of them and the ways on that it offers.

import { attempt, notice, tell } from "../page/notices.js";
import { t } from "../strings.js";

let said = false; // that files can be without a digest

/** Says that a file or a kept run is damaged. anyway opens it all the same; other is {label, run} for another way on, if there is one. */
export function refused(name, anyway, other) {
  const ways = [{ label: t("openChanged"), run: anyway }, other].filter(Boolean);
  notice(t("damaged", { name }), ...ways.map(({ label, run }) => ({ label, run: () => attempt(run) })));
}

/** Says, once, of what was loaded that nothing could be checked. */
export function sayUnchecked({ checked }, name) {
  if (checked || said) return;
  said = true;
  tell(t("unchecked", { name }));
}
