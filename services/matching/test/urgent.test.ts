import type { Need } from "@minka/contracts/need";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";
import { sponsoring } from "./sponsored-run.ts";

const pest: Need = { kind: "assistance", topic: "pest_management", crop: "cacao", urgency: "urgent" };

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  const near = [2, 5, 9, 14, 20].map((distanceKm) => candidate({ distanceKm, monthlyCapacity: 5 }));
  Object.assign(run.catalog, { near, far: [], asked: [] });
});

const states = async (requestId: string) => (await run.read(requestId)).matches.map(({ state }) => state);
const eventsOf = async (requestId: string) => (await run.told(requestId)).map(({ event }) => event);

test("an urgent request is listed to nobody: the best three are asked at once, for an hour", async () => {
  const asked = await run.openListed({ need: pest });
  expect(asked.state).toBe("asking");
  expect(asked.matches.map(({ state }) => state)).toEqual(["asked", "asked", "asked", "listed", "listed"]);
  expect(asked.matches[0]?.askExpiresAt).toBe("2026-11-24T15:00:00.000Z");
  expect(await eventsOf(asked.id)).toEqual([
    "match.asked",
    "match.asked",
    "match.asked",
    "request.dispatched",
  ]);
});

test("of three yeses at the same moment one comes; the two others are refused, told, and lose nothing", async () => {
  const asked = await run.openListed({ need: pest });
  const three = [1, 2, 3].map((rank) => ranked(asked, rank));
  const answers = await Promise.all(
    three.map(({ id, providerPersonId }) =>
      run.signIn(providerPersonId)("POST", `/api/matching/matches/${id}/answer`, { accept: true }),
    ),
  );
  const codes = answers.map(({ status, body }) => (status === 200 ? "engaged" : `${status} ${body.code}`));
  expect(codes.toSorted()).toEqual(["409 another-was-quicker", "409 another-was-quicker", "engaged"]);
  const agreed = await run.read(asked.id);
  const winner = three[codes.indexOf("engaged")]!;
  expect([agreed.state, agreed.engagement?.matchId]).toEqual(["agreed", winner.id]);
  const losers = three.filter(({ id }) => id !== winner.id);
  const told = (await run.told(asked.id)).filter(({ event }) => event === "match.withdrawn");
  expect(new Set(told.map(({ payload }) => payload["matchId"]))).toEqual(new Set(losers.map(({ id }) => id)));
  expect(new Set(told.map(({ payload }) => payload["cause"]))).toEqual(new Set(["another-was-quicker"]));
  expect(await Promise.all(losers.map(({ offerId }) => run.used(offerId)))).toEqual([0, 0]);
  expect(await run.used(winner.offerId)).toBe(1);
  expect(await run.standing(losers[0]!.providerId)).toBeUndefined();
});

test("one no leaves the word to the others; after the third the next are asked, then further off, then a person", async () => {
  const far = candidate({ distanceKm: 70 });
  run.catalog.far = [far];
  const asked = await run.openListed({ need: pest });
  await run.decline(ranked(asked, 1).id);
  await run.decline(ranked(asked, 3).id);
  expect(await states(asked.id)).toEqual(["declined", "asked", "declined", "listed", "listed"]);
  run.clock.advance({ minutes: 60 });
  await run.settle();
  expect(await states(asked.id)).toEqual(["declined", "silent", "declined", "asked", "asked"]);
  run.clock.advance({ minutes: 60 });
  await run.settle();
  const wider = await run.read(asked.id);
  expect([wider.state, ranked(wider, 1).offerId, ranked(wider, 1).state]).toEqual([
    "asking",
    far.offerId,
    "asked",
  ]);
  await run.decline(ranked(wider, 1).id);
  await run.settle();
  const last = await run.read(asked.id);
  expect([last.state, last.reason?.code]).toEqual(["with_operator", "all-asked"]);
});

test("an urgent request that is called off frees and tells all who were asked", async () => {
  const asked = await run.openListed({ need: pest });
  await run.cancel(asked.id);
  expect(new Set(await states(asked.id))).toEqual(new Set(["withdrawn"]));
  for (const { offerId } of asked.matches) expect(await run.used(offerId)).toBe(0);
  const told = (await run.told(asked.id)).slice(-3).map(({ payload }) => payload["matchId"]);
  expect(new Set(told)).toEqual(new Set([1, 2, 3].map((rank) => ranked(asked, rank).id)));
});

test("forty urgent requests at once share twelve places without a place too many, and none waits for another", async () => {
  run.catalog.near = [1, 2, 3, 4].map((distanceKm) => candidate({ distanceKm, monthlyCapacity: 3 }));
  const ids = await Promise.all(Array.from({ length: 40 }, () => run.open({ need: pest })));
  await run.settle();
  const requests = await Promise.all(ids.map((id) => run.read(id)));
  const asked = requests.flatMap(({ matches }) => matches.filter(({ state }) => state === "asked"));
  expect(asked).toHaveLength(12);
  await Promise.all(asked.map(({ id }) => run.accept(id).catch(() => {})));
  await run.settle();
  const after = await Promise.all(ids.map((id) => run.read(id)));
  const holding = after.flatMap(({ matches }) =>
    matches.filter(({ state }) => state === "asked" || state === "accepted"),
  );
  for (const { offerId } of run.catalog.near) {
    const used = await run.used(offerId);
    expect(used).toBeLessThanOrEqual(3);
    expect(used).toBe(holding.filter((match) => match.offerId === offerId).length);
  }
}, 60_000);

test("who says yes to an urgent request and names no day goes today, and from three in the afternoon on tomorrow", async () => {
  const inTheMorning = await run.openListed({ need: pest });
  await run.accept(ranked(inTheMorning, 1).id);
  expect((await run.read(inTheMorning.id)).engagement?.visitOn).toBe("2026-11-24");
  run.clock.set(new Date("2026-11-24T19:59:00Z"));
  const justBefore = await run.openListed({ need: pest });
  await run.accept(ranked(justBefore, 1).id);
  expect((await run.read(justBefore.id)).engagement?.visitOn).toBe("2026-11-24");
  run.clock.set(new Date("2026-11-24T20:00:00Z"));
  const later = await run.openListed({ need: pest });
  await run.accept(ranked(later, 1).id);
  expect((await run.read(later.id)).engagement?.visitOn).toBe("2026-11-25");
});

test("only technical assistance is urgent", async () => {
  expect(await refusal(run.open({ need: { kind: "input", product: "urea", urgency: "urgent" } }))).toBe(
    "urgency-not-for-this-kind",
  );
});

test("a sponsor pays whoever of the three comes first, also of a person for whom it pays one service", async () => {
  const sponsors = sponsoring(run);
  run.catalog.near = [2, 5, 9].map((distanceKm) => candidate({ distanceKm, priceCentimos: 4_000 }));
  const { sponsorshipId } = await sponsors.active({ mostPerPerson: 1 });
  const personId = sponsors.person();
  const asked = await run.openListed({ personId, need: pest });
  expect(asked.matches.map(({ sponsor }) => sponsor?.paysCentimos)).toEqual([2_000, 2_000, 2_000]);
  const second = ranked(asked, 2);
  const answer = await run.signIn(second.providerPersonId)(
    "POST",
    `/api/matching/matches/${second.id}/answer`,
    {
      accept: true,
    },
  );
  expect(answer.status).toBe(200);
  expect(await sponsors.money(sponsorshipId)).toEqual({ reserved: 2_000, spent: 0 });
  expect(ranked(await run.read(asked.id), 2).sponsor?.paysCentimos).toBe(2_000);
  const next = await run.openListed({ personId, need: { ...pest, crop: "coffee" } });
  expect(next.matches.every(({ sponsor }) => sponsor === null)).toBe(true);
  await sponsors.endAll();
});
