import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { ServiceName } from "@minka/contracts/service-names";
import { hot, type Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import type { CallContext } from "@minka/http/mount-endpoint";
import type { ServiceKit } from "./define-service.ts";

/** What use cases need of the process. */
export type Means = Pick<ServiceKit, "db" | "clock">;

/** What a use case knows of its caller. */
export type Context = Pick<CallContext, "actor" | "trace" | "claim">;

/** Who acts, when and under which trace: what every change records. */
export type Act = { readonly at: Date; readonly by: string; readonly trace: string };

export function actOf({ actor, trace }: Pick<Context, "actor" | "trace">, at: Date): Act {
  return { at, by: actorLabel(actor), trace };
}

/** What a timer does by itself. */
export function timerAct(at: Date, trace: string): Act {
  return { at, by: "timer", trace };
}

/** The people behind an act: who did it, and in whose name. Two acts of one of them are not two people's. */
export function humansOf(actor: Actor): string[] {
  if (actor.kind !== "person") return [];
  return [actor.personId, ...(actor.through ? [actor.through.personId] : [])];
}

/** Writes the audit rows of a service's changes, each in its change's transaction. */
export function auditOf(service: ServiceName) {
  return async (tx: Transaction, act: Act, action: string, subject: string): Promise<void> => {
    const sql = hot(tx);
    await sql`
      insert into ${sql(service)}.audit (id, at, actor, action, subject, trace)
      values (${newId()}, ${act.at.toISOString()}, ${act.by}, ${action}, ${subject}, ${act.trace})`;
  };
}
