import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, tocache, type MatchingRun } from "./matching-run.ts";
import { sponsoring } from "./sponsored-run.ts";

let run: MatchingRun;
let sponsors: ReturnType<typeof sponsoring>;
beforeAll(async () => {
  run = await startMatching();
  sponsors = sponsoring(run);
});
afterAll(() => run.stop());

let offer: ReturnType<typeof candidate>;
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  offer = candidate({ monthlyCapacity: 100 });
  run.catalog.near = [offer];
  run.sponsors.buyers.set(offer.providerId, { name: "Rosa", managers: [offer.providerPersonId] });
});

async function worked({ on, personId }: { on: string; personId?: string }, isDone = true): Promise<string> {
  const request = await run.openListed({ personId: personId ?? sponsors.person() });
  const { id } = ranked(request, 1);
  await run.choose(id);
  const { engagementId } = await run.accept(id, on);
  if (isDone) await run.report(engagementId ?? "", "done");
  return engagementId ?? "";
}

const earningsOf = (query = "", personId = offer.providerPersonId, isOperator = false) =>
  run.signIn(personId, isOperator)("GET", `/api/matching/agents/${offer.providerId}/earnings${query}`);

test("a month's work is counted by its day, with what producers owe, what a sponsor pays and what is to come", async () => {
  const sponsored = await sponsors.active({ districts: ["22"] }, "Cacao Andino");
  const first = await worked({ on: "2026-11-25" });
  await sponsors.step(sponsored.sponsorshipId, "end");
  const second = await worked({ on: "2026-11-26" });
  await worked({ on: "2026-11-27" }, false);
  const december = await worked({ on: "2026-12-01" });
  const { status, body } = await earningsOf();
  expect([status, body]).toMatchObject([
    200,
    {
      month: "2026-11",
      visits: 2,
      trainings: 0,
      services: 0,
      groupSessions: 0,
      producersOweCentimos: 4_500,
      sponsorsPayCentimos: 1_500,
      earnedCentimos: 6_000,
      expected: { agreed: 1, centimos: 3_000 },
      prices: [
        {
          kind: "assistance",
          priceCentimos: 3_000,
          priceUnit: "visita",
          done: 2,
          producersOweCentimos: 4_500,
          sponsorsPayCentimos: 1_500,
        },
      ],
    },
  ]);
  expect(body.work.items).toMatchObject([
    { engagementId: second, day: "2026-11-26", sponsored: null, group: false, byPhone: false },
    { engagementId: first, day: "2026-11-25", sponsored: { name: "Cacao Andino", paysCentimos: 1_500 } },
  ]);
  // For whom it was is told to who did it, and to no other manager.
  const boss = randomUUID();
  run.sponsors.buyers.set(offer.providerId, { name: "Rosa", managers: [offer.providerPersonId, boss] });
  expect(body.work.items[0].whom).toMatchObject({ districtCode: tocache, placeName: null });
  expect((await earningsOf("", boss)).body.work.items[0].whom).toBeNull();
  const page = (await earningsOf("?limit=1")).body.work;
  expect(page.items).toEqual(body.work.items.slice(0, 1));
  expect((await earningsOf(`?limit=1&cursor=${page.next}`)).body.work).toEqual({
    items: body.work.items.slice(1),
    next: null,
  });
  const next = (await earningsOf("?month=2026-12")).body;
  expect(next.work.items).toMatchObject([{ engagementId: december }]);
  expect(next.earnedCentimos).toBe(3_000);
});

test("of hectares nobody knows how many there were: such work is listed, and adds up to nothing", async () => {
  offer = { ...offer, priceUnit: "hectárea", priceCentimos: 40_000 };
  run.catalog.near = [offer];
  await worked({ on: "2026-11-25" });
  expect((await earningsOf()).body).toMatchObject({
    visits: 1,
    earnedCentimos: 0,
    prices: [{ priceCentimos: 40_000, priceUnit: "hectárea", done: 1, producersOweCentimos: null }],
    work: { items: [{ priceCentimos: 40_000 }] },
  });
});

test("what a month asks of a provider is read by who manages it, whoever is asked: days, places and open questions", async () => {
  run.catalog.upkeep.set(offer.providerId, {
    state: "verified",
    restsUntil: null,
    offers: [{ offerId: offer.offerId, kind: "assistance", confirmedOn: "2026-11-20", stage: "fresh" }],
    certificates: [],
  });
  const boss = randomUUID();
  run.sponsors.buyers.set(offer.providerId, { name: "Rosa", managers: [boss] });
  await worked({ on: "2026-11-25" });
  await worked({ on: "2026-11-25" }, false);
  await worked({ on: "2026-11-26" }, false);
  const asked = await run.openListed({ personId: sponsors.person() });
  const { askExpiresAt } = await run.choose(ranked(asked, 1).id);
  const url = `/api/matching/providers/${offer.providerId}/month-load`;
  const { status, body } = await run.signIn(boss)("GET", url);
  expect([status, body]).toMatchObject([
    200,
    {
      month: "2026-11",
      days: [
        { day: "2026-11-25", kind: "assistance", agreed: 1, done: 1 },
        { day: "2026-11-26", kind: "assistance", agreed: 1, done: 0 },
      ],
      places: [{ offerId: offer.offerId, taken: 4 }],
      asks: { open: 1, urgent: 0 },
    },
  ]);
  expect(new Date(body.asks.nextEndsAt)).toEqual(new Date(askExpiresAt));
  expect((await run.signIn(boss)("GET", `${url}?month=2026-12`)).body).toMatchObject({
    days: [],
    places: [],
  });
  expect((await run.signIn(offer.providerPersonId)("GET", url)).body.code).toBe("not-your-provider");
});

test("the money of a provider is read by its managers and operators alone", async () => {
  expect((await earningsOf("", randomUUID(), true)).status).toBe(200);
  expect((await earningsOf("", randomUUID())).body.code).toBe("not-your-provider");
  expect((await earningsOf("?cursor=x")).body.code).toBe("cursor-wrong");
  expect((await earningsOf("?month=2026-13")).status).toBe(422);
});
