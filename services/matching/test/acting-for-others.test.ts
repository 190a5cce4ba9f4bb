import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, ranked, startMatching, tocache, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => {
  run = await startMatching();
  run.catalog.near = [candidate({ distanceKm: 2 })];
});
afterAll(() => run.stop());

const farmer = randomUUID();
const agent = randomUUID();
const need = { need: pruningCacao, districtCode: tocache, channel: "web" };

async function openActing(): Promise<string> {
  const acting = run.signIn(farmer, false, { personId: agent });
  const opened = await acting("POST", "/api/matching/requests", { ...need, personId: farmer });
  expect(opened.status).toBe(201);
  return opened.body.requestId;
}

test("somebody who acts opens in the farmer's name, and in nobody else's", async () => {
  const acting = run.signIn(farmer, false, { personId: agent });
  const requestId = await openActing();
  expect((await acting("GET", `/api/matching/requests/${requestId}`)).status).toBe(200);
  const own = await acting("POST", "/api/matching/requests", { ...need, personId: agent });
  expect(own.status).toBe(403);
  expect((await run.signIn(agent)("GET", `/api/matching/requests/${requestId}`)).status).toBe(403);
});

test("the farmer and operators see through whom it was opened, the provider does not, and the audit has both", async () => {
  const requestId = await openActing();
  await run.settle();
  const url = `/api/matching/requests/${requestId}`;
  const seen = await run.signIn(farmer)("GET", url);
  expect(seen.body.request).toMatchObject({ personId: farmer, openedThrough: agent });
  expect((await run.signIn(randomUUID(), true)("GET", url)).body.request.openedThrough).toBe(agent);
  const match = ranked(seen.body.request, 1);
  const acting = run.signIn(farmer, false, { personId: agent });
  expect((await acting("POST", `/api/matching/matches/${match.id}/choice`)).status).toBe(200);
  const asProvider = await run.signIn(match.providerPersonId)("GET", url);
  expect(asProvider.body.request.openedThrough).toBeNull();
  const actors = await run.owner.sql<{ actor: string }[]>`
    select distinct actor from matching.audit where subject = ${`request:${requestId}`} and actor like 'person:%'`;
  expect(actors.map(({ actor }) => actor)).toEqual([`person:${farmer} through person:${agent}`]);
});

test("one's own request was opened through nobody", async () => {
  const person = randomUUID();
  const opened = await run.signIn(person)("POST", "/api/matching/requests", { ...need, personId: person });
  const read = await run.signIn(person)("GET", `/api/matching/requests/${opened.body.requestId}`);
  expect(read.body.request.openedThrough).toBeNull();
});
