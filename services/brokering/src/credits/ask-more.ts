import type { answerMore as answerContract, askMore as askContract } from "@minka/contracts/credit-decisions";
import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { idempotencyKeys } from "../tables.ts";
import { askPerson, changedMeanwhile } from "../telling/asking.ts";
import { endQuestions } from "../telling/end-questions.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findCredit, lockCredit, moveCredit, toldOf } from "./credit-row.ts";
import type { CreditRow } from "./credits-tables.ts";
import { takeStep } from "./lender-steps.ts";
import { bySms, refuseUnlessBorrower, roleOf, speakerOf, type Calling } from "./speaker.ts";

/** Each time the lender's own time to answer begins anew. */
const mostAsks = 3;

/**
 * The lender wants something else first. `no-such-credit` (404), `illegal-transition` (409), `asked-enough` (409),
 * `nothing-wanted` (422).
 */
export function askMore(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof askContract>,
): Promise<HandlerAnswer<typeof askContract>> {
  const { personId, note } = body;
  const requirements = [...new Set(body.requirements)];
  if (requirements.length === 0 && note === null)
    throw new DomainError("invalid", "nothing-wanted", "Say what is wanted.", {
      errors: [{ path: "body.requirements", message: "at least one, or a note" }],
    });
  return takeStep(kit, context, { creditId, personId }, async (tx, act, { credit, role }) => {
    if (credit.moreAsks >= mostAsks)
      throw new DomainError("conflict", "asked-enough", `It was asked for more ${mostAsks} times.`);
    const askedAt = act.at.toISOString();
    const moved = await moveCredit(tx, act, {
      credit,
      step: "ask_more",
      role,
      set: {
        more: { requirements, note, askedAt, answer: null, answeredAt: null },
        moreAsks: credit.moreAsks + 1,
      },
    });
    await askPerson(tx, act, { kind: "credit-more", id: creditId });
    return moved;
  });
}

/**
 * The borrower has it, or took it there. `no-such-credit` (404), `illegal-transition` (409), `changed-meanwhile` (409) where
 * something else is asked for by now.
 */
export async function answerMore(
  kit: Calling,
  context: Context,
  { params: { creditId }, body }: HandlerInput<typeof answerContract>,
): Promise<HandlerAnswer<typeof answerContract>> {
  const speaker = speakerOf(context, body.personId);
  const before = await findCredit(kit.db.read, creditId);
  await refuseUnlessBorrower(kit.call, { speaker, trace: context.trace }, before);
  return kit.db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock: kit.clock }, async () => {
      const credit = await lockCredit(tx, creditId);
      const act = actOf(context, kit.clock());
      if (body.askedAt !== undefined && credit.more && body.askedAt !== credit.more.askedAt)
        throw changedMeanwhile();
      const { state } = await moveCredit(tx, act, {
        credit,
        step: "resume",
        role: roleOf(speaker, "requester"),
        set: answeredMore(credit, "brought", act.at),
      });
      await endQuestions(tx, act, toldOf(credit), bySms(context, speaker));
      if (credit.lenderPersonId)
        await tellPeople(tx, act, { kind: "credit-answered", id: creditId }, [credit.lenderPersonId]);
      return { creditId, state };
    }),
  );
}

export const answeredMore = ({ more }: CreditRow, answer: "brought" | "silent", at: Date) => ({
  more: more && { ...more, answer, answeredAt: at.toISOString() },
});
