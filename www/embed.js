// Puts the page into another page as an element. One script, wherever the page lies:
//
//   <script src="https://example.org/ganvas/embed.js"></script>
//   <ganvas-studio preset="ring-2d" lr-g="0.001" hide="change"></ganvas-studio>
//
// Every attribute that HTML itself does not know is a parameter of the page's address, with - for _; a change begins anew. `frame` is the
// frame, and `ganvas` what programs on the page have, where both pages are of one origin, else null.
(() => {
  const page = new URL("./", document.currentScript.src);
  const html = new Set(["id", "class", "style", "slot", "title", "lang", "dir", "hidden", "tabindex", "role", "part", "is", "height", "width", "loading", "embed"]);
  const parameters = (name) => !html.has(name) && !/^(data-|aria-|on)/.test(name);

  class GanvasStudio extends HTMLElement {
    #frame = document.createElement("iframe");
    #changes = new MutationObserver((all) => all.some(({ attributeName: name }) => parameters(name) || html.has(name)) && this.#show());

    connectedCallback() {
      if (!this.shadowRoot) {
        const style = document.createElement("style");
        style.textContent = ":host { display: block; width: 100%; height: 760px; } :host([hidden]) { display: none; } iframe { display: block; width: 100%; height: 100%; border: 0; }";
        this.attachShadow({ mode: "open" }).append(style, this.#frame);
        this.#frame.allow = "cross-origin-isolated; clipboard-write; fullscreen; camera";
      }
      this.#show();
      this.#changes.observe(this, { attributes: true });
    }

    disconnectedCallback() {
      this.#changes.disconnect();
    }

    get frame() {
      return this.#frame;
    }

    get ganvas() {
      try {
        return this.#frame.contentWindow.ganvas ?? null;
      } catch {
        return null; // of another origin
      }
    }

    #show() {
      const address = new URL(page);
      for (const { name, value } of this.attributes) if (parameters(name)) address.searchParams.set(name.replaceAll("-", "_"), value);
      const language = this.lang || document.documentElement.lang;
      if (/^(en|zh)\b/i.test(language)) address.searchParams.set("lang", language.slice(0, 2).toLowerCase());
      address.searchParams.set("embed", "1");
      this.#frame.title = this.title || "Ganvas";
      this.#frame.loading = this.getAttribute("loading") ?? "eager";
      for (const side of ["width", "height"]) if (this.hasAttribute(side)) this.style[side] = /^\d+$/.test(this.getAttribute(side)) ? `${this.getAttribute(side)}px` : this.getAttribute(side);
      if (this.#frame.src !== address.href) this.#frame.src = address.href;
    }
  }

  if (!customElements.get("ganvas-studio")) customElements.define("ganvas-studio", GanvasStudio);
})();
