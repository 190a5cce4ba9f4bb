/**
 * Splits a whole number by weights, as whole numbers that sum to it (largest remainder), so that even a
 * small demo keeps the shares of the whole programme.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - parts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** A list of `total` items in which each value has its share. */
export function quotas<Value>(total: number, shares: readonly (readonly [Value, number])[]): Value[] {
  const counts = apportion(
    total,
    shares.map(([, share]) => share),
  );
  return shares.flatMap(([value], index) => Array.from({ length: counts[index] ?? 0 }, () => value));
}
