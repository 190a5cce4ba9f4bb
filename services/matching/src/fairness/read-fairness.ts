import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { readFairness as contract } from "@minka/contracts/fairness";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaInstant, type LimaDay } from "@minka/domain/lima-time";
import type { ServiceKit } from "@minka/service/define-service";
import { countExposure, type Period } from "./count-exposure.ts";
import { countServed } from "./count-served.ts";

const longestDays = 366;

/** How fairly it is ranked, and who is left without, over requests opened in a period. `period-wrong` (422). */
export async function readFairness(
  { db, call }: Pick<ServiceKit, "db" | "call">,
  { from, until, most }: HandlerInput<typeof contract>["query"],
  trace: string,
): Promise<HandlerAnswer<typeof contract>> {
  const period = periodOf({ from, until });
  const [exposure, served] = await Promise.all([
    countExposure(db, period, most),
    countServed({ db, call }, period, trace),
  ]);
  return { ...exposure, ...served };
}

/** From the beginning of the first day to the end of the last, in Lima. `period-wrong` (422). */
export function periodOf({ from, until }: { from: LimaDay; until: LimaDay }): Period {
  if (until < from || until > addDays(from, longestDays))
    throw new DomainError("invalid", "period-wrong", "The period ends before it begins, or is too long.", {
      errors: [{ path: "query.until", message: `from ${from} to ${longestDays} days later` }],
    });
  return { begins: limaInstant(from, 0), ends: limaInstant(addDays(until, 1), 0) };
}
