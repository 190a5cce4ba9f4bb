/** Formats whose patterns say the same again, at a length that hides everything else. */
const plainFormats = new Set(["uuid", "date", "date-time", "uri"]);

type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A document without what only a validator reads: the patterns of ids and days, and the bounds of every whole number
 * that JSON can hold.
 */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isNode(value)) return value;
  const { type, format } = value;
  const kept = Object.entries(value).filter(([key, held]) => {
    if (key === "pattern") return !(type === "string" && plainFormats.has(String(format)));
    if (type !== "integer") return true;
    return (
      !(key === "minimum" && held === Number.MIN_SAFE_INTEGER) &&
      !(key === "maximum" && held === Number.MAX_SAFE_INTEGER)
    );
  });
  return Object.fromEntries(kept.map(([key, held]) => [key, readable(held)]));
}
