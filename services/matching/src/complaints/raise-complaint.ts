import type { raiseComplaint as contract } from "@minka/contracts/complaints";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, count, desc, eq, gt, inArray, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { raising } from "./complaint-lifecycle.ts";
import { complaints, type ComplaintRow } from "./complaints-tables.ts";
import { dealingsOf, type Dealing } from "./dealings.ts";

/** How often one person's word alone stops somebody's work. */
const mostHolds = 3;
const holdDays = 90;

/**
 * Somebody complains about whom they dealt with last, in the last 60 days: catalog takes that provider out of every
 * list until an operator has looked. Nobody can stop a provider with whom they had agreed on nothing, nor after a
 * complaint of theirs that was dismissed, nor again and again: then an operator is only told. The same dealing stops
 * it once, however often it is complained of and whatever was decided.
 */
export async function raiseComplaint(
  { db, clock }: Means,
  context: Context,
  { body: { personId, messageId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      // Two messages at once count one after the other.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 0))`);
      const [latest] = await dealingsOf(tx, personId, act.at);
      if (!latest) return { complaint: null };
      const raised = await insert(tx, act, { personId, messageId, dealing: latest });
      const { id, state, holds } = raised ?? (await earlier(tx, personId, latest.matchId));
      const { providerId, providerName } = latest;
      return { complaint: { id, state, providerId, providerName, holds } };
    }),
  );
}

async function insert(
  tx: Transaction,
  act: Act,
  { personId, messageId, dealing }: { personId: string; messageId: string; dealing: Dealing },
): Promise<ComplaintRow | undefined> {
  const { providerId, requestId, matchId } = dealing;
  const [complaint] = await tx
    .insert(complaints)
    .values({
      id: newId(),
      personId,
      providerId,
      requestId,
      matchId,
      messageId,
      holds: dealing.engagementId !== null && (await mayHold(tx, personId, act.at)),
      state: raising.to,
      raisedAt: act.at,
      trace: act.trace,
    })
    .onConflictDoNothing()
    .returning();
  if (!complaint) return undefined;
  await record(tx, act, "complaint.raise", `complaint:${complaint.id}`);
  if (!complaint.holds) return complaint;
  await emit(tx, raising.emits, { complaintId: complaint.id, providerId }, act);
  return complaint;
}

async function mayHold(tx: Transaction, personId: string, now: Date): Promise<boolean> {
  const [last] = await tx
    .select({ state: complaints.state })
    .from(complaints)
    .where(and(eq(complaints.personId, personId), inArray(complaints.state, ["upheld", "dismissed"])))
    .orderBy(desc(complaints.settledAt), desc(complaints.id))
    .limit(1);
  if (last?.state === "dismissed") return false;
  const since = new Date(now.getTime() - holdDays * 24 * 60 * 60 * 1000);
  const [held] = await tx
    .select({ times: count() })
    .from(complaints)
    .where(
      and(eq(complaints.personId, personId), eq(complaints.holds, true), gt(complaints.raisedAt, since)),
    );
  return (held?.times ?? 0) < mostHolds;
}

async function earlier(tx: Transaction, personId: string, matchId: string): Promise<ComplaintRow> {
  const [complaint] = await tx
    .select()
    .from(complaints)
    .where(and(eq(complaints.personId, personId), eq(complaints.matchId, matchId)));
  if (!complaint) throw new Error(`a complaint about match ${matchId} is gone`);
  return complaint;
}
