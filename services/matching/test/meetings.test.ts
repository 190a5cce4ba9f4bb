import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { lifecycleActs } from "./lifecycle-acts.ts";
import { startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
let acts: ReturnType<typeof lifecycleActs>;
beforeAll(async () => {
  run = await startMatching();
  acts = lifecycleActs(run);
});
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, { near: [candidate({ distanceKm: 2 })], far: [] });
});

test("who agreed reads the other's name and phone, nobody else does, and not once it is off", async () => {
  const { listed, match, requester, provider, stranger, operator, engagementId } = await acts.agreed();
  const url = `/api/matching/engagements/${engagementId}/contact`;
  expect((await provider("GET", url)).body).toEqual({
    personId: listed.personId,
    name: "Elva Shupingahua",
    phone: "+51987654321",
  });
  expect((await requester("GET", url)).body.personId).toBe(match.providerPersonId);
  for (const other of [stranger, operator]) expect((await other("GET", url)).body.code).toBe("not-yours");
  await acts.callOff(engagementId, "road");
  expect((await provider("GET", url)).body.code).toBe("engagement-over");
});

test("what a provider proposes is in its list until the producer has answered, and so is another day", async () => {
  const { match, provider } = await acts.asked();
  const own = async () => (await provider("GET", "/api/matching/asks")).body;
  const { quoteId } = await acts.propose(match.id, "provider", { priceCentimos: 4_000 });
  expect(await own()).toMatchObject({
    asks: [],
    quoted: [{ matchId: match.id, providerId: match.providerId, quote: { id: quoteId, by: "provider" } }],
  });
  await acts.answerQuote(quoteId, true);
  expect(await own()).toMatchObject({ quoted: [], engagements: [{ matchId: match.id, quote: null }] });
  await acts.propose(match.id, "requester", { visitOn: "2026-12-02" });
  expect(await own()).toMatchObject({ engagements: [{ quote: { by: "requester", visitOn: "2026-12-02" } }] });
});

test("what an operator has to settle is not lost from a provider's list", async () => {
  const { provider, engagementId } = await acts.agreed();
  await acts.dispute(engagementId, "provider", "did_not_come");
  const { body } = await provider("GET", "/api/matching/asks");
  expect(body).toMatchObject({ engagements: [], disputed: [{ id: engagementId, state: "disputed" }] });
});
