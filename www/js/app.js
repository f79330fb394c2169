// The page: opens the trainer and the studio, and joins the controls to both.

import { joinAbout, sayAbout } from "./run/about.js";
import { joinAboutPage } from "./page/about.js";
import { Ganvas } from "./api.js";
import { Attached } from "./run/attach.js";
import { readAddress, setParameter, wantedLanguage, writeAddress } from "./link/address.js";
import { Brancher } from "./time/branch.js";
import { classOptions } from "./data/classes.js";
import { joinData } from "./data/data.js";
import { joinDrawer, showDrawer } from "./experiment/drawer.js";
import { joinEngine } from "./run/engine.js";
import { Experiment } from "./experiment/experiment.js";
import { showLook, showTries } from "./experiment/trying.js";
import { difference, loadTables } from "./experiment/fields.js";
import { forgetGenerated, joinFiles, takeDrops } from "./files.js";
import { hideForeign, speakForeign } from "./weights/foreign.js";
import { Goals } from "./link/goals.js";
import { followHistory, remember, writeAddressBar } from "./link/history.js";
import { isolate } from "./page/isolate.js";
import { joinKeeping, offerKept } from "./library/keep.js";
import { supports } from "./kernel.js";
import { all } from "./library/library.js";
import { Lesson } from "./lesson/lesson.js";
import { LessonPlace } from "./lesson/place.js";
import { attempt, clearNotices, notice } from "./page/notices.js";
import { joinOffline } from "./page/offline.js";
import { shapeOf } from "./pictures/sample.js";
import { Panel } from "./run/panel.js";
import { embeddedWithout, hideParts } from "./link/parts.js";
import { Past } from "./time/past.js";
import { joinPretrained, namePretrained } from "./weights/pretrained.js";
import { Quality } from "./run/quality.js";
import { reasoned } from "./page/reasons.js";
import { remoteOf } from "./run/remote.js";
import { Rescue } from "./run/rescue.js";
import { Rooms } from "./rooms/rooms.js";
import { receive } from "./rooms/carry.js";
import { Compare } from "./rooms/compare.js";
import { Runs } from "./rooms/runs.js";
import { Inside } from "./rooms/inside.js";
import { LatentRoom } from "./rooms/latent.js";
import { Paper } from "./page/paper.js";
import { PlaneRoom } from "./rooms/plane.js";
import { PlayRoom } from "./rooms/play.js";
import { WatchRoom } from "./rooms/watch.js";
import { joinShare, speakShare } from "./link/share.js";
import { Shelf } from "./library/shelf.js";
import { SlowMotion } from "./run/slow.js";
import { currentLanguage, grouped, languages, sentences, speak, speakOf, t } from "./strings.js";
import { Studio } from "./studio/studio.js";
import { Tape } from "./weights/tape.js";
import { TimeLine } from "./time/time.js";
import { Trainer } from "./run/trainer.js";
import { Watchdog } from "./run/watchdog.js";
import { confirmed, joinTransport, leaveSlow } from "./run/transport.js";

const $ = (id) => document.getElementById(id);
const trainer = remoteOf(location) ?? new Trainer();
const ganvas = (window.ganvas = new Ganvas(trainer));
const studio = new Studio();
const quality = new Quality(ganvas);
const rooms = new Rooms(studio);
const watch = new WatchRoom(ganvas, () => panel.show(ganvas.status()));
const inside = new Inside(ganvas);
const slow = new SlowMotion(ganvas, (beat) => watch.show(beat), () => panel.show(ganvas.status()));
const panel = new Panel({
  onSentence: (sentence) => rooms.describe(sentence), playing: () => slow.playing, pausing: () => ganvas.pausing, resuming: () => ganvas.resuming, watched: () => (rooms.open === "watch" ? watch.shown : null),
  idle: () => attached?.idle() ?? [],
});
const attached = trainer.remote ? new Attached(trainer, ganvas, { differs: ({ preset: name, recipe }) => !runs(name, recipe), start: (wanted) => launch(wanted, !wanted.autostart), changed: () => panel.show(ganvas.status()) }) : null;
const tape = new Tape(ganvas, (home) => moved(home));
const goals = new Goals(ganvas);
const lesson = new Lesson(ganvas, { show: lead, base: () => tables.presets.find((p) => p.name === preset)?.recipe });
const stand = new LessonPlace(() => setParameter("lesson", stand.asked));
const experiment = new Experiment({
  start: (wanted) => start(wanted), set: (name, text) => ganvas.set(name, text), describe: ({ preset: name, recipe }) => ganvas.describe(recipe, { preset: name }),
});
const fewSteps = 20; // that the lesson may throw away without asking
const latent = new LatentRoom(ganvas);
const plane = new PlaneRoom(ganvas, {
  start: async (wanted, first) => (await sure()) && (await first?.(), await start(wanted), true), datasets: () => tables.datasets ?? [],
  beside: (wanted, label) => (rooms.enter("compare"), compare.withRecipe(wanted, label)),
});
const play = new PlayRoom(ganvas);
const past = new Past(ganvas, () => line.soon());
const line = new TimeLine(past, { show: (...pictures) => (show(...pictures), panel.show(ganvas.status())), enter: () => rooms.enter("watch") });
const brancher = new Brancher(ganvas, { tables: () => tables, stateNear: (step) => past.stateNear(step), left: (run) => shelf.keepLeft(run) });
const watchedRuns = trainer.here ? new Runs({ tables: () => tables, token: trainer.token }) : null;
const compare = new Compare(ganvas, { tables: () => tables, kernel: () => asked.kernel, runs: watchedRuns });
rooms.join({ watch, plane, inside, latent, play, compare });
const shelf = new Shelf(ganvas, { tables: () => tables, compare: (run) => (rooms.enter("compare"), compare.withKept(run)) });
const paper = new Paper({ shown: () => studio.shown, now: () => ({ status: ganvas.status(), preset, tables }) });
let tables = { fields: [], presets: [] };
let asked = null; // by the page's address
let preset = ""; // the one that the run's recipe comes from, however changed
const besideKept = async (id) => {
  const kept = (await all()).find((each) => each.id === id);
  if (!kept) return; // deleted in another tab
  rooms.enter("compare");
  compare.withKept(kept);
};
for (const id of ["tab-compare", "compare"]) receive($(id), { run: besideKept, file: (file) => (rooms.enter("compare"), compare.withFile(file)) });
let run = null; // what the trainer said of the run last: engine, weights, note

// What the studio's frame calls.
window.ganvasPage = {
  ready: (program) => studio.ready(program),
  hover: (text) => ($("pointer").textContent = text ?? ""),
  height: (px) => studio.height(px),
  heard: (room, topic, json, bytes) => rooms.heard(room, topic, json, bytes),
  failed: (why) => studio.fail(t("noStudio", { why })),
  harm: (rank, how) => trainer.harm(rank, how), // for tests, as is
  crews: () => trainer.crews,
  watch: (ms) => watchdog.pass(ms),
  watchCompared: (ms, hang) => compare.watch(ms, hang),
};

async function open() {
  useLanguage(wantedLanguage(location.search, navigator.languages ?? []));
  if (typeof WebAssembly !== "object") return give(t("noWasm"));
  if (typeof Worker !== "function") return give(t("noWorker"));
  if (!supports("strict")) notice(t("noSimd"));
  if (await isolate()) return;
  try {
    tables = await loadTables();
  } catch (error) {
    return give(t("noConfig", { why: error.message }));
  }
  asked = readAddress(location.search, tables);
  asked.problems.forEach((sentence) => notice(sentence));
  document.body.classList.toggle("embed", asked.embed);
  hideParts([...asked.hide, ...(asked.embed ? embeddedWithout : [])]);
  goals.set(asked.goals);
  rooms.enter(asked.room);
  showDrawer(asked.change && !asked.hide.includes("change"));
  for (const id of ["engine-head", "engine-of", "engine-says"]) $(id).hidden = Boolean(attached);
  joinEngine(ganvas, asked.engine, (name) => setParameter("engine", name === "cpu" ? null : name));
  buildControls();
  if (!attached) experiment.expect(asked.preset, asked.recipe); // what a process carries is not known before it says so
  lesson.build(tables);
  stand.open(asked.lesson);
  if (!asked.embed && !attached) offerKept(ganvas, () => ganvas.ready);
  begin();
}

/** Makes what changes the experiment, in the page's language. */
function buildControls() {
  experiment.build(tables);
  showTries(tables, (state) => lead(state));
}

/** There will be no run. */
function give(up) {
  notice(up);
  ganvas.fail(up);
  $("loading").hidden = true;
  panel.show(ganvas.status());
}

/** Opens the trainer and starts the run that the address asks for, or its plain preset where that is refused. */
async function begin() {
  $("loading").hidden = false;
  if (attached) return attach();
  try {
    trainer.open({ kernel: asked.kernel, threads: asked.threads, engine: asked.engine });
  } catch {
    return give(t("noWorker"));
  }
  const own = Object.keys(asked.recipe).length > 0;
  try {
    const refused = own && (await refusal(asked));
    if (!own || refused) await launch({ preset: asked.preset, recipe: {} }, !asked.autostart);
    if (refused) notice(t("refused", { why: reasoned(refused) }));
  } catch (error) {
    if (ganvas.status().state === "failed") return; // told already
    notice(error.message, { label: t("tryAgain"), run: begin });
    $("loading").hidden = true;
  }
}

/** Connects to the process that trains. */
async function attach() {
  try {
    await watchedRuns?.list();
    await attached.open(asked);
  } catch (error) {
    ganvas.fail(error.message);
    notice(error.message, { label: t("tryAgain"), run: begin });
    panel.show(ganvas.status());
  }
  $("loading").hidden = true;
}

/** Why the trainer does not take the run that the address asks for, or "" where it does. */
async function refusal(wanted) {
  try {
    await launch(wanted, !wanted.autostart);
    return "";
  } catch (error) {
    return error.message;
  }
}

/** Asks the trainer for a run. */
async function launch(wanted, paused = false) {
  const before = preset;
  preset = wanted.preset;
  try {
    if (Object.keys(wanted.recipe).length) await ganvas.start(wanted.recipe, { preset, paused });
    else await ganvas.start(preset, { paused });
  } catch (error) {
    preset = before;
    throw error;
  }
}

function start(wanted) {
  clearNotices();
  return attempt(() => launch(wanted));
}

/** The trainer is gone for good. */
function lose(why) {
  trainer.close(why);
  ganvas.fail(why);
  notice(attached ? why : t("crashed", { why }), { label: t("again"), run: begin });
  if (!attached) offerKept(ganvas, begin);
  $("loading").hidden = true;
  panel.show(ganvas.status());
}

const rescue = new Rescue(ganvas, trainer, lose);
const watchdog = new Watchdog({
  status: () => ganvas.status(), free: (step) => trainer.free(step) && !slow.playing, diagnose: () => trainer.diagnose(),
  help: (diagnosis, seconds) => rescue.stalled(diagnosis, seconds),
});
watchdog.start();
trainer.addEventListener("crash", ({ detail: why }) => (attached ? lose(why) : rescue.crashed(why)));

/** Shows what the run reports, or pictures of a moment in its past. */
function show(event, json, bytes) {
  studio.event(event, json, bytes);
  panel.event(event);
}

trainer.addEventListener("event", ({ detail: { event, json, bytes } }) => {
  watchdog.hear(event);
  rescue.hear(event);
  if (event.type === "started") another(event);
  past.hear(event, bytes);
  paper.hear(event);
  if (!line.holds(event, json, bytes)) show(event, json, bytes);
  inside.event(event, bytes);
  if (event.type === "started") begun(event);
  if (event.type === "changed") describe(event);
  if (event.type === "stepped" || event.type === "started") experiment.count(event.step);
  if (event.error) notice(reasoned(event.error));
  panel.show(ganvas.status());
  $("time-branch").disabled = past.states().length === 0 || attached?.idle().includes("time-branch");
});

$("time-branch").addEventListener("click", () => brancher.open(line.at ?? past.newest));

/** Another run, or other weights, have taken the place of those before: nothing that was said of those stays on the page. */
function another(event) {
  for (const part of [line, past, panel, quality, watch, plane, inside, latent, play, compare, tape]) part.reset(event);
  forgetGenerated();
  hideForeign();
}

/** The tape has put other weights into the generator: what was made and measured with those before is not theirs. */
function moved(home) {
  quality.reset();
  for (const part of [inside, latent, play]) part.moved();
  forgetGenerated();
  if (home) ganvas.measure().catch(() => {}); // nothing is shown where the judge knows nothing of the data
}

/** A run has begun, by this page's controls, its address, a file or a program. */
function begun(event) {
  $("loading").hidden = true;
  if (event.preset) preset = event.preset;
  if (speakOf(event.recipe.dataset, event.sample && shapeOf(event).points)) nameData();
  experiment.settle();
  describe(event);
  openStudio();
  if (!attached) joinOffline();
}

/** Shows what a run is made of. */
function describe(event) {
  run = event;
  experiment.follow(event.recipe, preset);
  showLook(runs);
  writeAddressBar(writeAddress(location.search, tables, preset, event.recipe));
  $("g-digit-label").hidden = !event.recipe.conditional;
  $("g-text-label").hidden = !event.recipe.conditional || event.recipe.dataset !== "mnist"; // numbers are written in digits
  if ($("g-text-label").hidden) $("g-text").value = "";
  const wished = $("g-digit").value;
  $("g-digit").replaceChildren(...classOptions(event));
  if ([...$("g-digit").options].some(({ value }) => value === wished)) $("g-digit").value = wished;
  const count = { g: grouped(event.weights.g), d: grouped(event.weights.d) };
  const onGPU = event.engine.startsWith("gpu");
  const parts = [t(onGPU ? "engineGPU" : "engine", { engine: event.engine, threads: event.threads, ...count }), reasoned(event.note ?? "")];
  if (asked.threads > event.threads && !onGPU) parts.push(t("fewerThreads", { asked: asked.threads, have: event.threads }));
  $("engine").textContent = sentences(...parts);
  attached?.speak();
}

/** The studio is loaded once the trainer has begun: the first steps matter more. */
let studioOpen = false;
function openStudio() {
  if (studioOpen) return;
  studioOpen = true;
  studio.open(notice, (inside) => takeDrops(ganvas, inside));
}

/** Writes what the page says of digits, points or pictures: the run's data are of another kind now. */
function nameData() {
  speak(currentLanguage());
  quality.show();
  lesson.name();
  rooms.speak();
}

function useLanguage(code) {
  speak(code);
  for (const each of languages) $(`lang-${each}`).setAttribute("aria-pressed", String(currentLanguage() === each));
  namePretrained();
  buildControls();
  if (run) describe(run);
  quality.show();
  goals.speak();
  lesson.build(tables);
  speakShare();
  sayAbout();
  attached?.speak();
  speakForeign();
  rooms.speak();
  line.draw();
  shelf.speak();
  tape.speak();
  studio.restyle();
  panel.show(ganvas.status());
}

/** Brings the page into the state that the lesson speaks of; steps that would be lost are asked for first. */
async function lead({ preset: name, recipe = {}, room, network, change, outline, slowly, step }, section) {
  if (slow.on && !slowly && (name || step)) leaveSlow(slow);
  remember(); // from the studio, Back returns to the line that was read
  if (name && !runs(name, recipe)) {
    if (!(await sure())) return;
    if (room) rooms.enter(room);
    await start({ preset: name, recipe });
  } else if (room) {
    rooms.enter(room);
  }
  if (network) inside.lookAt(network);
  if (outline) experiment.offer(outline);
  if (slowly && !slow.playing) {
    if (!slow.on) $("slow").click();
    if (!slow.playing) await attempt(() => void slow.play());
  }
  if (step) {
    slow.end();
    await attempt(async () => (await ganvas.pause(), ganvas.step(1)));
  }
  if (change) showDrawer(true);
  stand.left(section);
  if (stand.beside && !change) return; // the studio is in view
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // The drawer scrolls inside the page, and what one smooth way to it meets of another leaves both short of their end.
  $(change ?? "transport").scrollIntoView({ behavior: calm || change ? "auto" : "smooth", block: "start" });
}

/** Asks before more than a few steps are thrown away. */
function sure() {
  const { step } = ganvas.status();
  return confirmed(step > fewSteps ? step : 0);
}

/** Whether the run that goes on is of that preset and has those fields. */
function runs(name, recipe) {
  const now = ganvas.status().recipe;
  const base = tables.presets.find((p) => p.name === name);
  return preset === name && now && Object.keys(difference(tables.fields, now, { ...base.recipe, ...recipe })).length === 0;
}

for (const code of languages) {
  $(`lang-${code}`).addEventListener("click", () => {
    useLanguage(code);
    setParameter("lang", code);
  });
}
for (const query of ["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"]) {
  matchMedia(query).addEventListener("change", () => studio.restyle());
}
followHistory(() => {
  if (!asked) return; // it opens
  const { room, change } = readAddress(location.search, tables);
  rooms.enter(room);
  showDrawer(change);
  if (run) writeAddressBar(writeAddress(location.search, tables, preset, run.recipe)); // which may be another one by now
});
joinDrawer();
joinShare();
joinTransport(ganvas, slow, () => start(experiment.wanted()), () => panel.show(ganvas.status()));
joinFiles(ganvas);
joinData(ganvas);
joinAbout(ganvas);
joinAboutPage(ganvas, () => (attached ? trainer.about().where : ""));
joinPretrained(ganvas, tape);
shelf.show();
joinKeeping(ganvas, trainer);
open();
