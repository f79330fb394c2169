// Every row of the tables has its texts in each language.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { beatsOf, updatesOf } from "../js/run/beats.js";
import { reasoned } from "../js/page/reasons.js";
import { choiceSays, currentLanguage, fieldTexts, languages, speak, t, untranslated, useTables } from "../js/strings.js";
import { tables } from "./tables.js";

useTables(tables);

test("no text is lacking in a language", () => assert.deepEqual(untranslated(tables), []));

test("each loss says what it is, what its values mean and what happens in its updates", (c) => {
  c.after(() => speak("en"));
  const recipe = tables.presets[0].recipe;
  for (const language of languages) {
    speak(language);
    assert.equal(currentLanguage(), language);
    for (const { name } of tables.losses) {
      assert.ok(choiceSays("loss", name) && t(`lossSays.${name}`), `${language}: ${name}`);
      for (const conditional of [false, true]) {
        const r = { ...recipe, loss: name, conditional, label_mode: "onehot", gp_weight: 10 };
        for (let done = 0; done < updatesOf(r); done++) for (const beat of beatsOf(r, done)) assert.ok(t(beat.name, beat.values), `${language}: ${beat.name}`);
      }
    }
  }
});

test("what an architecture's row refuses is said in Chinese too", (c) => {
  c.after(() => speak("en"));
  speak("zh");
  for (const { name, widths } of tables.archs.filter((row) => row.widths.least > 1 || row.widths.same)) {
    assert.match(reasoned(`Arch ${name} takes ${widths.says}.`), /宽度/);
  }
});

test("a field's explanation names the losses and architectures that read it", () => {
  for (const name of ["gp_weight", "drift"]) {
    const using = tables.losses.filter(({ uses }) => uses?.includes(name)).map((row) => row.name);
    assert.ok(using.length > 0 && fieldTexts({ name }).help.includes(`(${using.join(", ")})`), fieldTexts({ name }).help);
  }
  const growing = tables.archs.filter(({ grows }) => grows).map((row) => row.name);
  assert.ok(growing.length > 0 && fieldTexts({ name: "stage_images" }).help.endsWith(`(${growing.join(", ")}).`));
});
