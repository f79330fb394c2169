// Picture files of what the trainer draws.

/** What the trainer calls what a file of a format shows. */
export const drawnAs = { png: "picture", gif: "film" };

/** The bytes of a file in a format, of the trainer's answer with a film; a Worker of its own writes it. */
export function pictureFile(format, { data: film, bytes }) {
  const worker = new Worker(new URL("pictures.worker.js", import.meta.url), { type: "module", name: "pictures" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.bytes));
    worker.onerror = (e) => {
      e.preventDefault();
      reject(new Error(e.message || "the Worker that writes pictures could not be started"));
    };
    worker.postMessage({ format, film, bytes }, [bytes.buffer]);
  }).finally(() => worker.terminate());
}
