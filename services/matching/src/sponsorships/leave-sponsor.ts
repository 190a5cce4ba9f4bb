import type { Transaction } from "@minka/database/connect";
import type { Act } from "@minka/service/act";
import { and, asc, eq, inArray, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { requests } from "../tables.ts";
import { sponsoredRequests, sponsorships } from "./sponsorships-tables.ts";
import { move } from "./take-step.ts";

/** What an erased person who was a sponsor is called where they paid. */
const erasedSponsor = "Auspiciador retirado";

/** A sponsor that is held, suspended or closed pays nothing new until an operator has looked. */
export async function pauseSponsor(tx: Transaction, act: Act, providerId: string): Promise<void> {
  const active = await tx
    .select()
    .from(sponsorships)
    .where(and(eq(sponsorships.sponsorId, providerId), eq(sponsorships.state, "active")))
    .orderBy(asc(sponsorships.id))
    .for("update");
  for (const sponsorship of active) await move(tx, act, { sponsorship, step: "pause", role: "system" });
}

/**
 * Somebody is erased: what was kept to find who would pay for them goes, and their own sponsorships end without a
 * name. What was paid for them stays, by district, sex, size and membership: the sponsor accounts for it.
 */
export async function forgetSponsored(
  tx: Transaction,
  act: Act,
  { personId, providerIds }: { personId: string; providerIds: readonly string[] },
): Promise<void> {
  await tx
    .delete(sponsoredRequests)
    .where(
      sql`${sponsoredRequests.requestId} in (select r.id from ${requests} r where r.person_id = ${personId})`,
    );
  if (providerIds.length === 0) return;
  const theirs = await tx
    .select()
    .from(sponsorships)
    .where(
      and(inArray(sponsorships.sponsorId, [...providerIds]), ne(sponsorships.sponsorName, erasedSponsor)),
    )
    .orderBy(asc(sponsorships.id))
    .for("update");
  for (const sponsorship of theirs) {
    if (sponsorship.state !== "ended") await move(tx, act, { sponsorship, step: "end", role: "system" });
    await tx
      .update(sponsorships)
      .set({ sponsorName: erasedSponsor })
      .where(eq(sponsorships.id, sponsorship.id));
    await record(tx, act, "sponsorship.unname", `sponsorship:${sponsorship.id}`);
  }
}
