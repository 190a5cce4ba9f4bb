import type { Reason } from "@minka/contracts/common";
import type { LimaDay } from "@minka/domain/lima-time";
import { catalogs } from "./languages/all-texts.ts";
import { fill } from "./languages/fill.ts";
import { firstLanguage } from "./languages/language-files.ts";
import { sayDueDay } from "./say-due-day.ts";
import { word } from "./texts.ts";

/**
 * What lowers a provider's place, and what it can do about it: "Pedidos seguidos sin contestar: 3" and "Conteste SI o
 * NO. …". Null for a code that has no words, so that a newer service says less rather than something wrong.
 */
export function sayStandingReason(
  { code, parameters }: Reason,
  today: LimaDay,
  language: string = firstLanguage,
): { why: string; advice: string } | null {
  if (catalogs.get(firstLanguage)?.words.standing_reason?.[code] === undefined) return null;
  const { until, day = until, certificate } = parameters;
  const filled = {
    ...parameters,
    ...(day === undefined ? {} : { day: sayDueDay(String(day), today, language) }),
    ...(certificate === undefined
      ? {}
      : { certificate: word("provider_certificate", String(certificate), language) }),
  };
  return {
    why: fill(word("standing_reason", code, language), filled),
    advice: fill(word("standing_advice", code, language), filled),
  };
}
