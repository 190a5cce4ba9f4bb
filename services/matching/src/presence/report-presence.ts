import {
  usualVisitHours,
  type Presence,
  type reportArrival,
  type reportDeparture,
  type togglePresence as toggling,
} from "@minka/contracts/presence";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay, limaInstant } from "@minka/domain/lima-time";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, asc, eq, gt, gte, inArray, isNull, ne, sql } from "@minka/database/query";
import { record, roleOf } from "../acting.ts";
import { planSessions, planVisits } from "../plans/plans-tables.ts";
import { engagements, idempotencyKeys, type EngagementRow } from "../tables.ts";
import { presences, type PresenceRow } from "./presence-tables.ts";
import { saidAtOf } from "./said-at.ts";

/** Of what is agreed, or to be done again: where somebody goes today. */
const toVisit = ["agreed", "rework", "done"] as const;

const hourMs = 60 * 60 * 1000;

/**
 * The agent has arrived at a visit of today: `not-today` (409) for another day's. Whoever is at another visit has left
 * it. Arriving again says until when, and no more.
 *
 * What was written without a signal comes hours or days later, perhaps after what was said since. It counts by its own
 * hour (`said-at-refused` for one that nobody can have written), and by one rule: a word changes nothing that a later
 * one has said. So no arrival of the morning ends the stay of the afternoon, and none reopens what is over; it is
 * missed half an hour after it came, unless its departure has come by then.
 */
export async function arrive(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { hours, at } }: HandlerInput<typeof reportArrival>,
): Promise<Answer<typeof reportArrival>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const engagement = await theirs(tx, context, engagementId);
      const saidAt = saidAtOf(at, act.at);
      if (engagement.visitOn !== limaDay(saidAt) || !toVisit.some((state) => state === engagement.state))
        throw new DomainError("conflict", "not-today", "There is no such visit today.", {
          details: { visitOn: engagement.visitOn, state: engagement.state },
        });
      return { presence: presenceView(await putArrival(tx, act, engagement, { saidAt, hours })) };
    }),
  );
}

/**
 * The agent has left, safe. `not-arrived` (409) for who had not said that they were there. What was written before they
 * came, or came back, does not end that stay; of two departures the first is when they left.
 */
export async function depart(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { at } }: HandlerInput<typeof reportDeparture>,
): Promise<Answer<typeof reportDeparture>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const saidAt = saidAtOf(at, act.at);
      const { providerPersonId } = await theirs(tx, context, engagementId);
      await lockPerson(tx, providerPersonId);
      const [stay] = await tx
        .select()
        .from(presences)
        .where(and(eq(presences.engagementId, engagementId), eq(presences.personId, providerPersonId)));
      if (!stay) throw new DomainError("conflict", "not-arrived", "Nobody said that they arrived.");
      const over = saidAt < stay.saidAt || (stay.leftAt && stay.leftAt <= saidAt);
      return { presence: presenceView(over ? stay : await leave(tx, act, stay, saidAt)) };
    }),
  );
}

/** One neutral word: whoever is at a visit leaves it, whoever is at none arrives at the next of today. */
export async function togglePresence(
  { db, clock }: Means,
  context: Context,
  { params: { personId }, body: { hours } }: HandlerInput<typeof toggling>,
): Promise<Answer<typeof toggling>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      await lockPerson(tx, personId);
      const here = await presentAt(tx, personId);
      if (here) return { did: "left" as const, presence: presenceView(await leave(tx, act, here, act.at)) };
      const next = await nextVisit(tx, personId, act.at);
      if (!next) return { did: "nothing" as const, presence: null };
      const stay = await putArrival(tx, act, next, { saidAt: act.at, hours });
      return { did: "arrived" as const, presence: presenceView(stay) };
    }),
  );
}

export function presenceView(row: PresenceRow): Presence {
  const { id, engagementId, personId, arrivedAt, expectedUntil, leftAt, overdueAt } = row;
  return {
    id,
    engagementId,
    personId,
    arrivedAt: arrivedAt.toISOString(),
    expectedUntil: expectedUntil.toISOString(),
    leftAt: leftAt?.toISOString() ?? null,
    overdueAt: overdueAt?.toISOString() ?? null,
  };
}

async function theirs(tx: Transaction, { actor }: Context, engagementId: string): Promise<EngagementRow> {
  const [engagement] = await tx.select().from(engagements).where(eq(engagements.id, engagementId));
  if (!engagement) throw new DomainError("not-found", "no-such-engagement", "There is no such engagement.");
  roleOf(actor, "provider", engagement.providerPersonId);
  return engagement;
}

/** One person arrives and leaves one thing after the other: two words at once are two words. */
async function lockPerson(tx: Transaction, personId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`presence ${personId}`}, 0))`);
}

async function presentAt(tx: Transaction, personId: string): Promise<PresenceRow | undefined> {
  const [stay] = await tx
    .select()
    .from(presences)
    .where(and(eq(presences.personId, personId), isNull(presences.leftAt)));
  return stay;
}

async function putArrival(
  tx: Transaction,
  act: Act,
  { id: engagementId, providerPersonId: personId }: EngagementRow,
  { saidAt, hours = usualVisitHours }: { saidAt: Date; hours?: number | undefined },
): Promise<PresenceRow> {
  await lockPerson(tx, personId);
  const [known] = await tx
    .select()
    .from(presences)
    .where(and(eq(presences.engagementId, engagementId), eq(presences.personId, personId)));
  if (known && (saidAt < known.saidAt || (known.leftAt && saidAt < known.leftAt))) return known;
  const here = await presentAt(tx, personId);
  if (here && here.engagementId !== engagementId && here.saidAt <= saidAt) await leave(tx, act, here, saidAt);
  const there = here?.engagementId === engagementId ? here : null;
  const expectedUntil = new Date(saidAt.getTime() + hours * hourMs);
  const stay = {
    arrivedAt: there?.arrivedAt ?? saidAt,
    expectedUntil,
    saidAt,
    heardAt: act.at,
    leftAt: await elsewhereSince(tx, { engagementId, personId, saidAt }),
    // Who is being looked for is found by saying that they stay longer, and not by what they wrote before.
    overdueAt: there && expectedUntil <= act.at ? there.overdueAt : null,
  };
  const [put] = await tx
    .insert(presences)
    .values({ id: newId(), engagementId, personId, ...stay, trace: act.trace })
    // Back again: for what was forgotten, or what is done anew.
    .onConflictDoUpdate({ target: [presences.engagementId, presences.personId], set: stay })
    .returning();
  if (!put) throw new Error(`the arrival at ${engagementId} is gone`);
  await record(tx, act, "presence.arrive", `presence:${put.id}`);
  return put;
}

/** When they said next that they were at another visit, which ended this one; null where they have not. */
async function elsewhereSince(
  tx: Transaction,
  { engagementId, personId, saidAt }: Pick<PresenceRow, "engagementId" | "personId" | "saidAt">,
): Promise<Date | null> {
  const [next] = await tx
    .select({ saidAt: presences.saidAt })
    .from(presences)
    .where(
      and(
        eq(presences.personId, personId),
        ne(presences.engagementId, engagementId),
        gt(presences.saidAt, saidAt),
      ),
    )
    .orderBy(asc(presences.saidAt))
    .limit(1);
  return next?.saidAt ?? null;
}

async function leave(tx: Transaction, act: Act, { id }: PresenceRow, leftAt: Date): Promise<PresenceRow> {
  const [left] = await tx.update(presences).set({ leftAt }).where(eq(presences.id, id)).returning();
  if (!left) throw new Error(`presence ${id} is gone`);
  await record(tx, act, "presence.leave", `presence:${id}`);
  return left;
}

/**
 * The first of today's visits at which they have not been, as their plan orders them: where an operator will look for
 * them. A group is one visit.
 */
async function nextVisit(tx: Transaction, personId: string, now: Date): Promise<EngagementRow | undefined> {
  const rows = await tx
    .select({ engagement: engagements, session: planSessions, presenceId: presences.id })
    .from(engagements)
    .leftJoin(planVisits, eq(planVisits.engagementId, engagements.id))
    .leftJoin(planSessions, eq(planSessions.id, planVisits.sessionId))
    .leftJoin(
      presences,
      and(eq(presences.engagementId, engagements.id), gte(presences.arrivedAt, limaInstant(limaDay(now), 0))),
    )
    .where(
      and(
        eq(engagements.providerPersonId, personId),
        eq(engagements.visitOn, limaDay(now)),
        inArray(engagements.state, [...toVisit]),
      ),
    )
    .orderBy(
      sql`${planSessions.minute} nulls last`,
      sql`(${planSessions.hostVisitId} = ${planVisits.id}) desc`,
      asc(engagements.id),
    );
  const been = new Set(rows.flatMap(({ session, presenceId }) => (presenceId && session?.id) || []));
  const next = rows.find(
    ({ session, presenceId }) => presenceId === null && !(session && been.has(session.id)),
  );
  return next?.engagement;
}
