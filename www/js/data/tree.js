// Which of many pictures in folders are the data, and what their classes are: as the command line has it.

import { t } from "../strings.js";

const toTrain = ["train", "training", "trainset", "train_set"];
const toTest = ["test", "testing", "testset", "test_set", "val", "valid", "validation", "eval", "t10k", "dev"];
const mostClasses = 256;

/**
 * Pictures in the order of their names: {files, classes, labels}. Folders that hold nothing but one folder are passed through; of a
 * half to train on and one to test on the former is taken. Then each folder is a class, with all below it. Where pictures lie beside
 * folders of pictures, the greater part is taken. skip(why, name, n) is told of the rest.
 */
export function choose(files, skip) {
  let node = grow(files);
  while (!node.files.length) {
    const into = trainingHalf(node, skip) ?? (node.folders.length === 1 ? node.folders[0] : null);
    if (!into) break;
    node = into;
  }
  const below = node.total - node.files.length;
  if (below <= node.files.length) {
    for (const { name, total } of node.folders) skip("skipFolder", name, total);
    return { files: node.files, classes: [], labels: [] };
  }
  for (const { name } of node.files) skip("skipBeside", name, 1);
  if (node.folders.length > mostClasses) throw new Error(t("dataClasses", { n: node.folders.length }));
  const each = node.folders.map(all);
  return { files: each.flat(), classes: node.folders.map(({ name }) => name), labels: each.flatMap((some, k) => some.map(() => k)) };
}

const pathOf = (file) => (file.path || file.webkitRelativePath || file.name).split("/").filter(Boolean);
const byName = (a, b) => a.name.localeCompare(b.name, "en", { numeric: true });

/** The files as a tree of {name, files, folders, total}. */
function grow(files) {
  const root = { name: "", files: [], folders: [], total: 0, known: new Map() };
  for (const file of files) {
    let at = root;
    at.total++;
    for (const name of pathOf(file).slice(0, -1)) {
      if (!at.known.has(name)) {
        at.known.set(name, { name, files: [], folders: [], total: 0, known: new Map() });
        at.folders.push(at.known.get(name));
      }
      at = at.known.get(name);
      at.total++;
    }
    at.files.push(file);
  }
  order(root);
  return root;
}

function order(node) {
  node.files.sort(byName);
  node.folders.sort(byName);
  node.folders.forEach(order);
}

const all = (node) => [...node.files, ...node.folders.flatMap(all)];

/** The folder to train on where all are halves of a data set. */
function trainingHalf({ folders }, skip) {
  const is = (names) => ({ name }) => names.includes(name.toLowerCase());
  const half = folders.find(is(toTrain));
  if (!half || !folders.every((folder) => folder === half || is(toTest)(folder))) return null;
  for (const { name, total } of folders) if (name !== half.name) skip("skipTesting", name, total);
  return half;
}
