import {
  complaintLifted,
  complaintRaised,
  type moveComplaint as contract,
} from "@minka/contracts/complaints";
import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { complaints } from "./complaints-tables.ts";
import { dealingsOf } from "./dealings.ts";
import { noSuchComplaint } from "./settle-complaint.ts";

/**
 * An operator has understood whom somebody meant: the complaint, and the hold with it, goes to another dealing of
 * theirs. `no-such-complaint` (404), `complaint-settled` (409), `not-a-dealing` (422), `complained-already` (409).
 */
export async function moveComplaint(
  { db, clock }: Means,
  context: Context,
  { params: { complaintId }, body: { matchId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const [complaint] = await tx
        .select()
        .from(complaints)
        .where(eq(complaints.id, complaintId))
        .for("update");
      if (!complaint) throw noSuchComplaint();
      if (complaint.state !== "raised")
        throw new DomainError("conflict", "complaint-settled", "This complaint is decided.");
      if (complaint.matchId === matchId) return { complaintId, providerId: complaint.providerId };
      const dealings = await dealingsOf(tx, complaint.personId, complaint.raisedAt);
      const meant = dealings.find((dealing) => dealing.matchId === matchId);
      if (!meant)
        throw new DomainError(
          "invalid",
          "not-a-dealing",
          "The complainer had no such dealing in those weeks.",
          {
            errors: [{ path: "body.matchId", message: "must be one of the complaint's others" }],
          },
        );
      const [same] = await tx
        .select({ id: complaints.id })
        .from(complaints)
        .where(and(eq(complaints.personId, complaint.personId), eq(complaints.matchId, matchId)));
      if (same)
        throw new DomainError(
          "conflict",
          "complained-already",
          "They have complained of that dealing already.",
        );
      const { providerId, requestId } = meant;
      await tx
        .update(complaints)
        .set({ providerId, requestId, matchId })
        .where(eq(complaints.id, complaintId));
      await record(tx, act, "complaint.move", `complaint:${complaintId}`);
      if (complaint.holds && providerId !== complaint.providerId) {
        await emit(tx, complaintLifted, { complaintId, providerId: complaint.providerId }, act);
        await emit(tx, complaintRaised, { complaintId, providerId }, act);
      }
      return { complaintId, providerId };
    }),
  );
}
