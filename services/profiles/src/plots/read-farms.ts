import type { HandlerAnswer, HandlerInput } from "@minka/contracts/endpoint";
import type { FarmFacts, readFarmFacts as contract } from "@minka/contracts/farm-facts";
import type { Queries } from "@minka/database/connect";
import { harvestKg } from "@minka/domain/harvest-weights";
import { and, asc, eq, inArray, or } from "@minka/database/query";
import { certificates } from "../certificates/certificates-tables.ts";
import { seasons } from "../seasons/seasons-tables.ts";
import { people } from "../tables.ts";
import { plotHolders, plots } from "./plots-tables.ts";

/**
 * What these people hold, last harvested and are certified for. A plot of several is each one's; who is not active is left out, who holds
 * nothing is there with nothing.
 */
export async function readFarms(
  queries: Queries,
  { personIds }: HandlerInput<typeof contract>["body"],
): Promise<HandlerAnswer<typeof contract>> {
  const known = await queries
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, personIds), eq(people.state, "active")));
  const ids = known.map(({ id }) => id);
  if (ids.length === 0) return { farms: [] };
  const held = await queries
    .select({ personId: plotHolders.personId, plot: plots })
    .from(plotHolders)
    .innerJoin(plots, eq(plots.id, plotHolders.plotId))
    .where(inArray(plotHolders.personId, ids))
    .orderBy(asc(plots.id));
  const plotIds = [...new Set(held.map(({ plot }) => plot.id))];
  const harvests = await queries
    .select()
    .from(seasons)
    .where(
      or(inArray(seasons.personId, ids), plotIds.length > 0 ? inArray(seasons.plotId, plotIds) : undefined),
    )
    .orderBy(asc(seasons.id));
  const certified = await queries
    .select({
      personId: certificates.personId,
      certificate: certificates.certificate,
      crop: certificates.crop,
      expiresOn: certificates.expiresOn,
    })
    .from(certificates)
    .where(inArray(certificates.personId, ids))
    .orderBy(asc(certificates.id));
  return {
    farms: ids.map((personId) => {
      const own = held.flatMap((each) => (each.personId === personId ? [each.plot] : []));
      const ownIds = new Set(own.map(({ id }) => id));
      return {
        personId,
        plots: own.map(({ id, districtCode, squareMetres, tenure, document, geometry }) => ({
          plotId: id,
          districtCode,
          squareMetres,
          tenure,
          document,
          geometry,
        })),
        harvests: lastYears(
          harvests.filter(
            (season) => season.personId === personId || (season.plotId !== null && ownIds.has(season.plotId)),
          ),
        ),
        certificates: certified.flatMap(({ personId: holder, ...one }) => (holder === personId ? [one] : [])),
      };
    }),
  };
}

/** Of each crop its last year in which something was weighed. */
function lastYears(rows: readonly (typeof seasons.$inferSelect)[]): FarmFacts["harvests"] {
  const told = rows.flatMap(({ plotId, crop, year, squareMetres, amount, unit, state }) =>
    amount === null || unit === null
      ? []
      : [{ plotId, crop, year, squareMetres, kg: harvestKg({ amount, unit }), state }],
  );
  const last = new Map<string, number>();
  for (const { crop, year } of told) last.set(crop, Math.max(year, last.get(crop) ?? 0));
  return told.filter(({ crop, year }) => last.get(crop) === year);
}
