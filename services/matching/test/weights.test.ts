import { randomUUID } from "node:crypto";
import { scoreParts, type Weights } from "@minka/contracts/weights";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstWeights } from "../src/ranking/first-weights.ts";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());

const url = "/api/matching/weights";
const operator = () => on.signIn(randomUUID(), true);
/** Nothing counts but one part. */
const only = (part: keyof Weights) =>
  Object.fromEntries(scoreParts.map((each) => [each, each === part ? 1 : 0])) as Weights;
const replace = (basedOn: number, assistance: Weights, more: object = {}) =>
  operator()("PUT", url, {
    basedOn,
    weights: { ...firstWeights, assistance },
    note: "de prueba",
    ...more,
  });

test("weights are replaced without deploying: the next list ranks by them, and each match says by which", async () => {
  const [near, cheap] = [
    candidate({ distanceKm: 1, priceCentimos: 9_000 }),
    candidate({ distanceKm: 40, priceCentimos: 1_000 }),
  ];
  on.catalog.near = [near, cheap];
  const before = await on.openListed();
  expect(ranked(before, 1).offerId).toBe(near.offerId);
  expect((await operator()("GET", url)).body.current).toMatchObject({ version: 2, by: "system" });

  expect(await replace(2, only("price"))).toMatchObject({ status: 200, body: { version: 3 } });
  const after = await on.openListed();
  expect(ranked(after, 1).offerId).toBe(cheap.offerId);
  const rows = await on.owner.sql`
    select distinct request_id, weights_version from matching.matches
    where request_id in (${before.id}, ${after.id}) order by weights_version`;
  expect(rows.map((row) => row["weights_version"])).toEqual([2, 3]);

  expect(await replace(2, only("fit"))).toMatchObject({
    status: 409,
    body: { code: "weights-changed", version: 3 },
  });
  const { body } = await operator()("GET", `${url}/versions`);
  expect(body.items.map(({ version, note }: { version: number; note: string }) => [version, note])).toEqual([
    [3, "de prueba"],
    [2, "The weights that Minka begins with"],
  ]);
});

test("of two operators at once one is told of the other; weights that do not sum to one are refused", async () => {
  const { current } = (await operator()("GET", url)).body;
  const answers = await Promise.all([
    replace(current.version, only("rating")),
    replace(current.version, only("speed")),
  ]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect((await replace(current.version + 1, { ...only("fit"), price: 0.1 })).status).toBe(422);
  expect((await on.signIn(randomUUID())("GET", url)).status).toBe(403);
});

test("how long the way takes is set the same way, and stays when only weights change", async () => {
  const { version } = (await operator()("GET", url)).body.current;
  await replace(version, only("distance"), { travelFactors: { "2210": 2 } });
  await replace(version + 1, only("distance"));
  on.catalog.near = [candidate({ distanceKm: 20 })];
  const { id, matches } = await on.openListed();
  expect(matches[0]?.score).toBe(0.33);
  const elsewhere = await on.openListed({ districtCode: "010101" });
  expect(elsewhere.matches[0]?.score).toBe(0.5);
  expect((await operator()("GET", `/api/matching/requests/${id}`)).status).toBe(200);
});
