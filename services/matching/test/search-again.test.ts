import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => Object.assign(run.catalog, { near: [], far: [], down: false, asked: [] }));

const searchAgain = async (requestId: string, who = run.signIn(randomUUID(), true)) => {
  const answer = await who("POST", `/api/matching/requests/${requestId}/search`);
  await run.settle();
  return answer;
};

test("an operator has a request searched anew, near first, and its person gets a new list", async () => {
  const request = await run.openListed();
  expect(request.state).toBe("with_operator");
  run.catalog.near = [candidate()];
  run.catalog.asked = [];
  expect(await searchAgain(request.id)).toMatchObject({ status: 200, body: { requestId: request.id } });
  expect(run.catalog.asked[0]).toMatchObject({ wider: false });
  expect(await run.read(request.id)).toMatchObject({ state: "listed", round: 1, reason: null });
  expect((await run.told(request.id)).map(({ event }) => event)).toEqual([
    "request.handed-over",
    "request.matched",
  ]);
  const rows = await run.owner.sql`
    select actor from matching.audit where subject = ${`request:${request.id}`} and action = 'request.search-again'`;
  expect(rows.map(({ actor }) => actor)).toEqual([expect.stringMatching(/^person:/)]);
});

test("who declined is left out, who only stood on a list may come again, and the wider search follows", async () => {
  const [declines, stands] = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 90 })];
  const far = candidate({ distanceKm: 120 });
  Object.assign(run.catalog, { near: [declines], far: [stands] });
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  await run.decline(ranked(listed, 1).id);
  await run.settle();
  const wider = await run.read(listed.id);
  expect([wider.state, wider.round]).toEqual(["listed", 2]);
  await run.refuse(listed.id);
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("with_operator");

  Object.assign(run.catalog, { near: [declines, stands], far: [far] });
  await searchAgain(listed.id);
  const again = await run.read(listed.id);
  expect([again.state, again.round]).toEqual(["listed", 3]);
  expect(again.matches.filter(({ round }) => round === 3).map(({ offerId }) => offerId)).toEqual([
    stands.offerId,
  ]);
  await run.refuse(listed.id);
  await run.settle();
  const last = await run.read(listed.id);
  expect([last.state, last.round]).toEqual(["listed", 4]);
  expect(last.matches.filter(({ round }) => round === 4).map(({ offerId }) => offerId)).toEqual([
    far.offerId,
  ]);
  await run.refuse(listed.id);
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("with_operator");
});

test("only an operator may, and only while the request is with them", async () => {
  const request = await run.openListed();
  expect((await searchAgain(request.id, run.signIn(request.personId))).status).toBe(403);
  run.catalog.near = [candidate()];
  const listed = await run.openListed();
  expect(await searchAgain(listed.id)).toMatchObject({
    status: 409,
    body: { code: "illegal-transition", state: "listed" },
  });
  expect((await searchAgain(randomUUID())).status).toBe(404);
});
