/** Texts about files that are not as they were saved, in each language. */
export const texts = {
  en: {
    damaged: "{name} is damaged: it is not what was saved. Take another copy, or open it anyway if it was changed on purpose.",
    openChanged: "Open it anyway", otherRun: "Open “{name}” instead",
    unchecked: "{name} is from before files carried a digest, so most damage to it could not be noticed. Saved again, it has one.",
  },
  zh: {
    damaged: "{name} 已损坏：内容与保存时不同。请换一份副本；如果是有意改动的，也可以仍然打开。",
    openChanged: "仍然打开", otherRun: "改为打开“{name}”",
    unchecked: "{name} 保存时还没有校验码，因此其中的大多数损坏无法察觉。重新保存后就会带上。",
  },
};
