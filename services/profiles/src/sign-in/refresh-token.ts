import { createHash, randomBytes } from "node:crypto";

const dayMs = 24 * 60 * 60 * 1000;

/** Whoever does not use Minka for this long signs in anew. */
const idleMs = 30 * dayMs;
/** However often it is used, a sign-in is proved anew by a code after this. */
export const longestMs = 90 * dayMs;
/** A spent token that comes back this soon is a second tab, or a repeat whose answer was lost on a bad line. */
export const graceMs = 10_000;

export function newRefreshToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of it: 256 random bits need no slow hash. */
export function refreshTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function refreshExpiry(now: Date, endsAt: Date): Date {
  return new Date(Math.min(now.getTime() + idleMs, endsAt.getTime()));
}
