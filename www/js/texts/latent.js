/** Texts of the room of the latent space, in each language. */
export const texts = {
  en: {
    roomLatent: "Latent space",
  },
  zh: {
    roomLatent: "潜在空间",
  },
};
