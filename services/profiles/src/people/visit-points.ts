import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { visitPoints } from "@minka/contracts/planning-sources";
import type { PlotGeometry } from "@minka/contracts/plots";
import type { Queries } from "@minka/database/connect";
import { findDistrict, type Point } from "@minka/geography/districts";
import { and, eq, inArray, isNotNull, sql } from "@minka/database/query";
import { plotHolders, plots } from "../plots/plots-tables.ts";
import { consents, memberships, people } from "../tables.ts";

/**
 * Where people are visited: their largest measured plot, or their district. Only active people who have agreed that
 * Minka serves them, and not taken it back.
 */
export async function readVisitPoints(
  queries: Queries,
  { personIds }: { personIds: readonly string[] },
): Promise<HandlerAnswer<typeof visitPoints>> {
  const found = await queries
    .select({
      personId: people.id,
      districtCode: people.districtCode,
      locality: people.locality,
      sex: people.sex,
      prefersWoman: people.prefersWoman,
      organizationIds: sql<string[]>`array(select m.organization_id from ${memberships} m
        where m.person_id = people.id and m.state = 'active' order by 1)`,
    })
    .from(people)
    .where(
      and(
        inArray(people.id, [...personIds]),
        eq(people.state, "active"),
        sql`exists (select 1 from ${consents} c where c.person_id = people.id
          and c.purpose = 'service' and c.withdrawn_at is null)`,
      ),
    );
  const plotsOf = await largestPlots(
    queries,
    found.map(({ personId }) => personId),
  );
  return {
    people: found.flatMap(({ sex, ...person }) => {
      const plot = plotsOf.get(person.personId);
      const districtCode = person.districtCode ?? plot?.districtCode ?? null;
      const district = districtCode === null ? undefined : findDistrict(districtCode);
      if (!district) return [];
      const measured = plot && pointOf(plot.geometry);
      const { latitude, longitude } = measured ?? district.point;
      return [
        {
          ...person,
          districtCode: district.code,
          woman: sex === "f",
          point: { latitude, longitude },
          exact: measured !== undefined,
        },
      ];
    }),
  };
}

type MeasuredPlot = { personId: string; districtCode: string | null; geometry: PlotGeometry };

async function largestPlots(
  queries: Queries,
  personIds: readonly string[],
): Promise<Map<string, MeasuredPlot>> {
  if (personIds.length === 0) return new Map();
  const rows = await queries
    .selectDistinctOn([plotHolders.personId], {
      personId: plotHolders.personId,
      districtCode: plots.districtCode,
      geometry: plots.geometry,
    })
    .from(plotHolders)
    .innerJoin(plots, eq(plots.id, plotHolders.plotId))
    .where(and(inArray(plotHolders.personId, [...personIds]), isNotNull(plots.geometry)))
    .orderBy(plotHolders.personId, sql`${plots.squareMetres} desc`, plots.id);
  return new Map(
    rows.flatMap(({ geometry, ...row }) => (geometry ? [[row.personId, { ...row, geometry }]] : [])),
  );
}

/** A point, or the middle of a border's corners: near enough to walk to, whatever its shape. */
function pointOf(geometry: PlotGeometry): Point {
  const corners = geometry.type === "Point" ? [geometry.coordinates] : (geometry.coordinates[0] ?? []);
  // The first corner is also the last.
  const once = geometry.type === "Point" ? corners : corners.slice(0, -1);
  const mean = (of: 0 | 1) => once.reduce((sum, corner) => sum + Number(corner[of]), 0) / once.length;
  return { latitude: mean(1), longitude: mean(0) };
}
