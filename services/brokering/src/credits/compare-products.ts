import { findCandidates } from "@minka/contracts/catalog";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { compareProducts as contract } from "@minka/contracts/credits";
import { readOfferVersion } from "@minka/contracts/offers";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { actOf, type Context } from "@minka/service/act";
import { eq } from "@minka/database/query";
import { record } from "../acting.ts";
import { assessProduct, inOrder } from "./assess-product.ts";
import { agreedTo, readBorrower } from "./borrower-facts.ts";
import { findCredit, lockCredit, noSuchCredit, renewDraft } from "./credit-row.ts";
import { creditProducts, type CreditRow } from "./credits-tables.ts";
import { refuseUnlessBorrower, speakerOf, type Calling, type Speaker } from "./speaker.ts";

/**
 * Compares what lenders offer for a credit. Whatever is missing hides no product: what is nearly there stands apart.
 * `no-such-credit` (404), `not-a-draft` (409) once it was submitted.
 */
export async function compareProducts(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  const credit = await findCredit(kit.db.read, creditId);
  await refuseUnlessAsks(kit, { speaker, trace }, credit);
  refuseUnlessDraft(credit);
  const found = await assessAll(kit, credit, trace);
  await kit.db.transaction(async (tx) => {
    refuseUnlessDraft(await lockCredit(tx, creditId));
    await tx.delete(creditProducts).where(eq(creditProducts.creditId, creditId));
    const at = kit.clock();
    await renewDraft(tx, creditId, at);
    if (found.length > 0)
      await tx.insert(creditProducts).values(
        found.map(({ product, standing, terms, lenderPersonId }) => ({
          creditId,
          offerId: product.offerId,
          standing,
          lenderPersonId,
          product,
          terms,
          comparedAt: at,
        })),
      );
    await record(tx, actOf(context, at), "credit.compare", `credit:${creditId}`);
  });
  const of = (wanted: (typeof found)[number]["standing"]) =>
    found.filter(({ standing }) => standing === wanted).map(({ product }) => product);
  return { eligible: of("eligible"), nearly: of("nearly"), others: of("other") };
}

/** The borrower, or who asks in their name once they agreed. */
export async function refuseUnlessAsks(
  kit: Calling,
  { speaker, trace }: { speaker: Speaker; trace: string },
  credit: CreditRow,
): Promise<void> {
  if (credit.originatorId === speaker.personId && credit.personId !== speaker.personId) {
    if (await agreedTo(kit.db.read, credit.id, "origination")) return;
    throw noSuchCredit();
  }
  await refuseUnlessBorrower(kit.call, { speaker, trace }, credit);
}

export function refuseUnlessDraft({ state }: CreditRow): void {
  if (state !== "draft")
    throw new DomainError("conflict", "not-a-draft", "It was submitted already.", { details: { state } });
}

const mostProducts = 50;

async function assessAll(kit: Calling, credit: CreditRow, trace: string) {
  const facts = await readBorrower(kit, credit, trace);
  const { amountCentimos, months, purpose, crop } = credit;
  const today = limaDay(kit.clock());
  const find = async (amount: { amountCentimos?: number }) => {
    const { candidates } = await kit.call(
      findCandidates,
      {
        body: {
          need: { kind: "credit", ...amount, purpose, ...(crop ? { crop } : {}) },
          districtCode: credit.districtCode,
          requesterPersonId: credit.personId ?? credit.contactId ?? credit.id,
          // What they are known to lack excludes nothing here: it is told, with what would do.
          requester: { sex: facts.sex, holds: [...facts.holds] },
          limit: mostProducts,
        },
      },
      { trace },
    );
    return candidates;
  };
  const lending = await find({ amountCentimos });
  // Where nobody lends that much or that little, what they do lend tells what to change.
  const candidates = lending.length > 0 ? lending : await find({});
  const read = await Promise.all(
    candidates.map(async (candidate) => {
      const { offerId, offerVersion } = candidate;
      const { terms } = await kit.call(
        readOfferVersion,
        { params: { offerId, version: offerVersion } },
        { trace },
      );
      return terms.kind === "credit" ? [{ candidate, terms }] : [];
    }),
  );
  const assessed = read.flat().map(({ candidate, terms }) => {
    const { standing, ...shown } = assessProduct(terms, facts, { amountCentimos, months, today });
    return {
      ...shown,
      standing,
      terms,
      lenderPersonId: candidate.providerPersonId,
      offerId: candidate.offerId,
      offerVersion: candidate.offerVersion,
      lenderId: candidate.providerId,
      lenderName: candidate.providerName,
    };
  });
  const standings = ["eligible", "nearly", "other"] as const;
  return standings
    .flatMap((wanted) =>
      inOrder(
        assessed.filter(({ standing }) => standing === wanted),
        facts.woman,
      ),
    )
    .map(({ standing, terms, lenderPersonId, ...product }, index) => ({
      standing,
      terms,
      lenderPersonId,
      product: { ...product, position: index + 1 },
    }));
}
