import { apportion } from "@minka/domain/apportion";

/** A list of `total` items in which each value has its share. */
export function quotas<Value>(total: number, shares: readonly (readonly [Value, number])[]): Value[] {
  const counts = apportion(
    total,
    shares.map(([, share]) => share),
  );
  return shares.flatMap(([value], index) => Array.from({ length: counts[index] ?? 0 }, () => value));
}
