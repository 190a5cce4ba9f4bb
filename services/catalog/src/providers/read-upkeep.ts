import type { Answer } from "@minka/contracts/endpoint";
import type { readUpkeep as contract } from "@minka/contracts/standings";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { Kind } from "@minka/domain/vocabulary";
import { and, asc, eq, sql } from "@minka/database/query";
import { freshness } from "../freshness/freshness-tables.ts";
import { offers, providers } from "../tables.ts";
import { readCertificates } from "./certificates.ts";
import { providerUnknown } from "./provider-rights.ts";

/** More than anybody confirms at a time. */
const most = 100;

/** What a provider has to keep up, so that it is found. `provider-unknown` (404). */
export async function readUpkeep(
  { db, clock }: { db: Database; clock: Clock },
  providerId: string,
): Promise<Answer<typeof contract>> {
  const [provider] = await db.read
    .select({ state: providers.state, restsUntil: providers.restsUntil })
    .from(providers)
    .where(eq(providers.id, providerId));
  if (!provider) throw providerUnknown();
  const published = await db.read
    .select({
      offerId: offers.id,
      kind: sql<Kind>`${offers.kind}`,
      confirmedOn: offers.confirmedOn,
      stage: freshness.stage,
      asked: freshness.asked,
    })
    .from(offers)
    // Of who is not verified nothing grows old.
    .leftJoin(freshness, eq(freshness.offerId, offers.id))
    .where(and(eq(offers.providerId, providerId), eq(offers.state, "published")))
    .orderBy(asc(offers.confirmedOn), asc(offers.id))
    .limit(most);
  const certificates = await readCertificates(db.read, providerId, clock());
  return {
    ...provider,
    offers: published.map(({ stage, asked, ...offer }) => ({
      ...offer,
      stage: stage === "sunk" || stage === "hidden" ? stage : (asked ?? 0) > 0 ? "aging" : "fresh",
    })),
    certificates: certificates.map(({ id, kind, expiresOn, checked }) => ({ id, kind, expiresOn, checked })),
  };
}
