import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { submitCredit as contract } from "@minka/contracts/credits";
import { once } from "@minka/database/once";
import { meetsRequirements } from "@minka/domain/credit/meets-requirements";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { record } from "../acting.ts";
import { managers, refuseOwnProposal, refuseUnlessOrganization } from "../authority.ts";
import { notePart } from "../decision-makers/note-part.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson, changedMeanwhile } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { agreedTo, readBorrower, type BorrowerFacts } from "./borrower-facts.ts";
import { refuseUnlessDraft } from "./compare-products.ts";
import { refuseBeyondContract } from "./contract-share.ts";
import { findCredit, lockCredit, moveCredit } from "./credit-row.ts";
import type { Assessed, CreditRow } from "./credits-tables.ts";
import { refuseUnlessBorrower, roleOf, speakerOf, type Calling } from "./speaker.ts";

/**
 * Sends a credit to its lender as it was read, with how its requirements stand now and, only where the person agreed, what they did
 * here in counts and sums. Of an organization a manager who did not ask for it sends it. `no-such-credit` (404),
 * `nothing-chosen` (409), `changed-meanwhile` (409), `contract-share-exceeded` (409), `not-agreed` (409) while the person
 * has not said that another may ask in their name.
 */
export async function submitCredit(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof contract>,
): Promise<HandlerAnswer<typeof contract>> {
  const { trace } = context;
  const speaker = speakerOf(context, body.personId);
  const before = await findCredit(kit.db.read, creditId);
  await refuseUnlessBorrower(kit.call, { speaker, trace }, before);
  refuseUnlessDraft(before);
  if (before.organizationId !== null) {
    await refuseUnlessOrganization(kit.call, { actor: speaker, trace }, before.organizationId, managers);
    refuseOwnProposal(speaker, before.makers);
  }
  const facts = await readBorrower(kit, before, trace);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      refuseUnlessDraft(credit);
      if (!credit.terms || !credit.lenderPersonId)
        throw new DomainError("conflict", "nothing-chosen", "Choose a product first.");
      if (credit.version !== body.version) throw changedMeanwhile();
      if (credit.way !== "self" && !(await agreedTo(tx, creditId, "origination")))
        throw new DomainError("conflict", "not-agreed", "The person has not agreed to it yet.");
      await refuseBeyondContract(tx, credit);
      const act = actOf(context, kit.clock());
      // Withdrawn since it was read: then it is not shown.
      const shown = await agreedTo(tx, creditId, "history");
      const { state } = await moveCredit(tx, act, {
        credit,
        step: "submit",
        role: roleOf(speaker, "requester"),
        set: {
          submittedAt: act.at,
          history: shown ? facts.history : null,
          assessed: assess(credit.terms, facts, shown),
          contactId: credit.personId ?? speaker.personId,
        },
      });
      if (credit.organizationId !== null)
        await notePart(tx, act, {
          noun: "credit",
          subjectId: creditId,
          part: "approved",
          personId: speaker.personId,
          organizationId: credit.organizationId,
        });
      await record(tx, act, shown ? "credit.show-history" : "credit.hide-history", `credit:${creditId}`);
      await endQuestions(tx, act, [credit.personId]);
      await askPerson(tx, act, { kind: "credit-review", id: creditId });
      return { creditId, state };
    }),
  );
}

/** What the lender does not see of their history is not met before it either. */
function assess(
  terms: NonNullable<CreditRow["terms"]>,
  { holds: held, declared, ofHistory }: BorrowerFacts,
  shown: boolean,
): Assessed[] {
  const others = held.filter((one) => !ofHistory.includes(one));
  const holds = shown ? [...others, ...ofHistory] : others;
  return meetsRequirements(terms.requirements, holds).requirements.map(({ requirement, met, by }) => ({
    requirement,
    met,
    by,
    declared: by !== null && declared.includes(by),
  }));
}
