import { disputeSettled, type Settlement } from "@minka/contracts/disputes";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import type { Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { finishEngagement } from "../engagements/finish-engagement.ts";
import { loseEngagement } from "../engagements/lose-engagement.ts";
import { endRequest } from "../requests/end-request.ts";
import type { EngagementRow, RequestRow } from "../tables.ts";
import { disputes } from "./disputes-tables.ts";
import { doAgain } from "./do-again.ts";

type Closing = {
  request: RequestRow;
  engagement: EngagementRow;
  role: Role;
  /** Null for an operator. */
  by: Side | null;
  outcome: Settlement;
};

/** What was decided of a disputed engagement takes effect, as if it had been said at once. */
export async function closeDispute(tx: Transaction, act: Act, closing: Closing): Promise<void> {
  const { request, engagement, outcome } = closing;
  await tx
    .update(disputes)
    .set({ settledAt: act.at, outcome })
    .where(and(eq(disputes.engagementId, engagement.id), isNull(disputes.settledAt)));
  await record(tx, act, "dispute.settle", `engagement:${engagement.id}`);
  const ids = { requestId: request.id, engagementId: engagement.id, matchId: engagement.matchId };
  await emit(tx, disputeSettled, { ...ids, outcome }, act);
  if (outcome === "done") await finishEngagement(tx, act, { ...closing, transition: "settle-done" });
  else if (outcome === "no_show") await loseEngagement(tx, act, { ...closing, transition: "settle-no-show" });
  else if (outcome === "rework") await doAgain(tx, act, { ...closing, transition: "settle-rework" });
  else await endRequest(tx, act, { ...closing, transition: "settle-cancelled" });
}
