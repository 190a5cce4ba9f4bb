import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { lifecycleActs } from "./lifecycle-acts.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
let acts: ReturnType<typeof lifecycleActs>;
beforeAll(async () => {
  run = await startMatching();
  acts = lifecycleActs(run);
});
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 })],
    far: [],
  });
});

test("a price that the provider names waits for the producer, whose yes agrees the visit at it", async () => {
  const { listed, match } = await acts.asked();
  const { quoteId } = await acts.propose(match.id, "provider", {
    priceCentimos: 4_500,
    visitOn: "2026-11-28",
  });
  const quoted = await run.read(listed.id);
  expect([quoted.state, ranked(quoted, 1).state, quoted.waitsFor]).toEqual(["asking", "quoted", "requester"]);
  expect(quoted.until).toBe("2026-11-25T14:00:00.000Z");
  expect(ranked(quoted, 1).quote).toMatchObject({ id: quoteId, by: "provider", priceCentimos: 4_500 });
  const { engagementId } = await acts.answerQuote(quoteId, true);
  const agreed = await run.read(listed.id);
  expect(agreed.engagement).toMatchObject({
    id: engagementId,
    visitOn: "2026-11-28",
    priceCentimos: 4_500,
    priceUnit: "visita",
  });
  expect([agreed.state, agreed.waitsFor, ranked(agreed, 1).quote]).toEqual(["agreed", "timer", null]);
  expect(await acts.answerQuote(quoteId, true)).toMatchObject({ engagementId });
  expect(await refusal(acts.answerQuote(quoteId, false))).toBe("quote-closed");
});

test("a counter asks the provider anew, and a plain yes accepts it", async () => {
  const { listed, match, provider } = await acts.asked();
  await acts.propose(match.id, "provider", { priceCentimos: 6_000 });
  const counter = await acts.propose(match.id, "requester", { priceCentimos: 5_000, visitOn: "2026-11-27" });
  expect(await run.read(listed.id)).toMatchObject({ state: "asking", waitsFor: "provider" });
  const { body } = await provider("GET", "/api/matching/asks");
  expect(body.asks).toMatchObject([
    { matchId: match.id, quote: { id: counter.quoteId, priceCentimos: 5_000 } },
  ]);
  expect(await refusal(run.accept(match.id, "2026-11-29"))).toBe("quote-open");
  await run.accept(match.id);
  const agreed = await run.read(listed.id);
  expect(agreed.engagement).toMatchObject({ visitOn: "2026-11-27", priceCentimos: 5_000 });
  expect(await refusal(acts.answerQuote(counter.quoteId, false))).toBe("quote-closed");
});

test("a refused price asks the next, and so does a refused counter", async () => {
  const first = await acts.asked();
  const { quoteId } = await acts.propose(first.match.id, "provider", { priceCentimos: 9_000 });
  await acts.answerQuote(quoteId, false);
  const next = await run.read(first.listed.id);
  expect(next.matches.map(({ state }) => state)).toEqual(["declined", "asked"]);
  expect(await run.used(first.match.offerId)).toBe(0);
  expect((await run.told(first.listed.id)).slice(-3)).toMatchObject([
    { event: "match.passed-on", payload: { cause: "refused", nextMatchId: ranked(next, 2).id } },
    { event: "match.asked" },
    { event: "quote.closed", payload: { cause: "refused", agreed: false } },
  ]);

  await acts.propose(ranked(next, 2).id, "provider", { priceCentimos: 9_000 });
  const counter = await acts.propose(ranked(next, 2).id, "requester", { priceCentimos: 1_000 });
  await acts.answerQuote(counter.quoteId, false);
  expect((await run.read(first.listed.id)).state).toBe("searching");
});

test("both answering at the same moment make one agreement or one refusal", async () => {
  for (const accept of [true, false]) {
    const { listed, match } = await acts.asked();
    const { quoteId } = await acts.propose(match.id, "provider", { priceCentimos: 4_000 });
    await Promise.allSettled([
      acts.answerQuote(quoteId, true),
      acts.answerQuote(quoteId, accept),
      run.decline(match.id),
      acts.propose(match.id, "requester", { priceCentimos: 3_000 }),
      run.accept(match.id),
    ]);
    const [row] = await run.owner.sql`
      select count(*)::int as agreed from matching.engagements where request_id = ${listed.id}`;
    const request = await run.read(listed.id);
    expect(row?.["agreed"]).toBe(request.engagement ? 1 : 0);
    const open = request.matches.filter(({ state }) => ["asked", "quoted", "accepted"].includes(state));
    expect(open.length).toBeLessThanOrEqual(1);
  }
});

test("three proposals a side, and no more", async () => {
  const { match } = await acts.asked();
  for (const priceCentimos of [9_000, 8_000, 7_000]) {
    await acts.propose(match.id, "provider", { priceCentimos });
    await acts.propose(match.id, "requester", { priceCentimos: priceCentimos - 4_000 });
  }
  expect(await refusal(acts.propose(match.id, "provider", { priceCentimos: 6_000 }))).toBe("quotes-used-up");
});

test("a price that is not answered is taken back: the rest of the list is the producer's to choose from", async () => {
  const { listed, match } = await acts.asked();
  const { quoteId } = await acts.propose(match.id, "provider", { priceCentimos: 9_000 });
  run.clock.advance({ hours: 24 });
  expect(await refusal(acts.answerQuote(quoteId, true))).toBe("ask-expired");
  await run.settle();
  const again = await run.read(listed.id);
  expect([again.state, again.waitsFor]).toEqual(["listed", "requester"]);
  expect(again.matches.map(({ state }) => state)).toEqual(["withdrawn", "listed"]);
  expect(again.listExpiresAt).toBe("2026-11-27T14:00:00.000Z");
  await run.choose(ranked(again, 2).id);
  await acts.propose(ranked(again, 2).id, "provider", { priceCentimos: 9_000 });
  run.clock.advance({ hours: 24 });
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("lapsed");
  expect((await run.told(listed.id)).at(-1)?.event).toBe("request.list-lapsed");
});

test("a counter that the provider does not answer is silence", async () => {
  const { listed, match } = await acts.asked();
  await acts.propose(match.id, "provider", { priceCentimos: 9_000 });
  await acts.propose(match.id, "requester", { priceCentimos: 1_000 });
  run.clock.advance({ hours: 24 });
  await run.settle();
  expect((await run.read(listed.id)).matches.map(({ state }) => state)).toEqual(["silent", "asked"]);
});

test("either side proposes another day for an agreed visit, which stands until the other accepts", async () => {
  const { listed, match, engagementId } = await acts.agreed("2026-11-26");
  expect(await refusal(acts.propose(match.id, "provider", { priceCentimos: 1 }))).toBe("price-settled");
  const refused = await acts.propose(match.id, "provider", { visitOn: "2026-11-27" });
  expect(await run.read(listed.id)).toMatchObject({ state: "agreed", waitsFor: "requester" });
  expect(await refusal(acts.propose(match.id, "requester", { visitOn: "2026-11-30" }))).toBe("quote-open");
  await acts.answerQuote(refused.quoteId, false);
  expect((await run.read(listed.id)).engagement).toMatchObject({ id: engagementId, visitOn: "2026-11-26" });
  const moved = await acts.propose(match.id, "requester", { visitOn: "2026-11-29" });
  await acts.answerQuote(moved.quoteId, true);
  expect((await run.read(listed.id)).engagement).toMatchObject({ id: engagementId, visitOn: "2026-11-29" });
  run.clock.set(new Date("2026-11-28T21:59:00Z"));
  await run.settle();
  expect((await acts.history(listed.id)).map(({ action }) => action)).not.toContain("engagement.remind");
  run.clock.advance({ minutes: 1 });
  await run.settle();
  expect((await acts.history(listed.id)).at(-1)).toMatchObject({ action: "engagement.remind", by: "timer" });
});

test("a day that was proposed for a visit that is called off meanwhile is spoken of no more", async () => {
  const { listed, match, engagementId } = await acts.agreed("2026-11-30");
  await acts.propose(match.id, "requester", { visitOn: "2026-12-02" });
  await acts.callOff(engagementId);
  run.clock.advance({ hours: 30 });
  await run.settle();
  expect((await run.told(listed.id)).map(({ event }) => event)).not.toContain("quote.closed");
});

test("who is not the other side cannot propose or answer", async () => {
  const { match, requester, provider, stranger } = await acts.asked();
  const url = `/api/matching/matches/${match.id}/quotes`;
  const price = { priceCentimos: 4_000 };
  expect((await stranger("POST", url, price)).body.code).toBe("not-yours");
  expect((await requester("POST", url, price)).body).toMatchObject({
    status: 409,
    code: "illegal-transition",
    allowed: expect.any(Array),
  });
  expect((await requester("POST", url, { ...price, by: "provider" })).status).toBe(403);
  const made = await provider("POST", url, price);
  expect(made.status).toBe(200);
  const answer = `/api/matching/quotes/${made.body.quoteId}/answer`;
  expect((await provider("POST", answer, { accept: true })).body.code).toBe("not-yours");
  expect((await stranger("POST", answer, { accept: true })).body.code).toBe("not-yours");
  expect((await provider("POST", url, { priceCentimos: 5_000 })).body.code).toBe("illegal-transition");
  expect((await requester("POST", answer, { accept: true })).status).toBe(200);
});

test("of those asked at once for an urgent pest nobody names a price", async () => {
  const requestId = await run.open({
    need: { kind: "assistance", topic: "pest_management", crop: "cacao", urgency: "urgent" },
  });
  await run.settle();
  const asked = (await run.read(requestId)).matches.find(({ state }) => state === "asked");
  expect(await refusal(acts.propose(asked?.id ?? "", "provider", { priceCentimos: 1 }))).toBe(
    "quote-not-for-urgent",
  );
});
