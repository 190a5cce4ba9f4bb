import { randomUUID } from "node:crypto";
import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, tocache, type MatchingRun } from "./matching-run.ts";
import { sponsoring } from "./sponsored-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());

const operator = () => on.signIn(randomUUID(), true);
const read = async (what: string, query: string) =>
  (await operator()("GET", `/api/matching/${what}?${query}`)).body;
const pruningCoffee: Need = { kind: "assistance", topic: "pruning", crop: "coffee" };
const urea: Need = { kind: "input", product: "urea" };
const uchiza = "221005";
const november = "from=2026-11-01&until=2026-11-30";

/** Done on the day after it was asked for. */
async function served(over: Parameters<MatchingRun["open"]>[0]): Promise<string> {
  const request = await on.openListed(over);
  const match = ranked(request, 1);
  await on.choose(match.id);
  await on.accept(match.id, "2026-11-26");
  const { engagement } = await on.read(request.id);
  on.clock.set(new Date("2026-11-26T15:00:00Z"));
  await on.report(engagement?.id ?? "", "done");
  return request.id;
}

test("what was asked for and what came of it is told by district and kind; what was served with what sponsors paid", async () => {
  const sponsors = sponsoring(on);
  await sponsors.active();
  on.catalog.near = [candidate({ monthlyCapacity: null, priceCentimos: 3_000 })];
  const [ana, eva] = [sponsors.person(), sponsors.person()];
  await served({ personId: ana });
  await served({ personId: ana, need: pruningCoffee });
  await served({ personId: eva, districtCode: uchiza });
  await sponsors.endAll();
  await on.openListed({ personId: eva });
  on.catalog.near = [];
  const dropped = await on.open({ personId: ana, need: urea });
  await on.cancel(dropped);
  await on.open({ personId: eva, need: urea });
  // Nobody sells it there: it is handed to an operator.
  await on.settle();

  const none = { requests: 0, matched: 0, agreed: 0, done: 0, unserved: 0, cancelled: 0, open: 0, people: 0 };
  const inTocache = { ...none, districtCode: tocache };
  const rows = [
    { ...inTocache, kind: "assistance", requests: 3, matched: 3, agreed: 2, done: 2, open: 1, people: 2 },
    { ...inTocache, kind: "input", requests: 2, unserved: 1, cancelled: 1, open: 1, people: 2 },
    {
      ...none,
      districtCode: uchiza,
      kind: "assistance",
      requests: 1,
      matched: 1,
      agreed: 1,
      done: 1,
      people: 1,
    },
  ];
  expect((await read("coverage", november)).rows).toEqual(rows);
  expect((await read("coverage", `${november}&area=221005`)).rows).toEqual(rows.slice(2));
  expect((await read("coverage", `${november}&area=2210&kind=input`)).rows).toEqual([rows[1]]);
  expect((await read("coverage", `${november}&area=25`)).rows).toEqual([]);
  expect((await read("coverage", "from=2026-12-01&until=2026-12-31")).rows).toEqual([]);

  const all = { people: 2, services: 3, sponsoredServices: 3, sponsorCentimos: 4_500 };
  expect(await read("served", november)).toEqual(all);
  expect(await read("served", `${november}&area=${tocache}`)).toEqual({
    people: 1,
    services: 2,
    sponsoredServices: 2,
    sponsorCentimos: 3_000,
  });
  const nothing = { people: 0, services: 0, sponsoredServices: 0, sponsorCentimos: 0 };
  expect(await read("served", `${november}&kind=input`)).toEqual(nothing);
  expect(await read("served", "from=2026-11-01&until=2026-11-25")).toEqual(nothing);
  expect(await read("served", "from=2026-12-01&until=2026-11-25")).toMatchObject({ code: "period-wrong" });
  expect(await read("coverage", "from=2024-01-01&until=2026-11-25")).toMatchObject({ code: "period-wrong" });
});

test("an operator narrows and turns round the list of requests", async () => {
  const ids = async (query: string) =>
    (await read("requests", query)).items.map(({ id }: { id: string }) => id);
  const lima = "150101";
  on.catalog.near = [candidate()];
  const first = await on.open({ districtCode: lima });
  on.clock.advance({ days: 1 });
  const second = await on.open({ districtCode: lima, need: urea });
  const third = await on.openListed({ districtCode: lima });
  const today = on.clock().toISOString().slice(0, 10);

  expect(await ids("area=15")).toEqual([third.id, second, first]);
  expect(await ids("area=15&order=oldest")).toEqual([first, second, third.id]);
  expect(await ids("area=150102")).toEqual([]);
  expect(await ids("area=15&kind=input")).toEqual([second]);
  expect(await ids(`area=15&from=${today}`)).toEqual([third.id, second]);
  expect(await ids(`area=15&until=${today}&kind=assistance`)).toEqual([third.id, first]);
  const page = await read("requests", "area=15&order=oldest&limit=2");
  expect(await ids(`area=15&order=oldest&limit=2&cursor=${page.next}`)).toEqual([third.id]);

  await on.choose(ranked(third, 1).id);
  await on.accept(ranked(third, 1).id);
  expect(await ids("area=15&engagement=disputed")).toEqual([]);
  const { engagement } = await on.read(third.id);
  await operator()("POST", `/api/matching/engagements/${engagement?.id}/dispute`, {
    reason: "price",
    by: "requester",
  });
  expect(await ids("area=15&engagement=disputed")).toEqual([third.id]);
});

test("sponsorships are listed by what they pay for, and one that names no kind pays for all", async () => {
  const sponsors = sponsoring(on);
  const ids = async (kind: string) =>
    (await read("sponsorships", `state=active&kind=${kind}`)).items.map(({ id }: { id: string }) => id);
  const visits = await sponsors.active();
  const any = await sponsors.active({ kinds: [] });
  expect(await ids("assistance")).toEqual([any.sponsorshipId, visits.sponsorshipId]);
  expect(await ids("training")).toEqual([any.sponsorshipId]);
});

test("reviews are listed by day, and the oldest first for who works them off", async () => {
  const ask = async () => {
    const request = await on.openListed();
    const { body } = await operator()("POST", `/api/matching/requests/${request.id}/review`, {});
    return String(body.reviewId);
  };
  const first = await ask();
  on.clock.advance({ days: 1 });
  const second = await ask();
  const today = on.clock().toISOString().slice(0, 10);
  const ids = async (query: string) =>
    (await read("reviews", query)).items.map(({ id }: { id: string }) => id);
  expect(await ids("state=open")).toEqual([second, first]);
  expect(await ids("order=oldest")).toEqual([first, second]);
  expect(await ids(`from=${today}`)).toEqual([second]);
  expect(await read("reviews", "cursor=nonsense")).toMatchObject({ code: "cursor-wrong" });
});
