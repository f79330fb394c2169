// A film of the fixed noise's pictures over the run, as WebM, recorded by the browser from a canvas.

import { drawGrid } from "./grid.js";

const each = 100; // milliseconds a moment
const scale = 3; // pixels of the film for a picture's
const types = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];

const type = () => types.find((name) => MediaRecorder.isTypeSupported(name));

/** Whether this browser can record one. */
export function canFilm() {
  return typeof MediaRecorder === "function" && "captureStream" in HTMLCanvasElement.prototype && Boolean(type());
}

/** Records the moments at steps, show(step) giving the pictures of each; it takes as long as the film. told is told the share done. */
export async function film(steps, show, told) {
  const small = document.createElement("canvas"), large = document.createElement("canvas");
  const draw = ({ sheet, bytes }) => {
    drawGrid(small, bytes, sheet.fakes, sheet, 8);
    const by = small.width < 200 ? scale + 1 : small.width > 400 ? 1 : scale;
    if (large.width !== by * small.width) [large.width, large.height] = [by * small.width, by * small.height];
    const c = large.getContext("2d");
    c.imageSmoothingEnabled = false;
    c.drawImage(small, 0, 0, large.width, large.height);
  };
  draw(await show(steps[0]));
  const stream = large.captureStream(0), [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType: type(), videoBitsPerSecond: 4e6 });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const done = new Promise((resolve, reject) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: "video/webm" }));
    recorder.onerror = ({ error }) => reject(error);
  });
  recorder.start();
  for (const [i, step] of steps.entries()) {
    const [moment] = await Promise.all([show(step), new Promise((next) => setTimeout(next, each))]);
    draw(moment);
    track.requestFrame();
    told((i + 1) / steps.length);
  }
  await new Promise((next) => setTimeout(next, 10 * each)); // the last picture stays
  track.requestFrame();
  recorder.stop();
  return done;
}
