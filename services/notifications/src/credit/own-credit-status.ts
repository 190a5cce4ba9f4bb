import { withdrawCredit, type Credit } from "@minka/contracts/credits";
import { DomainError } from "@minka/domain/errors";
import { formatSoles } from "@minka/domain/money";
import { namesCredit } from "@minka/language/read-credit-words";
import { renderText, word } from "@minka/language/texts";
import { decideOnce } from "../conversations/decide-once.ts";
import { openRequests } from "../conversations/say-requests.ts";
import { shortName } from "../conversations/say-match.ts";
import { hoursFrom, say, type Outcome, type Turn } from "../conversations/turn.ts";
import { allCredits, isOver, ownCredits, standingOf } from "./own-credits.ts";
import { sayLenderStatus } from "./answer-lender.ts";
import { mayBeTold } from "./may-hear.ts";
import { sayStanding } from "./say-standing.ts";

const mostSaid = 2;

/** Where somebody's credits stand, and for a lender's people which wait; nothing where others of the house may read it. */
export async function describeCredits(turn: Turn): Promise<Outcome | null> {
  const { person } = turn;
  if (!person?.consented) return null;
  const all = await unlessAway(() => allCredits(turn, person));
  const credits = all.filter((one) => !isOver(one));
  const refused = credits.length === 0 ? sayRefused(turn, all[0]) : [];
  const waiting = await unlessAway(async () => (await sayLenderStatus(turn)) ?? []);
  if (credits.length === 0 && refused.length === 0 && waiting.length === 0) return null;
  if (!(await mayBeTold(turn, person))) return null;
  const said = await Promise.all(
    credits
      .slice(0, mostSaid)
      .map(async (credit) => sayStanding(turn, credit, await standingOf(turn, person, credit.id))),
  );
  return { say: [...said, ...refused, ...waiting] };
}

/** For so long what a lender said no to is told again, with what to change. */
const refusedDays = 60;

function sayRefused({ now, language }: Turn, credit: Credit | undefined): string[] {
  const [reason] = credit?.refused?.reasons ?? [];
  const [change] = credit?.refused?.change ?? [];
  if (!credit || !reason || !change || hoursFrom(now, -refusedDays * 24) > new Date(credit.createdAt))
    return [];
  const lender = shortName(credit.chosen?.lenderName ?? "", 24);
  return [
    renderText(
      "credit_refused",
      {
        lender,
        reason: word("credit_refusal", reason.code, language),
        change: word("credit_change", change, language),
      },
      language,
    ),
  ];
}

/** How requests stand is told without brokering too. */
export async function unlessAway<Each>(read: () => Promise<readonly Each[]>): Promise<readonly Each[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DomainError && error.category === "unavailable") return [];
    throw error;
  }
}

const withdrawable = ["draft", "submitted", "in_review", "approved", "accepted"];
const isWithdrawable = ({ state }: Credit) => withdrawable.includes(state);

/** CANCELAR where a credit is what they mean: because they name it, or because they wait for nothing else. */
export async function answerCancelCredit(turn: Turn): Promise<Outcome | null> {
  const { person } = turn;
  if (turn.heard.intent !== "cancel_request" || !person?.consented) return null;
  const named = namesCredit(turn.text);
  const decided = await decideOnce(turn, "credit-cancelled", async () => {
    const requests = await openRequests(turn);
    const meansRequest = named ? requests.some(({ need }) => need.kind === "credit") : requests.length > 0;
    if (meansRequest) return null;
    const credits = await unlessAway(() => ownCredits(turn, person));
    const credit = credits.find(isWithdrawable) ?? (named ? credits[0] : undefined);
    if (!credit || !(await mayBeTold(turn, person))) return null;
    return {
      creditId: credit.id,
      amountCentimos: credit.amountCentimos,
      lender: credit.chosen?.lenderName ?? "",
    };
  });
  if (!decided) return null;
  const { creditId, amountCentimos, lender } = decided;
  const subject = turn.prompt?.subject;
  const answered =
    subject?.kind === "credit" || (subject?.kind === "confirmation" && subject.id === creditId);
  try {
    const body = { personId: person.id };
    await turn.kit.call(withdrawCredit, { params: { creditId }, body }, turn.step("withdraw"));
  } catch (error) {
    if (!(error instanceof DomainError) || error.category !== "conflict") throw error;
    return say("credit_cancel_late", { lender: shortName(lender, 30) });
  }
  return { ...say("credit_withdrawn", { amount: formatSoles(amountCentimos) }), answered };
}
