/** Texts of the time line and the room that compares runs, in each language. */
export const texts = {
  en: {
    roomCompare: "Compare",
  },
  zh: {
    roomCompare: "对比",
  },
};
