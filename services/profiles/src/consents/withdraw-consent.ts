import type { HandlerInput } from "@minka/contracts/endpoint";
import { consentWithdrawn } from "@minka/contracts/events";
import type { withdrawConsent as contract } from "@minka/contracts/people";
import { emit } from "@minka/database/deliveries";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, eq, isNull } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockPerson } from "../people/lock-people.ts";
import { consents, idempotencyKeys, people } from "../tables.ts";
import { readTelling } from "./consent-telling.ts";
import { consentView } from "./consent-view.ts";

/**
 * Closes what is in force for a purpose. Said twice it does nothing more. With the consent `language` the
 * language itself goes: it was kept by that alone.
 */
export async function withdrawConsent(
  { db, clock }: Means,
  context: Context,
  { params: { personId, purpose }, body }: HandlerInput<typeof contract>,
) {
  const now = clock();
  const { channel, witness, at } = readTelling(
    context.actor,
    personId,
    { purpose, act: "withdrawn" },
    body,
    now,
  );
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      await lockPerson(tx, personId);
      const closed = await tx
        .update(consents)
        .set({ withdrawnAt: at, withdrawnChannel: channel, withdrawnWitness: witness })
        .where(
          and(eq(consents.personId, personId), eq(consents.purpose, purpose), isNull(consents.withdrawnAt)),
        )
        .returning();
      if (purpose === "language") {
        await tx.update(people).set({ language: null, updatedAt: now }).where(eq(people.id, personId));
      }
      if (closed.length > 0) {
        await record(tx, actOf(context, now), `consent.withdraw ${purpose}`, personId);
        await emit(tx, consentWithdrawn, { personId, purpose }, { at: now, trace: context.trace });
      }
      closed.sort((a, b) => (a.id < b.id ? 1 : -1));
      return { withdrawn: closed.map(consentView) };
    }),
  );
}
