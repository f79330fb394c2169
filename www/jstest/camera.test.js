import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { element, settled } from "./page.js";
import { hasCamera, takeFrames } from "../js/data/camera.js";
import { speak } from "../js/strings.js";

globalThis.File ??= (await import("node:buffer")).File;
speak("en");
document.body = element("body");

// What the fake page lacks: dialogs, a film of 160×120, and canvases.
const create = document.createElement;
document.createElement = (tag) => Object.assign(create(tag), { showModal() {}, close() {}, play: async () => {}, videoWidth: 160, videoHeight: 120 });
const drawn = [];
globalThis.OffscreenCanvas = class {
  getContext = () => ({ drawImage: (...all) => drawn.push(all.slice(1)) });
  convertToBlob = async () => new Blob(["png"]);
};

/** A browser whose camera is given, or refused with an error of that name. */
function browser(refuses) {
  const track = { stopped: false, stop: () => (track.stopped = true), addEventListener() {} };
  const getUserMedia = async () => {
    if (refuses) throw new DOMException("no", refuses);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices: { getUserMedia } }, configurable: true });
  return track;
}

const part = (id) => [...document.body.below()].find((e) => e.id === id);

test("frames are taken while the visitor wants, four a second, and the camera is let go", async () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const track = browser(), taken = takeFrames();
  await settled();
  assert.ok(hasCamera() && part("camera-use").disabled && !track.stopped);
  await part("camera-take").click();
  mock.timers.tick(750);
  assert.equal(part("camera-take").textContent, "Stop");
  await part("camera-take").click();
  mock.timers.tick(5000);
  assert.deepEqual([part("camera-says").textContent, part("camera-use").disabled], ["3 pictures taken.", false]);
  await part("camera-use").click();
  const files = await taken;
  assert.deepEqual(files.map(({ path }) => path), ["camera/0001.png", "camera/0002.png", "camera/0003.png"]);
  assert.deepEqual(drawn[0], [20, 0, 120, 120, 0, 0, 128, 128], "its middle");
  assert.ok(track.stopped && !part("camera-dialog"));
  mock.timers.reset();
});

test("who thinks better of it takes nothing, and the camera is let go", async () => {
  for (const leave of [() => part("camera-no").click(), () => part("camera-dialog").fire("close")]) {
    const track = browser(), taken = takeFrames();
    await settled();
    await leave();
    assert.deepEqual(await taken, []);
    assert.ok(track.stopped && !part("camera-dialog"));
  }
});

test("why there is no camera is said", async () => {
  for (const [name, says] of [["NotAllowedError", /allow it for this page/], ["NotFoundError", /There is no camera here/], ["NotReadableError", /cannot be used \(no\)/]]) {
    browser(name);
    await assert.rejects(takeFrames(), { message: says });
  }
});
