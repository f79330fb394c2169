// One scale for how good what the generator makes is, the same for digits, points and pictures: from scrawls to like real.

/** The steps of the scale, each a text's name; the first four are states of core/quality/doctor. */
export const grades = ["gradeScrawls", "gradeRough", "gradeReadable", "gradeGood", "gradeReal"];

const states = ["scrawls", "rough", "readable", "good"];
const nearest = 2; // times the distance between real samples, up to which what is good is like real
const nearlyAll = 0.9; // of points that must lie where the data are

/** How many steps of the scale are reached, 0 for noise; null where that cannot be said, such as of a run that has collapsed. */
export function gradeOf({ state, values }) {
  if (state === "noise") return 0;
  const at = states.indexOf(state);
  if (at < 0) return null;
  const like = state === "good" && (values.modes ? values.covered === values.modes && values.quality >= nearlyAll : values.apart > 0 && values.apart <= nearest);
  return like ? grades.length : at + 1;
}

const [guessing, ahead] = [0.55, 0.9];

/** Whether how often D is right, from 0 to 1, serves G's learning now: a text's name. */
export const balanceOf = (right) => (right < guessing ? "rightFooled" : right > ahead ? "rightAhead" : "rightGood");
