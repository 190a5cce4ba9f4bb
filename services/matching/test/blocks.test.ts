import { randomUUID } from "node:crypto";
import { blockPair, unblockPair, type BlockingSide } from "@minka/contracts/blocks";
import { matchingPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());
const juan = candidate({ distanceKm: 1, providerName: "Juan Ríos" });
const rosa = candidate({ distanceKm: 30 });
beforeEach(() => Object.assign(on.catalog, { near: [juan, rosa], far: [] }));

const block = async (personId: string, providerId: string, by: BlockingSide = "person") => {
  const body = { by, personId, providerId };
  const answer = await on.call(blockPair, { body }, { trace: on.trace });
  await on.settle();
  return answer;
};
const listed = ({ matches, round }: Awaited<ReturnType<MatchingRun["read"]>>) =>
  matches.filter((match) => match.round === round && match.state === "listed").map(({ offerId }) => offerId);

test("who is blocked leaves the open lists and is proposed no more, until it is taken back", async () => {
  const personId = randomUUID();
  const request = await on.openListed({ personId });
  const { blockId } = await block(personId, juan.providerId);
  expect(listed(await on.read(request.id))).toEqual([rosa.offerId]);
  expect(listed(await on.openListed({ personId, districtCode: "221002" }))).toEqual([rosa.offerId]);
  expect(listed(await on.openListed())).toHaveLength(2);
  expect((await block(personId, juan.providerId)).blockId).toBe(blockId);
  await on.call(unblockPair, { params: { blockId } }, { trace: on.trace });
  expect(listed(await on.openListed({ personId, districtCode: "221003" }))).toHaveLength(2);
});

test("what is being asked of who is blocked goes to the next", async () => {
  const personId = randomUUID();
  const request = await on.openListed({ personId });
  await on.choose(ranked(request, 1).id);
  await block(personId, juan.providerId);
  const after = await on.read(request.id);
  expect([ranked(after, 1).state, ranked(after, 2).state]).toEqual(["declined", "asked"]);
  const asks = await on.standing(juan.providerId);
  expect(asks?.["asks"] ?? 0).toBe(0);
  const told = (await on.told(request.id)).filter(({ event }) => event === "match.withdrawn");
  expect(told).toMatchObject([{ payload: { matchId: ranked(after, 1).id } }]);
});

test("a search that was under way when it was said does not find them", async () => {
  const personId = randomUUID();
  const requestId = await on.open({ personId });
  on.catalog.beforeAnswer = async () => {
    on.catalog.beforeAnswer = async () => {};
    const body = { by: "person" as const, personId, providerId: juan.providerId };
    await on.call(blockPair, { body }, { trace: on.trace });
  };
  await on.settle();
  expect((await on.read(requestId)).matches.map(({ offerId }) => offerId)).toEqual([rosa.offerId]);
});

test("a provider blocks only who asked for it, and neither side sees the other's block", async () => {
  const personId = randomUUID();
  const asProvider = on.signIn(juan.providerPersonId);
  const body = { by: "provider", personId, providerId: juan.providerId };
  const request = await on.openListed({ personId });
  expect(await refusal(block(personId, rosa.providerId, "provider"))).toBe("never-dealt");
  expect((await on.signIn(randomUUID())("POST", "/api/matching/blocks", body)).status).toBe(403);
  await on.choose(ranked(request, 1).id);
  expect((await asProvider("POST", "/api/matching/blocks", body)).status).toBe(200);
  await on.settle();
  expect(listed(await on.openListed({ personId, districtCode: "221002" }))).toEqual([rosa.offerId]);

  const own = await on.signIn(personId)("GET", "/api/matching/blocks");
  expect(own.body.items).toEqual([]);
  const url = `/api/matching/blocks?providerId=${juan.providerId}`;
  expect((await asProvider("GET", url)).body.items).toHaveLength(1);
  const ofBoth = (await on.signIn(randomUUID(), true)("GET", `${url}&personId=${personId}`)).body.items;
  expect(ofBoth).toMatchObject([{ by: "provider", providerName: juan.providerName }]);
  const [{ id }] = (await asProvider("GET", url)).body.items;
  expect((await on.signIn(personId)("DELETE", `/api/matching/blocks/${id}`)).status).toBe(403);
});

test("a provider's block stands in the other's history as nothing that the provider did", async () => {
  const personId = randomUUID();
  const first = await on.openListed({ personId });
  await on.choose(ranked(first, 1).id);
  const other = await on.openListed({ personId, districtCode: "221002" });
  const asProvider = on.signIn(juan.providerPersonId);
  const body = { by: "provider", personId, providerId: juan.providerId };
  expect((await asProvider("POST", "/api/matching/blocks", body)).status).toBe(200);
  await on.settle();
  for (const { id } of [first, other]) {
    const { body: history } = await on.signIn(personId)("GET", `/api/matching/requests/${id}/history`);
    const steps: { action: string; by: string }[] = history.steps;
    expect(steps.some(({ action }) => action === "match.leave" || action === "match.take-back")).toBe(true);
    expect(steps.filter(({ by }) => by === "provider")).toEqual([]);
  }
});

test("who stood on a list and was never asked has nobody to block", async () => {
  const personId = randomUUID();
  await on.openListed({ personId });
  await block(personId, rosa.providerId);
  expect(await refusal(block(personId, rosa.providerId, "provider"))).toBe("never-dealt");
  const body = { by: "provider", personId, providerId: rosa.providerId };
  expect((await on.signIn(rosa.providerPersonId)("POST", "/api/matching/blocks", body)).status).toBe(403);
});

test("a person blocks for themself alone", async () => {
  const body = { by: "person", personId: randomUUID(), providerId: juan.providerId };
  expect((await on.signIn(randomUUID())("POST", "/api/matching/blocks", body)).status).toBe(403);
  expect((await on.signIn(randomUUID(), true)("POST", "/api/matching/blocks", body)).status).toBe(200);
  expect(
    await refusal(on.call(unblockPair, { params: { blockId: randomUUID() } }, { trace: on.trace })),
  ).toBe("no-such-block");
});

test("whom an erased person had blocked, and their words to a reviewer, are gone with them", async () => {
  const personId = randomUUID();
  const request = await on.openListed({ personId });
  await on.signIn(personId)("POST", `/api/matching/requests/${request.id}/review`, { why: "Soy Rosa" });
  await block(personId, juan.providerId);
  const nobody = {
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    acquaintances: [],
    providerIds: [],
  };
  const body = { ...nobody, personId, askedAt: on.clock().toISOString(), tell: false };
  await on.callAs("profiles")(matchingPersonalData.eraseData, { body }, { trace: on.trace });
  const rows = await on.owner.sql`
    select why, (select count(*)::int from matching.blocks where person_id = ${personId}) as blocks
    from matching.reviews where person_id = ${personId}`;
  expect([...rows]).toEqual([{ why: null, blocks: 0 }]);
});
