import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { measures, type recordQuality as contract } from "@minka/contracts/lot-pledges";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { addDays, limaDay } from "@minka/domain/lima-time";
import type { Context } from "@minka/service/act";
import { and, eq, inArray, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import type { Calling } from "../lots/open-lot.ts";
import { supersedeComposition } from "../lots/supersede-composition.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { onContribution } from "./on-contribution.ts";
import { measuredView } from "./pledge-view.ts";
import { qualityResults, type PledgeRow } from "./pledges-tables.ts";

/** A sample may be measured before its harvest is offered, and one of last season says nothing of it. */
const longestBeforeDays = 180;

/**
 * What was measured of a contribution, each result in the place of the one before. `not-collecting` (409),
 * `measured-in-future`, `measured-before-harvest` (422).
 */
export const recordQuality = (
  means: Calling,
  context: Context,
  { params: { pledgeId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> =>
  onContribution(means, context, pledgeId, async (tx, act, { lot, pledge }) => {
    refuseOfAnother(body, pledge, act.at);
    const results = measures.flatMap((measure) => {
      const value = body.results[measure];
      return value === undefined ? [] : [{ measure, value }];
    });
    await tx
      .update(qualityResults)
      .set({ replacedAt: act.at })
      .where(
        and(
          eq(qualityResults.pledgeId, pledgeId),
          isNull(qualityResults.replacedAt),
          inArray(
            qualityResults.measure,
            results.map(({ measure }) => measure),
          ),
        ),
      );
    const { measuredOn, laboratory, measuredBy } = body;
    const rows = await tx
      .insert(qualityResults)
      .values(
        results.map((result) => ({
          id: newId(),
          pledgeId,
          ...result,
          measuredOn,
          laboratory,
          measuredBy,
          recordedAt: act.at,
        })),
      )
      .returning();
    await supersedeComposition(tx, act, lot.id);
    await record(tx, act, "pledge.measure", `pledge:${pledgeId}`);
    await tellPeople(tx, act, { kind: "contribution-measured", id: pledgeId }, [pledge.personId]);
    return { measured: rows.map(measuredView) };
  });

function refuseOfAnother({ measuredOn }: { measuredOn: string }, { pledgedAt }: PledgeRow, at: Date): void {
  if (measuredOn > limaDay(at))
    throw new DomainError("invalid", "measured-in-future", "Nothing is measured before its day.", {
      errors: [{ path: "body.measuredOn", message: "is to come" }],
    });
  if (measuredOn < addDays(limaDay(pledgedAt), -longestBeforeDays))
    throw new DomainError("invalid", "measured-before-harvest", "That was measured of another harvest.", {
      errors: [
        { path: "body.measuredOn", message: `at most ${longestBeforeDays} days before it was offered` },
      ],
    });
}
