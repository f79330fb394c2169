// Pictures from the camera: the browser asks first, a dialog shows what it sees, and frames are taken while the visitor wants.
// They stay in the tab, as files that nobody has saved.

import { openDialog } from "../link/history.js";
import { t } from "../strings.js";

const side = 128; // pixels of a frame's middle square that are kept
const every = 250; // milliseconds between frames
const most = 1000; // frames

/** Whether pages can ask for a camera here at all. */
export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** Asks for the camera; resolves to the frames that were taken, as PNG files, none where the visitor thought better of it. */
export async function takeFrames() {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: true });
  } catch (error) {
    throw new Error(t({ NotAllowedError: "cameraRefused", NotFoundError: "cameraNone" }[error.name] ?? "cameraBroken", { why: error.message || error.name }));
  }
  try {
    return await record(stream);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** The dialog. */
async function record(stream) {
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const dialog = element("dialog", { id: "camera-dialog" });
  dialog.setAttribute("aria-labelledby", "camera-what");
  const video = element("video", { id: "camera-sees", muted: true, playsInline: true, srcObject: stream });
  const says = element("p", { className: "says", id: "camera-says" });
  says.setAttribute("role", "status");
  const take = element("button", { type: "button", id: "camera-take" }), row = element("div", { className: "row" });
  const use = element("button", { type: "button", className: "primary", id: "camera-use", textContent: t("cameraUse") });
  const no = element("button", { type: "button", id: "camera-no", textContent: t("cancel") });
  row.append(take, use, no);
  dialog.append(element("h2", { id: "camera-what", textContent: t("cameraTitle") }), video, says, row);
  document.body.append(dialog);

  const frames = []; // promises of files
  let taking = 0; // the timer
  const show = () => {
    take.textContent = t(taking ? "cameraStop" : "cameraTake");
    says.textContent = frames.length ? t("cameraTaken", { n: frames.length }) : t("cameraHint");
    use.disabled = frames.length < 2;
  };
  const stop = () => {
    clearInterval(taking);
    taking = 0;
    show();
  };
  const frame = () => {
    if (!video.videoWidth) return; // it has not begun to see
    if (frames.length >= most) return stop();
    frames.push(square(video, frames.length));
    show();
  };
  take.addEventListener("click", () => {
    if (taking) return stop();
    taking = setInterval(frame, every);
    show();
  });
  stream.getVideoTracks()[0]?.addEventListener("ended", stop); // it was unplugged, or the visitor took it back
  show();
  openDialog(dialog);
  video.play().catch(() => {}); // the dialog may be closed before the first frame
  const used = await new Promise((resolve) => {
    use.addEventListener("click", () => resolve(true));
    no.addEventListener("click", () => resolve(false));
    dialog.addEventListener("close", () => resolve(false)); // by Escape
  });
  stop();
  dialog.close();
  dialog.remove();
  return used ? Promise.all(frames) : [];
}

/** The middle of what the camera sees now, as a file. */
async function square(video, i) {
  const canvas = new OffscreenCanvas(side, side), pen = canvas.getContext("2d");
  const short = Math.min(video.videoWidth, video.videoHeight);
  pen.drawImage(video, (video.videoWidth - short) / 2, (video.videoHeight - short) / 2, short, short, 0, 0, side, side);
  const name = `${String(i + 1).padStart(4, "0")}.png`;
  return Object.assign(new File([await canvas.convertToBlob()], name, { type: "image/png" }), { path: `${t("cameraName")}/${name}` });
}
