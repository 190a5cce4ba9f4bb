import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import type { carryPledge as contract } from "@minka/contracts/lot-pledges";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context } from "@minka/service/act";
import { and, asc, eq, inArray, isNull } from "@minka/database/query";
import { record } from "../acting.ts";
import { findLot } from "../lots/lock-lot.ts";
import { refuseUnlessOrganizer } from "../organizers/organizer.ts";
import { lots } from "../lots/lots-tables.ts";
import type { Calling } from "../lots/open-lot.ts";
import { supersedeComposition } from "../lots/supersede-composition.ts";
import { idempotencyKeys } from "../tables.ts";
import { tellPeople } from "../telling/tell-people.ts";
import { findPledge } from "./lock-pledge.ts";
import { pledgeAnswer } from "./pledge-view.ts";
import { pledgePlots, pledges, qualityResults } from "./pledges-tables.ts";

/**
 * What a composition left goes to another lot of the same organizer, with all that is known of it. `lot-not-alike` (409),
 * `nothing-left` (409) for more than is left.
 */
export async function carryPledge(
  { db, clock, call }: Calling,
  context: Context,
  { params: { pledgeId }, body }: HandlerInput<typeof contract>,
): Promise<Answer<typeof contract>> {
  const found = await findPledge(db.read, pledgeId);
  await refuseUnlessOrganizer(call, context, await findLot(db.read, found.lotId));
  await findLot(db.read, body.lotId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const both = await tx
        .select()
        .from(lots)
        .where(inArray(lots.id, [found.lotId, body.lotId]))
        .orderBy(asc(lots.id))
        .for("update");
      const from = both.find(({ id }) => id === found.lotId);
      const to = both.find(({ id }) => id === body.lotId && id !== found.lotId);
      const alike =
        from &&
        to &&
        from.organizerKind === to.organizerKind &&
        from.organizerId === to.organizerId &&
        from.crop === to.crop &&
        from.cropState === to.cropState &&
        ["open", "collecting"].includes(to.state);
      if (!alike)
        throw new DomainError(
          "conflict",
          "lot-not-alike",
          "That lot cannot take it: another crop, state or organizer.",
        );
      const [pledge] = await tx.select().from(pledges).where(eq(pledges.id, pledgeId)).for("update");
      // What came here from a third lot is free there again once this one is given up.
      const given = pledge?.carriedFrom != null && pledge.state !== "open";
      const left = given ? 0 : (pledge?.leftGrams ?? 0) - (pledge?.carriedGrams ?? 0);
      const grams = body.grams ?? left;
      if (!pledge || grams < 1 || grams > left)
        throw new DomainError("conflict", "nothing-left", "So much is not left of it.", {
          details: { left },
        });
      await tx
        .update(pledges)
        .set({ carriedGrams: pledge.carriedGrams + grams })
        .where(eq(pledges.id, pledgeId));
      const id = newId();
      const [carried] = await tx
        .insert(pledges)
        .values({
          ...pledge,
          id,
          lotId: to.id,
          state: "open",
          amount: grams / 1000,
          unit: "kg",
          cropState: to.cropState,
          grams,
          conversions: [],
          pointId: null,
          pledgedAt: act.at,
          weighedGrams: grams,
          takenGrams: null,
          leftGrams: null,
          leftBecause: null,
          carriedGrams: 0,
          carriedFrom: pledgeId,
          trace: act.trace,
        })
        .returning();
      if (!carried) throw new Error("a pledge that was written is not there");
      const plots = await tx.select().from(pledgePlots).where(eq(pledgePlots.pledgeId, pledgeId));
      if (plots.length > 0)
        await tx.insert(pledgePlots).values(plots.map((each) => ({ ...each, pledgeId: id })));
      const results = await tx
        .select()
        .from(qualityResults)
        .where(and(eq(qualityResults.pledgeId, pledgeId), isNull(qualityResults.replacedAt)));
      if (results.length > 0)
        await tx
          .insert(qualityResults)
          .values(results.map((each) => ({ ...each, id: newId(), pledgeId: id })));
      await supersedeComposition(tx, act, to.id);
      await record(tx, act, "pledge.carry", `pledge:${id}`);
      await tellPeople(tx, act, { kind: "contribution-carried", id }, [pledge.personId]);
      return pledgeAnswer(carried);
    }),
  );
}
