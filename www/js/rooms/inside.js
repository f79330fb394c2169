// The page's part of the room that looks inside the networks: which layer, which sample, and asking the trainer for what
// the drawing shows. It asks while the room is open only, and so seldom that training hardly notices.

import { grouped, sentences, t } from "../strings.js";
import { percent } from "./inside-percent.js";
import { shapeOf } from "../pictures/sample.js";
import { judged } from "../run/verdicts.js";
import { reasoned } from "../page/reasons.js";
import { Layers } from "./inside-layers.js";
import { Samples } from "./inside-samples.js";
import { Sum } from "./inside-sum.js";
import { Walks } from "./inside-walks.js";
import { Follow } from "./inside-follow.js";

const $ = (id) => document.getElementById(id);
const shareOfTime = 0.015; // that answering may take from training
const restAtLeast = 350; // milliseconds between questions

export class Inside {
  #ganvas;
  #layers = new Layers((network, layer) => this.#choose({ network, layer, unit: 0, map: 0 }));
  #samples = new Samples((of, index) => this.#choose({ of, index }));
  #sum = new Sum(() => ((this.#stale = true), this.#ask()), (network, layer) => this.#choose({ network, layer, unit: 0, map: 0 }));
  #walks;
  #follow;
  #choice = { network: "discriminator", layer: "", of: "fake", index: 0, unit: 0, map: 0 };
  #open = false;
  #asking = false;
  #stale = true; // the run has gone on since the last answer
  #timer = 0;
  #rest = restAtLeast; // that the last answer asks for
  #answered = 0; // when that was
  #look = null; // the last answer
  #bytes = null; // and what came with it
  #shape = shapeOf([1, 1, 1]); // what the samples are
  #channel = -1; // of the wish that is shown, −1 for its colours together

  constructor(ganvas) {
    this.#ganvas = ganvas;
    this.#walks = new Walks({
      look: () => this.#look,
      go: (choice) => this.#choose({ ...choice, unit: 0, map: 0, ...(this.#choice.of === "real" ? { index: 0 } : {}) }),
      flow: async () => (await ganvas.inspect({ flow: true })).flow,
      mark: (...bar) => this.#layers.measure(...bar),
      clear: () => this.#layers.unmeasured(),
      describe: (layer, network) => this.#layers.describe(layer, network),
      verdict: () => this.#verdict(this.#look),
    });
    this.#follow = new Follow(ganvas, (topic, data, bytes) => this.tell(topic, data, bytes));
    for (const [id, what, by] of [["units-less", "unit", -1], ["units-more", "unit", 1], ["maps-less", "map", -1], ["maps-more", "map", 1]]) {
      $(id).addEventListener("click", () => this.#page(what, by));
    }
    document.addEventListener("visibilitychange", () => this.#soon());
  }

  opened() {
    this.#open = true;
    this.#samples.draw();
    this.#ask();
  }

  closed() {
    this.#open = false;
    this.#walks.stop();
    clearTimeout(this.#timer);
  }

  speak() {
    this.#samples.speak();
    if (this.#look) this.#show(this.#look);
    this.#follow.speak();
  }

  /** What the drawing says: a click on a wish chooses its sample, one on an activation takes it apart. */
  heard(topic, said) {
    if (topic === "picked") this.#choose({ of: said.of, index: said.index });
    if (topic === "pixel") this.#sum.picked(said);
  }

  /** What the trainer says. */
  event(event, bytes) {
    if (event.type === "sampled") this.#samples.take(event.sheet, bytes, this.#open);
    if (["started", "stepped", "updated", "changed"].includes(event.type)) this.#stale = true;
    this.#soon();
  }

  /** Another run has taken the place of the one before. */
  reset() {
    this.#walks.stop();
    this.#look = null;
    Object.assign(this.#choice, { layer: "", unit: 0, map: 0 });
    this.#follow.reset();
    this.#stale = true;
    this.#soon();
  }

  /** The generator is another: what is shown of it is not its. */
  moved() {
    this.#follow.reset();
    this.#stale = true;
    this.#soon();
  }

  /** Opens on the first weights of that network. */
  lookAt(network) {
    this.#choose({ network, layer: "", unit: 0, map: 0 });
  }

  #choose(change) {
    const sample = "of" in change;
    if ("layer" in change) this.#sum.forget();
    Object.assign(this.#choice, change);
    if (this.#choice.of === "real" && this.#choice.network === "generator") {
      // The generator makes fakes alone: whichever of the two was chosen last decides.
      if (sample) Object.assign(this.#choice, { network: "discriminator", layer: "", unit: 0, map: 0 });
      else Object.assign(this.#choice, { of: "fake", index: 0 });
      this.#follow.reset();
    }
    if (sample) this.#follow.reset();
    this.#stale = true;
    this.#ask();
  }

  /** Turns the pages of the units or of the feature maps. */
  #page(what, by) {
    const tiles = what === "unit" ? this.#look?.weights : this.#look?.activations;
    if (tiles) this.#choose({ [what]: Math.max(0, tiles.from + by * tiles.units) });
  }

  /** Asks again when that is due: when the rest has paid for the last answer, or soon where nothing trains. */
  #soon() {
    if (!this.#open || this.#asking || !this.#stale || document.hidden) return;
    const rest = this.#ganvas.status().state === "running" ? this.#rest : restAtLeast;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, this.#answered + rest - performance.now()));
  }

  async #ask() {
    if (!this.#open || this.#asking || !this.#ganvas.status().recipe) return;
    clearTimeout(this.#timer);
    this.#asking = true;
    try {
      do {
        this.#stale = false;
        this.#rest = await this.#answer({ ...this.#choice });
      } while (this.#stale && this.#open && this.#changed());
    } catch (error) {
      if (this.#choice.layer) {
        this.#choice.layer = ""; // the networks have grown, or are others
        this.#stale = true;
      } else $("inside-says").textContent = reasoned(error.message);
    } finally {
      this.#asking = false;
      this.#answered = performance.now();
    }
    this.#soon();
  }

  /** Whether something else has been chosen than what was answered. */
  #changed() {
    const { network, layer, of, index, weights, activations } = this.#look;
    const c = this.#choice;
    return c.network !== network || (c.layer && c.layer !== layer) || c.of !== of || c.index !== index ||
      (weights && c.unit !== weights.from) || (activations && c.map !== activations.from);
  }

  /** Gets one answer and shows it; resolves to the milliseconds of rest that pay for it. */
  async #answer(choice) {
    const before = this.#look?.[choice.network]?.find((l) => l.name === (choice.layer || this.#look.layer));
    const ask = (pixel) => this.#ganvas.inspect({ ...choice, pixel });
    const first = await ask(before ? this.#sum.wanted(before.out) : [0, 0, 0]);
    const { bytes, ...look } = before ? first : await ask(this.#sum.wanted(first[first.network].find((l) => l.name === first.layer).out)); // whose shape is known now
    const { bytes: ink, ...wishes } = await this.#ganvas.wish({ of: choice.of });
    if (!this.#open) return restAtLeast;
    this.#look = look;
    const c = this.#choice;
    if (c.network === look.network && !c.layer) c.layer = look.layer;
    if (look.weights && choice.unit === c.unit) c.unit = look.weights.from;
    if (look.activations && choice.map === c.map) c.map = look.activations.from;
    this.tell("inspection", look, bytes);
    this.#bytes = bytes;
    this.tell("wishes", wishes, ink);
    this.#shape = shapeOf(wishes);
    this.#show(look);
    this.#follow.offer(choice.of, choice.index);
    return Math.max(restAtLeast, (look.ms + wishes.ms) / shareOfTime);
  }

  #show(look) {
    this.#layers.show(look);
    this.#samples.choose(look.of, look.index, look.network === "generator");
    const layer = look[look.network].find((l) => l.name === look.layer);
    const count = layer.weight?.reduce((a, b) => a * b, 1);
    const says = [this.#layers.describe(layer, look.network)];
    if (count) says.push(t("inWeights", { n: grouped(count), shape: layer.weight.join(" × "), name: `${look.network}.${layer.name}` }));
    if (look.averaged) says.push(t("inAveraged"));
    if (!look.activations) says.push(t("inNotUsed"));
    says.push(this.#verdict(look));
    this.#follow.scores = Boolean(look.scores);
    $("inside-says").textContent = sentences(...says);
    this.#sum.show(look, layer, (l) => this.#layers.describe(l, look.network), this.#bytes);
    this.describe(t("inDrawn", { layer: says[0], n: look.past?.steps.length ?? 0 }));
    $("wish-legend").hidden = this.#shape.points;
    this.#channels();
    $("wish-says").textContent = t(this.#shape.points ? "inWishPoints" : this.#shape.colours > 1 ? "inWishColours" : "inWish");
    this.#turner("units", look.weights, look.weights?.inputs ? "inInputs" : "inUnits");
    this.#turner("maps", look.activations, "inMaps");
  }

  #verdict(look) {
    return look.fresh ? t("noVerdictSays") : judged(look.of === "real" ? "inVerdictReal" : "inVerdictFake", look.scores, { p: look.verdict }, { i: look.index + 1 }, percent);
  }

  /** The buttons that choose the channel of a sample whose wish is shown, or its colours together. */
  #channels() {
    const { channels } = this.#shape, place = $("wish-channels");
    place.hidden = channels < 3;
    if (this.#channel >= channels || place.hidden) this.#ofChannel(-1);
    const texts = ["inWishAll", "inWishRed", "inWishGreen", "inWishBlue", "inWishOpaque"].slice(0, channels + 1).map((name) => t(name));
    if ([...place.children].map((b) => b.textContent).join() === texts.join()) return; // they keep the focus, and a press on them
    place.replaceChildren(...texts.map((textContent, i) => {
      const b = Object.assign(document.createElement("button"), { type: "button", textContent });
      b.setAttribute("aria-pressed", String(i - 1 === this.#channel));
      b.addEventListener("click", () => {
        this.#ofChannel(i - 1);
        [...place.children].forEach((other) => other.setAttribute("aria-pressed", String(other === b)));
      });
      return b;
    }));
  }

  #ofChannel(channel) {
    if (channel === this.#channel) return;
    this.#channel = channel;
    this.tell("channel", channel);
  }

  /** The buttons that turn pages, where there is more than one. */
  #turner(id, tiles, words) {
    const paged = Boolean(tiles) && tiles.units < tiles.total;
    $(id).hidden = !paged;
    if (!paged) return;
    $(`${id}-which`).textContent = t(words, { from: grouped(tiles.from + 1), to: grouped(tiles.from + tiles.units), of: grouped(tiles.total) });
    $(`${id}-less`).disabled = tiles.from === 0;
    $(`${id}-more`).disabled = tiles.from + tiles.units >= tiles.total;
  }
}

