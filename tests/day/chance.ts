/** Chance that comes out the same for the same seed: what fails once can be looked at again. */
export type Chance = {
  /** In [0, 1). */
  next(): number;
  happens(probability: number): boolean;
  /** A whole number from `low` up to and with `high`. */
  between(low: number, high: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
};

/** Source: mulberry32, a 32-bit generator in the public domain. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    happens: (probability) => next() < probability,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    oneOf(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error("there is nothing to choose from");
      return item;
    },
  };
}
