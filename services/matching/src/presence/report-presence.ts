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
import { and, asc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import { record, roleOf } from "../acting.ts";
import { planSessions, planVisits } from "../plans/plans-tables.ts";
import { engagements, idempotencyKeys, type EngagementRow } from "../tables.ts";
import { presences, type PresenceRow } from "./presence-tables.ts";

/** Of what is agreed, or to be done again: where somebody goes today. */
const toVisit = ["agreed", "rework", "done"] as const;

const hourMs = 60 * 60 * 1000;

/**
 * The agent has arrived at a visit of today: `not-today` (409) for another day's. Whoever is at another visit has left
 * it. Arriving again says until when, and no more.
 */
export async function arrive(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId }, body: { hours } }: HandlerInput<typeof reportArrival>,
): Promise<Answer<typeof reportArrival>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const engagement = await theirs(tx, context, engagementId);
      const today = limaDay(act.at);
      if (engagement.visitOn !== today || !toVisit.some((state) => state === engagement.state))
        throw new DomainError("conflict", "not-today", "There is no such visit today.", {
          details: { visitOn: engagement.visitOn, state: engagement.state },
        });
      return { presence: presenceView(await putArrival(tx, act, engagement, hours)) };
    }),
  );
}

/** The agent has left, safe. `not-arrived` (409) for who had not said that they were there. */
export async function depart(
  { db, clock }: Means,
  context: Context,
  { params: { engagementId } }: HandlerInput<typeof reportDeparture>,
): Promise<Answer<typeof reportDeparture>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { providerPersonId } = await theirs(tx, context, engagementId);
      await lockPerson(tx, providerPersonId);
      const [stay] = await tx
        .select()
        .from(presences)
        .where(and(eq(presences.engagementId, engagementId), eq(presences.personId, providerPersonId)));
      if (!stay) throw new DomainError("conflict", "not-arrived", "Nobody said that they arrived.");
      return { presence: presenceView(stay.leftAt ? stay : await leave(tx, act, stay)) };
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
      if (here) return { did: "left" as const, presence: presenceView(await leave(tx, act, here)) };
      const next = await nextVisit(tx, personId, act.at);
      if (!next) return { did: "nothing" as const, presence: null };
      const stay = await putArrival(tx, act, next, hours);
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
  hours: number = usualVisitHours,
): Promise<PresenceRow> {
  await lockPerson(tx, personId);
  const here = await presentAt(tx, personId);
  const expected = { expectedUntil: new Date(act.at.getTime() + hours * hourMs), overdueAt: null };
  if (here && here.engagementId !== engagementId) await leave(tx, act, here);
  const arrivedAt = here?.engagementId === engagementId ? here.arrivedAt : act.at;
  const [stay] = await tx
    .insert(presences)
    .values({ id: newId(), engagementId, personId, arrivedAt, ...expected, trace: act.trace })
    .onConflictDoUpdate({
      target: [presences.engagementId, presences.personId],
      // Back again: for what was forgotten, or what is done anew.
      set: { ...expected, arrivedAt, leftAt: null },
    })
    .returning();
  if (!stay) throw new Error(`the arrival at ${engagementId} is gone`);
  await record(tx, act, "presence.arrive", `presence:${stay.id}`);
  return stay;
}

async function leave(tx: Transaction, act: Act, { id }: PresenceRow): Promise<PresenceRow> {
  const [left] = await tx.update(presences).set({ leftAt: act.at }).where(eq(presences.id, id)).returning();
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
