import { readLot, type Lot } from "@minka/contracts/lots";
import { DomainError } from "@minka/domain/errors";
import type { SignedVisit } from "../../visits/visit.ts";

export type DeskVisit = SignedVisit<{ organizationId: string }>;
export type LotVisit = SignedVisit<{ organizationId: string; lotId: string }>;

export const lotsPath = ({ params }: DeskVisit) => `/mi-organizacion/${params.organizationId}/lotes`;
export const lotPath = (visit: LotVisit, rest = "") => `${lotsPath(visit)}/${visit.params.lotId}${rest}`;

/** A lot on its organization's own desk: under another organization's address it is not there. */
export async function readOwnLot(visit: LotVisit): Promise<Lot> {
  const { lot } = await visit.call(readLot, { params: { lotId: visit.params.lotId } });
  if (lot.organizer.kind !== "organization" || lot.organizer.id !== visit.params.organizationId)
    throw new DomainError("not-found", "no-such-lot", "This lot is of another organizer.");
  return lot;
}
