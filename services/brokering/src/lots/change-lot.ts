import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  cancelLot as cancelContract,
  closeLot as closeContract,
  extendLot as extendContract,
} from "@minka/contracts/lots";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import type { Role } from "@minka/domain/lifecycle";
import type { Job } from "@minka/queue/worker";
import { actOf, timerAct, type Act, type Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, asc, eq, lte, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { giveBack } from "../pledges/give-back.ts";
import { pledges } from "../pledges/pledges-tables.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { lotContracts, lotDeliveries } from "./contracts-tables.ts";
import { findLot, lockLot, moveLot } from "./lock-lot.ts";
import { roleAs } from "./lot-lifecycle.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { lots, type LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";

/** More time to pledge. `illegal-transition` (409), `deadline-wrong` (422) for a deadline that is not later. */
export async function extendLot(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId }, body }: HandlerInput<typeof extendContract>,
): Promise<Answer<typeof extendContract>> {
  await refuseUnlessOrganizer(call, context, await findLot(db.read, lotId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      refuseUnlessOpen(lot, act.at);
      const pledgeUntil = new Date(body.pledgeUntil);
      if (pledgeUntil <= lot.pledgeUntil || limaDay(pledgeUntil) > lot.collectUntil)
        throw new DomainError("invalid", "deadline-wrong", "It may only be later, while it is collected.", {
          errors: [{ path: "body.pledgeUntil", message: `after ${lot.pledgeUntil.toISOString()}` }],
        });
      await tx.update(lots).set({ pledgeUntil }).where(eq(lots.id, lotId));
      await record(tx, act, "lot.extend", `lot:${lotId}`);
      return { lotId, pledgeUntil: pledgeUntil.toISOString() };
    }),
  );
}

/** `lot-closed` (409): the deadline's own instant is too late. */
export function refuseUnlessOpen({ state, pledgeUntil }: LotRow, now: Date): void {
  if (state === "open" && now < pledgeUntil) return;
  throw new DomainError("conflict", "lot-closed", "This lot takes no pledges any more.", {
    details: { state },
  });
}

/** No more pledges, before the deadline. */
export async function closeLot(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId } }: HandlerInput<typeof closeContract>,
): Promise<Answer<typeof closeContract>> {
  await refuseUnlessOrganizer(call, context, await findLot(db.read, lotId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const lot = await lockLot(tx, lotId);
      const role = roleAs(context.actor, "provider");
      return { lotId, state: await beginCollecting(tx, actOf(context, clock()), lot, role) };
    }),
  );
}

async function beginCollecting(tx: Transaction, act: Act, lot: LotRow, role: Role) {
  const state = await moveLot(tx, act, { lot, step: "close", role });
  const pledged = await openPledges(tx, lot.id);
  await tellPeople(
    tx,
    act,
    { kind: "lot-collecting", id: lot.id },
    pledged.map(({ personId }) => personId),
  );
  return state;
}

const openPledges = (tx: Transaction, lotId: string) =>
  tx
    .select({
      id: pledges.id,
      personId: pledges.personId,
      carriedFrom: pledges.carriedFrom,
      grams: pledges.grams,
      carriedGrams: pledges.carriedGrams,
    })
    .from(pledges)
    .where(and(eq(pledges.lotId, lotId), eq(pledges.state, "open")))
    .orderBy(asc(pledges.id));

/** The job `close-lot`: the deadline has come. */
export function closeLotJob({ db, clock }: ServiceKit): Job {
  const due = db.read
    .select({ id: lots.id, trace: lots.trace })
    .from(lots)
    .where(and(eq(lots.state, "open"), lte(lots.pledgeUntil, sql.placeholder("now"))))
    .orderBy(asc(lots.pledgeUntil))
    .limit(sql.placeholder("limit"))
    .prepare("lots_due");
  return {
    due: (limit) => due.execute({ now: clock().toISOString(), limit }),
    run: (id, trace) =>
      db.transaction(async (tx) => {
        const lot = await lockLot(tx, id);
        const act = timerAct(clock(), trace);
        if (lot.state === "open" && lot.pledgeUntil <= act.at) await beginCollecting(tx, act, lot, "timer");
      }),
  };
}

/**
 * Given up: what was pledged is free. `contract-signed` (409), unless an operator ends what was signed and of which
 * nothing was ever delivered; `illegal-transition` (409).
 */
export async function cancelLot(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId } }: HandlerInput<typeof cancelContract>,
): Promise<Answer<typeof cancelContract>> {
  await refuseUnlessOrganizer(call, context, await findLot(db.read, lotId));
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      const role = roleAs(context.actor, "provider");
      if ((await isSigned(tx, lotId)) && (role !== "operator" || (await isDelivered(tx, lotId))))
        throw new DomainError("conflict", "contract-signed", "What was signed is kept.");
      return { lotId, state: await giveUp(tx, act, { lot, role }) };
    }),
  );
}

/** Whether anything is on its way to the buyer or there; what the buyer said did not come is not. */
async function isDelivered(tx: Transaction, lotId: string): Promise<boolean> {
  const [delivered] = await tx
    .select({ id: lotDeliveries.id })
    .from(lotDeliveries)
    .where(and(eq(lotDeliveries.lotId, lotId), ne(lotDeliveries.state, "disputed")))
    .limit(1);
  return delivered !== undefined;
}

/** Whether organizer and buyer have both signed. */
export async function isSigned(tx: Transaction, lotId: string): Promise<boolean> {
  const [signed] = await tx
    .select({ id: lotContracts.id })
    .from(lotContracts)
    .where(and(eq(lotContracts.lotId, lotId), eq(lotContracts.state, "signed")));
  return signed !== undefined;
}

/** Ends a locked lot of which nothing is delivered; who pledged is told. */
export async function giveUp(tx: Transaction, act: Act, { lot, role }: { lot: LotRow; role: Role }) {
  const state = await moveLot(tx, act, { lot, step: "cancel", role });
  const ended = await tx
    .update(lotContracts)
    .set({ state: "ended" })
    .where(and(eq(lotContracts.lotId, lot.id), ne(lotContracts.state, "ended")))
    .returning({ id: lotContracts.id, buyerPersonId: lotContracts.buyerPersonId });
  for (const { id, buyerPersonId } of ended)
    if (buyerPersonId !== null)
      await tellPeople(tx, act, { kind: "lot-contract-ended", id }, [buyerPersonId]);
  const pledged = await openPledges(tx, lot.id);
  await tx
    .update(pledges)
    .set({ state: "released" })
    .where(and(eq(pledges.lotId, lot.id), eq(pledges.state, "open")));
  await giveBack(tx, pledged);
  await tellPeople(
    tx,
    act,
    { kind: "lot-cancelled", id: lot.id },
    pledged.map(({ personId }) => personId),
  );
  return state;
}
