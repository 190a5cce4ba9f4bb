import type { CreditState } from "@minka/contracts/credit-words";
import { newId } from "@minka/database/new-id";
import { insertRows, Json } from "./insert-rows.ts";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

const amountCentimos = 1_000_00;
const trace = "rights-test";

const terms = {
  kind: "credit",
  title: "Crédito de campaña",
  crops: [],
  purposes: ["fertilizer"],
  minimumCentimos: 100,
  maximumCentimos: 10_000_00,
  annualRatePercent: 30,
  minimumMonths: 1,
  maximumMonths: 24,
  graceMonths: 0,
  graceInterest: "paid",
  schedule: "monthly",
  openingFeeCentimos: 0,
  insuranceMonthlyPercent: 0,
  instalmentFeeCentimos: 0,
  requirements: [],
  audience: "everyone",
};

type CreditMade = {
  readonly state: CreditState;
  /** Of somebody who takes no part in the trial. */
  readonly ofAnother?: boolean;
};

/** A credit of the rows' person, asked of the rows' provider. */
export async function newCredit({ rows }: Try, means: Means, made: CreditMade): Promise<Rows> {
  const creditId = newId();
  const offerId = newId();
  const { state, ofAnother = false } = made;
  const at = means.platform.clock();
  const chosen = { offerId, lenderId: rows["providerId"] ?? "", lenderName: "Caja", offerVersion: 1 };
  const personId = ofAnother ? newId() : (rows["personId"] ?? "");
  const lenderPersonId = rows["contactId"] ?? newId();
  await insertRows(means, [
    [
      "credits",
      {
        id: creditId,
        kind: "personal",
        state,
        personId,
        contactId: personId,
        way: "self",
        makers: [],
        amountCentimos,
        months: 6,
        purpose: "fertilizer",
        districtCode: rows["districtCode"],
        ...chosen,
        offerTitle: terms.title,
        lenderPersonId,
        terms: new Json(terms),
        ...(state === "draft" ? {} : { submittedAt: at }),
        ...(state === "approved" || state === "disbursed"
          ? { approvedCentimos: amountCentimos, approvedMonths: 6 }
          : {}),
        createdAt: at,
        trace,
      },
    ],
    [
      "credit_products",
      {
        creditId,
        offerId,
        standing: "eligible",
        lenderPersonId,
        product: new Json({ ...chosen, title: terms.title }),
        terms: new Json(terms),
        comparedAt: at,
      },
    ],
    ["credit_consents", { creditId, consent: "history", given: null, askedAt: at }],
  ]);
  return { creditId, offerId };
}

type EndorsementMade = { readonly creditId: string; readonly state: "asked" | "proposed" | "refused" };

/** An endorsement that the rows' organization was asked for, and that somebody else may have proposed. */
export async function newEndorsement({ rows }: Try, means: Means, made: EndorsementMade): Promise<Rows> {
  const endorsementId = newId();
  const proposed = made.state === "proposed";
  await insertRows(means, [
    [
      "endorsements",
      {
        id: endorsementId,
        ...made,
        organizationId: rows["organizationId"],
        personId: newId(),
        amountCentimos: proposed ? amountCentimos : null,
        makers: proposed ? [newId()] : [],
        askedAt: means.platform.clock(),
        trace,
      },
    ],
  ]);
  return { endorsementId };
}

/** What somebody else proposed that the rows' organization vouches for at most. */
export async function newLimit({ rows }: Pick<Try, "rows">, means: Means): Promise<Rows> {
  const changeId = newId();
  await insertRows(means, [
    [
      "exposure_limit_changes",
      {
        id: changeId,
        organizationId: rows["organizationId"],
        limitCentimos: 1_000_000_00,
        state: "proposed",
        makers: [newId()],
        proposedAt: means.platform.clock(),
      },
    ],
  ]);
  return { changeId };
}

/** The rows' person was named to answer for another's credit. */
export async function newGuarantor(attempt: Try, means: Means): Promise<Rows> {
  const { creditId = "" } = await newCredit(attempt, means, { state: "draft", ofAnother: true });
  const [guaranteeId, guarantorId] = [newId(), newId()];
  const at = means.platform.clock();
  await insertRows(means, [
    ["group_guarantees", { id: guaranteeId, creditId, state: "gathering", createdAt: at, trace }],
    [
      "guarantors",
      {
        id: guarantorId,
        guaranteeId,
        personId: attempt.rows["personId"],
        centimos: 1,
        state: "asked",
        askedAt: at,
        expiresAt: new Date(at.getTime() + 7 * 24 * 60 * 60 * 1000),
        trace,
      },
    ],
  ]);
  return { guarantorId };
}
