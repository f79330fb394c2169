// The lesson's questions, which the visitor answers by acting: each is a condition on the run that goes on. What they say stands in the lesson's
// texts, under ask.

import { goalKinds } from "../link/goals.js";

const goal = (kind, value) => (seen) => goalKinds[kind].reached(value, seen);
const both = (a, b) => (seen) => a(seen) && b(seen);
const begun = (is) => ({ recipe, preset, step }) => step > 0 && Boolean(recipe && preset) && is(recipe, preset);

/**
 * By section: whether what was seen of the run answers its question. Seen are goalKinds' numbers, the recipe and the one of its preset, the side of
 * the pictures, and in the section of the circle the penalty and the point's distance at the end of its way.
 */
export const tasks = {
  noise: goal("covered", 5),
  generator: begun((recipe, preset) => recipe.generator[0] > preset.generator[0]),
  discriminator: goal("right", 0.6),
  losses: goal("won", 1),
  turns: begun((recipe) => recipe.d_steps >= 3),
  wrong: goal("collapsed", 1),
  conditional: both(begun((recipe) => recipe.conditional), goal("covered", 8)),
  dcgan: both(begun((recipe) => recipe.arch === "dcgan"), goal("covered", 9)),
  wgan: both(begun((recipe) => recipe.loss === "wgan-gp"), goal("step", 100)),
  circle: ({ circle }) => Boolean(circle) && circle.start > 0.5 && circle.end < 0.05,
  packing: both(begun((recipe) => recipe.packing >= 2), goal("covered", 6)),
  progressive: ({ side }) => side >= 16,
};
