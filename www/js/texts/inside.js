/** Texts of the room that looks inside the networks, in each language. */
export const texts = {
  en: {
    roomInside: "Look inside",
  },
  zh: {
    roomInside: "看看里面",
  },
};
