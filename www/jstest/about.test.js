import assert from "node:assert/strict";
import { test } from "node:test";
import { element, settled } from "./page.js";
import { citation, embedding, files, frameAddress, gallery, joinAboutPage } from "../js/page/about.js";
import { readAddress } from "../js/link/address.js";
import { tables } from "./tables.js";
import { speak, t } from "../js/strings.js";

const base = "https://pages.example/ganvas/";

test("a frame shows the experiment of the address and nothing of this visit", () => {
  assert.equal(frameAddress(base, "?preset=classic&lr_g=0.001&change=1&trainer=self&lang=zh&room=latent"), `${base}?preset=classic&lr_g=0.001&room=latent&embed=1`);
  assert.equal(frameAddress(base, ""), `${base}?embed=1`);
});

test("both forms to embed are HTML whatever the address has in it", () => {
  const { frame, element } = embedding(base, '?preset=classic&lr_g=0.001&goal=a"><b', 'A "GAN"');
  assert.match(frame, /^<iframe src="https:\/\/pages\.example\/ganvas\/\?preset=classic&amp;lr_g=0\.001&amp;goal=[^"<>]*&amp;embed=1" [^<>]*title="A &quot;GAN&quot;"/);
  assert.match(element, /^<script src="https:\/\/pages\.example\/ganvas\/embed\.js"><\/script>\n<ganvas-studio preset="classic" lr-g="0\.001" goal="a&quot;>&lt;b" title=/);
});

test("each of the page's large files is called something", () => {
  for (const name of Object.keys(files)) assert.ok(t(`aboutFiles.${name}`));
});

test("it is cited by the address that it was seen at", () => {
  assert.match(citation(base, "2026-11-27"), /url = \{https:\/\/pages\.example\/ganvas\/\},\n {2}urldate = \{2026-11-27\}/);
});

test("every experiment of the gallery is an address that the page takes, with a text in each language", (c) => {
  c.after(() => speak("en"));
  const all = gallery();
  assert.ok(all.length > 8);
  for (const { name, address } of all) {
    assert.deepEqual(readAddress(address, tables).problems, [], address);
    for (const language of ["en", "zh"]) {
      speak(language);
      assert.ok(t(name));
    }
  }
});

test("the dialog has every part in both languages, and says where another process computes", async (c) => {
  const dialogs = [];
  globalThis.location = new URL(`${base}?preset=classic&lr_g=0.001`);
  document.baseURI = location.href;
  document.body = { append: (dialog) => dialogs.push(Object.assign(dialog, { showModal: () => (dialog.open = true) })) };
  globalThis.history ??= { state: null, pushState() {} };
  globalThis.window ??= globalThis;
  window.parent ??= window;
  globalThis.navigator ??= {};
  globalThis.fetch = async (path, { method }) => ({ ok: method === "HEAD" && path !== "trainer.gpu.wasm", headers: new Map([["Content-Length", "1234567"]]) });
  let where = "";
  joinAboutPage({ status: () => ({ engine: "cpu · go", threads: 2 }) }, () => where);
  c.after(() => speak("en"));
  for (const [language, place] of [["en", ""], ["zh", "gpu-box"]]) {
    speak(language);
    where = place;
    element("about-open").click();
    await settled();
    const dialog = dialogs.at(-1), text = dialog.textContent;
    assert.ok(dialog.open && text.includes(t("aboutTitle")) && text.includes(t("aboutLicenceSays")) && text.includes(t(gallery()[0].name)));
    assert.equal(text.includes("gpu-box"), place !== "");
    assert.ok(text.includes("1.23") && text.includes("4.94") && text.includes(t("aboutUnknown")), text);
    const codes = [...dialog.below()].filter((e) => e.tagName === "TEXTAREA").map((e) => e.value);
    assert.ok(codes.length === 3 && codes[0].includes(`${base}embed.js`) && codes[1].includes("lr_g=0.001") && codes[2].includes(base));
  }
});
