import { engagementDone } from "@minka/contracts/events";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { spend } from "../sponsorships/reserve.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, requests, type EngagementRow, type RequestRow } from "../tables.ts";
import { engagementLifecycle } from "./engagement-lifecycle.ts";
import { helpStep } from "./follow-up-steps.ts";

type Finishing = {
  request: RequestRow;
  engagement: EngagementRow;
  role: Role;
  /** Null for an operator. */
  by: Side | null;
  transition: "finish" | "settle-done";
};

/** It took place: the request is done, the sponsor pays, and in a month it is asked whether it helped. */
export async function finishEngagement(
  tx: Transaction,
  act: Act,
  { request, engagement, role, by, transition }: Finishing,
): Promise<void> {
  const state = nextState(engagementLifecycle, engagement.state, transition, role);
  await tx
    .update(engagements)
    .set({ state, closedAt: act.at, reportedBy: by, ...helpStep(act.at) })
    .where(eq(engagements.id, engagement.id));
  await tx
    .update(requests)
    .set({ state: nextState(requestLifecycle, request.state, "finish", role), reason: null })
    .where(eq(requests.id, request.id));
  await record(tx, act, `engagement.${transition}`, `engagement:${engagement.id}`);
  const told = {
    requestId: request.id,
    engagementId: engagement.id,
    reportedBy: by ?? ("requester" as const),
  };
  await emit(tx, engagementDone, told, act);
  await spend(tx, act, engagement.matchId, engagement.priceCentimos);
  await addToStanding(tx, engagement.providerId, { completed: 1 });
}
