import { readTraits } from "@minka/contracts/traits";
import type { Database, Transaction } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import type { Caller } from "@minka/http/caller";
import { and, eq, gte, inArray, lte, ne, sql } from "@minka/database/query";
import type { RequestRow } from "../tables.ts";
import { bestPayer, isOfGroup, paysFor } from "./share.ts";
import {
  sponsoredRequests,
  sponsoredServices,
  sponsorships,
  type SponsorshipRow,
} from "./sponsorships-tables.ts";

/** Who would pay for a request, and what its person is counted by. */
export type Sponsors = {
  readonly payers: readonly SponsorshipRow[];
  readonly counted: Pick<typeof sponsoredRequests.$inferInsert, "sex" | "sizeClass" | "member">;
};

/** Who pays on a day, for whatever it is: a small query, which nothing has to wait for. */
export function openSponsorships(db: Database): (now: Date) => Promise<SponsorshipRow[]> {
  const open = db.read
    .select()
    .from(sponsorships)
    .where(
      and(
        eq(sponsorships.state, "active"),
        lte(sponsorships.from, sql.placeholder("today")),
        gte(sponsorships.until, sql.placeholder("today")),
      ),
    )
    .prepare("sponsorships_open");
  return (now) => open.execute({ today: limaDay(now) });
}

/**
 * Finds who of the open sponsorships would pay for a request, while its candidates are searched. Only when somebody
 * pays for such a service there is anything read of the person. Never inside a transaction, and throws what the call
 * throws.
 */
export async function findSponsors(
  { db, call }: { db: Database; call: Caller },
  request: RequestRow,
  open: readonly SponsorshipRow[],
  trace: string,
): Promise<Sponsors | null> {
  const paying = open.filter((each) => paysFor(each, request));
  if (paying.length === 0) return null;
  const { personId } = request;
  const { traits } = await call(readTraits, { body: { personIds: [personId] } }, { trace });
  const [person] = traits;
  if (!person) return null;
  const used = await servicesOf(db, personId, paying);
  const payers = paying.filter(
    (each) => isOfGroup(each, person) && (used.get(each.id) ?? 0) < each.mostPerPerson,
  );
  if (payers.length === 0) return null;
  const { sex, sizeClass, organizationIds } = person;
  return { payers, counted: { sex, sizeClass, member: organizationIds.length > 0 } };
}

async function servicesOf(
  { read }: Pick<Database, "read">,
  personId: string,
  of: readonly SponsorshipRow[],
): Promise<Map<string, number>> {
  const rows = await read
    .select({ id: sponsoredServices.sponsorshipId, services: sql<number>`count(*)::int` })
    .from(sponsoredServices)
    .where(
      and(
        inArray(
          sponsoredServices.sponsorshipId,
          of.map(({ id }) => id),
        ),
        eq(sponsoredServices.personId, personId),
        ne(sponsoredServices.state, "released"),
      ),
    )
    .groupBy(sponsoredServices.sponsorshipId);
  return new Map(rows.map(({ id, services }) => [id, services]));
}

/** Keeps with a request, whose row is locked, who would pay for it: the list that is stored with it says so. */
export async function keepSponsors(
  tx: Transaction,
  requestId: string,
  sponsors: Sponsors | null,
): Promise<void> {
  if (!sponsors) return;
  const found = { sponsorshipIds: sponsors.payers.map(({ id }) => id), ...sponsors.counted };
  await tx
    .insert(sponsoredRequests)
    .values({ requestId, ...found })
    .onConflictDoUpdate({ target: sponsoredRequests.requestId, set: found });
}

/** What a listed match says of who pays: nothing that its rank depends on. */
export function sponsorOf(sponsors: Sponsors | null, priceCentimos: number | null) {
  const best = sponsors ? bestPayer(sponsors.payers, priceCentimos) : null;
  return { sponsorshipId: best?.sponsorshipId ?? null, sponsorPaysCentimos: best?.paysCentimos ?? null };
}
