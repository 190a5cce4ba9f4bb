import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { readUpkeep, type readStanding as contract } from "@minka/contracts/standings";
import type { Database } from "@minka/database/connect";
import { limaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import type { ServiceKit } from "@minka/service/define-service";
import { and, count, eq } from "@minka/database/query";
import { askLoad } from "../capacity/ask-load-tables.ts";
import { matches, standings } from "../tables.ts";
import { none } from "./add-to-standing.ts";
import { lowersStanding } from "./lowers-standing.ts";
import { refuseUnlessManages } from "./manages-provider.ts";

/** How a provider stands, and what it can do about it. `not-your-provider` (403), `provider-unknown` (404). */
export async function readStanding(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  context: Pick<Context, "actor" | "trace">,
  { params: { providerId } }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  await refuseUnlessManages(call, context, providerId);
  const upkeep = await call(readUpkeep, { params: { providerId } }, { trace: context.trace });
  const known = await readKnown(db, providerId);
  const now = clock();
  const { asks, answers, answerMinutesSum, completed, noShows, cancelledLate, openAsks } = known;
  const { publishedRatings, publishedSum, helped, helpAsked, silentInRow } = known;
  const agreed = completed + noShows + cancelledLate;
  const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    providerId,
    rating: {
      mean: publishedRatings === 0 ? null : rounded(publishedSum / publishedRatings, 1),
      count: publishedRatings,
    },
    asked: asks,
    answered: answers,
    answerShare: asks === 0 ? null : rounded(Math.min(1, answers / asks), 2),
    answerHours: answers === 0 ? null : rounded(answerMinutesSum / answers / 60, 1),
    openAsks,
    silentInRow,
    completed,
    noShows,
    calledOff: cancelledLate,
    completionShare: agreed === 0 ? null : rounded(completed / agreed, 2),
    helped,
    helpAsked,
    ...upkeep,
    reasons: lowersStanding(known, upkeep, limaDay(now)),
    asOf: now.toISOString(),
  };
}

async function readKnown({ read }: Database, providerId: string) {
  const [[counters], [load], [open]] = await Promise.all([
    read.select().from(standings).where(eq(standings.providerId, providerId)),
    read.select({ silentInRow: askLoad.silentInRow }).from(askLoad).where(eq(askLoad.providerId, providerId)),
    read
      .select({ openAsks: count() })
      .from(matches)
      .where(and(eq(matches.providerId, providerId), eq(matches.state, "asked"))),
  ]);
  return { ...none, ...counters, silentInRow: load?.silentInRow ?? 0, openAsks: open?.openAsks ?? 0 };
}
