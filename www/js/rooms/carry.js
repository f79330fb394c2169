// Runs that are dragged onto the room that compares, or onto its tab: from the list of kept ones by their pictures, or as files from outside.

const kind = "application/x-ganvas-run";

/** Lets a kept run be dragged by an element; id() is the run's. */
export function carry(element, id) {
  element.draggable = true;
  element.addEventListener("dragstart", (e) => {
    e.dataTransfer.setData(kind, String(id()));
    e.dataTransfer.effectAllowed = "copy";
    document.body.classList.add("comparing");
  });
  element.addEventListener("dragend", () => document.body.classList.remove("comparing"));
}

/** Takes what is dropped onto an element: run(id) a kept run, file(file) one from outside, of which the page hears nothing more. Other files are left to it. */
export function receive(element, { run, file }) {
  const carried = ({ dataTransfer: { types, items } }) => types.includes(kind) || (types.includes("Files") && items?.length === 1);
  const mark = (on) => (e) => {
    if (!carried(e)) return;
    e.preventDefault();
    e.stopPropagation();
    document.body.classList.remove("dropping");
    element.classList.toggle("receives", on);
  };
  for (const type of ["dragenter", "dragover"]) element.addEventListener(type, mark(true));
  element.addEventListener("dragleave", mark(false));
  element.addEventListener("drop", (e) => {
    if (!carried(e)) return;
    const id = e.dataTransfer.getData(kind), [first] = e.dataTransfer.files ?? [];
    document.body.classList.remove("comparing");
    element.classList.remove("receives");
    if (!id && !/[.]safetensors$/i.test(first?.name ?? "")) return;
    mark(false)(e);
    if (id) run(Number(id));
    else file(first);
  });
}
