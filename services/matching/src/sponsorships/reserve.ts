import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { nextState } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, asc, count, eq, inArray, ne, notInArray, or, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { matches, type MatchRow, type RequestRow } from "../tables.ts";
import { isOpen, shareOf } from "./share.ts";
import { sponsoredLifecycle } from "./sponsorship-lifecycle.ts";
import {
  sponsoredRequests,
  sponsoredServices,
  sponsorships,
  type SponsoredServiceRow,
  type SponsorshipRow,
} from "./sponsorships-tables.ts";

/**
 * Keeps money aside for a match that is being asked: of the sponsor that the list named, or of another who would pay.
 * Where none is left the ask goes on without. `changed`: less is paid than the list said, or nothing; the match
 * says from now on what is. The request's row must be locked, and locks of sponsorships come after those of places.
 */
export async function reserveFor(
  tx: Transaction,
  act: Act,
  { request, match }: { request: RequestRow; match: MatchRow },
): Promise<{ changed: boolean }> {
  if (match.sponsorshipId === null || match.sponsorPaysCentimos === null) return { changed: false };
  const [known] = await tx
    .select()
    .from(sponsoredRequests)
    .where(eq(sponsoredRequests.requestId, request.id));
  const locked = await lockSponsorships(tx, [match.sponsorshipId, ...(known?.sponsorshipIds ?? [])]);
  const shown = match.sponsorshipId;
  // The one that was shown first, then who pays most.
  const payers = locked
    .map((payer) => ({ payer, pays: shareOf(payer, match.priceCentimos) }))
    .toSorted((a, b) => Number(b.payer.id === shown) - Number(a.payer.id === shown) || b.pays - a.pays);
  for (const { payer, pays } of known ? payers : []) {
    if (!known || pays <= 0 || !isOpen(payer, limaDay(act.at))) continue;
    if (!(await hasServicesLeft(tx, payer, request))) continue;
    if (!(await takeMoney(tx, payer.id, pays))) continue;
    const { sex, sizeClass, member } = known;
    await tx.insert(sponsoredServices).values({
      id: newId(),
      sponsorshipId: payer.id,
      matchId: match.id,
      personId: request.personId,
      amountCentimos: pays,
      state: "reserved",
      reservedAt: act.at,
      districtCode: request.districtCode,
      sex,
      sizeClass,
      member,
    });
    await record(tx, act, "sponsorship.reserve", `match:${match.id}`);
    await sayOnMatch(tx, match.id, { sponsorshipId: payer.id, sponsorPaysCentimos: pays });
    return { changed: pays < match.sponsorPaysCentimos };
  }
  await sayOnMatch(tx, match.id, { sponsorshipId: null, sponsorPaysCentimos: null });
  return { changed: true };
}

/**
 * Gives back what was kept aside or spent for a match: it was declined, cancelled or did not take place. Nothing
 * happens where there is nothing.
 */
export async function release(tx: Transaction, act: Act, matchId: string): Promise<void> {
  const service = await lockStanding(tx, matchId);
  if (!service) return;
  const state = nextState(sponsoredLifecycle, service.state, "release", "system");
  await tx
    .update(sponsoredServices)
    .set({ state, spentCentimos: null, settledAt: act.at })
    .where(eq(sponsoredServices.id, service.id));
  const spent = service.state === "spent";
  await tx
    .update(sponsorships)
    .set(
      spent
        ? { spentCentimos: sql`${sponsorships.spentCentimos} - ${service.spentCentimos ?? 0}` }
        : { reservedCentimos: sql`${sponsorships.reservedCentimos} - ${service.amountCentimos}` },
    )
    .where(eq(sponsorships.id, service.sponsorshipId));
  await record(tx, act, "sponsorship.release", `match:${matchId}`);
}

/**
 * Another price was agreed than the list said: of a lower one less is kept aside, of a higher one no more than was
 * promised.
 */
export async function reprice(
  tx: Transaction,
  act: Act,
  matchId: string,
  agreedCentimos: number,
): Promise<void> {
  const service = await lockStanding(tx, matchId);
  if (service?.state !== "reserved") return;
  const { amountCentimos, sponsorshipId } = service;
  const pays = Math.min(amountCentimos, shareOf(await readPayer(tx, sponsorshipId), agreedCentimos));
  if (pays === amountCentimos) return;
  await sayOnMatch(tx, matchId, { sponsorshipId, sponsorPaysCentimos: pays });
  if (pays === 0) return release(tx, act, matchId);
  await tx
    .update(sponsoredServices)
    .set({ amountCentimos: pays })
    .where(eq(sponsoredServices.id, service.id));
  await tx
    .update(sponsorships)
    .set({ reservedCentimos: sql`${sponsorships.reservedCentimos} - ${amountCentimos - pays}` })
    .where(eq(sponsorships.id, sponsorshipId));
  await record(tx, act, "sponsorship.reprice", `match:${matchId}`);
}

/**
 * The service took place: what was kept aside is spent, less where less was agreed than the list said; the rest is
 * there for another. Again, or where nothing was kept aside, it changes nothing.
 */
export async function spend(
  tx: Transaction,
  act: Act,
  matchId: string,
  agreedCentimos: number | null = null,
): Promise<void> {
  const service = await lockStanding(tx, matchId);
  if (service?.state !== "reserved") return;
  const { amountCentimos, sponsorshipId } = service;
  const pays =
    agreedCentimos === null
      ? amountCentimos
      : Math.min(amountCentimos, shareOf(await readPayer(tx, sponsorshipId), agreedCentimos));
  await tx
    .update(sponsoredServices)
    .set({
      state: nextState(sponsoredLifecycle, service.state, "spend", "system"),
      spentCentimos: pays,
      settledAt: act.at,
    })
    .where(eq(sponsoredServices.id, service.id));
  await tx
    .update(sponsorships)
    .set({
      reservedCentimos: sql`${sponsorships.reservedCentimos} - ${amountCentimos}`,
      spentCentimos: sql`${sponsorships.spentCentimos} + ${pays}`,
    })
    .where(eq(sponsorships.id, sponsorshipId));
  await record(tx, act, "sponsorship.spend", `match:${matchId}`);
  if (pays !== amountCentimos) await sayOnMatch(tx, matchId, { sponsorshipId, sponsorPaysCentimos: pays });
}

async function readPayer(tx: Transaction, sponsorshipId: string): Promise<SponsorshipRow> {
  const [payer] = await tx.select().from(sponsorships).where(eq(sponsorships.id, sponsorshipId));
  if (!payer) throw new Error(`sponsorship ${sponsorshipId} is gone`);
  return payer;
}

/** The check and the taking are one statement, so that no number of simultaneous asks promises more than there is. */
async function takeMoney(tx: Transaction, sponsorshipId: string, centimos: number): Promise<boolean> {
  const taken = await tx
    .update(sponsorships)
    .set({ reservedCentimos: sql`${sponsorships.reservedCentimos} + ${centimos}` })
    .where(
      and(
        eq(sponsorships.id, sponsorshipId),
        eq(sponsorships.state, "active"),
        sql`${sponsorships.budgetCentimos} - ${sponsorships.reservedCentimos} - ${sponsorships.spentCentimos}
          >= ${centimos}`,
      ),
    )
    .returning({ id: sponsorships.id });
  return taken.length === 1;
}

/**
 * Counted under the sponsorship's lock: two requests of one person see each other. Whoever else is asked for the same
 * request is no further service: of several who are asked at once one comes.
 */
async function hasServicesLeft(
  tx: Transaction,
  payer: SponsorshipRow,
  { id: requestId, personId }: RequestRow,
): Promise<boolean> {
  const alternatives = tx.select({ id: matches.id }).from(matches).where(eq(matches.requestId, requestId));
  const [found] = await tx
    .select({ services: count() })
    .from(sponsoredServices)
    .where(
      and(
        eq(sponsoredServices.sponsorshipId, payer.id),
        eq(sponsoredServices.personId, personId),
        ne(sponsoredServices.state, "released"),
        or(eq(sponsoredServices.state, "spent"), notInArray(sponsoredServices.matchId, alternatives)),
      ),
    );
  return (found?.services ?? 0) < payer.mostPerPerson;
}

/**
 * The money that stands for a match, with every sponsorship locked that its request may touch in this transaction:
 * what is released here may be reserved of another there, and both in one order.
 */
async function lockStanding(tx: Transaction, matchId: string): Promise<SponsoredServiceRow | null> {
  const find = () =>
    tx
      .select()
      .from(sponsoredServices)
      .where(and(eq(sponsoredServices.matchId, matchId), ne(sponsoredServices.state, "released")));
  const [found] = await find();
  if (!found) return null;
  const [known] = await tx
    .select({ ids: sponsoredRequests.sponsorshipIds })
    .from(sponsoredRequests)
    .innerJoin(matches, eq(matches.requestId, sponsoredRequests.requestId))
    .where(eq(matches.id, matchId));
  await lockSponsorships(tx, [found.sponsorshipId, ...(known?.ids ?? [])]);
  return found;
}

async function lockSponsorships(tx: Transaction, ids: readonly string[]): Promise<SponsorshipRow[]> {
  return tx
    .select()
    .from(sponsorships)
    .where(inArray(sponsorships.id, [...new Set(ids)]))
    .orderBy(asc(sponsorships.id))
    .for("update");
}

async function sayOnMatch(
  tx: Transaction,
  matchId: string,
  sponsor: Pick<MatchRow, "sponsorshipId" | "sponsorPaysCentimos">,
): Promise<void> {
  await tx.update(matches).set(sponsor).where(eq(matches.id, matchId));
}
