import { said, type Line } from "@minka/language/texts";
import type { Wish } from "./prompt-kinds.ts";
import { hoursFrom, type Outcome, type Turn } from "./turn.ts";

/** How long a question about consent or place waits for its answer. */
export const questionHours = 48;

/** Nothing was said yet. */
export const noWish: Wish = { need: null, districtCode: null, places: [], name: null };

/** Whoever answers with their district still wants what they came for. */
export function askConsent(turn: Turn, wish: Wish, text: Line = said("consent")): Outcome {
  // Also of what was written before the question could be read.
  const before = turn.asking?.subject.kind === "consent" ? turn.asking.subject : null;
  const kept: Wish = {
    need: wish.need ?? before?.need ?? null,
    districtCode: wish.districtCode ?? before?.districtCode ?? null,
    places: wish.places.length > 0 ? wish.places : (before?.places ?? []),
    name: wish.name ?? before?.name ?? null,
    hamlet: wish.hamlet ?? before?.hamlet ?? null,
    wantsWoman: wish.wantsWoman ?? before?.wantsWoman ?? null,
    next: wish.next ?? before?.next ?? null,
  };
  return {
    ask: {
      subject: { kind: "consent", ...kept },
      text,
      expiresAt: hoursFrom(turn.now, questionHours),
    },
  };
}
