import type { Actor } from "@minka/contracts/actor";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { longestRestDays, providerRested, type restProvider as contract } from "@minka/contracts/rests";
import type { Transaction } from "@minka/database/connect";
import { emit } from "@minka/database/deliveries";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { and, asc, eq, ne } from "@minka/database/query";
import { providers } from "../tables.ts";
import { isOperator } from "./provider-rights.ts";
import { recordAct } from "./record-act.ts";
import { refreshProvider } from "./refresh-provider.ts";
import type { Context, Services } from "./register-provider.ts";

/**
 * Whoever gets the orders is away, or back: the offers of every provider whose contact person they are rest until a
 * day, that day included. What they are being asked and have agreed to stays theirs. Throws `rest-out-of-range`
 * (422) and `not-your-profile` (403).
 */
export async function restProviders(
  { db, clock }: Pick<Services, "db" | "clock">,
  context: Pick<Context, "actor" | "trace">,
  { params: { personId }, body: { until } }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  refuseUnlessTheirs(context.actor, personId);
  const at = clock();
  refuseOutOfRange(until, limaDay(at));
  return db.transaction(async (tx) => {
    // In one order everywhere, as erasure locks them.
    const theirs = await tx
      .select({ id: providers.id, restsUntil: providers.restsUntil, state: providers.state })
      .from(providers)
      .where(and(eq(providers.personId, personId), ne(providers.state, "closed")))
      .orderBy(asc(providers.id))
      .for("update");
    for (const { id, restsUntil } of theirs)
      if (restsUntil !== until) await rest(tx, context, { providerId: id, until, at });
    return {
      providers: theirs.length,
      attending: theirs.filter(({ state }) => state === "verified").length,
      until: theirs.length === 0 ? null : until,
    };
  });
}

/** One that answers nothing rests; one that rests already for as long, or serves nobody, stays as it is. */
export async function restSilentProvider(
  tx: Transaction,
  context: Pick<Context, "actor" | "trace">,
  { providerId, until, at }: { providerId: string; until: LimaDay; at: Date },
): Promise<void> {
  const [provider] = await tx.select().from(providers).where(eq(providers.id, providerId)).for("update");
  if (provider?.state !== "verified" || (provider.restsUntil ?? "") >= until) return;
  await rest(tx, context, { providerId, until, at });
}

/** The caller holds the provider's row. */
async function rest(
  tx: Transaction,
  context: Pick<Context, "actor" | "trace">,
  { providerId, until, at }: { providerId: string; until: LimaDay | null; at: Date },
): Promise<void> {
  await tx.update(providers).set({ restsUntil: until }).where(eq(providers.id, providerId));
  await refreshProvider(tx, providerId, at);
  const action = until === null ? "end-rest" : "rest";
  await recordAct(tx, context, { at, action, providerId, ...(until === null ? {} : { about: until }) });
  if (until !== null) await emit(tx, providerRested, { providerId }, { at, trace: context.trace });
}

function refuseUnlessTheirs(actor: Actor, personId: string): void {
  if (actor.kind === "service" || isOperator(actor)) return;
  if (actor.kind === "person" && actor.personId === personId) return;
  throw new DomainError("forbidden", "not-your-profile", "You may only rest yourself.");
}

function refuseOutOfRange(until: LimaDay | null, today: LimaDay): void {
  const latest = addDays(today, longestRestDays);
  if (until === null || (until >= today && until <= latest)) return;
  throw new DomainError("invalid", "rest-out-of-range", `A rest ends within ${longestRestDays} days.`, {
    errors: [{ path: "body.until", message: `must be from ${today} to ${latest}` }],
  });
}
