import { actorLabel } from "@minka/contracts/actor";
import type { Database, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { Clock } from "@minka/domain/clock";
import type { CallContext } from "@minka/http/mount-endpoint";
import { audit } from "./tables.ts";

/** What use cases need of the process. */
export type Means = { readonly db: Database; readonly clock: Clock };

/** What a use case knows of its caller. */
export type Context = Pick<CallContext, "actor" | "trace" | "claim">;

/** Who acts, when and under which trace: what every change records. */
export type Act = { readonly at: Date; readonly by: string; readonly trace: string };

export function actOf(context: Pick<Context, "actor" | "trace">, at: Date): Act {
  return { at, by: actorLabel(context.actor), trace: context.trace };
}

/** Writes the audit row of a change, in the change's transaction. */
export async function record(tx: Transaction, act: Act, action: string, subject: string): Promise<void> {
  await tx
    .insert(audit)
    .values({ id: newId(), at: act.at, actor: act.by, action, subject, trace: act.trace });
}
