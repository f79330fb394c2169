// The element that other pages embed the page with, in as much of a browser as it needs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

let Element = null, changed = null;
globalThis.document = {
  currentScript: { src: "https://pages.example/ganvas/embed.js" }, documentElement: { lang: "zh-CN" },
  createElement: (tag) => (tag === "iframe" ? { contentWindow: { ganvas: "here" } } : {}),
};
globalThis.HTMLElement = class {
  attributes = [];
  style = {};
  shadowRoot = null;
  title = "";
  lang = "";
  attachShadow() {
    return (this.shadowRoot = { append() {} });
  }
  getAttribute(name) {
    return this.attributes.find((a) => a.name === name)?.value ?? null;
  }
  hasAttribute(name) {
    return this.getAttribute(name) !== null;
  }
};
globalThis.MutationObserver = class {
  constructor(f) {
    changed = f;
  }
  observe() {}
  disconnect() {}
};
globalThis.customElements = { get: () => Element, define: (name, made) => (Element = name === "ganvas-studio" && made) };
const script = readFileSync(new URL("../embed.js", import.meta.url), "utf8");

test("an element's attributes are parameters of the page's address, but for HTML's own", () => {
  (0, eval)(script);
  (0, eval)(script); // a page that has the script twice
  const e = new Element();
  e.title = 'A "GAN"';
  e.attributes = Object.entries({ preset: "ring-2d", "lr-g": "0.001", class: "x", height: "500", "data-x": "1", "aria-label": "y", onclick: "z" }).map(([name, value]) => ({ name, value }));
  e.connectedCallback();
  assert.equal(e.frame.src, "https://pages.example/ganvas/?preset=ring-2d&lr_g=0.001&lang=zh&embed=1");
  assert.deepEqual([e.frame.title, e.style.height, e.ganvas], ['A "GAN"', "500px", "here"]);
  e.attributes.push({ name: "seed", value: "7" });
  changed([{ attributeName: "data-x" }]);
  assert.doesNotMatch(e.frame.src, /seed/);
  changed([{ attributeName: "seed" }]);
  assert.match(e.frame.src, /&seed=7&lang=zh&embed=1$/);
  Object.defineProperty(e.frame, "contentWindow", { get: () => ({ get ganvas() { throw new Error("of another origin"); } }) });
  assert.equal(e.ganvas, null);
});
