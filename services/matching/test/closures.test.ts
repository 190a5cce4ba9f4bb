import { closePlace, listClosures, openPlace } from "@minka/contracts/closures";
import { addDays } from "@minka/domain/lima-time";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, tocache, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
let operator: ReturnType<MatchingRun["signIn"]>;
beforeAll(async () => {
  run = await startMatching();
  operator = run.signIn(randomUUID(), true);
});
afterAll(() => run.stop());
beforeEach(async () => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  run.catalog.near = [candidate()];
  await run.owner.sql`delete from matching.closures`;
});

const close = (over: object = {}) =>
  operator("POST", closePlace.path, { area: tocache, until: "2026-11-28", reason: "rain", ...over });

async function asked(place?: { name: string; point: { latitude: number; longitude: number } }) {
  const listed = await run.openListed(place ? { place } : {});
  await run.choose(ranked(listed, 1).id);
  return { id: listed.id, matchId: ranked(listed, 1).id };
}

test("where nobody gets to, no visit is agreed before it is open, and one without a day is proposed after", async () => {
  expect((await close()).status).toBe(201);
  const { id, matchId } = await asked();
  const provider = run.signIn((await run.read(id)).matches[0]?.providerPersonId ?? "");
  const said = await provider("POST", `/api/matching/matches/${matchId}/answer`, {
    accept: true,
    visitOn: "2026-11-27",
  });
  expect(said).toMatchObject({ status: 409, body: { code: "place-closed", openOn: "2026-11-29" } });
  await run.accept(matchId);
  expect((await run.read(id)).engagement?.visitOn).toBe("2026-11-29");
});

test("a plain yes holds where the road is closed for as long as one can be", async () => {
  await close({ until: "2027-01-23" });
  const { id, matchId } = await asked();
  await run.accept(matchId);
  expect((await run.read(id)).engagement?.visitOn).toBe("2027-01-24");
});

test("an operator hears of each visit that was agreed for those days there, once", async () => {
  const agree = async (visitOn: string, place?: Parameters<typeof asked>[0]) => {
    const { id, matchId } = await asked(place);
    await run.accept(matchId, visitOn);
    return id;
  };
  const there = { name: "nuevo horizonte", point: { latitude: -8.2, longitude: -76.5 } };
  const within = await agree("2026-11-27", there);
  const later = await agree("2026-11-29", there);
  const elsewhere = await agree("2026-11-27");
  const doubted = async (id: string) =>
    (await run.told(id)).filter(({ event }) => event === "engagement.in-doubt").length;
  await close({ placeName: "Nuevo Horizonte" });
  expect(await Promise.all([within, later, elsewhere].map(doubted))).toEqual([1, 0, 0]);
  await run.settle();
  await close({ area: "2210" });
  expect(await Promise.all([within, later, elsewhere].map(doubted))).toEqual([2, 0, 1]);
});

test("time to answer is not shortened by it", async () => {
  await close({ until: "2026-11-24" });
  const { id } = await asked();
  expect((await run.read(id)).matches[0]?.askExpiresAt).toBe("2026-11-25T12:00:00.000Z");
});

test("it holds for the whole area, of a hamlet for that alone, and no longer once it is open", async () => {
  const { body } = await close({ area: "2210", until: "2026-11-26" });
  const { closure: hamlet } = (await close({ placeName: "Nuevo Horizonte", until: "2026-12-03" })).body;
  const there = { name: "nuevo horizonte", point: { latitude: -8.2, longitude: -76.5 } };
  const [town, village] = [await asked(), await asked(there)];
  await run.accept(town.matchId);
  expect((await run.read(town.id)).engagement?.visitOn).toBe("2026-11-27");
  expect(await refusal(run.accept(village.matchId, "2026-12-01"))).toBe("place-closed");
  await operator("POST", openPlace.path.replace(":closureId", hamlet.id));
  await run.accept(village.matchId, "2026-12-01");
  const open = await operator("GET", `${listClosures.path}?districtCode=${tocache}`);
  expect(open.body.closures).toEqual([body.closure]);
});

test("one that is over by itself closes nothing", async () => {
  await close({ until: "2026-11-25" });
  run.clock.advance({ days: 5 });
  const { id, matchId } = await asked();
  await run.accept(matchId);
  expect((await run.read(id)).engagement?.visitOn).toBe(addDays("2026-11-29", 2));
});

test("operators say it, and nobody for an organization that they do not manage; for two months at most", async () => {
  const somebody = run.signIn(randomUUID());
  const body = { area: tocache, until: "2026-11-28", reason: "road" };
  expect(await somebody("POST", closePlace.path, body)).toMatchObject({
    status: 403,
    body: { code: "not-your-organization" },
  });
  expect(await close({ until: "2027-03-01" })).toMatchObject({ body: { code: "closure-out-of-range" } });
  expect(await close({ area: "999999" })).toMatchObject({ body: { code: "area-unknown" } });
  expect(await close({ area: "22", placeName: "Nuevo" })).toMatchObject({
    body: { code: "hamlet-needs-district" },
  });
});
