import { actorLabel, type Actor } from "@minka/contracts/actor";
import { providerDecided } from "@minka/contracts/events";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { newId } from "@minka/database/new-id";
import { checkTransition } from "@minka/domain/lifecycle";
import { eq } from "@minka/database/query";
import { providers } from "../tables.ts";
import { providerLifecycle } from "./provider-lifecycle.ts";
import { providerDecisions } from "./providers-tables.ts";
import { recordAct } from "./record-act.ts";
import { refreshProvider } from "./refresh-provider.ts";

/** What operators read in the record: why, and not who. */
const reasons = {
  hold: "Una persona de Minka revisa una queja.",
  release: "La queja no procede.",
} as const;

type Cause = { providerId: string; complaintId: string; at: Date };
type Origin = { actor: Actor; trace: string };

/**
 * A complaint has come: nobody finds the provider any more, until an operator has decided. One that is not verified is
 * found by nobody already; a second complaint adds nothing.
 */
export async function holdProvider(tx: Transaction, origin: Origin, cause: Cause): Promise<void> {
  await take(tx, origin, { ...cause, step: "hold", since: null });
}

/**
 * The last complaint for which it was held is dismissed: found again. One that is suspended, closed or held anew since
 * `heldSince` stays as it is.
 */
export async function releaseHeldProvider(
  tx: Transaction,
  origin: Origin,
  cause: Cause & { heldSince: Date },
): Promise<void> {
  await take(tx, origin, { ...cause, step: "release", since: cause.heldSince });
}

async function take(
  tx: Transaction,
  { actor, trace }: Origin,
  { providerId, complaintId, at, step, since }: Cause & { step: keyof typeof reasons; since: Date | null },
): Promise<void> {
  const [provider] = await tx.select().from(providers).where(eq(providers.id, providerId)).for("update");
  if (!provider || !checkTransition(providerLifecycle, provider.state, step, "system").allowed) return;
  if (since && provider.stateSince.getTime() !== since.getTime()) return;
  const { to } = providerLifecycle[step];
  const decision = { id: newId(), providerId, transition: step, from: provider.state, to, at } as const;
  await tx.insert(providerDecisions).values({ ...decision, by: actorLabel(actor), reason: reasons[step] });
  await tx.update(providers).set({ state: to, stateSince: at }).where(eq(providers.id, providerId));
  await refreshProvider(tx, providerId, at);
  await recordAct(tx, { actor, trace }, { at, action: step, providerId, about: complaintId });
  await emit(tx, providerDecided, { providerId, decisionId: decision.id, by: "system" }, { at, trace });
}
