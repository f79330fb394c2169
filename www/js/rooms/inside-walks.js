// Two ways through the networks in slow motion: a noise vector forwards, layer by layer, to D's verdict; and the gradients of the last updates backwards,
// with their sizes.

import { sentences, t } from "../strings.js";
import { attempt } from "../page/notices.js";

const $ = (id) => document.getElementById(id);
const pace = 1300; // milliseconds a layer

/** The layers that a walk stops at: of all places the generator's, then the discriminator's, in the order of computation. */
export const forwards = ({ generator, discriminator }) => [...generator.map((l) => ["generator", l]), ...discriminator.map((l) => ["discriminator", l])].map(([network, layer]) => ({ network, layer }));

/** The layers with gradients, from D's verdict back to the noise, with their sizes. */
export function backwards(look, flow) {
  const of = (network) => look[network].map((layer, i) => ({ network, layer, size: flow[network][i] })).filter(({ layer }) => layer.weight).reverse();
  return [...of("discriminator"), ...of("generator")];
}

/** How long a size's bar is, in per cent: equal steps for equal factors, over the sizes there are. */
export function bars(sizes) {
  const seen = sizes.filter((v) => v > 0).map(Math.log2);
  if (!seen.length) return sizes.map(() => 0);
  const high = Math.max(...seen), low = Math.min(...seen, high - 4);
  return sizes.map((v) => (v > 0 ? Math.round(8 + (92 * (Math.log2(v) - low)) / (high - low)) : 0));
}

/** A size in few digits. */
export const small = (v) => (v === 0 ? "0" : v >= 0.01 && v < 1000 ? String(Number(v.toPrecision(2))) : v.toExponential(1).replace("e-", "·10⁻").replace("e+", "·10").replace(/10(⁻?)(\d+)$/, (_, minus, digits) => `10${minus}${[...digits].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("")}`));

export class Walks {
  #inside;
  #turn = 0;

  /** inside gives {look(), go(choice), flow(), mark(network, layer, text, bar), clear(), describe(layer, network), verdict()}. */
  constructor(inside) {
    this.#inside = inside;
    for (const [id, walk] of [["walk-noise", () => this.#noise()], ["walk-gradients", () => this.#gradients()]]) {
      $(id).addEventListener("click", () => {
        if ($(id).getAttribute("aria-pressed") === "true") return this.stop();
        this.stop();
        $(id).setAttribute("aria-pressed", "true");
        attempt(walk);
      });
    }
  }

  /** Ends what goes on, and takes away what it showed. */
  stop() {
    this.#turn++;
    for (const id of ["walk-noise", "walk-gradients"]) $(id).setAttribute("aria-pressed", "false");
    this.#inside.clear();
    $("walk-says").textContent = "";
  }

  /** Goes through stops at an even pace; false where another walk has begun, or the visitor has ended this one. */
  async #each(stops, show) {
    const turn = ++this.#turn, slow = matchMedia("(prefers-reduced-motion: reduce)").matches ? 2 * pace : pace;
    for (const [i, stop] of stops.entries()) {
      $("walk-says").textContent = show(stop, i);
      await new Promise((done) => setTimeout(done, slow));
      if (turn !== this.#turn) return false;
    }
    return true;
  }

  async #noise() {
    const look = this.#inside.look(), stops = forwards(look);
    const through = await this.#each(stops, ({ network, layer }, i) => {
      this.#inside.go({ network, layer: layer.name, of: "fake" });
      const what = { 0: "walkNoise", [look.generator.length - 1]: "walkImage", [look.generator.length]: "walkJudged" }[i];
      return sentences(t("walkAt", { i: i + 1, n: stops.length }), this.#inside.describe(layer, network), what ? t(what) : "");
    });
    if (!through) return;
    $("walk-noise").setAttribute("aria-pressed", "false");
    $("walk-says").textContent = sentences(t("walkEnd"), this.#inside.verdict());
  }

  async #gradients() {
    const look = this.#inside.look(), flow = await this.#inside.flow(), stops = backwards(look, flow);
    if ($("walk-gradients").getAttribute("aria-pressed") !== "true") return;
    const lengths = bars(stops.map(({ size }) => size));
    if (!stops.some(({ size }) => size > 0)) {
      $("walk-gradients").setAttribute("aria-pressed", "false");
      $("walk-says").textContent = t("walkNoGradients");
      return;
    }
    const through = await this.#each(stops, ({ network, layer, size }, i) => {
      this.#inside.mark(network, layer.name, small(size), lengths[i]);
      const first = i === 0 ? t("walkFromD") : network === "generator" && stops[i - 1].network !== network ? t("walkFromG") : "";
      return sentences(first, t("walkSize", { layer: this.#inside.describe(layer, network), size: small(size) }));
    });
    if (!through) return;
    $("walk-gradients").setAttribute("aria-pressed", "false");
    $("walk-says").textContent = sentences(...["discriminator", "generator"].map((network) => {
      const all = stops.filter((s) => s.network === network), factor = all.at(-1).size / all[0].size;
      const says = !(factor > 0) || !Number.isFinite(factor) ? "walkRest" : factor < 0.01 ? "walkVanish" : factor > 100 ? "walkExplode" : "walkSteady";
      return t(says, { network: t(`net_${network}`), first: small(all.at(-1).size), last: small(all[0].size) });
    }));
  }
}
