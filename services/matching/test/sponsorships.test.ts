import { limaDay } from "@minka/domain/lima-time";
import { randomUUID } from "node:crypto";
import { chooseAttendance } from "@minka/contracts/attendance";
import type { Traits } from "@minka/contracts/traits";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";
import { halfOfVisits, sponsoring } from "./sponsored-run.ts";

let run: MatchingRun;
let sponsors: ReturnType<typeof sponsoring>;
beforeAll(async () => {
  run = await startMatching();
  sponsors = sponsoring(run);
});
afterAll(() => run.stop());
beforeEach(async () => {
  await sponsors.endAll();
  run.catalog.near = [
    candidate({ priceCentimos: 3_000 }),
    candidate({ priceCentimos: 6_000, distanceKm: 20 }),
  ];
  run.catalog.far = [];
  run.sponsors.asked.length = 0;
});

const openFor = (personId: string) => run.openListed({ personId });
const askedEvents = async (requestId: string) =>
  (await run.told(requestId)).filter(({ event }) => event === "match.asked").map(({ payload }) => payload);

test("a list says who pays how much of each price, and the order and the scores are those without a sponsor", async () => {
  run.catalog.near = Array.from({ length: 8 }, (_, index) =>
    candidate({ priceCentimos: index === 3 ? null : 1_000 * (index + 1), distanceKm: 9 + index }),
  );
  for (const { providerPersonId } of run.catalog.near) run.consents.women.add(providerPersonId);
  const before = await openFor(sponsors.person());
  await sponsors.active();
  // The same request once more: another would have another lot.
  for (const by of ["woman", "anybody"] as const) {
    const of = { params: { requestId: before.id }, body: { by } };
    await run.call(chooseAttendance, of, { trace: run.trace });
    await run.settle();
  }
  const after = (await run.read(before.id)).matches.filter(({ state }) => state === "listed");
  const ranksOf = (matches: typeof after) =>
    matches.map(({ offerId, rank, score, reasons }) => [offerId, rank, score, reasons]);
  expect(ranksOf(after)).toEqual(ranksOf(before.matches));
  expect(before.matches.map(({ sponsor }) => sponsor)).toEqual(before.matches.map(() => null));
  for (const { priceCentimos, sponsor } of after)
    expect(sponsor).toEqual(
      priceCentimos === null
        ? null
        : { name: "Cacao Andino", paysCentimos: Math.min(priceCentimos / 2, 2_000) },
    );
});

test("where nobody pays for such a service, nothing is read of the person", async () => {
  await sponsors.active({ kinds: ["training"] });
  await sponsors.active({ districts: ["10"] });
  await sponsors.active({ crops: ["coffee"] });
  const request = await openFor(sponsors.person());
  expect(ranked(request, 1).sponsor).toBeNull();
  expect(run.sponsors.asked).toEqual([]);
});

test("only who is of the group is paid for: what is not known of somebody is not taken for granted", async () => {
  const cooperative = randomUUID();
  await sponsors.active({ sexes: ["f"], sizeClasses: ["small"], organizationIds: [cooperative] });
  const small: Partial<Traits> = { sex: "f", sizeClass: "small", organizationIds: [cooperative] };
  const paid = async (traits: Parameters<typeof sponsors.person>[0]) =>
    ranked(await openFor(sponsors.person(traits)), 1).sponsor !== null;
  expect(await paid(small)).toBe(true);
  expect(await paid({ ...small, sex: null })).toBe(false);
  expect(await paid({ ...small, sizeClass: null })).toBe(false);
  expect(await paid({ ...small, organizationIds: [] })).toBe(false);
  // Of whom profiles tells nothing.
  expect(ranked(await openFor(randomUUID()), 1).sponsor).toBeNull();
});

test("asked: kept aside; declined: kept aside for the next; done: spent, and the report tells of it", async () => {
  const { sponsorshipId } = await sponsors.active();
  const request = await openFor(sponsors.person({ sex: "f", sizeClass: "small" }));
  const [first, second] = [ranked(request, 1), ranked(request, 2)];
  await run.choose(first.id);
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: first.sponsor?.paysCentimos, spent: 0 });
  await run.decline(first.id);
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: second.sponsor?.paysCentimos, spent: 0 });
  const { engagementId } = await run.accept(second.id);
  await run.report(engagementId!, "done");
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 0, spent: second.sponsor?.paysCentimos });
  const { body } = await sponsors.asOperator("GET", `${sponsors.base}/${sponsorshipId}/report`);
  const cell = { services: 1, persons: 1, reservedCentimos: 0, spentCentimos: second.sponsor?.paysCentimos };
  expect(body.report.rows).toEqual([
    { by: "district", value: "221001", ...cell },
    { by: "member", value: "no", ...cell },
    { by: "sex", value: "f", ...cell },
    { by: "size", value: "small", ...cell },
  ]);
});

test("cancelled, not come, or contested: the money is there for another", async () => {
  const { sponsorshipId } = await sponsors.active();
  const nothing = { reserved: 0, spent: 0 };
  run.catalog.near = [candidate()];
  const cancelled = await openFor(sponsors.person());
  await run.choose(ranked(cancelled, 1).id);
  await run.cancel(cancelled.id);
  expect(await sponsors.money(sponsorshipId)).toEqual(nothing);
  const contested = await openFor(sponsors.person());
  await run.choose(ranked(contested, 1).id);
  const { engagementId } = await run.accept(ranked(contested, 1).id, limaDay(run.clock()));
  await run.report(engagementId!, "done", "provider");
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 0, spent: 1_500 });
  await run.report(engagementId!, "no_show", "requester");
  expect(await sponsors.money(sponsorshipId)).toEqual(nothing);
});

test("money that is gone by then: the list stops saying so, the ask goes on, and it is told that this changed", async () => {
  run.catalog.near = [candidate({ priceCentimos: 4_000 })];
  await sponsors.active({ budgetCentimos: 2_000 });
  const [one, other] = [await openFor(sponsors.person()), await openFor(sponsors.person())];
  expect(ranked(other, 1).sponsor).toEqual({ name: "Cacao Andino", paysCentimos: 2_000 });
  await run.choose(ranked(one, 1).id);
  expect(ranked(await run.read(one.id), 1).sponsor?.paysCentimos).toBe(2_000);
  expect(ranked(await run.read(other.id), 1).sponsor).toBeNull();
  await run.choose(ranked(other, 1).id);
  expect((await run.read(other.id)).state).toBe("asking");
  expect((await askedEvents(one.id)).map((payload) => payload["sponsorChanged"])).toEqual([undefined]);
  expect((await askedEvents(other.id)).map((payload) => payload["sponsorChanged"])).toEqual([true]);
});

test("another sponsor steps in where the one that was named has no money left", async () => {
  run.catalog.near = [candidate({ priceCentimos: 4_000 })];
  const small = await sponsors.active({ budgetCentimos: 2_000 }, "Compra Primero");
  const large = await sponsors.active({ sharePercent: 25 }, "Paga Menos");
  const [one, other] = [await openFor(sponsors.person()), await openFor(sponsors.person())];
  await run.choose(ranked(one, 1).id);
  await run.choose(ranked(other, 1).id);
  expect(ranked(await run.read(other.id), 1).sponsor).toEqual({ name: "Paga Menos", paysCentimos: 1_000 });
  expect((await askedEvents(other.id)).at(0)).toMatchObject({ sponsorChanged: true });
  expect((await sponsors.money(small.sponsorshipId)).reserved).toBe(2_000);
  expect((await sponsors.money(large.sponsorshipId)).reserved).toBe(1_000);
});

test("paused, ended or over: nothing new is paid, and what is kept aside is spent all the same", async () => {
  const { sponsorshipId } = await sponsors.active({ until: "2026-11-30" });
  const stands = await openFor(sponsors.person());
  await run.choose(ranked(stands, 1).id);
  const { engagementId } = await run.accept(ranked(stands, 1).id);
  const listed = await openFor(sponsors.person());
  await sponsors.step(sponsorshipId, "pause");
  expect(ranked(await run.read(listed.id), 1).sponsor).toBeNull();
  await run.choose(ranked(listed, 1).id);
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 1_500, spent: 0 });
  await sponsors.step(sponsorshipId, "resumption");
  run.clock.set(new Date("2026-12-01T06:00:00Z"));
  await run.settle();
  const { body } = await sponsors.asOperator("GET", `${sponsors.base}/${sponsorshipId}`);
  expect(body.sponsorship.state).toBe("ended");
  await run.report(engagementId!, "done");
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 0, spent: 1_500 });
});

test("a person is paid for no more services than the sponsor said", async () => {
  const { sponsorshipId } = await sponsors.active({ mostPerPerson: 1 });
  const personId = sponsors.person();
  const first = await run.openListed({ personId });
  const second = await run.openListed({
    personId,
    need: { kind: "assistance", topic: "harvest", crop: "cacao" },
  });
  expect(ranked(second, 1).sponsor).not.toBeNull();
  await Promise.all([run.choose(ranked(first, 1).id), run.choose(ranked(second, 1).id)]);
  expect((await sponsors.money(sponsorshipId)).reserved).toBe(1_500);
  const third = await run.openListed({ personId, need: { kind: "assistance", topic: "planting" } });
  expect(ranked(third, 1).sponsor).toBeNull();
});

test("who proposes does not approve, a manager sees and stops their own alone, and a budget only grows", async () => {
  const [buyer, rival] = [sponsors.buyer(), sponsors.buyer("Otra Empresa")];
  const propose = (who: ReturnType<typeof sponsors.as>, over: object = {}) =>
    who("POST", sponsors.base, { sponsor: { kind: "provider", id: buyer.id }, ...halfOfVisits, ...over });
  expect((await propose(sponsors.as(rival.manager))).body.code).toBe("not-your-sponsor");
  expect(
    (await propose(sponsors.asOperator, { sponsor: { kind: "provider", id: randomUUID() } })).body.code,
  ).toBe("not-a-sponsor");
  expect((await propose(sponsors.asOperator, { until: "2026-11-01", from: "2026-10-01" })).body.code).toBe(
    "period-wrong",
  );
  const own = await propose(sponsors.asOperator);
  const its = `${sponsors.base}/${own.body.sponsorshipId}`;
  expect([own.status, own.body.state]).toEqual([201, "draft"]);
  expect((await sponsors.asOperator("POST", `${its}/approval`)).body.code).toBe("maker-cannot-check");
  expect(ranked(await openFor(sponsors.person()), 1).sponsor).toBeNull();
  const checker = sponsors.as(randomUUID(), true);
  expect((await checker("POST", `${its}/approval`)).body.state).toBe("active");
  const manager = sponsors.as(buyer.manager);
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/report"],
    ["POST", "/pause"],
    ["POST", "/end"],
  ] as const) {
    expect((await sponsors.as(rival.manager)(method, its + path)).body.code).toBe("not-your-sponsor");
  }
  expect((await manager("POST", `${its}/budget`, { budgetCentimos: 90_000 })).body.code).toBe(
    "budget-not-raised",
  );
  expect((await manager("POST", `${its}/budget`, { budgetCentimos: 200_000 })).status).toBe(200);
  expect((await manager("POST", `${its}/pause`)).body.state).toBe("paused");
  expect((await manager("POST", `${its}/resumption`)).status).toBe(403);
  const { body } = await manager("GET", `${sponsors.base}?sponsorId=${buyer.id}`);
  expect(body.items).toMatchObject([
    { state: "paused", budgetCentimos: 200_000, sponsor: { name: "Cacao Andino" } },
  ]);
});

test("no money begins to flow of who is no sponsor any more", async () => {
  const { sponsorshipId, id } = await sponsors.active();
  await sponsors.step(sponsorshipId, "pause");
  const buyer = sponsors.buyer();
  const body = { sponsor: { kind: "provider", id: buyer.id }, ...halfOfVisits };
  const proposed = await sponsors.as(buyer.manager)("POST", sponsors.base, body);
  // As catalog shows nobody who is held, suspended or closed.
  run.sponsors.buyers.delete(id);
  run.sponsors.buyers.delete(buyer.id);
  const draft = String(proposed.body.sponsorshipId);
  expect((await sponsors.step(draft, "approval")).body.code).toBe("not-a-sponsor");
  expect((await sponsors.step(sponsorshipId, "resumption")).body.code).toBe("not-a-sponsor");
  expect((await sponsors.step(sponsorshipId, "end")).status).toBe(200);
});

test("an organization's manager proposes for it, and operators for a programme", async () => {
  const [organizationId, manager] = [randomUUID(), randomUUID()];
  run.sponsors.organizations.set(organizationId, { name: "Coop La Loma", managers: [manager] });
  const propose = (who: ReturnType<typeof sponsors.as>, sponsor: object) =>
    who("POST", sponsors.base, { sponsor, ...halfOfVisits });
  const its = await propose(sponsors.as(manager), { kind: "organization", id: organizationId });
  expect(its.status).toBe(201);
  expect((await sponsors.step(its.body.sponsorshipId, "approval")).body.state).toBe("active");
  expect(ranked(await openFor(sponsors.person()), 1).sponsor?.name).toBe("Coop La Loma");
  const programme = { kind: "programme", name: "Programa Café" };
  expect((await propose(sponsors.as(manager), programme)).body.code).toBe("not-your-sponsor");
  expect((await propose(sponsors.asOperator, programme)).status).toBe(201);
});
