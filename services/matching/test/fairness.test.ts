import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());

const read = async (query = "from=2026-11-01&until=2026-11-30") =>
  on.signIn(randomUUID(), true)("GET", `/api/matching/fairness?${query}`);

test("an operator sees who is shown beside what they merit, and who is left without", async () => {
  const [first, second] = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 60 })];
  const [woman, member] = [randomUUID(), randomUUID()];
  on.sponsors.traits.set(woman, {
    sex: "f",
    sizeClass: "small",
    districtCode: "221001",
    organizationIds: [],
  });
  on.sponsors.traits.set(member, {
    sex: "m",
    sizeClass: "medium",
    districtCode: "221001",
    organizationIds: [randomUUID()],
  });
  on.catalog.near = [first, second];
  const listed = await on.openListed({ personId: member });
  await on.choose(ranked(listed, 1).id);
  await on.accept(ranked(listed, 1).id);
  on.catalog.near = [];
  await on.openListed({ personId: woman });
  await on.openListed({ districtCode: "221002" });

  const { status, body } = await read();
  expect(status).toBe(200);
  const [kind] = body.kinds;
  expect(kind).toMatchObject({ kind: "assistance", lists: 1, providers: 2 });
  const of = (id: string) =>
    body.providers.find(({ providerId }: { providerId: string }) => providerId === id);
  const [one, two] = [of(first.providerId), of(second.providerId)];
  expect(one).toMatchObject({ listed: 1, exposure: 1, asked: 1, engaged: 1 });
  expect(two.exposure).toBeCloseTo(1 / Math.log2(3), 10);
  expect(one.exposureShare + two.exposureShare).toBeCloseTo(1, 10);
  expect(one.meritShare + two.meritShare).toBeCloseTo(1, 10);
  expect(kind.inequity).toBeCloseTo(Math.abs(one.exposureShare - one.meritShare), 10);
  expect(two.ratio).toBeCloseTo(two.exposureShare / two.meritShare, 10);

  const without = { requests: 1, unmatched: 1, unserved: 1 };
  expect(body.byDistrict).toEqual([
    { districtCode: "221001", requests: 2, unmatched: 1, unserved: 1 },
    { districtCode: "221002", ...without },
  ]);
  expect(body.bySex).toEqual([
    { sex: "f", ...without },
    { sex: "m", requests: 1, unmatched: 0, unserved: 0 },
    { sex: null, ...without },
  ]);
  expect(body.bySize).toContainEqual({ sizeClass: "small", ...without });
  expect(body.byMembership).toEqual([
    { member: false, ...without },
    { member: null, ...without },
    { member: true, requests: 1, unmatched: 0, unserved: 0 },
  ]);
});

test("the days of the period are Lima's, and only operators see it", async () => {
  expect((await read("from=2026-12-01&until=2026-12-31")).body).toMatchObject({ kinds: [], byDistrict: [] });
  expect(await read("from=2026-11-30&until=2026-11-01")).toMatchObject({
    status: 422,
    body: { code: "period-wrong" },
  });
  const url = "/api/matching/fairness?from=2026-11-01&until=2026-11-30";
  expect((await on.signIn(randomUUID())("GET", url)).status).toBe(403);
});
