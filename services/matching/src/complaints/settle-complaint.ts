import { complaintLifted, type settleComplaint as contract } from "@minka/contracts/complaints";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context, type Means } from "@minka/service/act";
import { and, asc, eq, lte } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { complaintLifecycle } from "./complaint-lifecycle.ts";
import { complaints, type ComplaintRow } from "./complaints-tables.ts";

type Outcome = HandlerInput<typeof contract>["body"]["outcome"];

const transitions = { upheld: "uphold", dismissed: "dismiss" } as const;

/**
 * An operator says whether a complaint is right; whom a dismissed one held, it holds no more. `no-such-complaint` (404), `illegal-transition`
 * (409).
 */
export async function settleComplaint(
  { db, clock }: Means,
  context: Context,
  { params: { complaintId }, body: { outcome } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const [complaint] = await tx
        .select()
        .from(complaints)
        .where(eq(complaints.id, complaintId))
        .for("update");
      if (!complaint) throw noSuchComplaint();
      const act = actOf(context, clock());
      const state = await settle(tx, act, complaint, outcome);
      // The other way, what an operator decides on the provider lifts nothing: it has been decided.
      if (outcome === "dismissed" && complaint.holds)
        await emit(tx, complaintLifted, { complaintId, providerId: complaint.providerId }, act);
      return { complaintId, state };
    }),
  );
}

/** What was open about a provider when an operator decided on it is settled with that decision. */
export async function settleComplaintsAbout(
  tx: Transaction,
  decision: Act,
  { providerId, outcome }: { providerId: string; outcome: Outcome },
): Promise<void> {
  const open = await tx
    .select()
    .from(complaints)
    .where(
      and(
        eq(complaints.providerId, providerId),
        eq(complaints.state, "raised"),
        lte(complaints.raisedAt, decision.at),
      ),
    )
    .orderBy(asc(complaints.id))
    .for("update");
  for (const complaint of open) await settle(tx, decision, complaint, outcome);
}

async function settle(tx: Transaction, act: Act, complaint: ComplaintRow, outcome: Outcome) {
  const state = nextState(complaintLifecycle, complaint.state, transitions[outcome], "operator");
  await tx
    .update(complaints)
    .set({ state, settledAt: act.at, settledBy: act.by })
    .where(eq(complaints.id, complaint.id));
  await record(tx, act, `complaint.${transitions[outcome]}`, `complaint:${complaint.id}`);
  return state;
}

export function noSuchComplaint(): DomainError {
  return new DomainError("not-found", "no-such-complaint", "There is no such complaint.");
}
