import type { Sponsorship } from "@minka/contracts/sponsorships";
import type { Queries } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { eq } from "@minka/database/query";
import { sponsorships, type SponsorshipRow } from "./sponsorships-tables.ts";

/** For who may decide on it: the sponsor's managers and operators. */
export function sponsorshipView(row: SponsorshipRow): Sponsorship {
  const {
    sponsorKind,
    sponsorId,
    sponsorName,
    makers: _makers,
    createdAt: _at,
    trace: _trace,
    ...said
  } = row;
  return { ...said, sponsor: { kind: sponsorKind, id: sponsorId, name: sponsorName } };
}

/** `no-such-sponsorship` (404). */
export async function findSponsorship(queries: Queries, sponsorshipId: string): Promise<SponsorshipRow> {
  const [row] = await queries.select().from(sponsorships).where(eq(sponsorships.id, sponsorshipId));
  if (!row) throw noSuchSponsorship();
  return row;
}

export const noSuchSponsorship = () =>
  new DomainError("not-found", "no-such-sponsorship", "There is no such sponsorship.");
