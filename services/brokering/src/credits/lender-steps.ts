import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type {
  approveCredit as approveContract,
  refuseCredit as refuseContract,
  reviewCredit as reviewContract,
} from "@minka/contracts/credit-decisions";
import type { Transaction } from "@minka/database/connect";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Act, type Context } from "@minka/service/act";
import { refuseUnlessProvider } from "../authority.ts";
import { releaseEndorsements } from "../endorsements/endorsement-row.ts";
import { notePart } from "../decision-makers/note-part.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findCredit, lockCredit, moveCredit, noSuchCredit, toldOf } from "./credit-row.ts";
import type { CreditRow } from "./credits-tables.ts";
import { householdOf } from "./household.ts";
import { lenderPeople } from "./lender-people.ts";
import { bySms, roleOf, speakerOf, type Calling, type Speaker } from "./speaker.ts";

/** The lender looks at it. `no-such-credit` (404), `illegal-transition` (409). */
export function reviewCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof reviewContract>,
): Promise<HandlerAnswer<typeof reviewContract>> {
  return takeStep(kit, context, { creditId, personId: body.personId }, async (tx, act, { credit, role }) => {
    const moved = await moveCredit(tx, act, { credit, step: "review", role });
    await tellPeople(tx, act, { kind: "credit-told", id: creditId }, toldOf(credit));
    return moved;
  });
}

/**
 * The lender lends, at most what was asked; the borrower is asked whether they take it. `no-such-credit` (404),
 * `illegal-transition` (409), `outside-the-offer` (422) for what the product does not lend.
 */
export function approveCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof approveContract>,
): Promise<HandlerAnswer<typeof approveContract>> {
  return takeStep(
    kit,
    context,
    { creditId, personId: body.personId },
    async (tx, act, { credit, role, speaker }) => {
      const { amountCentimos = credit.amountCentimos, months = credit.months, conditions } = body;
      refuseOutside(credit, { amountCentimos, months });
      const moved = await moveCredit(tx, act, {
        credit,
        step: "approve",
        role,
        set: {
          approvedCentimos: amountCentimos,
          approvedMonths: months,
          conditions: [...new Set(conditions)],
        },
      });
      await noteLender(tx, act, { credit, speaker });
      // What the borrower reads is what they take: nobody vouches on other conditions from now on.
      await releaseEndorsements(tx, act, creditId, ["asked", "proposed"]);
      await askPerson(tx, act, { kind: "credit-terms", id: creditId });
      return moved;
    },
  );
}

/** The lender does not lend; the borrower is told what to change. `no-such-credit` (404), `illegal-transition` (409). */
export function refuseCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof refuseContract>,
): Promise<HandlerAnswer<typeof refuseContract>> {
  return takeStep(kit, context, { creditId, personId: body.personId }, async (tx, act, { credit, role }) => {
    const set = { refusals: body.reasons };
    const moved = await moveCredit(tx, act, { credit, step: "refuse", role, set });
    await tellPeople(tx, act, { kind: "credit-told", id: creditId }, toldOf(credit));
    return moved;
  });
}

type Step = { credit: CreditRow; role: "operator" | "provider"; speaker: Speaker };

/** A step of the lender's people. Of a credit that is not theirs, or was never sent to them, they learn nothing. */
export async function takeStep(
  kit: Calling,
  context: Context,
  { creditId, personId }: { creditId: string; personId: string | undefined },
  step: (tx: Transaction, act: Act, taken: Step) => Promise<CreditRow>,
) {
  const speaker = speakerOf(context, personId);
  const before = await findCredit(kit.db.read, creditId);
  const asked = await lenderPeople(kit.call, before, context.trace);
  await refuseUnlessLender(kit, { speaker, trace: context.trace }, before);
  refuseOwnCredit(speaker, before);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      const act = actOf(context, kit.clock());
      const { state } = await step(tx, act, { credit, role: roleOf(speaker, "provider"), speaker });
      // What was asked for besides is decided without: the borrower's question would stand before what comes next.
      const borrower = credit.state === "more_asked" ? toldOf(credit) : [];
      await endQuestions(tx, act, [credit.lenderPersonId, ...asked, ...borrower], bySms(context, speaker));
      return { creditId, state };
    }),
  );
}

/** Who works for a lender lends nothing to themself, nor to the organization for which they asked. */
function refuseOwnCredit({ personId }: Speaker, { personId: borrowerId, makers }: CreditRow): void {
  if (personId === borrowerId || makers.includes(personId))
    throw new DomainError("forbidden", "own-credit", "Somebody else of the lender's decides on your credit.");
}

/** Throws `no-such-credit` (404) for whoever is not of the lender, and for who is of the borrower's household. */
export async function refuseUnlessLender(
  { call }: Calling,
  { speaker, trace }: { speaker: Speaker; trace: string },
  { lenderId, submittedAt, personId }: CreditRow,
): Promise<void> {
  if (lenderId === null || submittedAt === null) throw noSuchCredit();
  try {
    await refuseUnlessProvider(call, { actor: speaker, trace }, lenderId);
  } catch (error) {
    if (error instanceof DomainError && error.category === "forbidden") throw noSuchCredit();
    throw error;
  }
  if ((await householdOf(call, personId, trace)).includes(speaker.personId)) throw noSuchCredit();
}

async function noteLender(
  tx: Transaction,
  act: Act,
  { credit, speaker }: { credit: CreditRow; speaker: Speaker },
): Promise<void> {
  await notePart(tx, act, {
    noun: "credit",
    subjectId: credit.id,
    part: "approved",
    personId: speaker.personId,
    organizationId: null,
  });
}

function refuseOutside(
  credit: CreditRow,
  { amountCentimos, months }: { amountCentimos: number; months: number },
): void {
  const { terms } = credit;
  if (!terms) throw noSuchCredit();
  const errors = [
    ...(amountCentimos > Math.min(credit.amountCentimos, terms.maximumCentimos) ||
    amountCentimos < terms.minimumCentimos
      ? [{ path: "body.amountCentimos", message: "is more than was asked, or not what the offer lends" }]
      : []),
    ...(months < terms.minimumMonths || months > terms.maximumMonths
      ? [{ path: "body.months", message: "is a term for which the offer does not lend" }]
      : []),
  ];
  if (errors.length > 0)
    throw new DomainError("invalid", "outside-the-offer", "This offer does not lend so.", { errors });
}
