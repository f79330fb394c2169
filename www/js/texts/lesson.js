/** Texts of the lesson, in each language. */
export const texts = {
  en: {},
  zh: {},
};
