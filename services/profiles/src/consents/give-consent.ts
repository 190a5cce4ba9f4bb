import type { HandlerInput } from "@minka/contracts/endpoint";
import type { giveConsent as contract } from "@minka/contracts/people";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { actOf, type Context, type Means } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { lockPerson } from "../people/lock-people.ts";
import { consents, idempotencyKeys, people } from "../tables.ts";
import { readTelling } from "./consent-telling.ts";
import { consentView } from "./consent-view.ts";

/** Adds a row to the ledger, also where one is in force: what was agreed to last is what counts. */
export async function giveConsent(
  { db, clock }: Means,
  context: Context,
  { params: { personId }, body }: HandlerInput<typeof contract>,
) {
  const now = clock();
  const { channel, witness, at } = readTelling(
    context.actor,
    personId,
    { purpose: body.purpose, act: "given" },
    body,
    now,
  );
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const person = await lockPerson(tx, personId);
      const [added] = await tx
        .insert(consents)
        .values({
          id: newId(),
          personId,
          purpose: body.purpose,
          version: body.version,
          channel,
          witness,
          givenAt: at,
        })
        .returning();
      if (!added) throw new Error("a consent vanished while being written");
      if (body.purpose === "service" && person.state === "invited") {
        await tx.update(people).set({ state: "active", updatedAt: now }).where(eq(people.id, personId));
      }
      await record(tx, actOf(context, now), `consent.give ${body.purpose}`, personId);
      return { consent: consentView(added) };
    }),
  );
}
