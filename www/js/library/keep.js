// Keeps the run in this browser's library, so that a reload, a crash or a closed tab loses at most a minute.

import { all, drop, Full, isAuto, newId, put, train, trainedElsewhere } from "./library.js";
import { restoreData } from "../data/given.js";
import { attempt, notice, offer } from "../page/notices.js";
import { grouped, t } from "../strings.js";
import { shapeOf } from "../pictures/sample.js";
import { refused, sayUnchecked } from "../weights/damage.js";

const every = 60_000; // milliseconds between saves of a run that goes on
const thumbs = 8; // fakes that a list shows of a run

let run = newId(); // this page's run; a new one gets a new number
let adopted = null; // the number of the kept run that is about to go on
let keptStep = 0; // of the run when it was last kept
let elsewhere = false; // the run is kept by the process that carries it
let given = false; // up: the browser keeps nothing, and the visitor knows
let pictures = null; // the last sheet's
let good = null; // the run's last whole state: {id, step, bytes}
const firstState = 10_000; // milliseconds after which the run's first one is taken
let data = ""; // digest of the visitor's own data that the run learns from

/** Keeps the run as it goes on: now and then, at every pause, and when the page is hidden; but for a run that another process carries. */
export function joinKeeping(ganvas, trainer) {
  elsewhere = trainer.remote === true;
  let last = performance.now(), began = last;
  trainer.addEventListener("event", ({ detail: { event, bytes } }) => {
    if (event.type === "sampled") pictures = thumbOf(event.sheet, bytes);
  });
  if (elsewhere) return;
  ganvas.on((event) => {
    if (event.type === "started") {
      run = adopted ?? newId();
      adopted = null;
      data = event.digest ?? "";
      train(run);
      keptStep = event.step;
      if (good?.id !== run) good = null;
      began = performance.now();
      if (event.step > 0 && !good) takeState(ganvas);
    }
    if (event.type === "stepped" && !good && performance.now() - began > firstState) takeState(ganvas);
    if (event.type === "paused" || event.type === "stopped") keep(ganvas);
    if (event.type === "stepped" && performance.now() - last > every) {
      last = performance.now();
      keep(ganvas);
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(ganvas);
  });
}

let taking = false;

/** Takes the run's state without keeping it in the library. */
async function takeState(ganvas) {
  if (taking) return;
  taking = true;
  const id = run, { step } = ganvas.status();
  const bytes = await ganvas.save().catch(() => null);
  if (bytes && id === run) good = { id, step, bytes: new Blob([bytes]) };
  taking = false;
}

/** The run's last whole state, {id, step, bytes}, to go on from when its Workers are lost; null where there is none yet. */
export const lastGood = () => good;

/** Goes on with a state of this page's run, by load(); it stays the same run. */
export async function goOnKept({ id }, load) {
  adopted = id;
  try {
    await load();
  } finally {
    adopted = null;
  }
}

/** The run's pictures as they are now, for a list. */
export const pictured = () => pictures;

/** What the library keeps of a run: its checkpoint's bytes and what a list shows. */
export function entry({ step, preset, recipe }, bytes, more) {
  return { step, preset, recipe, when: Date.now(), thumb: pictures, bytes: new Blob([bytes]), ...(data ? { data } : {}), ...more };
}

function thumbOf(sheet, bytes) {
  const { channels, height, width, size, points } = shapeOf(sheet);
  const n = Math.min(sheet.fakes, points ? sheet.fakes : thumbs);
  return { sample: [channels, height, width], bytes: bytes.slice(0, n * size) };
}

let saved = Promise.resolve(); // one after the other

/** Keeps the run as it is, if it has gone on since it was last kept; before another run takes its place, wait for this. */
export function keep(ganvas) {
  return (saved = saved.then(() => save(ganvas)));
}

async function save(ganvas) {
  const status = ganvas.status();
  if (status.updates > 0 && document.visibilityState === "visible") return; // saving would finish the step that is under way
  if (elsewhere || given || status.step === keptStep || !["running", "paused", "finished"].includes(status.state)) return;
  const id = run;
  const bytes = await ganvas.save().catch(() => null); // a trainer that stopped has said so
  try {
    if (bytes && id === run) {
      good = { id, step: status.step, bytes: new Blob([bytes]) };
      await put(entry(status, bytes, { id, name: "", auto: true }));
      keptStep = status.step;
      document.dispatchEvent(new Event("library"));
    }
  } catch (error) {
    given = true;
    notice(error instanceof Full ? t("libraryFull") : t("notKept", { why: error.message || error.name }));
  }
}

/** Lets the page keep again, after room was made. */
export function keepAgain() {
  given = false;
}

/**
 * Goes on with a kept run and resolves to whether it does. One that was kept by itself stays one: what comes of it takes its place.
 * One that is damaged is left alone, and the newest other is offered, but for those that were tried.
 */
export async function goOn(ganvas, kept, { changed = false, tried = [] } = {}) {
  adopted = isAuto(kept) ? kept.id : null;
  try {
    if (kept.data) await restoreData(ganvas, kept.data);
    const found = await ganvas.load(kept.bytes, { paused: true, changed });
    if (found.missing) notice(t("dataMissing", { name: nameOf(kept), set: found.set, n: grouped(found.samples) }));
    if (!changed) sayUnchecked(found, nameOf(kept));
    return true;
  } catch (error) {
    if (!error.damaged) throw error;
    const seen = [...tried, kept.id];
    const elsewhere = await trainedElsewhere();
    const other = (await all()).find(({ id }) => !seen.includes(id) && !elsewhere.has(id));
    const instead = other && { label: t("otherRun", { name: nameOf(other) }), run: () => goOn(ganvas, other, { tried: seen }) };
    refused(nameOf(kept), () => goOn(ganvas, kept, { changed: true }), instead);
    return false;
  } finally {
    adopted = null;
  }
}

/** What a kept run is called. */
export const nameOf = (run) => run.name || t("unnamed", { preset: run.preset || t("custom"), step: grouped(run.step) });

/** Offers the newest run that is kept, which a reload or a crash ended; begin opens a trainer to load it into. */
export async function offerKept(ganvas, begin) {
  let kept;
  try {
    const elsewhere = await trainedElsewhere();
    kept = (await all()).find((r) => isAuto(r) && !elsewhere.has(r.id));
  } catch {
    return; // a browser that keeps nothing has nothing to offer
  }
  if (!kept) return;
  offer(
    t("kept", { preset: kept.preset || t("custom"), step: grouped(kept.step), when: ago(kept.when) }),
    {
      label: t("goOn"),
      run: () =>
        attempt(async () => {
          await begin();
          await goOn(ganvas, kept);
        }),
    },
    { label: t("forget"), run: () => attempt(() => drop(kept.id)) },
  );
}

/** How long ago that was, in words. */
export function ago(when) {
  const minutes = Math.round((Date.now() - when) / 60_000);
  if (minutes < 1) return t("justNow");
  if (minutes < 60) return t("minutesAgo", { n: minutes });
  return minutes < 48 * 60 ? t("hoursAgo", { n: Math.round(minutes / 60) }) : t("daysAgo", { n: Math.round(minutes / 60 / 24) });
}
