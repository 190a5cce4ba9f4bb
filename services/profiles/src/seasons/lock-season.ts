import type { Transaction } from "@minka/database/connect";
import { DomainError } from "@minka/domain/errors";
import { and, eq } from "@minka/database/query";
import { lockPerson } from "../people/lock-people.ts";
import { lockPlot } from "../plots/lock-plot.ts";
import { seasonsOf } from "./derive-sizes.ts";
import { seasons } from "./seasons-tables.ts";

/** Where a season is told: on a plot, whose holders all have it, or of one person. */
type Place = { readonly squareMetres: number | null; readonly holderIds: readonly string[] };

/** Locks whomever a season concerns. Throws `plot-unknown` (404) for a plot that the person does not hold. */
export async function lockPlace(tx: Transaction, personId: string, plotId: string | null): Promise<Place> {
  if (plotId !== null) return lockPlot(tx, personId, plotId);
  await lockPerson(tx, personId);
  return { squareMetres: null, holderIds: [personId] };
}

/** A season that the person may change, with whom it concerns. Throws `season-unknown` (404). */
export async function lockSeason(tx: Transaction, personId: string, seasonId: string) {
  const mine = and(eq(seasons.id, seasonId), seasonsOf(tx, personId));
  const [found] = await tx.select({ plotId: seasons.plotId }).from(seasons).where(mine);
  if (!found) throw seasonUnknown();
  const place = await lockPlace(tx, personId, found.plotId);
  const [season] = await tx.select().from(seasons).where(mine);
  if (!season) throw seasonUnknown();
  return { season, place };
}

function seasonUnknown(): DomainError {
  return new DomainError("not-found", "season-unknown", "This person has no such season.");
}
