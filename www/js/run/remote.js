// A trainer in another process, behind a WebSocket: for the page the same as one in Workers. It speaks as native/live says: the
// first message of each side says who it is, then commands go out and events come in, what is long in pieces. A connection that is lost is made again,
// and the page is told the whole run anew.

import { t } from "../strings.js";

const version = 2; // of the conversation
const socketPath = "trainer"; // below the address of a process
const piece = 1 << 20; // bytes beside one message
const silence = 35_000; // milliseconds without a sign of life after which a connection counts as lost
const waits = [250, 500, 1000, 2000, 4000, 8000]; // milliseconds before a connection is tried again
const [wrongToken, full] = [4401, 4429];

/** The socket that the page's address names behind ?trainer=: "self" for the server of the page, or ws://HOST:PORT; null for anything else. */
export function socketOf(text) {
  if (text === "self") {
    const url = new URL(socketPath, document.baseURI);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["ws:", "wss:"].includes(url.protocol) || !url.host) return null;
  if (url.pathname === "/") url.pathname = `/${socketPath}`;
  url.hash = "";
  return url.href;
}

/** The trainer that the page's address asks for; null for one in Workers. Its token comes from behind the #, once, and stays with the tab. */
export function remoteOf({ search, hash }) {
  const asked = new URLSearchParams(search);
  const url = asked.has("trainer") ? socketOf(asked.get("trainer")) : null;
  if (!url) return null;
  const kept = `ganvas-token ${url}`;
  const token = /^#token=([\w-]+)$/.exec(hash)?.[1];
  if (token) {
    sessionStorage.setItem(kept, token);
    history.replaceState(history.state, "", location.pathname + search); // a link that is copied from here opens nothing
  }
  return new Remote(url, { token: token ?? sessionStorage.getItem(kept) ?? "", view: asked.has("view") && !["0", "false"].includes(asked.get("view")) });
}

/**
 * Events: "event" as Trainer has it; "attached" whenever a process has told all of its run, its detail {first, run, fresh}; "role"
 * when what about() says has changed.
 */
export class Remote extends EventTarget {
  remote = true;
  #url;
  #token;
  #view;
  #socket = null;
  #next = 1;
  #parts = []; // of the bytes beside the next message
  #waiting = new Map(); // command id → {resolve, reject}
  #about = { where: "", given: false, may: false, drives: false, driven: false, viewers: 0, connected: false };
  #greeting = null; // of a process whose run is still being told
  #opening = null; // {resolve, reject} until the first process has told its run
  #tries = 0;
  #timer = 0; // of the next try
  #most = Infinity; // bytes that the process takes in a message
  #heard = 0; // the timer that ends a silence
  #closed = true;

  constructor(url, { token = "", view = false } = {}) {
    super();
    [this.#url, this.#token, this.#view] = [url, token, view];
    const again = () => this.#timer && this.#connect();
    globalThis.addEventListener?.("online", again);
    globalThis.document?.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  }

  /** Connects; resolves when the process has told of its run, or that it has none, and rejects with a sentence. */
  open() {
    this.close(t("connectionLost"));
    this.#closed = false;
    this.#tries = 0;
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#connect();
    });
  }

  /** {where, given, may, drives, driven, viewers, connected}: where the process is; whether its run is the command line's; whether this page may drive and does, or another one does; how many pages look. */
  about() {
    return { ...this.#about };
  }

  /** Whether the process is the server of this page, and what lets this page in. */
  get here() {
    return new URL(this.#url).host === location.host;
  }

  get token() {
    return this.#token;
  }

  /** Asks to drive in place of whichever page does. */
  drive() {
    if (this.#about.connected) this.#socket.send(JSON.stringify({ type: "drive" }));
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#socket?.close();
    const socket = (this.#socket = new WebSocket(this.#url));
    socket.binaryType = "arraybuffer";
    const mine = (f) => (e) => socket === this.#socket && f(e);
    socket.onopen = mine(() => socket.send(JSON.stringify({ type: "hello", token: this.#token, view: this.#view })));
    socket.onmessage = mine(({ data }) => this.#receive(data));
    socket.onclose = mine(({ code }) => this.#lost(code));
    this.#alive();
  }

  /** A sign of life: the connection counts as lost when none comes for long. */
  #alive() {
    clearTimeout(this.#heard);
    this.#heard = setTimeout(() => this.#lost(0), silence);
  }

  #lost(code) {
    clearTimeout(this.#heard);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#greeting = null;
    this.#parts = [];
    this.#reject(t("connectionLost"));
    if (this.#closed) return;
    const final = code === wrongToken ? t("wrongToken") : code === full ? t("tooManyViewers") : this.#opening ? t("noProcess", { url: new URL(this.#url).origin }) : "";
    this.#role({ connected: false, drives: false });
    if (final) return this.#give(final);
    this.#timer = setTimeout(() => this.#connect(), waits[Math.min(this.#tries++, waits.length - 1)]);
  }

  /** There is no connection, and none is tried any more. */
  #give(why) {
    this.close(why);
    const opening = this.#opening;
    this.#opening = null;
    if (opening) opening.reject(new Error(why));
    else this.dispatchEvent(new CustomEvent("crash", { detail: why }));
  }

  #reject(why) {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }

  #role(more) {
    Object.assign(this.#about, more);
    this.dispatchEvent(new CustomEvent("role", { detail: this.about() }));
  }

  #receive(data) {
    this.#alive();
    let { json, bytes } = typeof data === "string" ? { json: data } : apart(data);
    const event = JSON.parse(json);
    if (event.type === "part") return void this.#parts.push(bytes);
    if (bytes && this.#parts.length) bytes = whole(this.#parts.splice(0), bytes);
    switch (event.type) {
      case "alive":
        return;
      case "welcome":
        return this.#welcome(event);
      case "role":
        return this.#told(event);
      case "answered":
        return this.#answer(event, bytes);
    }
    this.dispatchEvent(new CustomEvent("event", { detail: { event, json, bytes } }));
  }

  #welcome({ version: theirs, where, given, run, fresh, may, most = Infinity }) {
    if (theirs !== version) return this.#give(t("otherVersion"));
    this.#greeting = { run, fresh };
    this.#most = most;
    Object.assign(this.#about, { where, given, may });
  }

  /** What this page may do here; the first time that comes, the run has been told. */
  #told({ drives, driven, may, viewers }) {
    const greeting = this.#greeting, opening = this.#opening;
    this.#greeting = this.#opening = null;
    this.#tries = 0;
    this.#role({ drives, driven, may, viewers, connected: true });
    if (!greeting) return;
    this.dispatchEvent(new CustomEvent("attached", { detail: { ...greeting, first: Boolean(opening) } }));
    opening?.resolve();
  }

  #answer(event, bytes) {
    const waiting = this.#waiting.get(event.id);
    this.#waiting.delete(event.id);
    if (event.error) waiting?.reject(Object.assign(new Error(event.error), { damaged: event.data?.damaged === true }));
    else waiting?.resolve({ data: event.data ?? {}, bytes });
  }

  /** Sends a command, with bytes or a Blob beside it; resolves to its answer {data, bytes} or rejects with one sentence. */
  async ask(command, body) {
    const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
    if (!this.#about.connected && !this.#greeting) throw new Error(t("noConnection"));
    const id = this.#next++;
    const json = JSON.stringify({ ...command, id });
    if (bytes && 4 + 3 * json.length + bytes.length > this.#most) return Promise.reject(new Error(this.#tooMuch(bytes.length)));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (!bytes) return this.#socket.send(json);
      let rest = bytes;
      for (; rest.length > piece; rest = rest.subarray(piece)) this.#socket.send(together(`{"type":"part"}`, rest.subarray(0, piece)));
      this.#socket.send(together(json, rest));
    });
  }

  /** Why so many bytes cannot be sent: the process would end the connection. */
  #tooMuch(size) {
    const { drives, driven } = this.#about, most = this.#most;
    return drives ? t("tooMuch", { size: Math.round(size / 1e6), most: Math.round(most / 1e6) }) : t(driven ? "anotherDrives" : "nobodyDrives");
  }

  /** The same: a process has no Workers that could have stopped. */
  renew(command, bytes) {
    return this.ask(command, bytes);
  }

  /** Ends the connection; whoever waits for an answer is told why. */
  close(why = t("connectionLost")) {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#heard);
    this.#timer = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#reject(why);
    this.#about.connected = false;
  }

  /** Whether a page could see that the run is stuck: it cannot, and the process sees to itself. */
  free() {
    return false;
  }

  async diagnose() {
    return [];
  }

  async memory() {
    return 0;
  }

  get crews() {
    return 0;
  }

  /** Cuts the connection, for tests. */
  harm() {
    this.#lost(0);
  }
}

/** A frame of JSON and bytes: the JSON's length, little-endian, the JSON, the bytes. */
export function together(json, bytes) {
  const text = new TextEncoder().encode(json);
  const frame = new Uint8Array(4 + text.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  frame.set(text, 4);
  frame.set(bytes, 4 + text.length);
  return frame;
}

/** Pieces of bytes and the last of them as one. */
function whole(parts, last) {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, last.length));
  let at = 0;
  for (const part of [...parts, last]) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The parts of a frame; the bytes have memory of their own. */
export function apart(frame) {
  const n = new DataView(frame).getUint32(0, true);
  return { json: new TextDecoder().decode(new Uint8Array(frame, 4, n)), bytes: new Uint8Array(frame.slice(4 + n)) };
}
