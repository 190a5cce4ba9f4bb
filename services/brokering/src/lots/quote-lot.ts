import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { mostLotQuotes, type quoteLot as contract } from "@minka/contracts/lot-contracts";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { nextState } from "@minka/domain/lifecycle";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, humansOf, type Act, type Context } from "@minka/service/act";
import { and, count, eq, gt } from "@minka/database/query";
import { record } from "../acting.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { lotContracts, lotQuotes, type LotContractRow } from "./contracts-tables.ts";
import { contractOf, readBuyer, refuseUnlessSide, roleOfSide } from "./contract-sides.ts";
import { findLot, lockLot, notePart } from "./lock-lot.ts";
import { contractLifecycle, roleAs } from "./lot-lifecycle.ts";
import { approversOf } from "../organizers/organizer.ts";
import type { LotRow } from "./lots-tables.ts";
import type { Calling } from "./open-lot.ts";
import { notYourLot } from "./read-lots.ts";

type Body = HandlerInput<typeof contract>["body"];

/**
 * One side proposes terms; what was proposed before is superseded. The organizer turns to another buyer once nothing it
 * proposed to the first one holds any more. `not-your-lot` (403) of a buyer whom nobody asked,
 * `not-a-buyer`, `contract-with-other`, `quotes-used-up`, `illegal-transition`, `lot-over` (409), `terms-wrong` (422).
 */
export async function quoteLot(
  { db, clock, call }: Calling,
  context: Context,
  { params: { lotId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const { actor, trace } = context;
  const before = await findLot(db.read, lotId);
  const { as: side, buyerId, terms } = body;
  await refuseUnlessSide(call, context, { side, lot: before, buyerId });
  const buyer = await readBuyer(call, buyerId, trace);
  refuseOddTerms(body, clock());
  const told = side === "buyer" ? await approversOf(call, before, [], trace) : [buyer.personId];
  const makers = humansOf(actor);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      if (lot.state === "settled" || lot.state === "cancelled")
        throw new DomainError("conflict", "lot-over", "Nothing is sold of it any more.", {
          details: { state: lot.state },
        });
      const standing = await endUnanswered(tx, act, body, await contractOf(tx, lotId));
      refuseOther(lot, standing, body);
      const row = standing ?? (await begin(tx, act, { lotId, buyerId, name: buyer.name }));
      const state = nextState(contractLifecycle, row.state, "propose", roleAs(actor, roleOfSide[side]));
      await refuseUsedUp(tx, row.id, side);
      await tx
        .update(lotQuotes)
        .set({ state: "superseded" })
        .where(and(eq(lotQuotes.contractId, row.id), eq(lotQuotes.state, "open")));
      const quoteId = newId();
      await tx.insert(lotQuotes).values({
        id: quoteId,
        contractId: row.id,
        by: side,
        state: "open",
        terms,
        makers,
        at: act.at,
        validUntil: new Date(body.validUntil),
      });
      await tx
        .update(lotContracts)
        .set({
          state,
          buyerPersonId: buyer.personId,
          ...(side === "organizer" ? { makers: [...new Set([...row.makers, ...makers])] } : {}),
        })
        .where(eq(lotContracts.id, row.id));
      await record(tx, act, `lot-contract.propose-by-${side}`, `lot-contract:${row.id}`);
      if (side === "organizer") await notePart(tx, act, { lot, part: "negotiated", personIds: makers });
      await tellPeople(tx, act, { kind: "lot-quote-made", id: quoteId }, told);
      return { lotId, contractId: row.id, quoteId, state };
    }),
  );
}

function refuseOddTerms({ terms, validUntil }: Body, now: Date): void {
  const wrong = (path: string, message: string) =>
    new DomainError("invalid", "terms-wrong", "These terms cannot be.", {
      errors: [{ path: `body.${path}`, message }],
    });
  if (terms.maximumKg < terms.minimumKg) throw wrong("terms.maximumKg", "must not be less than the minimum");
  const { from, until } = terms.delivery;
  if (until < from || until < limaDay(now))
    throw wrong("terms.delivery.until", "must not be over, nor before it begins");
  if (new Date(validUntil) <= now) throw wrong("validUntil", "must be to come");
}

/** A buyer who lets every proposal expire keeps a lot from no other. Returns what is still negotiated. */
async function endUnanswered(
  tx: Transaction,
  act: Act,
  { as, buyerId }: Body,
  standing: LotContractRow | null,
): Promise<LotContractRow | null> {
  if (as !== "organizer" || standing?.state !== "negotiating" || standing.buyerId === buyerId)
    return standing;
  const open = and(eq(lotQuotes.contractId, standing.id), eq(lotQuotes.state, "open"));
  const [holds] = await tx
    .select({ id: lotQuotes.id })
    .from(lotQuotes)
    .where(and(open, gt(lotQuotes.validUntil, act.at)));
  if (holds) return standing;
  await tx.update(lotQuotes).set({ state: "superseded" }).where(open);
  const state = nextState(contractLifecycle, standing.state, "refuse", "provider");
  await tx.update(lotContracts).set({ state }).where(eq(lotContracts.id, standing.id));
  await record(tx, act, "lot-contract.end", `lot-contract:${standing.id}`);
  const told = standing.buyerPersonId === null ? [] : [standing.buyerPersonId];
  await tellPeople(tx, act, { kind: "lot-contract-ended", id: standing.id }, told);
  return null;
}

/** A lot has one contract at a time; one that answers a buyer's offer is that buyer's to negotiate first. */
function refuseOther(lot: LotRow, standing: LotContractRow | null, { as, buyerId }: Body): void {
  if (standing && standing.buyerId !== buyerId)
    throw new DomainError("conflict", "contract-with-other", "The lot is negotiated with another buyer.");
  if (as === "buyer" && !standing && lot.buyerId !== buyerId) throw notYourLot();
}

async function begin(
  tx: Transaction,
  act: Act,
  { lotId, buyerId, name }: { lotId: string; buyerId: string; name: string },
): Promise<LotContractRow> {
  const [row] = await tx
    .insert(lotContracts)
    .values({
      id: newId(),
      lotId,
      buyerId,
      buyerName: name,
      state: "negotiating",
      makers: [],
      createdAt: act.at,
      trace: act.trace,
    })
    .returning();
  if (!row) throw new Error("a contract that was written is not there");
  return row;
}

async function refuseUsedUp(tx: Transaction, contractId: string, by: Body["as"]): Promise<void> {
  const [row] = await tx
    .select({ made: count() })
    .from(lotQuotes)
    .where(and(eq(lotQuotes.contractId, contractId), eq(lotQuotes.by, by)));
  if ((row?.made ?? 0) < mostLotQuotes) return;
  throw new DomainError("conflict", "quotes-used-up", `A side proposes ${mostLotQuotes} times at most.`);
}
