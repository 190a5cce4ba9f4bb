import type { Reason } from "@minka/contracts/common";
import { formatSoles } from "@minka/domain/money";
import { sayAll } from "./say-all.ts";
import { firstLanguage } from "./languages/language-files.ts";
import { phrase, wordIn } from "./texts.ts";

/**
 * Why a lender does not lend, with what it said would do: "es mucho monto (presta hasta S/ 800) y tiene otras deudas".
 * Each kind of reason once, so that however many there are they fit into their message.
 */
export function sayRefusals(reasons: readonly Reason[], language: string = firstLanguage): string {
  const each = new Map<string, Reason>();
  for (const reason of reasons) if (!each.has(reason.code)) each.set(reason.code, reason);
  return sayAll(
    [...each.values()].map((reason) => sayRefusal(reason, language)),
    language,
  );
}

function sayRefusal({ code, parameters }: Reason, language: string): string {
  const reason = wordIn("credit_refusal", code, language);
  const { requirement, mostCentimos, mostMonths } = parameters;
  if (requirement !== undefined) {
    const missing = wordIn("requirement", String(requirement), language);
    return phrase("refusal_requirement", { reason, missing }, language);
  }
  if (mostCentimos !== undefined)
    return phrase("refusal_amount", { reason, amount: formatSoles(Number(mostCentimos)) }, language);
  if (mostMonths === undefined) return reason;
  return Number(mostMonths) === 1
    ? phrase("refusal_month", { reason }, language)
    : phrase("refusal_months", { reason, months: mostMonths }, language);
}
