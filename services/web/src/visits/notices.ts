import type { Keys } from "../sessions/seal.ts";

/** In which an address says what was just done; signed, so that no link can say that a payment came. */
export const noticeParameter = "hecho";

/** Somebody who comes back to the address later is told nothing any more. */
const validMinutes = 10;

type Signed = {
  readonly notice: string;
  readonly path: string;
  readonly tag: string;
  readonly minute: number;
};

const minuteOf = (now: Date) => Math.floor(now.getTime() / 60_000);
const signatureOf = (keys: Keys, { notice, path, tag, minute }: Signed) =>
  keys.tag(`notice ${minute} ${tag} ${path} ${notice}`);

/** The address of a page with one of its notices, for this person and for a while. */
export function withNotice(keys: Keys, to: { path: string; notice: string }, tag: string, now: Date): string {
  const [address = "", fragment] = to.path.split("#");
  const path = address.split("?")[0] ?? "";
  const minute = minuteOf(now);
  const value = `${to.notice}.${minute}.${signatureOf(keys, { notice: to.notice, path, tag, minute })}`;
  const query = `${address.includes("?") ? "&" : "?"}${noticeParameter}=${encodeURIComponent(value)}`;
  return `${address}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

/** Which notice an address carries; null for one that was not signed for this person and page just now. */
export function noticeOf(
  keys: Keys,
  { value, path, tag, now }: { value: string | undefined; path: string; tag: string; now: Date },
): string | null {
  const [notice = "", written = "", signature = ""] = (value ?? "").split(".");
  const minute = Number(written);
  const age = minuteOf(now) - minute;
  if (!Number.isInteger(minute) || age < 0 || age > validMinutes) return null;
  return signature === signatureOf(keys, { notice, path, tag, minute }) ? notice : null;
}
