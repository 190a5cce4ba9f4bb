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
import { toldHours, toldMean, toldShare } from "./as-told.ts";
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
  return {
    providerId,
    rating: {
      mean: publishedRatings === 0 ? null : toldMean(publishedSum, publishedRatings),
      count: publishedRatings,
    },
    asked: asks,
    answered: answers,
    answerShare: asks === 0 ? null : toldShare(answers, asks),
    answerHours: answers === 0 ? null : toldHours(answerMinutesSum, answers),
    openAsks,
    silentInRow,
    completed,
    noShows,
    calledOff: cancelledLate,
    completionShare: agreed === 0 ? null : toldShare(completed, agreed),
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
