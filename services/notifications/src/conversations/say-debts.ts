import type { Debt } from "@minka/contracts/payments";
import { limaDay } from "@minka/domain/lima-time";
import { formatSoles } from "@minka/domain/money";
import { sayDueDay } from "@minka/language/say-due-day";
import { phrase, renderText } from "@minka/language/texts";
import { fitSegments, shortName } from "./say-match.ts";
import type { Turn } from "./turn.ts";

const nameLengths = [40, 30, 24, 18, 14];

/** A numbered list of what somebody owes, to whom, and what they wrote down that nobody has confirmed. */
export function sayDebts(
  key: "debts" | "debt_which",
  debts: readonly Debt[],
  { now, language }: Pick<Turn, "now" | "language">,
): string {
  const line = (debt: Debt, longest: number) => {
    const to = shortName(debt.receiver.name ?? "", longest);
    const { next, title, owedCentimos, waitingCentimos } = debt;
    const amount = formatSoles(next?.centimos ?? owedCentimos);
    const what =
      title === null && next
        ? phrase(
            "debt_instalment",
            { to, amount, day: sayDueDay(next.dueOn, limaDay(now), language) },
            language,
          )
        : phrase(
            "debt_of",
            {
              what: title === null ? phrase("debt_loan", {}, language) : shortName(title, longest),
              to,
              amount,
            },
            language,
          );
    if (waitingCentimos === 0) return what;
    return `${what}${phrase("debt_waiting", { amount: formatSoles(waitingCentimos) }, language)}`;
  };
  const text = (longest: number) =>
    renderText(
      key,
      { options: debts.map((debt, index) => `${index + 1} ${line(debt, longest)}`).join("\n") },
      language,
    );
  return fitSegments(text, nameLengths);
}

/** Whether it was this one that was paid. */
export const sayDebtAsked = ({ receiver, title }: Debt, language: string): string =>
  fitSegments(
    (longest) =>
      renderText(
        "debt_is_it",
        {
          what: title === null ? phrase("debt_loan", {}, language) : shortName(title, longest),
          receiver: shortName(receiver.name ?? "", longest),
        },
        language,
      ),
    nameLengths,
  );
