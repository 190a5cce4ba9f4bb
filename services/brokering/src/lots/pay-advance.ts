import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { payAdvance as contract } from "@minka/contracts/lot-settlements";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { preparePayment, sayingWhich, writePayment, type Prepared } from "../payments/write-payment.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { findLot, lockLot } from "./lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { lotAdvances } from "./settlements-tables.ts";

/**
 * Money for a member before the settlement; its payment is recorded and confirmed like any other, and where it comes with
 * this, both are written down or neither: nothing is left promised of a payment that was refused. `lot-over` (409),
 * `not-in-lot` (409) for who has offered nothing to it, and all that `recordPayment` refuses a payment for.
 */
export async function payAdvance(
  kit: Calling,
  context: Context,
  { params: { lotId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { db, clock, call } = kit;
  const lot = await findLot(db.read, lotId);
  await refuseUnlessOrganizer(call, context, lot);
  const advanceId = newId();
  const prepared = await paymentOf(kit, context, { body, lot, advanceId });
  const write = () =>
    db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        const act = actOf(context, clock());
        await promise(tx, act, { ...body, lotId, advanceId });
        if (prepared) await writePayment(tx, act, prepared);
        return { advanceId };
      }),
    );
  return prepared ? sayingWhich(kit, context, prepared, write) : write();
}

type Body = HandlerInput<typeof contract>["body"];

async function paymentOf(
  kit: Calling,
  context: Context,
  { body, lot, advanceId }: { body: Body; lot: LotRow; advanceId: string },
): Promise<Prepared | null> {
  const { personId, amountCentimos, payment } = body;
  if (payment === undefined) return null;
  const subject = { kind: "advance", id: advanceId } as const;
  return preparePayment(kit, context, {
    body: { ...payment, subject, amountCentimos, deposit: false, back: false },
    sides: {
      payer: { kind: lot.organizerKind, id: lot.organizerId },
      receiver: { kind: "person", id: personId },
    },
    within: "body.payment",
  });
}

async function promise(
  tx: Transaction,
  act: Act,
  given: Pick<Body, "personId" | "amountCentimos"> & { lotId: string; advanceId: string },
): Promise<void> {
  const { lotId, advanceId, personId, amountCentimos } = given;
  const { state } = await lockLot(tx, lotId);
  if (state === "settled" || state === "cancelled")
    throw new DomainError("conflict", "lot-over", "Nothing is sold of it any more.", {
      details: { state },
    });
  const [pledge] = await tx
    .select({ id: pledges.id })
    .from(pledges)
    .where(and(eq(pledges.lotId, lotId), eq(pledges.personId, personId), eq(pledges.state, "open")))
    .limit(1);
  if (!pledge) throw new DomainError("conflict", "not-in-lot", "This person has offered nothing to the lot.");
  await tx
    .insert(lotAdvances)
    .values({ id: advanceId, lotId, personId, centimos: amountCentimos, promisedAt: act.at });
  await record(tx, act, "lot-advance.promise", `lot-advance:${advanceId}`);
}
