import { distanceKm } from "@minka/geography/distance";
import { allDistricts, findDistrict, type Point } from "@minka/geography/districts";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coarseKm, publicPoint } from "../src/search/public-point.ts";
import { assistance, runCatalog, tocache, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
/** Two homes some 4 km apart, in one square of the grid: nobody who reads lists may tell which is whose. */
const homes: Record<string, Point> = {
  "Rosa Pinchi": { latitude: -8.166, longitude: -76.521 },
  "Elmer Tuanama": { latitude: -8.134, longitude: -76.482 },
};

beforeAll(async () => {
  run = await runCatalog();
  for (const [name, base] of Object.entries(homes))
    await run.provide({ name, terms: assistance(0, { base }) });
});
afterAll(() => run.stop());

const around = allDistricts()
  .filter(({ point }) => distanceKm(point, { latitude: -8.15, longitude: -76.5 }) < 60)
  .map(({ code }) => code);

describe.each(["offers", "providers"])("of %s", (list) => {
  async function read(query: Record<string, string | number>) {
    const { statusCode, body } = await run.app.inject({
      url: `/api/catalog/${list}`,
      query: query as Record<string, string>,
    });
    expect(statusCode).toBe(200);
    const { items, next } = JSON.parse(body);
    const names: string[] = items.map((item: { name?: string; provider?: { name: string } }) =>
      String(item.name ?? item.provider?.name),
    );
    return { names: names.toSorted(), next: next as string | null };
  }

  test("the cursor says the same distance of both, and not that of a home", async () => {
    for (const districtCode of around.slice(0, 3)) {
      const first = await read({ districtCode, nearKm: 200, sort: "nearest", limit: 1 });
      const [, , metres] = JSON.parse(Buffer.from(String(first.next), "base64url").toString());
      const from = findDistrict(districtCode)?.point;
      const away = (to: Point) => Math.round((from ? distanceKm(from, to) : 0) * 1000);
      expect(metres).toBe(away({ latitude: -8.15, longitude: -76.5 }));
      expect(Object.values(homes).map(away)).not.toContain(metres);
    }
  });

  test("every circle holds both or none", async () => {
    for (const districtCode of around.slice(0, 3)) {
      const counts = new Set<number>();
      for (let nearKm = 1; nearKm < 70; nearKm += 0.5)
        counts.add((await read({ districtCode, nearKm })).names.length);
      expect(counts).toEqual(new Set([0, 2]));
    }
  });

  test("every district is served by both or none, and by whoever is a candidate there", async () => {
    let [served, found] = [0, 0];
    for (const districtCode of around) {
      const { names } = await read({ districtCode });
      expect([0, 2], districtCode).toContain(names.length);
      const candidates = await run.find({ kind: "assistance" }, { districtCode });
      for (const name of candidates.names) expect(names).toContain(name);
      served += names.length;
      found += candidates.names.length;
    }
    // Candidates are still found from the very base.
    expect(found).toBeGreaterThan(0);
    expect(served).toBeGreaterThan(found);
  });
});

test("services measure from the base itself", async () => {
  const { candidates } = await run.candidates(
    { kind: "assistance" },
    { point: homes["Rosa Pinchi"], districtCode: tocache },
  );
  expect(candidates.map(({ providerName, distanceKm: km }) => [providerName, km])).toEqual([
    ["Rosa Pinchi", 0],
    ["Elmer Tuanama", 5.6],
  ]);
});

test("a base stands for all of its square, and no farther away than is said", () => {
  const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(degrees(-18.5, 0.1), degrees(-81.5, -68.5), (latitude, longitude) => {
      const shown = publicPoint({ latitude, longitude });
      expect(distanceKm(shown, { latitude, longitude })).toBeLessThanOrEqual(coarseKm);
      expect(publicPoint(shown)).toEqual(shown);
      for (const number of Object.values(shown))
        expect(Math.abs(number * 20 - Math.round(number * 20))).toBeLessThan(1e-9);
    }),
  );
});
