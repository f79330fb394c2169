// Many questions to the browser, some at a time: each alone waits for another process most of its while.

/** What f gives of each item, in their order, with at most so many of them waited for at once. told(have, total) hears how many are done. */
export async function pooled(items, most, f, told = () => {}) {
  const found = new Array(items.length);
  let next = 0, have = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      found[i] = await f(items[i], i);
      told(++have, items.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: most }, lane));
  } finally {
    next = items.length; // after an error nothing more is begun
  }
  return found;
}
