/** Texts of changing the experiment, in each language. */
export const texts = {
  en: {
    rooms: "Rooms",
    change: "Change the experiment",
  },
  zh: {
    rooms: "房间",
    change: "更改实验",
  },
};
