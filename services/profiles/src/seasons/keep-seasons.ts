import type { Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type {
  addSeason as addContract,
  changeSeason as changeContract,
  listSeasons as listContract,
  removeSeason as removeContract,
} from "@minka/contracts/plots";
import type { Queries } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { once } from "@minka/database/once";
import { DomainError } from "@minka/domain/errors";
import { actOf, type Context, type Means } from "@minka/service/act";
import { and, desc, eq } from "@minka/database/query";
import { record } from "../acts.ts";
import { olderThan, pageOf } from "../people/list-pages.ts";
import { refuseOthers, refuseUnknownPerson } from "../people/read-person.ts";
import { breaksUnique } from "../people/unique-violation.ts";
import { idempotencyKeys } from "../tables.ts";
import { refreshSizes, seasonsOf } from "./derive-sizes.ts";
import { lockPlace, lockSeason } from "./lock-season.ts";
import { refuseOddSeason, seasonRow, seasonView } from "./season-row.ts";
import { seasons } from "./seasons-tables.ts";

export async function listSeasons(
  queries: Queries,
  actor: Actor,
  { params: { personId }, query }: HandlerInput<typeof listContract>,
) {
  refuseOthers(actor, personId);
  await refuseUnknownPerson(queries, personId);
  const rows = await queries
    .select()
    .from(seasons)
    .where(
      and(
        seasonsOf(queries, personId),
        query.plotId === undefined ? undefined : eq(seasons.plotId, query.plotId),
        query.crop === undefined ? undefined : eq(seasons.crop, query.crop),
        olderThan(seasons.id, query.cursor),
      ),
    )
    .orderBy(desc(seasons.id))
    .limit(query.limit + 1);
  return pageOf(rows, query.limit, seasonView);
}

/** Throws `season-known` (409) where this crop's season is told already: it is changed, not added. */
export async function addSeason(
  { db, clock }: Means,
  context: Context,
  { params: { personId }, body }: HandlerInput<typeof addContract>,
) {
  refuseOthers(context.actor, personId);
  const at = clock();
  const { plotId, ...told } = body;
  return refusingKnown(() =>
    db.transaction((tx) =>
      once(tx, { idempotencyKeys }, { claim: context.claim, clock }, async () => {
        const place = await lockPlace(tx, personId, plotId);
        refuseOddSeason(told, place.squareMetres, at);
        const [row] = await tx
          .insert(seasons)
          .values({
            ...seasonRow(told),
            id: newId(),
            personId: plotId === null ? personId : null,
            plotId,
            createdAt: at,
            updatedAt: at,
          })
          .returning();
        if (!row) throw new Error("a season vanished while being written");
        await refreshSizes(tx, place.holderIds, []);
        await record(tx, actOf(context, at), "season.add", row.id);
        return { season: seasonView(row) };
      }),
    ),
  );
}

export async function changeSeason(
  { db, clock }: Means,
  context: Context,
  { params: { personId, seasonId }, body }: HandlerInput<typeof changeContract>,
) {
  refuseOthers(context.actor, personId);
  const at = clock();
  return refusingKnown(() =>
    db.transaction(async (tx) => {
      const { season, place } = await lockSeason(tx, personId, seasonId);
      refuseOddSeason(body, place.squareMetres, at);
      const [row] = await tx
        .update(seasons)
        .set({ ...seasonRow(body), updatedAt: at })
        .where(eq(seasons.id, seasonId))
        .returning();
      if (!row) throw new Error("a locked season vanished");
      await refreshSizes(tx, place.holderIds, [season.crop]);
      await record(tx, actOf(context, at), "season.change", seasonId);
      return { season: seasonView(row) };
    }),
  );
}

export async function removeSeason(
  { db, clock }: Means,
  context: Context,
  { params: { personId, seasonId } }: HandlerInput<typeof removeContract>,
) {
  refuseOthers(context.actor, personId);
  return db.transaction(async (tx) => {
    const { season, place } = await lockSeason(tx, personId, seasonId);
    await tx.delete(seasons).where(eq(seasons.id, seasonId));
    await refreshSizes(tx, place.holderIds, [season.crop]);
    await record(tx, actOf(context, clock()), "season.remove", seasonId);
    return { seasonId };
  });
}

async function refusingKnown<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!breaksUnique(error, "seasons_once")) throw error;
    throw new DomainError(
      "conflict",
      "season-known",
      "This season of the crop is already entered here: correct that one, or name the variety.",
    );
  }
}
