// What happens in one update of one network, sentence by sentence, as the recipe has it.

import { lossOf } from "../strings.js";

/** The sentences for a recipe's penalties, with the parts concerned, by where they look at the discriminator's slope. */
function penalties(r, own) {
  const at = new Set([...(r.gp_weight > 0 && own ? own : []), ...(r.r1_weight > 0 ? ["real"] : []), ...(r.r2_weight > 0 ? ["fake"] : [])]);
  const beats = at.has("mix") ? [["nowPenalty", ["fake", "real", "d"]]] : [];
  if (at.has("real") && at.has("fake")) beats.push(["nowPenaltyBoth", ["fake", "real", "d"]]);
  else if (at.has("real")) beats.push(["nowPenaltyReal", ["real", "d"]]);
  else if (at.has("fake")) beats.push(["nowPenaltyFake", ["fake", "d"]]);
  return beats;
}

/** How many updates a step of a recipe has. */
export const updatesOf = (r) => r.d_steps + r.g_steps;

/**
 * The beats of the update that comes after `done` updates of a step: [{number, name, values, lit, learns}]. Numbers count the
 * sentences of a step, those of a network's further updates again from its first. name is a text's, lit are the parts of the
 * flow band that are concerned, and the last beat of each update is the one in which its network learns.
 */
export function beatsOf(recipe, done) {
  const r = recipe;
  const forD = done < r.d_steps;
  const [n, of] = forD ? [done + 1, r.d_steps] : [done + 1 - r.d_steps, r.g_steps];
  const d = beatsOfD(r), all = forD ? d : beatsOfG(r);
  const values = { batch: r.batch, noise: r.noise, n, of };
  return all.map(([name, lit], i) => ({ number: (forD ? 1 : d.length + 1) + i, name, values, lit, learns: i === all.length - 1 ? (forD ? "D" : "G") : "" }));
}

function beatsOfD(r) {
  const { critic, penalty } = lossOf(r), told = r.conditional ? "Told" : "";
  const beats = [
    [`nowNoise${told}`, ["noise"]],
    ["nowMake", ["noise", "g", "fake"]],
    [`nowReal${told}`, ["real", "d", "realVerdict"]],
    [`nowFake${told}`, ["fake", "d", "fakeVerdict"]],
  ];
  beats.push(...penalties(r, penalty.at));
  const learns = critic ? "nowCriticLearns" : r.conditional && r.label_mode === "auxiliary" ? "nowNamerLearns" : "nowDLearns";
  return [...beats, [learns, ["d", "fakeVerdict", "realVerdict"]]];
}

function beatsOfG(r) {
  const compared = lossOf(r).gSeesReal;
  return [
    [r.conditional ? "nowNoiseGTold" : "nowNoiseG", ["noise"]],
    [compared ? "nowThroughCompared" : "nowThrough", ["noise", "g", "fake", "d", "fakeVerdict", ...(compared ? ["real", "realVerdict"] : [])]],
    [r.ema > 0 ? "nowGLearnsAveraged" : "nowGLearns", ["g", "fakeVerdict"]],
  ];
}
