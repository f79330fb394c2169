/** Texts of the room to play in, in each language. */
export const texts = {
  en: {
    roomPlay: "Play",
  },
  zh: {
    roomPlay: "玩一玩",
  },
};
