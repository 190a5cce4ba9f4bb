import type { DisputeReason } from "@minka/contracts/disputes";
import { engagementDisputed } from "@minka/contracts/disputes";
import { requestHandedOver } from "@minka/contracts/events";
import type { Side } from "@minka/contracts/quotes";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { nextState, type Role } from "@minka/domain/lifecycle";
import type { Act } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { engagementLifecycle } from "../engagements/engagement-lifecycle.ts";
import { noStep } from "../engagements/follow-up-steps.ts";
import { requestLifecycle } from "../requests/request-lifecycle.ts";
import { addToStanding } from "../standings/add-to-standing.ts";
import { engagements, requests, type EngagementRow, type RequestRow } from "../tables.ts";
import { disputes } from "./disputes-tables.ts";

type Opening = {
  request: RequestRow;
  engagement: EngagementRow;
  role: Role;
  /** Null where nobody answered. */
  by: Side | null;
  transition: "dispute" | "give-up" | "decline-rework" | "leave-rework";
  reason: DisputeReason;
};

/** Puts an engagement, and with it its request, before an operator, who is told why. */
export async function openDispute(
  tx: Transaction,
  act: Act,
  { request, engagement, role, by, transition, reason }: Opening,
): Promise<void> {
  const state = nextState(engagementLifecycle, engagement.state, transition, role);
  await tx
    .update(engagements)
    .set({ state, ...noStep })
    .where(eq(engagements.id, engagement.id));
  await tx.insert(disputes).values({
    id: newId(),
    engagementId: engagement.id,
    by,
    reason,
    at: act.at,
    trace: act.trace,
  });
  await tx
    .update(requests)
    .set({
      state: nextState(requestLifecycle, request.state, "dispute", role),
      reason:
        by === null
          ? { code: reason, parameters: {} }
          : { code: "disputed", parameters: { by, why: reason } },
    })
    .where(eq(requests.id, request.id));
  await record(tx, act, `engagement.${transition}`, `engagement:${engagement.id}`);
  const ids = { requestId: request.id, engagementId: engagement.id, matchId: engagement.matchId };
  await emit(tx, engagementDisputed, { ...ids, by, reason }, act);
  await emit(tx, requestHandedOver, { requestId: request.id }, act);
  if (engagement.state === "done") await addToStanding(tx, engagement.providerId, { completed: -1 });
}

/** Who raised what an engagement is before an operator for, or null where it is not. */
export async function openDisputeOf(
  tx: Transaction,
  engagementId: string,
): Promise<{ by: Side | null } | null> {
  const [open] = await tx
    .select({ by: disputes.by })
    .from(disputes)
    .where(and(eq(disputes.engagementId, engagementId), isNull(disputes.settledAt)));
  return open ?? null;
}

/** The engagement of a request that is before an operator, if there is one. */
export async function disputedOf(tx: Transaction, request: RequestRow): Promise<{ id: string } | null> {
  if (request.state !== "with_operator") return null;
  const [disputed] = await tx
    .select({ id: engagements.id })
    .from(engagements)
    .where(and(eq(engagements.requestId, request.id), eq(engagements.state, "disputed")));
  return disputed ?? null;
}

/** While an operator has to decide on what was agreed, nothing else is done about the request: `dispute-open` (409). */
export async function refuseIfDisputed(tx: Transaction, request: RequestRow): Promise<void> {
  const disputed = await disputedOf(tx, request);
  if (!disputed) return;
  throw new DomainError("conflict", "dispute-open", "An operator has to settle this first.", {
    details: { engagementId: disputed.id },
  });
}
