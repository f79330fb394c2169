// What the page says of itself: what is computed where, how large it is, experiments to open, its licence, how to cite and how to embed it.

import { openDialog } from "../link/history.js";
import { sections } from "../lesson/lesson.js";
import { grouped, t } from "../strings.js";

/** What the page fetches, by the name of its text. */
export const files = { trainer: ["trainer.wasm"], studio: ["studio.wasm"], data: ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"].map((name) => `data/${name}-ubyte.gz`), gpu: ["trainer.gpu.wasm"], converter: ["converter.wasm"] };
const megabytes = (bytes) => grouped(Number((bytes / 1e6).toPrecision(3)));

/** The page itself, without what its address asks for. */
const home = () => new URL("./", document.baseURI).href;

/** The address of a frame that shows what the page's address asks for: only experiments and looks go along. */
export function frameAddress(base, search) {
  const asked = new URLSearchParams(search);
  for (const name of ["trainer", "view", "change", "autostart", "lang"]) asked.delete(name);
  asked.set("embed", "1");
  return `${base}?${asked}`;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The HTML of both forms. */
export function embedding(base, search, title) {
  const address = frameAddress(base, search);
  const attributes = [...new URL(address).searchParams].filter(([name]) => name !== "embed").map(([name, value]) => ` ${name.replaceAll("_", "-")}="${escaped(value)}"`);
  return {
    frame: `<iframe src="${escaped(address)}" width="900" height="760" title="${escaped(title)}" allow="cross-origin-isolated"></iframe>`,
    element: `<script src="${escaped(new URL("embed.js", base).href)}"></script>\n<ganvas-studio${attributes.join("")} title="${escaped(title)}"></ganvas-studio>`,
  };
}

/** The page as a BibTeX entry, visited on that day. */
export function citation(base, day) {
  return `@software{ganvas,\n  title = {{Ganvas}: watch a {GAN} learn, in a web page and natively, in {Go}},\n  author = {{The Ganvas authors}},\n  url = {${base}},\n  urldate = {${day}},\n  license = {Apache-2.0}\n}`;
}

/** The lesson's experiments as addresses: {name, address}, by name the text that says what is to be seen. */
export function gallery() {
  return sections.flatMap(({ name, tries }) => Object.entries(tries).filter(([, { preset }]) => preset).map(([key, { preset, recipe = {} }]) => ({ name: `lesson.${name}.${key}`, address: `?${new URLSearchParams({ preset, ...recipe })}` })));
}

/** Joins the button that opens it; where() is where another process computes, "" where none does. */
export function joinAboutPage(ganvas, where) {
  document.getElementById("about-open").addEventListener("click", () => open(ganvas, where()));
}

function open(ganvas, where) {
  const { engine, threads } = ganvas.status();
  const { frame, element } = embedding(home(), location.search, t("title"));
  const table = make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("aboutFile")), make("th", { scope: "col" }, t("aboutSize")))));
  const body = make("tbody");
  table.append(body);
  for (const [name, paths] of Object.entries(files)) {
    const size = make("td", {}, "…");
    body.append(make("tr", {}, make("th", { scope: "row" }, t(`aboutFiles.${name}`)), size));
    sizeOf(paths).then((bytes) => (size.textContent = bytes ? megabytes(bytes) : t("aboutUnknown")));
  }
  const kept = make("p", { class: "says" });
  navigator.storage?.estimate?.().then(({ usage }) => usage && (kept.textContent = t("aboutKept", { mb: megabytes(usage) })), () => {});
  const links = make("p", {}, make("a", { href: "LICENSE.txt" }, t("aboutLicenceText")), " · ", make("a", { href: "licences.txt" }, t("aboutOthers")));
  const close = make("button", { type: "button", class: "primary" }, t("aboutClose"));
  const dialog = make("dialog", { id: "about-page", "aria-labelledby": "about-title" },
    make("h2", { id: "about-title" }, t("aboutTitle")),
    make("h3", {}, t("aboutWhere")), make("p", {}, t(where ? "aboutRemote" : engine.startsWith("gpu") ? "aboutGPU" : "aboutTab", { where })), engine ? make("p", { class: "says" }, t("aboutNow", { engine, threads })) : "",
    make("h3", {}, t("aboutSizes")), table, make("p", { class: "says" }, t("aboutSizesSay")), kept,
    make("h3", {}, t("aboutGallery")), make("ul", {}, ...gallery().map(({ name, address }) => make("li", {}, make("a", { href: address }, t(name))))), make("p", { class: "says" }, t("aboutGallerySays")),
    make("h3", {}, t("aboutEmbed")), make("p", {}, t("aboutEmbedSays")), ...code(t("aboutElement"), element), ...code(t("aboutFrame"), frame),
    make("h3", {}, t("aboutCite")), ...code("BibTeX", citation(home(), new Date().toISOString().slice(0, 10))),
    make("h3", {}, t("aboutLicence")), make("p", {}, t("aboutLicenceSays")), links,
    make("div", { class: "row" }, close));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  openDialog(dialog);
}

/** Text to copy, with a name and a button. */
function code(name, text) {
  const area = make("textarea", { readonly: "", rows: String(text.split("\n").length + 1), "aria-label": name, spellcheck: "false" });
  area.value = text;
  const copy = make("button", { type: "button" }, t("aboutCopy"));
  const said = make("span", { class: "says", role: "status" });
  copy.addEventListener("click", async () => {
    area.select();
    said.textContent = await navigator.clipboard.writeText(text).then(() => t("aboutCopied"), () => t("aboutNotCopied"));
  });
  return [make("div", { class: "row named" }, make("b", {}, name), copy, said), area];
}

/** The bytes of files as the server sends them; 0 where it does not tell. */
async function sizeOf(paths) {
  const sizes = await Promise.all(paths.map((path) => fetch(path, { method: "HEAD" }).then((r) => (r.ok ? Number(r.headers.get("Content-Length")) : 0), () => 0)));
  return sizes.includes(0) ? 0 : sizes.reduce((a, b) => a + b, 0);
}

function make(tag, attributes = {}, ...inside) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...inside);
  return e;
}
