/**
 * Splits a whole number by weights, as whole numbers that sum to it (largest remainder; of equal remainders the first).
 * All parts are 0 where every weight is. Exact while total and weights are whole numbers.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const shares = weights.map((weight, index) => ({ index, ...share(total, weight, sum) }));
  const parts = shares.map(({ whole }) => whole);
  const byRemainder = shares.toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = total - parts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

function share(total: number, weight: number, sum: number): { whole: number; remainder: number } {
  const product = total * weight;
  if (Number.isSafeInteger(product) && Number.isSafeInteger(sum)) {
    const remainder = product % sum;
    return { whole: (product - remainder) / sum, remainder: remainder / sum };
  }
  if ([total, weight, sum].every(Number.isSafeInteger)) {
    const [exact, divisor] = [BigInt(total) * BigInt(weight), BigInt(sum)];
    return { whole: Number(exact / divisor), remainder: Number(exact % divisor) / sum };
  }
  const exact = product / sum;
  return { whole: Math.floor(exact), remainder: exact - Math.floor(exact) };
}
