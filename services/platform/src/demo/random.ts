/** A stream of numbers that is the same for the same seed, so that demo data never changes by itself. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** A new list, in another order. */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** A UUID of version 7 with an instant of 2026, later than the one before. */
  id(): string;
};

const firstIdMs = Date.UTC(2026, 10, 1);

export function seededRandom(seed: number): Random {
  let state = seed;
  let ids = 0;
  // mulberry32, by Tommy Ettinger (public domain).
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick(items) {
      if (items.length === 0) throw new Error("nothing to pick from");
      return items[between(0, items.length - 1)]!;
    },
    shuffled(items) {
      const mixed = [...items];
      for (let last = mixed.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
      }
      return mixed;
    },
    id() {
      ids += 1;
      const time = (firstIdMs + ids).toString(16).padStart(12, "0");
      const hex = (digits: number) =>
        between(0, 16 ** digits - 1)
          .toString(16)
          .padStart(digits, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${"89ab"[between(0, 3)]}${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
