import { findCandidates } from "@minka/contracts/catalog";
import { askCredit, changeCredit, type Credit } from "@minka/contracts/credits";
import type { Need } from "@minka/contracts/need";
import type { Person } from "@minka/contracts/profiles";
import { formatSoles } from "@minka/domain/money";
import { say, type Outcome, type Turn } from "../conversations/turn.ts";
import { askOfCredit } from "./ask-of-credit.ts";
import type { LoanWanted } from "./credit-questions.ts";
import { goOn } from "./follow-own-credit.ts";
import { mayBeTold } from "./may-hear.ts";
import { offerProducts } from "./offer-products.ts";
import { ownCredits } from "./own-credits.ts";

/** As many as a search gives. */
const mostCandidates = 50;

/** How many products there are for a loan at a place; of what the person is known to have nothing is held back. */
async function countProducts(
  turn: Turn,
  person: Person,
  { need, districtCode }: LoanWanted,
): Promise<number> {
  const { kind, amountCentimos, purpose } = need;
  const { candidates } = await turn.kit.call(
    findCandidates,
    {
      body: {
        need: { kind, ...(amountCentimos ? { amountCentimos } : {}), ...(purpose ? { purpose } : {}) },
        districtCode,
        requesterPersonId: person.id,
        requester: { sex: person.sex, holds: [] },
        limit: mostCandidates,
      },
    },
    turn.step("lenders"),
  );
  return candidates.length;
}

/**
 * A person's loan: what is missing is asked one thing at a time, then products are compared. One that is begun goes on.
 * Null where nobody lends for it there: then it is looked for like any other need, so that a person hears of it.
 */
export async function wantCredit(turn: Turn, person: Person, wanted: LoanWanted): Promise<Outcome | null> {
  if (!(await mayBeTold(turn, person))) return say("credit_word_first");
  const before = await ownCredit(turn, person, wanted.need);
  if (before) return goOnWith(turn, person, before, wanted);
  const only = (need: Need) => countProducts(turn, person, { ...wanted, need });
  const all = await only({ kind: "credit" });
  if (all === 0) return null;
  const purpose = wanted.need.purpose ?? "other";
  const forThis = await only({ kind: "credit", purpose });
  // What it is for is asked where it changes who lends.
  if (!wanted.need.purpose && forThis < all)
    return askOfCredit(turn, { kind: "credit", step: "purpose", wanted }, "credit_purpose");
  if (forThis === 0) return null;
  const { amountCentimos } = wanted.need;
  const withPurpose = { ...wanted, need: { ...wanted.need, purpose } };
  if (!amountCentimos)
    return askOfCredit(turn, { kind: "credit", step: "amount", wanted: withPurpose }, "credit_amount");
  if ((await only({ kind: "credit", purpose, amountCentimos })) === 0)
    return askOfCredit(
      turn,
      { kind: "credit", step: "amount", wanted: withPurpose },
      "credit_amount_outside",
      {
        amount: formatSoles(amountCentimos),
      },
    );
  if (!wanted.months)
    return askOfCredit(turn, { kind: "credit", step: "months", wanted: withPurpose }, "credit_months");
  const { creditId } = await turn.kit.call(
    askCredit,
    {
      body: {
        borrower: { kind: "person", personId: person.id },
        amountCentimos,
        months: wanted.months,
        purpose,
        ...(wanted.need.crop ? { crop: wanted.need.crop } : {}),
        districtCode: wanted.districtCode,
        personId: person.id,
      },
    },
    turn.step("credit"),
  );
  return offerProducts(turn, person, { creditId, declared: null });
}

/** The one that a message asks for once more: one that is not sent yet, or the same that is. */
async function ownCredit(turn: Turn, person: Person, need: Need): Promise<Credit | undefined> {
  const credits = await ownCredits(turn, person);
  const same = ({ amountCentimos }: Credit) =>
    need.amountCentimos === undefined || need.amountCentimos === amountCentimos;
  return credits.find(({ state }) => state === "draft") ?? credits.find(same);
}

/** Another amount, term or purpose is another comparison; else it goes on where it was left. */
async function goOnWith(turn: Turn, person: Person, credit: Credit, wanted: LoanWanted): Promise<Outcome> {
  const amountCentimos = wanted.need.amountCentimos ?? credit.amountCentimos;
  const months = wanted.months ?? credit.months;
  const purpose = wanted.need.purpose ?? credit.purpose;
  const isSame =
    amountCentimos === credit.amountCentimos && months === credit.months && purpose === credit.purpose;
  if (credit.state !== "draft" || credit.through.way !== "self" || isSame) return goOn(turn, person, credit);
  await turn.kit.call(
    changeCredit,
    { params: { creditId: credit.id }, body: { amountCentimos, months, purpose, personId: person.id } },
    turn.step("change"),
  );
  return offerProducts(turn, person, { creditId: credit.id, declared: null });
}
