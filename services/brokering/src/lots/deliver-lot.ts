import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  answerLotDelivery as answerContract,
  ContractTerms,
  LotDelivery,
  recordLotDelivery as recordContract,
} from "@minka/contracts/lot-contracts";
import type { Queries, Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { adjustPrice } from "@minka/pooling/price-adjustments";
import { actOf, humansOf, type Context } from "@minka/service/act";
import { and, eq, ne, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseOwnProposal, refuseUnlessProvider } from "../authority.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { compositionLines, compositions } from "./compositions-tables.ts";
import { lotDeliveries, type LotContractRow, type LotDeliveryRow } from "./contracts-tables.ts";
import { contractOf, findContract, refuseUnlessSide } from "./contract-sides.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { findLot, lockLot } from "./lock-lot.ts";
import { roleAs } from "./lot-lifecycle.ts";
import { approversOf } from "../organizers/organizer.ts";
import { bySms, speakerOf } from "../telling/speaker.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";

/** Scales differ; what is more beyond the composition than this came from elsewhere. */
const mostOfComposed = 1.1;

/**
 * What reached the buyer. `contract-missing` (409) unless it is signed by both, `not-composed` (409), `beyond-lot` (422) for
 * more than the composition, `delivered-in-future`, `delivered-before-lot` (422).
 */
export async function recordDelivery(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId }, body }: HandlerInput<typeof recordContract>,
): Promise<Answer<typeof recordContract>> {
  const { as: side, kg, quality, deliveredOn } = body;
  const before = await findLot(db.read, lotId);
  const contract = signedOnly(await contractOf(db.read, lotId));
  await refuseUnlessSide(call, context, { side, lot: before, buyerId: contract.buyerId });
  if (deliveredOn > limaDay(clock()))
    throw new DomainError("invalid", "delivered-in-future", "Nothing is delivered before its day.", {
      errors: [{ path: "body.deliveredOn", message: "is to come" }],
    });
  if (deliveredOn < limaDay(before.openedAt))
    throw new DomainError(
      "invalid",
      "delivered-before-lot",
      "Nothing of a lot is delivered before it is opened.",
      {
        errors: [{ path: "body.deliveredOn", message: `is from ${limaDay(before.openedAt)} on` }],
      },
    );
  const told = side === "buyer" ? await approversOf(call, before, [], context.trace) : [];
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      const { terms, ...signed } = signedOnly(await contractOf(tx, lotId));
      const grams = Math.round(kg * 1000);
      const worth = worthOf(terms, { grams, quality, ...(await composedOf(tx, lot, grams)) });
      const [row] = await tx
        .insert(lotDeliveries)
        .values({
          id: newId(),
          lotId,
          contractId: signed.id,
          state: side === "buyer" ? "confirmed" : "recorded",
          recordedBy: side,
          makers: humansOf(context.actor),
          grams,
          quality,
          ...worth,
          deliveredOn,
          at: act.at,
          answeredAt: side === "buyer" ? act.at : null,
        })
        .returning();
      if (!row) throw new Error("a delivery that was written is not there");
      await record(tx, act, `lot-delivery.record-by-${side}`, `lot-delivery:${row.id}`);
      if (side === "organizer") await askPerson(tx, act, { kind: "lot-delivery", id: row.id });
      else await tellPeople(tx, act, { kind: "lot-delivery-answered", id: row.id }, told);
      return { delivery: deliveryView(row) };
    }),
  );
}

function signedOnly(contract: LotContractRow | null): LotContractRow & { terms: ContractTerms } {
  if (contract?.state === "signed" && contract.terms) return { ...contract, terms: contract.terms };
  throw new DomainError("conflict", "contract-missing", "Nothing is delivered before both have signed.");
}

/** Of the approved composition, all and women's; refuses what would be more than there is. */
async function composedOf(tx: Transaction, lot: LotRow, grams: number) {
  const [composed] = await tx
    .select({
      all: sql<string>`sum(${compositionLines.takenGrams})`,
      women: sql<string>`coalesce(sum(${compositionLines.takenGrams}) filter (where ${compositionLines.woman}), 0)`,
    })
    .from(compositionLines)
    .innerJoin(compositions, eq(compositions.id, compositionLines.compositionId))
    .where(and(eq(compositions.lotId, lot.id), eq(compositions.state, "approved")));
  const all = Number(composed?.all ?? 0);
  if (lot.state !== "composed" || all === 0)
    throw new DomainError("conflict", "not-composed", "Nobody has decided yet what makes up the lot.");
  const [before] = await tx
    .select({ grams: sql<string>`coalesce(sum(${lotDeliveries.grams}), 0)` })
    .from(lotDeliveries)
    .where(and(eq(lotDeliveries.lotId, lot.id), ne(lotDeliveries.state, "disputed")));
  if (Number(before?.grams ?? 0) + grams > all * mostOfComposed)
    throw new DomainError("invalid", "beyond-lot", "There is not so much in this lot.", {
      errors: [{ path: "body.kg", message: `the lot has ${all / 1000} kg` }],
    });
  return { all, women: Number(composed?.women ?? 0) };
}

/** By the contract's rule, each to the nearest whole number. */
function worthOf(
  terms: ContractTerms,
  {
    grams,
    quality,
    all,
    women,
  }: { grams: number; quality: LotDelivery["quality"]; all: number; women: number },
) {
  const { centimosPerKg } = adjustPrice(terms.centimosPerKg, quality, terms.adjustments);
  const womenGrams = Math.round(grams * (women / all));
  return {
    womenGrams,
    centimosPerKg,
    valueCentimos: Math.round((grams * centimosPerKg) / 1000),
    womenPremiumCentimos: Math.round((womenGrams * terms.womenPremiumCentimosPerKg) / 1000),
  };
}

/**
 * The buyer says whether what the organizer recorded is so; the first answer stands. `own-proposal` (403) for who wrote
 * it down, `delivery-answered` (409). What was
 * confirmed by a slip of the pen an operator takes back, until it is settled; then it is recorded anew.
 */
export async function answerDelivery(
  { db, clock, call }: Calling,
  given: Context,
  { params: { deliveryId }, body: { confirm, personId } }: HandlerInput<typeof answerContract>,
): Promise<Answer<typeof answerContract>> {
  const context = speakerOf(given, personId);
  const found = await findDelivery(db.read, deliveryId);
  const contract = await findContract(db.read, found.contractId);
  await refuseUnlessProvider(call, context, contract.buyerId);
  const told = await approversOf(call, await findLot(db.read, found.lotId), [], context.trace);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, found.lotId);
      const delivery = await findDelivery(tx, deliveryId);
      const state = confirm ? ("confirmed" as const) : ("disputed" as const);
      if (delivery.state === state) return { delivery: deliveryView(delivery) };
      if (confirm) refuseOwnProposal(context.actor, delivery.makers);
      const takenBack =
        !confirm && lot.state === "composed" && roleAs(context.actor, "requester") === "operator";
      if (delivery.state !== "recorded" && !takenBack)
        throw new DomainError("conflict", "delivery-answered", "It was answered before.", {
          details: { state: delivery.state },
        });
      await tx
        .update(lotDeliveries)
        .set({ state, answeredAt: act.at })
        .where(eq(lotDeliveries.id, deliveryId));
      await record(tx, act, `lot-delivery.${confirm ? "confirm" : "dispute"}`, `lot-delivery:${deliveryId}`);
      await endQuestions(tx, act, [contract.buyerPersonId], bySms(context));
      await tellPeople(tx, act, { kind: "lot-delivery-answered", id: deliveryId }, told);
      return { delivery: deliveryView({ ...delivery, state }) };
    }),
  );
}

async function findDelivery(queries: Queries, deliveryId: string): Promise<LotDeliveryRow> {
  const [row] = await queries.select().from(lotDeliveries).where(eq(lotDeliveries.id, deliveryId));
  if (!row) throw new DomainError("not-found", "no-such-lot-delivery", "There is no such delivery.");
  return row;
}

export function deliveryView(row: LotDeliveryRow): LotDelivery {
  const { lotId: _lot, contractId: _contract, makers: _makers, answeredAt: _answered, ...told } = row;
  return { ...told, at: row.at.toISOString() };
}
