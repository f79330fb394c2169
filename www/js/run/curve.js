// What the steps of a run measured, in bounded memory: each point the mean of so many steps, and the newest steps one by one.

const names = ["lossD", "lossG", "pReal", "pFake", "right", "sReal", "sFake"];

export class Curve {
  #points = []; // each the mean of #each steps
  #some = []; // of newer steps, fewer than a point needs
  #each = 1;
  #step = 0; // of the newest step
  #most;

  /** most is how many points are kept; with more, neighbours become one. */
  constructor(most) {
    this.#most = most;
  }

  /** Takes what a step or several measured: {step, points, each}, of which the last point is the step's. A run that has gone back loses what came after. */
  add({ step, points, each = 1 }) {
    const begin = step - points.length * each;
    if (begin !== this.#step) this.#cut(begin);
    if (begin !== this.#step || this.#points.length + this.#some.length === 0) [this.#points, this.#some, this.#each] = [[], [], each]; // earlier steps are unknown
    for (const point of points) {
      if (each === this.#each && this.#some.length === 0) this.#keep(point);
      else for (let k = 0; k < each; k++) this.#one(point);
    }
    this.#step = step;
  }

  /** What was measured, as events that follow each other: {step, each, points}. */
  events() {
    const tail = this.#some.length;
    return [{ step: this.#step - tail, each: this.#each, points: this.#points }, { step: this.#step, each: 1, points: this.#some }].filter(({ points }) => points.length);
  }

  #one(point) {
    this.#some.push(point);
    if (this.#some.length >= this.#each) this.#keep(mean(this.#some.splice(0)));
  }

  #keep(point) {
    this.#points.push(point);
    if (this.#points.length <= this.#most) return;
    const odd = this.#points.length % 2 ? this.#points.splice(-1) : [];
    this.#points = this.#points.flatMap((_, i, all) => (i % 2 ? [mean(all.slice(i - 1, i + 1))] : []));
    for (const last of odd) for (let k = 0; k < this.#each; k++) this.#some.push(last);
    this.#each *= 2;
  }

  /** Forgets what came after a step, and what shares that step's point. */
  #cut(step) {
    if (step >= this.#step) return;
    const back = this.#step - step, tail = this.#some.length;
    this.#some.length = Math.max(0, tail - back);
    if (back > tail) this.#points.length = Math.max(0, this.#points.length - Math.ceil((back - tail) / this.#each));
    if (this.#points.length || this.#some.length) this.#step = step;
  }
}

/** The mean of points that follow each other, of what all of them have. */
function mean(points) {
  if (points.length === 1) return points[0];
  return Object.fromEntries(names.flatMap((name) => (points.every((p) => typeof p[name] === "number") ? [[name, points.reduce((sum, p) => sum + p[name], 0) / points.length]] : [])));
}
