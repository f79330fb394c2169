// As much of a browser's page as modules need that are tested without one: elements by their names, with texts, children and
// listeners. A test imports it before the module that it tests. Nothing is drawn or laid out.

class FakeElement {
  id = "";
  hidden = false;
  checked = false;
  disabled = false;
  value = "";
  className = "";
  dataset = {};
  style = {};
  children = [];
  validity = "";
  attributes = new Map();
  #text = "";
  #listeners = new Map();

  constructor(tagName) {
    this.tagName = tagName.toUpperCase();
  }

  get textContent() {
    return this.#text + this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
  }
  set textContent(text) {
    this.#text = String(text);
    this.children = [];
  }
  get firstChild() {
    return this.children[0];
  }
  classList = {
    add: (name) => this.classList.toggle(name, true),
    toggle: (name, on) => {
      const all = this.className.split(" ").filter((each) => each && each !== name);
      this.className = [...all, ...(on ? [name] : [])].join(" ");
    },
    contains: (name) => this.className.split(" ").includes(name),
  };

  append(...more) {
    for (const child of more) if (child instanceof FakeElement) child.parent = this;
    this.children.push(...more);
  }
  replaceChildren(...all) {
    this.#text = "";
    this.children = [];
    this.append(...all);
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setCustomValidity(text) {
    this.validity = text;
  }
  select() {}
  addEventListener(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  /** Calls the listeners and gives what they return, to be waited for. */
  fire(type, more = {}) {
    const event = { type, target: this, preventDefault() {}, ...more };
    return Promise.all((this.#listeners.get(type) ?? []).map((listener) => listener(event)));
  }
  click() {
    return this.fire("click");
  }
  /** All elements below, depth first. */
  *below() {
    for (const child of this.children) {
      if (!(child instanceof FakeElement)) continue;
      yield child;
      yield* child.below();
    }
  }
}

const elements = new Map();

/** The element of that name; it is made where it's asked for first. */
export function element(id) {
  if (!elements.has(id)) elements.set(id, Object.assign(new FakeElement("div"), { id }));
  return elements.get(id);
}

/** Takes elements away with their listeners: whoever asks for them next gets fresh ones. */
export function forget(...ids) {
  for (const id of ids) elements.delete(id);
}

const listeners = new EventTarget();
globalThis.devicePixelRatio = 1;
globalThis.document = {
  documentElement: new FakeElement("html"),
  getElementById: element,
  createElement: (tag) => new FakeElement(tag),
  addEventListener: listeners.addEventListener.bind(listeners),
  dispatchEvent: listeners.dispatchEvent.bind(listeners),
  querySelector: () => null,
  /** Knows "#name input:checked" and finds nothing else. */
  querySelectorAll(selector) {
    const [, id] = /^#([\w-]+) input:checked$/.exec(selector) ?? [];
    return id ? [...element(id).below()].filter((e) => e.tagName === "INPUT" && e.checked) : [];
  },
};
globalThis.Option = class extends FakeElement {
  constructor(text, value) {
    super("option");
    this.textContent = text;
    this.value = value;
  }
};
globalThis.ResizeObserver = class {
  observe() {}
};

/** Lets everything that waits for a promise go on. */
export const settled = () => new Promise((done) => setImmediate(done));
