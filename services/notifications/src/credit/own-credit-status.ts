import type { Credit } from "@minka/contracts/credits";
import { DomainError } from "@minka/domain/errors";
import { sayRefusals } from "@minka/language/say-refusals";
import { renderText, word } from "@minka/language/texts";
import { shortName } from "../conversations/say-match.ts";
import { hoursFrom, type Outcome, type Turn } from "../conversations/turn.ts";
import { allCredits, isOver, standingOf } from "./own-credits.ts";
import { askWhetherItCame } from "./follow-own-credit.ts";
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
  const accepted = turn.asking ? undefined : credits.find(({ state }) => state === "accepted");
  const asked = accepted && (await askWhetherItCame(turn, person, accepted));
  return { say: [...said, ...refused, ...waiting], ...(asked?.ask ? { ask: asked.ask } : {}) };
}

/** For so long what a lender said no to is told again, with what to change. */
const refusedDays = 60;

function sayRefused({ now, language }: Turn, credit: Credit | undefined): string[] {
  const reasons = credit?.refused?.reasons ?? [];
  const [change] = credit?.refused?.change ?? [];
  if (
    !credit ||
    reasons.length === 0 ||
    !change ||
    hoursFrom(now, -refusedDays * 24) > new Date(credit.createdAt)
  )
    return [];
  const lender = shortName(credit.chosen?.lenderName ?? "", 24);
  return [
    renderText(
      "credit_refused",
      {
        lender,
        reason: sayRefusals(reasons, language),
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
