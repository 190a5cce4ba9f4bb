import { hash } from "node:crypto";

/**
 * In [0, 1), the same for the same request, day and offer: who drew the lot is on top of equals today, somebody else
 * of the next request or tomorrow. It weighs `mostByLot` at most, so that it turns no clear difference.
 */
export function rotation(requestId: string, day: string, offerId: string): number {
  const digest = hash("sha256", `${requestId} ${day} ${offerId}`);
  return Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32;
}
