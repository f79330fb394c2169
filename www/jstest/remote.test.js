import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "./page.js";
globalThis.location = new URL("http://127.0.0.1:8081/?trainer=self");
globalThis.document.baseURI = location.href;
globalThis.history = { replaceState: (state, title, url) => (history.url = url), state: null };
globalThis.CustomEvent ??= class extends Event {};
const store = new Map();
globalThis.sessionStorage = { getItem: (k) => store.get(k) ?? null, setItem: (k, v) => store.set(k, v) };

/** A socket whose other end is the test. */
class FakeSocket {
  static all = [];
  sent = [];
  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(data) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }
  close() {}
  say(...messages) {
    for (const m of messages) this.onmessage({ data: m instanceof ArrayBuffer ? m : JSON.stringify(m) });
  }
}
globalThis.WebSocket = FakeSocket;
const { Remote, apart, remoteOf, socketOf, together } = await import("../js/run/remote.js");
const { speak } = await import("../js/strings.js");
speak("en");

const last = () => FakeSocket.all.at(-1);
const welcome = { type: "welcome", version: 2, where: "gpu-box", given: false, run: true, fresh: false, may: true };
const role = { type: "role", drives: true, driven: true, may: true, viewers: 1 };

/** A trainer that is connected, and what it tells the page. */
async function connected() {
  const trainer = new Remote("ws://gpu-box:8081/trainer", { token: "secret-token" });
  const told = [];
  for (const type of ["event", "attached", "crash"]) trainer.addEventListener(type, ({ detail }) => told.push([type, detail.event?.type ?? detail]));
  const opened = trainer.open();
  last().onopen();
  last().say(welcome, { type: "started", step: 7 }, role);
  await opened;
  return { trainer, told };
}

test("a trainer's address is the page's own server or a socket", () => {
  assert.equal(socketOf("self"), "ws://127.0.0.1:8081/trainer");
  assert.equal(socketOf("ws://gpu-box:9"), "ws://gpu-box:9/trainer");
  assert.equal(socketOf("wss://gpu-box/runs/1#token=x"), "wss://gpu-box/runs/1");
  for (const wrong of ["", "gpu-box:9", "http://gpu-box:9", "javascript:alert(1)", "ws://"]) assert.equal(socketOf(wrong), null, wrong);
});

test("the token leaves the address and stays with the tab", () => {
  assert.equal(remoteOf({ search: "?preset=quick", hash: "" }), null);
  remoteOf({ search: "?trainer=self", hash: "#token=abc-d_1" });
  assert.equal(history.url, "/?trainer=self");
  const again = remoteOf({ search: "?trainer=self&view", hash: "" });
  again.open().catch(() => {});
  last().onopen();
  assert.deepEqual(last().sent, [{ type: "hello", token: "abc-d_1", view: true }]);
  again.close();
});

test("a process tells its run, then the page is attached", async () => {
  const { trainer, told } = await connected();
  assert.deepEqual(told, [["event", "started"], ["attached", { run: true, fresh: false, first: true }]]);
  assert.deepEqual(last().sent, [{ type: "hello", token: "secret-token", view: false }]);
  assert.deepEqual(trainer.about(), { where: "gpu-box", given: false, may: true, drives: true, driven: true, viewers: 1, connected: true });
  trainer.close();
});

test("commands and answers carry bytes, each answer to its command", async () => {
  const { trainer } = await connected();
  const a = trainer.ask({ type: "generate", count: 1 });
  const b = trainer.ask({ type: "verdict" }, new Uint8Array([1, 2, 3]));
  const frame = apart(last().sent.at(-1).buffer);
  assert.deepEqual([JSON.parse(frame.json), [...frame.bytes]], [{ type: "verdict", id: 2 }, [1, 2, 3]]);
  last().say(together(JSON.stringify({ type: "answered", id: 2, data: { p: 1 } }), new Uint8Array([9])).buffer, { type: "answered", id: 1, error: "No." });
  assert.deepEqual(await b, { data: { p: 1 }, bytes: new Uint8Array([9]) });
  assert.equal((await b).bytes.byteOffset, 0);
  await assert.rejects(a, /^Error: No\.$/);
  trainer.close();
});

test("what is too much for the process is not sent, and said", async () => {
  const { trainer } = await connected();
  last().say({ ...welcome, most: 3_000_000 }, role);
  const n = last().sent.length;
  await assert.rejects(trainer.ask({ type: "data" }, new Uint8Array(3_000_000)), /That is 3 MB at once, and .* takes 3 MB from this page: .*--data/);
  assert.equal(last().sent.length, n);
  trainer.ask({ type: "data" }, new Uint8Array(2_999_000)).catch(() => {});
  assert.ok(last().sent.length > n);
  last().say({ ...role, drives: false });
  await assert.rejects(trainer.ask({ type: "data" }, new Uint8Array(3_000_000)), /Another page drives/);
  trainer.close();
});

test("what is long goes and comes in pieces", async () => {
  const { trainer } = await connected();
  const n = last().sent.length, long = Uint8Array.from({ length: 2.5 * (1 << 20) }, (_, i) => i % 251);
  const answer = trainer.ask({ type: "load" }, long);
  const sent = last().sent.slice(n).map(({ buffer }) => apart(buffer));
  assert.deepEqual(sent.map(({ json, bytes }) => [JSON.parse(json).type, bytes.length]), [["part", 1 << 20], ["part", 1 << 20], ["load", 1 << 19]]);
  assert.ok(Buffer.from(long).equals(Buffer.concat(sent.map(({ bytes }) => bytes))));
  last().say(...sent.slice(0, 2).map(({ json, bytes }) => together(json, bytes).buffer), { type: "alive" }, together(JSON.stringify({ type: "answered", id: 1 }), sent[2].bytes).buffer);
  assert.ok(Buffer.from(long).equals(Buffer.from((await answer).bytes)));
  trainer.close();
});

test("a connection that is lost is made again, later each time, and nobody waits in vain", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { trainer, told } = await connected();
  const waiting = trainer.ask({ type: "save" });
  const n = FakeSocket.all.length;
  last().onclose({ code: 1006 });
  await assert.rejects(waiting, /connection was lost/);
  await assert.rejects(trainer.ask({ type: "pause" }), /no connection/);
  assert.equal(trainer.about().connected, false);
  for (const [wait, sockets] of [[249, 0], [1, 1]]) {
    mock.timers.tick(wait);
    assert.equal(FakeSocket.all.length, n + sockets);
  }
  last().onclose({ code: 1006 });
  mock.timers.tick(499);
  assert.equal(FakeSocket.all.length, n + 1);
  mock.timers.tick(1);
  last().onopen();
  last().say(welcome, { type: "started", step: 9 }, role);
  assert.deepEqual(told.slice(2), [["event", "started"], ["attached", { run: true, fresh: false, first: false }]]);
  mock.timers.tick(34_000);
  last().say({ type: "alive" });
  mock.timers.tick(34_000);
  assert.equal(trainer.about().connected, true);
  mock.timers.tick(2_000); // of silence
  assert.equal(trainer.about().connected, false);
  trainer.close();
  mock.timers.reset();
});

test("a wrong token, another version and nobody there are said, and not tried again", async () => {
  for (const [end, says] of [
    [(s) => s.onclose({ code: 4401 }), /token/], [(s) => s.onclose({ code: 4429 }), /Too many pages/], [(s) => s.onclose({ code: 1006 }), /No run answers at ws:\/\/gpu-box:8081/],
    [(s) => s.say({ ...welcome, version: 99 }), /another version/],
  ]) {
    const trainer = new Remote("ws://gpu-box:8081/trainer");
    const opened = trainer.open();
    const n = FakeSocket.all.length;
    end(last());
    await assert.rejects(opened, says);
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(FakeSocket.all.length, n);
    trainer.close();
  }
});
