import { withdrawCredit, type Credit } from "@minka/contracts/credits";
import type { Person } from "@minka/contracts/profiles";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { phrase, said } from "@minka/language/texts";
import { askSure, type LeavingLine } from "../conversations/ask-sure.ts";
import { decideOnce } from "../conversations/decide-once.ts";
import { shortName } from "../conversations/say-match.ts";
import { say, type Outcome, type Turn } from "../conversations/turn.ts";
import { mayBeTold } from "./may-hear.ts";
import { ownCredits, readOwn } from "./own-credits.ts";
import { unlessAway } from "./own-credit-status.ts";

const withdrawable: readonly Credit["state"][] = [
  "draft",
  "submitted",
  "in_review",
  "more_asked",
  "approved",
  "accepted",
];

/** Own credits that are not over, where they may be spoken of here, what can be called off first. */
export async function creditsToLeave(turn: Turn, person: Person): Promise<Credit[]> {
  const credits = await unlessAway(() => ownCredits(turn, person));
  if (credits.length === 0 || !(await mayBeTold(turn, person))) return [];
  const can = ({ state }: Credit) => withdrawable.includes(state);
  return [...credits.filter(can), ...credits.filter((one) => !can(one))];
}

export const mayBeWithdrawn = ({ state }: Credit): boolean => withdrawable.includes(state);

/** As a list of all that they are in says it. */
export function leavingCredit({ language }: Turn, { id, amountCentimos, chosen }: Credit): LeavingLine {
  const amount = formatSoles(amountCentimos);
  const lender = shortName(chosen?.lenderName ?? "", 30);
  return {
    leaving: { what: "credit-withdraw", creditId: id },
    line: (number) => phrase("call_off_credit", { number, amount, lender }, language).replace(/, $/, ""),
  };
}

/** What was sent to a lender, or has its answer, is called off only after their SI; a draft costs nothing to begin anew. */
export async function callOffCredit(
  turn: Turn,
  person: Person,
  { id, state, amountCentimos, chosen }: Credit,
): Promise<Outcome> {
  if (state === "draft" || !withdrawable.includes(state)) return withdrawCreditNow(turn, person, id);
  const lender = shortName(chosen?.lenderName ?? "", 30);
  const text = said("credit_sure_cancel", { amount: formatSoles(amountCentimos), lender });
  return askSure(turn, { what: "credit-withdraw", creditId: id }, text);
}

export async function withdrawCreditNow(turn: Turn, person: Person, creditId: string): Promise<Outcome> {
  const { amountCentimos, chosen } = await readOwn(turn, person, creditId);
  try {
    const body = { personId: person.id };
    await turn.kit.call(withdrawCredit, { params: { creditId }, body }, turn.step("withdraw"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("credit_cancel_late", { lender: shortName(chosen?.lenderName ?? "", 30) });
  }
  return say("credit_withdrawn", { amount: formatSoles(amountCentimos) });
}

/** A turn that was cut off once it had called a draft off finds it no more. */
export const draftCalledOff = (turn: Turn, decide: () => Promise<string | null>): Promise<string | null> =>
  decideOnce(turn, "credit-called-off", decide);
