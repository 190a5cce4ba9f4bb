import type { Answer, HandlerInput } from "@minka/contracts/endpoint";
import { readFarmFacts, type FarmFacts } from "@minka/contracts/farm-facts";
import type {
  changePledge as changeContract,
  makePledge as makeContract,
} from "@minka/contracts/lot-pledges";
import type { Transaction } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { nextState } from "@minka/domain/lifecycle";
import { actOf, type Act, type Context } from "@minka/service/act";
import { and, eq, isNull, sql } from "@minka/database/query";
import { record } from "../acting.ts";
import { refuseUnlessOpen } from "../lots/change-lot.ts";
import { findLot, lockLot, pointsOf } from "../lots/lock-lot.ts";
import { pledgeLifecycle } from "../lots/lot-lifecycle.ts";
import { isMember } from "../organizers/organizer.ts";
import { gramsInLot } from "../lots/lot-terms.ts";
import type { LotRow } from "../lots/lots-tables.ts";
import type { Calling } from "../lots/open-lot.ts";
import { idempotencyKeys } from "../tables.ts";
import { askPerson } from "../telling/asking.ts";
import { growthFlags } from "./could-grow.ts";
import { asWhom, findOwn, isOwnWord, lockPledge, pledgedBefore } from "./lock-pledge.ts";
import { pledgeAnswer } from "./pledge-view.ts";
import { certifiedAs } from "./certified-as.ts";
import { pledgePlots, pledges, type PledgeRow } from "./pledges-tables.ts";

type Said = HandlerInput<typeof changeContract>["body"];

const yearMs = 365 * 24 * 60 * 60 * 1000;

/**
 * A person offers harvest to a lot. Whoever records it for them has them asked whether it is so. `lot-closed` (409),
 * `not-a-member` (403), `person-unknown` (404), `already-pledged` (409, with its id) for the same variety, `plot-not-theirs`,
 * `point-unknown`, `weight-wrong`, `harvest-state-wrong` (422).
 */
export async function makePledge(
  means: Calling,
  context: Context,
  { params: { lotId }, body }: HandlerInput<typeof makeContract>,
): Promise<Answer<typeof makeContract>> {
  const { db, clock, call } = means;
  const { personId, ...said } = body;
  const found = await findLot(db.read, lotId);
  const as = await asWhom(call, context, { personId, lot: found });
  const own = isOwnWord(context.actor, as);
  refuseUnlessOpen(found, clock());
  await refuseStranger(means, context.trace, found, personId);
  const farm = await readFarm(means, context.trace, personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const lot = await lockLot(tx, lotId);
      refuseUnlessOpen(lot, act.at);
      const [same] = await tx
        .select({ id: pledges.id })
        .from(pledges)
        .where(
          and(
            eq(pledges.lotId, lotId),
            eq(pledges.personId, personId),
            eq(pledges.state, "open"),
            isNull(pledges.carriedFrom),
            sql`${pledges.variety} is not distinct from ${said.variety}`,
          ),
        );
      if (same)
        throw new DomainError("conflict", "already-pledged", "Change what is offered already.", {
          details: { pledgeId: same.id },
        });
      const pledgeId = newId();
      const columns = await weigh(tx, act, { lot, personId, said, farm, except: null, known: [] });
      const [pledge] = await tx
        .insert(pledges)
        .values({
          id: pledgeId,
          lotId,
          personId,
          state: "open",
          ...columns,
          confirmed: own,
          pledgedAt: act.at,
          trace: act.trace,
        })
        .returning();
      if (!pledge) throw new Error("a pledge that was written is not there");
      await keepPlots(tx, pledgeId, said.plotIds, farm);
      await record(tx, act, "pledge.make", `pledge:${pledgeId}`);
      if (!own) await askPerson(tx, act, { kind: "pledge", id: pledgeId });
      return pledgeAnswer(pledge);
    }),
  );
}

/** What is offered changes, until the deadline. As `makePledge`, and `illegal-transition` (409). */
export async function changePledge(
  means: Calling,
  context: Context,
  { params: { pledgeId }, body: said }: HandlerInput<typeof changeContract>,
): Promise<Answer<typeof changeContract>> {
  const { db, clock } = means;
  const { pledge: before, as } = await findOwn(means, context, pledgeId);
  const own = isOwnWord(context.actor, as);
  const farm = await readFarm(means, context.trace, before.personId);
  return db.transaction((tx) =>
    once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
      const act = actOf(context, clock());
      const { lot, pledge } = await lockPledge(tx, pledgeId);
      refuseUnlessOpen(lot, act.at);
      nextState(pledgeLifecycle, pledge.state, "change", as);
      if (pledge.carriedFrom !== null)
        throw new DomainError("conflict", "carried", "What came from another lot is weighed already.");
      const { personId } = pledge;
      const known = pledge.certificates;
      const columns = await weigh(tx, act, { lot, personId, said, farm, except: pledgeId, known });
      const [changed] = await tx
        .update(pledges)
        .set({ ...columns, confirmed: own })
        .where(eq(pledges.id, pledgeId))
        .returning();
      if (!changed) throw new Error("a pledge that was changed is not there");
      await keepPlots(tx, pledgeId, said.plotIds, farm);
      await record(tx, act, "pledge.change", `pledge:${pledgeId}`);
      if (!own) await askPerson(tx, act, { kind: "pledge", id: pledgeId });
      return pledgeAnswer(changed);
    }),
  );
}

async function refuseStranger(
  { call }: Pick<Calling, "call">,
  trace: string,
  { organizerKind, organizerId, openToNeighbours }: LotRow,
  personId: string,
): Promise<void> {
  if (organizerKind === "provider" || openToNeighbours) return;
  if (await isMember(call, personId, organizerId, trace)) return;
  throw new DomainError("forbidden", "not-a-member", "This lot is for the organization's members.");
}

async function readFarm(
  { call }: Pick<Calling, "call">,
  trace: string,
  personId: string,
): Promise<FarmFacts> {
  const { farms } = await call(readFarmFacts, { body: { personIds: [personId] } }, { trace });
  const [farm] = farms;
  if (!farm) throw new DomainError("not-found", "person-unknown", "Nobody has this id.");
  return farm;
}

type Weighing = {
  lot: LotRow;
  personId: string;
  said: Said;
  farm: FarmFacts;
  except: string | null;
  /** Certificates that were known of it before. */
  known: PledgeRow["certificates"];
};

async function weigh(tx: Transaction, act: Act, { lot, personId, said, farm, except, known }: Weighing) {
  const cropState = said.cropState ?? lot.cropState;
  const { grams, conversions } = gramsInLot(lot, said.amount, cropState);
  const { pointId, plotIds } = said;
  if (pointId !== null && !(await pointsOf(tx, lot.id)).some(({ id }) => id === pointId))
    throw pointUnknown();
  if (!plotIds.every((plotId) => farm.plots.some((plot) => plot.plotId === plotId)))
    throw new DomainError("invalid", "plot-not-theirs", "Some of these plots are not theirs.", {
      errors: [{ path: "body.plotIds", message: "must be plots that the person holds" }],
    });
  const since = new Date(act.at.getTime() - yearMs);
  const all = grams + (await pledgedBefore(tx, { personId, lot, except, since }));
  return {
    amount: said.amount.amount,
    unit: said.amount.unit,
    cropState,
    grams,
    conversions,
    variety: said.variety,
    certificates: certifiedAs(lot, said.certificates, [...known, ...heldFor(farm, lot, act.at)]),
    pointId,
    flags: growthFlags(farm, lot, { grams: all, plotIds }),
  };
}

/** As what their harvest of this crop will be certified when it is brought, by what they have entered. */
function heldFor({ certificates }: FarmFacts, { crop, collectFrom }: LotRow, at: Date) {
  const today = limaDay(at);
  const brought = collectFrom > today ? collectFrom : today;
  return certificates
    .filter((one) => (one.crop ?? crop) === crop && one.expiresOn >= brought)
    .map(({ certificate }) => certificate);
}

export const pointUnknown = () =>
  new DomainError("invalid", "point-unknown", "The lot is not collected there.", {
    errors: [{ path: "body.pointId", message: "must be a point of the lot" }],
  });

/** The plots that were named, or all that the person holds. */
async function keepPlots(
  tx: Transaction,
  pledgeId: string,
  plotIds: readonly string[],
  farm: FarmFacts,
): Promise<void> {
  await tx.delete(pledgePlots).where(eq(pledgePlots.pledgeId, pledgeId));
  const grown = farm.plots.filter(({ plotId }) => plotIds.length === 0 || plotIds.includes(plotId));
  if (grown.length === 0) return;
  await tx.insert(pledgePlots).values(grown.map((plot) => ({ pledgeId, plotId: plot.plotId, plot })));
}
