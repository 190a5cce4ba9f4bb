import { plotGeometry } from "@minka/contracts/plots";
import { squareMetres } from "@minka/domain/area-units";
import { polygonNeededAboveSquareMetres, ringFault, signedSquareMetres } from "@minka/domain/plot-geometry";
import { deriveSize, isSizedCrop, type Harvest } from "@minka/domain/size-class";
import { createTestDatabase } from "@minka/test-kit/test-database";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { loadDemoData } from "../src/demo/load-demo-data.ts";
import { makeDemoData } from "../src/demo/make-demo-data.ts";

describe.each(["demo", "program"] as const)("the plots of %s", (name) => {
  const data = makeDemoData(name);
  const people = new Map(data.people.map((person) => [person.id, person]));

  test("are half of the producers', each of people who are there, and some of a couple", () => {
    const producers = data.people.length - data.providers.length;
    expect(data.plots.length).toBe(producers / 2 + (producers % 2) / 2);
    expect(data.plots.every(({ holderIds }) => holderIds.every((id) => people.has(id)))).toBe(true);
    const couples = data.plots.filter(({ holderIds }) => holderIds.length === 2);
    expect(couples.length).toBeGreaterThan(0);
    for (const { holderIds } of couples) {
      const sexes = holderIds.map((id) => people.get(id)?.sex);
      expect(new Set(sexes).size).toBe(2);
    }
    const holders = data.plots.flatMap(({ holderIds }) => holderIds);
    expect(new Set(holders).size).toBe(holders.length);
  });

  test("lead each of their holders to the size class they have", () => {
    for (const { holderIds, seasons } of data.plots) {
      for (const { crop, year, production } of seasons) {
        if (!production?.state || !isSizedCrop(crop))
          return expect.fail(`a season of ${crop} without weight`);
        const harvest: Harvest = { ...production, state: production.state, year };
        const derived = deriveSize(crop, [harvest])?.size;
        const classes = holderIds.map((id) => people.get(id)?.crops.find((own) => own.crop === crop)?.size);
        if (classes.some((size) => size !== derived)) expect.fail(`${crop} ${production.amount}`);
      }
    }
  });

  test("have geometries that the contract takes, with a border above four hectares", () => {
    const drawn = data.plots.flatMap(({ geometry, area }) => (geometry ? [{ geometry, area }] : []));
    expect(new Set(drawn.map(({ geometry }) => geometry.type)).size).toBe(2);
    for (const { geometry, area } of drawn) {
      expect(plotGeometry.parse(geometry)).toEqual(geometry);
      const metres = squareMetres(area);
      if (geometry.type === "Point") {
        expect(metres).toBeLessThanOrEqual(polygonNeededAboveSquareMetres);
        continue;
      }
      const ring = geometry.coordinates[0]?.map(([lon, lat]) => [Number(lon), Number(lat)] as const) ?? [];
      expect(ringFault(ring)).toBeNull();
      expect(signedSquareMetres(ring) / metres).toBeCloseTo(1, 1);
    }
  });
});

test("plots, seasons and words of the demo come in with it, once, also where the load broke off", async () => {
  const database = await createTestDatabase();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const load = () =>
      loadDemoData({ size: "demo", databaseUrl: (service) => database.url(service), progress: () => {} });
    await load();
    const counts = async () => {
      const [row] = await owner`
        select (select count(*)::int from profiles.plots) as plots,
          (select count(*)::int from profiles.seasons) as seasons,
          (select count(*)::int from profiles.plot_holders) as holders,
          (select count(*)::int from profiles.people where cardinality(wallets) > 0) as paid,
          (select count(*)::int from profiles.people where locality is not null) as placed`;
      return row;
    };
    const loaded = await counts();
    const { plots, people } = makeDemoData("demo");
    expect(loaded).toEqual({
      plots: plots.length,
      seasons: plots.flatMap(({ seasons }) => seasons).length,
      holders: plots.flatMap(({ holderIds }) => holderIds).length,
      paid: people.filter(({ wallets = [] }) => wallets.length > 0).length,
      placed: people.filter(({ locality }) => locality).length,
    });
    // As if the load had broken off before its end.
    await owner`truncate profiles.organizations cascade`;
    await load();
    expect(await counts()).toEqual(loaded);
  } finally {
    await owner.end();
    await database.drop();
  }
});
