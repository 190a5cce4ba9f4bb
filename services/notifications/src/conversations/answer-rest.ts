import { longestRestDays, restProvider } from "@minka/contracts/rests";
import { addDays, limaDay, type LimaDay } from "@minka/domain/lima-time";
import { DomainError } from "@minka/domain/errors";
import { parseDay } from "@minka/language/parse-day";
import { readRest, type RestWish } from "@minka/language/read-rest";
import { phrase, word } from "@minka/language/texts";
import { asksOtherMatter } from "./ask-again.ts";
import { say, type Outcome, type Turn } from "./turn.ts";

/**
 * A provider's DESCANSO 10 and YA VOLVI: nobody finds their offers until then. What they are being asked stays open,
 * and what they agreed to stays agreed. "No puedo esta semana" is an answer while something is asked.
 */
export async function answerRest(turn: Turn): Promise<Outcome | null> {
  const wish = readRest(turn.text);
  if (!wish || turn.optedOut || (turn.shared && !turn.person)) return null;
  if (wish.kind === "away" && turn.prompt && !asksOtherMatter(turn.prompt)) return null;
  if (wish.kind === "back") {
    const { providers, attending } = await rest(turn, null);
    return providers === 0 ? null : say(attending > 0 ? "rest_over" : "rest_not_attending");
  }
  const until = lastDay(turn, wish);
  const resting = until === null ? null : await restUntil(turn, until);
  if (resting?.providers === 0) return wish.kind === "away" ? null : say("rest_not_provider");
  if (until === null || resting === null) return say("rest_bad_day");
  if (resting.attending === 0) return say("rest_not_attending");
  const asked = turn.prompt?.kind === "offer";
  return say(asked ? "rest_until_asked" : "rest_until", { date: (language) => sayDate(until, language) });
}

/** Today counts: DESCANSO 1 is today. Null for a day that cannot be read. */
function lastDay({ text, writtenAt }: Turn, wish: Exclude<RestWish, { kind: "back" }>): LimaDay | null {
  const today = limaDay(writtenAt);
  const latest = addDays(today, longestRestDays);
  const said = wish.kind === "rest-until" ? parseDay(text, today) : addDays(today, wish.days - 1);
  return said !== null && said > latest ? latest : said;
}

type Resting = { providers: number; attending: number };

/** For how many providers they rest, and how many of those get orders; null when the day is over already. */
async function restUntil(turn: Turn, until: LimaDay): Promise<Resting | null> {
  try {
    return await rest(turn, until);
  } catch (error) {
    if (error instanceof DomainError && error.category === "invalid") return null;
    throw error;
  }
}

async function rest({ kit, person, trace }: Turn, until: LimaDay | null): Promise<Resting> {
  if (!person) return { providers: 0, attending: 0 };
  const params = { personId: person.id };
  return kit.call(restProvider, { params, body: { until } }, { trace });
}

/** "3 de diciembre". */
function sayDate(day: LimaDay, language: string): string {
  const [, month, date] = day.split("-").map(Number);
  return phrase("date", { day: date ?? "", month: word("month", String(month), language) }, language);
}
