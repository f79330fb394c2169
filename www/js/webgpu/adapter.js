// The visitor's GPU as WebGPU offers it: to pages and to Workers.

const known = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i; // processors that compute in a GPU's place

/** The fastest GPU that there is; rejects with a sentence where there is none. */
export async function findAdapter(gpu = globalThis.navigator?.gpu) {
  if (!gpu) throw new Error(globalThis.isSecureContext === false ? "a browser gives WebGPU to pages over https or from localhost alone" : "this browser has no WebGPU");
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("this browser has WebGPU, but finds no GPU for it");
  return adapter;
}

/** What a GPU is called: as its driver says, or by its maker and make. */
export function nameOf({ info = {} }) {
  const made = [info.vendor, info.architecture, info.device].filter(Boolean).join(" ");
  return info.description || made || "without a name";
}

/** Whether a processor computes in its place. */
export function isSoftware(adapter) {
  const { info = {} } = adapter;
  return Boolean(info.isFallbackAdapter ?? adapter.isFallbackAdapter) || known.test([info.vendor, info.architecture, info.device, info.description].join(" "));
}
