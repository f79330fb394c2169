/** Texts of watching a run, in each language. */
export const texts = {
  en: {
    roomWatch: "Watch",
  },
  zh: {
    roomWatch: "观看",
  },
};
