import type { LotContractRow } from "./contracts-tables.ts";

/** Agreed terms wait so long for the next signature, and come to nothing then. */
export const signDays = 14;

/** When something last happened to agreed terms. */
export function lastSigned(contract: LotContractRow): Date {
  const { agreedAt, createdAt, signedByOrganizerAt, signedByBuyerAt } = contract;
  const at = [agreedAt ?? createdAt, signedByOrganizerAt, signedByBuyerAt].flatMap((each) => each ?? []);
  return new Date(Math.max(...at.map((each) => each.getTime())));
}
