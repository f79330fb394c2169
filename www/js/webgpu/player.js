// Plays what a Go program has recorded on the visitor's GPU. wasm/webgpu is the other side: it calls the functions of imports, which
// take numbers and addresses in the program's memory, and open, program, map and arrival, which are promises.
//
//   const player = (self.ganvasGPU = new Player(() => memory));
//   WebAssembly.instantiate(module, { ...go.importObject, gpu: player.imports });
//
// Buffers, programs, lists and trays are numbers from 1 on. What is played is encoded at once and submitted when something is read,
// when that becomes long, or before a write to memory that it uses: writes take effect before what is submitted after them. The
// first failure stays; results mean nothing after it.

import { findAdapter, isSoftware, nameOf } from "./adapter.js";

const longest = 256; // dispatches in one submission: drivers end those that take seconds
const leastRoom = 1 << 16; // bytes to read from
const limits = [ // that are asked for, as large as the adapter has them
  "maxStorageBufferBindingSize", "maxBufferSize", "maxComputeWorkgroupStorageSize", "maxComputeInvocationsPerWorkgroup", "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY", "maxComputeWorkgroupSizeZ", "maxComputeWorkgroupsPerDimension", "maxStorageBuffersPerShaderStage",
];

/** Things by number, whose numbers are used again. */
class Numbered {
  #all = [null];
  #free = [];

  add(thing) {
    const n = this.#free.pop() ?? this.#all.length;
    this.#all[n] = thing;
    return n;
  }

  at(n) {
    return this.#all[n];
  }

  /** Takes it out; undefined where it was before. */
  take(n) {
    const thing = this.#all[n];
    if (!thing) return undefined;
    this.#all[n] = null;
    this.#free.push(n);
    return thing;
  }
}

export class Player {
  /** Why results mean nothing any more, "" while they do. */
  failure = "";
  #memory; // () => the program's WebAssembly.Memory
  #device = null;
  #buffers = new Numbered(); // {gpu, used}
  #programs = new Numbered();
  #lists = new Numbered(); // {steps: [pipeline, group, x, y, z], uses: [buffers]}
  #trays = new Numbered(); // {gpu, bytes: that were put, coming: a promise, came, gone}
  #turn = 1; // of submissions: buffers used in the present one have its number
  #encoder = null;
  #pass = null;
  #length = 0; // dispatches in it
  #left = []; // buffers to be destroyed once it was submitted
  #staging = null; // to be read from
  #room = 0;
  #mapped = null; // an ArrayBuffer
  #broken = null; // rejects when the device is lost
  #tell = () => {};

  constructor(memory) {
    this.#memory = memory;
  }

  /** The functions that the program imports. */
  imports = {
    failed: () => Number(this.failure !== ""),
    buffer: (bytes) => this.#buffer(bytes),
    release: (n) => this.#release(n),
    record: (at, words) => this.#record(new Int32Array(this.#memory().buffer, at >>> 0, words)),
    forget: (n) => void this.#lists.take(n),
    play: (n) => this.#play(this.#lists.at(n)),
    write: (n, at, from, bytes) => this.#write(this.#buffers.at(n), at, from >>> 0, bytes),
    flush: () => this.#submit(),
    copy: (n, at, to, bytes) => this.#copy(this.#buffers.at(n), at, this.#staging, to, bytes),
    take: (from, to, bytes) => this.#give(this.#mapped, from, to, bytes),
    unmap: () => this.#unmap(),
    tray: (bytes) => this.#tray(bytes),
    removeTray: (n) => this.#removeTray(this.#trays.take(n)),
    put: (n, at, of, from, bytes) => this.#put(this.#trays.at(n), at, this.#buffers.at(of), from, bytes),
    send: (n) => this.#send(this.#trays.at(n)),
    came: (n) => Number(this.failure !== "" || this.#trays.at(n).came),
    takeTray: (n, to, bytes) => this.#takeTray(this.#trays.at(n), to, bytes),
    close: () => this.#close(),
  };

  #fail(why) {
    this.failure ||= why;
  }

  /** Opens the fastest GPU and resolves to what it is, as JSON. */
  async open() {
    const adapter = await findAdapter();
    const name = nameOf(adapter);
    const requiredLimits = Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]]));
    let device;
    try {
      device = await adapter.requestDevice({ requiredLimits });
    } catch (error) {
      throw new Error(`the GPU ${name} cannot be opened: ${error.message}`);
    }
    this.#device = device;
    this.#broken = new Promise((_, reject) => (this.#tell = reject));
    this.#broken.catch(() => {}); // whoever waits meanwhile is told
    this.failure = "";
    device.lost.then(({ reason, message }) => {
      if (device !== this.#device) return; // it was closed
      this.#fail(`the GPU ${name} was lost${message ? ` (${message})` : reason ? ` (${reason})` : ""}`);
      this.#tell(new Error(this.failure));
    });
    device.addEventListener("uncapturederror", ({ error }) => this.#fail(this.#says(name, error)));
    const has = device.limits;
    return JSON.stringify({
      Name: name, API: "webgpu", Software: isSoftware(adapter),
      Limits: {
        Binding: has.maxStorageBufferBindingSize, Buffer: has.maxBufferSize, Shared: has.maxComputeWorkgroupStorageSize, Threads: has.maxComputeInvocationsPerWorkgroup,
        Groups: has.maxComputeWorkgroupsPerDimension, Bindings: has.maxStorageBuffersPerShaderStage,
      },
    });
  }

  #says(name, error) {
    if (error instanceof GPUOutOfMemoryError) return `the GPU ${name} ran out of memory: take a smaller batch or smaller networks`;
    return `the GPU ${name} failed: ${error.message}`;
  }

  #buffer(size) {
    const gpu = this.#device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC });
    return this.#buffers.add({ gpu, used: 0 });
  }

  #release(n) {
    const buffer = this.#buffers.take(n);
    if (!buffer) return;
    if (buffer.used === this.#turn) this.#left.push(buffer);
    else buffer.gpu.destroy();
  }

  /** Compiles WGSL whose buffers are bound with those types; resolves to its number or rejects with the compiler's first message. */
  async program(code, types) {
    const device = this.#device;
    const entries = [...types].map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } }));
    device.pushErrorScope("validation");
    const module = device.createShaderModule({ code });
    const refused = device.popErrorScope();
    const group = device.createBindGroupLayout({ entries });
    const layout = device.createPipelineLayout({ bindGroupLayouts: [group] });
    try {
      const pipeline = await this.#unlessLost(device.createComputePipelineAsync({ layout, compute: { module, entryPoint: "main" } }));
      await this.#unlessLost(refused);
      return this.#programs.add({ pipeline, group });
    } catch (error) {
      if (this.failure) throw error;
      const { messages } = await this.#unlessLost(module.getCompilationInfo());
      const first = messages.find(({ type }) => type === "error");
      throw new Error(first ? `line ${first.lineNum}: ${first.message}` : error.message);
    }
  }

  /** A promise, or the device's end where that comes before. */
  #unlessLost(promise) {
    return Promise.race([promise, this.#broken]);
  }

  /** words: for each dispatch its program, workgroups in three dimensions, how many buffers, and of each number, first byte and bytes. */
  #record(words) {
    const steps = [], uses = new Set();
    for (let i = 0; i < words.length; ) {
      const { pipeline, group: layout } = this.#programs.at(words[i++]);
      const groups = [words[i++], words[i++], words[i++]];
      const entries = Array.from({ length: words[i++] }, (_, binding) => {
        const buffer = this.#buffers.at(words[i++]);
        uses.add(buffer);
        return { binding, resource: { buffer: buffer.gpu, offset: words[i++], size: words[i++] } };
      });
      steps.push([pipeline, this.#device.createBindGroup({ layout, entries }), ...groups]);
    }
    return this.#lists.add({ steps, uses: [...uses] });
  }

  #play({ steps, uses }) {
    if (this.failure) return;
    if (this.#length + steps.length > longest) this.#submit();
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    for (const [pipeline, group, x, y, z] of steps) {
      this.#pass.setPipeline(pipeline);
      this.#pass.setBindGroup(0, group);
      this.#pass.dispatchWorkgroups(x, y, z);
    }
    for (const buffer of uses) buffer.used = this.#turn;
    this.#length += steps.length;
  }

  #write(buffer, at, from, bytes) {
    if (this.failure) return;
    if (buffer.used === this.#turn) this.#submit();
    this.#device.queue.writeBuffer(buffer.gpu, at, this.#memory().buffer, from, bytes);
  }

  #copy(buffer, at, staging, to, bytes) {
    if (this.failure) return;
    this.#pass?.end();
    this.#pass = null;
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#encoder.copyBufferToBuffer(buffer.gpu, at, staging, to, bytes);
    buffer.used = this.#turn;
  }

  #submit() {
    if (this.#encoder && !this.failure) {
      this.#pass?.end();
      this.#device.queue.submit([this.#encoder.finish()]);
    }
    this.#encoder = this.#pass = null;
    this.#length = 0;
    this.#turn++;
    for (const { gpu } of this.#left.splice(0)) gpu.destroy();
  }

  /** Makes sure that there is memory to read that many bytes from, into which copy then brings them. */
  stage(bytes) {
    if (bytes <= this.#room) return;
    this.#staging?.destroy();
    this.#room = Math.max(bytes, leastRoom);
    this.#staging = this.#device.createBuffer({ size: this.#room, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  /** Waits for all that was called before and what was copied; then take gives it. */
  async map(bytes) {
    this.#submit();
    try {
      await this.#unlessLost(this.#staging.mapAsync(GPUMapMode.READ, 0, bytes));
      this.#mapped = this.#staging.getMappedRange(0, bytes);
    } catch (error) {
      await this.#lossKnown();
      this.#fail(`the GPU failed while results were read: ${error.message}`);
      throw error;
    }
  }

  #give(mapped, from, to, bytes) {
    new Uint8Array(this.#memory().buffer, to >>> 0, bytes).set(new Uint8Array(mapped, from, bytes));
  }

  /** Memory that results come in while the device goes on. */
  #tray(size) {
    const gpu = this.#device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    return this.#trays.add({ gpu, bytes: 0, coming: null, came: false });
  }

  #removeTray(tray) {
    if (!tray) return;
    if (tray.bytes > 0 && !tray.coming) this.#submit(); // a copy into it may be encoded
    tray.gone = true;
    tray.gpu.destroy(); // which ends its mapping
  }

  #put(tray, at, buffer, from, bytes) {
    this.#copy(buffer, from, tray.gpu, at, bytes);
    tray.bytes = Math.max(tray.bytes, at + bytes);
  }

  #send(tray) {
    this.#submit();
    if (this.failure) return;
    const device = this.#device;
    tray.coming = this.#unlessLost(tray.gpu.mapAsync(GPUMapMode.READ, 0, tray.bytes)).then(() => (tray.came = true), async (error) => {
      await this.#lossKnown();
      if (!tray.gone && device === this.#device) this.#fail(`the GPU failed while results came: ${error.message}`);
    });
  }

  /** Waits a moment for a loss of the device, which is told of later than what fails of it. */
  #lossKnown() {
    return Promise.race([this.#broken.catch(() => {}), new Promise((done) => setTimeout(done, 200))]);
  }

  /** Resolves when what was sent has come, or the device has failed. */
  async arrival(n) {
    await this.#trays.at(n).coming;
  }

  #takeTray(tray, to, bytes) {
    if (tray.came) {
      this.#give(tray.gpu.getMappedRange(0, bytes), 0, to, bytes);
      tray.gpu.unmap();
    }
    [tray.bytes, tray.coming, tray.came] = [0, null, false];
  }

  #unmap() {
    this.#mapped = null;
    this.#staging.unmap();
  }

  #close() {
    const device = this.#device;
    this.#device = null;
    this.#encoder = this.#pass = this.#staging = null;
    [this.#room, this.#length, this.#left] = [0, 0, []];
    [this.#buffers, this.#programs, this.#lists, this.#trays] = [new Numbered(), new Numbered(), new Numbered(), new Numbered()];
    device?.destroy();
  }

  /** Loses the device, as a driver that starts anew does; for tests. */
  lose() {
    this.#device?.destroy();
  }
}
