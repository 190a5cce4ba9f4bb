import type { Reason } from "@minka/contracts/common";
import { planAgentTold } from "@minka/contracts/plan-visits";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { limaDay } from "@minka/domain/lima-time";
import type { Act } from "@minka/service/act";
import { and, eq, inArray } from "@minka/database/query";
import { record } from "../acting.ts";
import { remindAgentAt } from "./ask-times.ts";
import { planAgents, type Placement, type PlanRow } from "./plans-tables.ts";

/** Agents whose days are not what they were told, some with a reason: of `all`, those in `asked` have to agree anew. */
type Changed = {
  readonly all: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
  readonly why?: ReadonlyMap<string, Reason>;
};

/** Why visits go to another day of the same agent as that agent, or the producer, wanted: they are told, and not asked. */
const wanted: ReadonlySet<string> = new Set([
  "agent-away",
  "agent-unavailable",
  "agent-never-works",
  "producer-cannot-then",
  "time-refused",
]);

/** Whether an agent who agreed to a visit has to agree anew: others have put it on another day. */
export function isAskedAnew({
  from,
  to,
  why,
}: {
  from: Placement | null;
  to: Placement;
  why: Reason;
}): boolean {
  return from !== null && from.day !== to.day && !wanted.has(why.code);
}

export async function tellAgents(tx: Transaction, act: Act, plan: PlanRow, changed: Changed): Promise<void> {
  if (changed.all.size === 0) return;
  const its = await tx
    .select()
    .from(planAgents)
    .where(and(eq(planAgents.planId, plan.id), inArray(planAgents.providerId, [...changed.all])))
    .orderBy(planAgents.providerId);
  for (const { providerId, personId, answer } of its) {
    // Who has refused their whole month is not written to about what they lost.
    if (answer === "refused" && !changed.asked.has(providerId)) continue;
    if (changed.asked.has(providerId)) await waitFor(tx, act, { planId: plan.id, providerId });
    const why = changed.why?.get(providerId);
    const told = { planId: plan.id, providerId, personId, occasion: "changed" as const };
    await emit(tx, planAgentTold, { ...told, ...(why ? { why } : {}) }, act);
  }
}

/** The agent is asked whether their month will do. */
export async function waitFor(
  tx: Transaction,
  act: Act,
  { planId, providerId }: { planId: string; providerId: string },
): Promise<void> {
  await tx
    .update(planAgents)
    .set({
      answer: "waiting",
      askedAt: act.at,
      dueAt: remindAgentAt(limaDay(act.at)),
      reminded: false,
      trace: act.trace,
    })
    .where(and(eq(planAgents.planId, planId), eq(planAgents.providerId, providerId)));
  await record(tx, act, "plan-agent.ask", `provider:${providerId}`);
}
