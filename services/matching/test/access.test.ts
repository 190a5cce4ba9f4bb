import type { listAsks } from "@minka/contracts/provider-asks";
import { randomUUID } from "node:crypto";
import type { Answer } from "@minka/contracts/endpoint";
import * as contract from "@minka/contracts/matching";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, ranked, startMatching, tocache, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => {
  run = await startMatching();
  run.catalog.near = [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 })];
});
afterAll(() => run.stop());

const requestUrl = (id: string) => `/api/matching/requests/${id}`;

test("a person opens and reads their own request, and nobody else's", async () => {
  const personId = randomUUID();
  const person = run.signIn(personId);
  const body = { need: pruningCacao, districtCode: tocache, channel: "web" };
  const opened = await person("POST", "/api/matching/requests", { ...body, personId });
  expect(opened.status).toBe(201);
  expect((await person("GET", requestUrl(opened.body.requestId))).status).toBe(200);
  const stranger = run.signIn(randomUUID());
  expect((await stranger("GET", requestUrl(opened.body.requestId))).status).toBe(403);
  expect((await stranger("POST", `${requestUrl(opened.body.requestId)}/cancellation`)).status).toBe(403);
  expect((await stranger("GET", requestUrl(randomUUID()))).status).toBe(404);
});

test("a provider sees a request once it is asked, and only its own match of it", async () => {
  const listed = await run.openListed();
  const [asked, rival] = [ranked(listed, 1), ranked(listed, 2)];
  const provider = run.signIn(asked.providerPersonId);
  expect((await provider("GET", requestUrl(listed.id))).status).toBe(403);
  await run.choose(asked.id);
  const seen = await provider("GET", requestUrl(listed.id));
  expect(seen.body.request.matches.map(({ id }: { id: string }) => id)).toEqual([asked.id]);
  const other = run.signIn(rival.providerPersonId);
  expect((await other("GET", requestUrl(listed.id))).status).toBe(403);
  expect((await other("POST", `/api/matching/matches/${asked.id}/answer`, { accept: true })).status).toBe(
    403,
  );
  expect((await provider("POST", `/api/matching/matches/${asked.id}/answer`, { accept: true })).status).toBe(
    200,
  );
});

test("only the producer chooses, and only the two sides rate; an operator may cancel for them", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  const stranger = run.signIn(randomUUID());
  expect((await stranger("POST", `/api/matching/matches/${match.id}/choice`)).status).toBe(403);
  await run.choose(match.id);
  const { engagementId } = await run.accept(match.id);
  await run.report(engagementId ?? "", "done");
  const rating = `/api/matching/engagements/${engagementId}/rating`;
  const operator = run.signIn(randomUUID(), true);
  expect((await operator("POST", rating, { score: 5 })).status).toBe(403);
  expect((await stranger("POST", rating, { score: 5 })).status).toBe(403);
  expect((await run.signIn(match.providerPersonId)("POST", rating, { score: 5 })).status).toBe(200);
  expect((await run.signIn(listed.personId)("POST", rating, { score: 5 })).status).toBe(200);

  const open = await run.openListed();
  expect((await operator("POST", `${requestUrl(open.id)}/cancellation`)).status).toBe(200);
  const [row] = await run.owner.sql`
    select actor from matching.audit where subject = ${`request:${open.id}`} and action = 'request.cancel'`;
  expect(row?.["actor"]).toMatch(/^person:/);
});

test("a list is paged newest first, a person's is their own, an operator's is by state", async () => {
  const personId = randomUUID();
  const opened: string[] = [];
  for (const crop of ["cacao", "coffee", "banana", "rice", "maize"] as const)
    opened.push(await run.open({ personId, need: { kind: "assistance", crop } }));
  const person = run.signIn(personId);
  const pages: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page = await person("GET", `/api/matching/requests?limit=2${query}`);
    pages.push(...page.body.items.map(({ id }: { id: string }) => id));
    cursor = page.body.next;
  }
  expect(pages).toEqual(opened.toReversed());
  expect((await person("GET", `/api/matching/requests?personId=${randomUUID()}`)).status).toBe(403);
  expect((await person("GET", "/api/matching/requests?cursor=x")).body.code).toBe("cursor-wrong");
  const operator = run.signIn(randomUUID(), true);
  const cancelled = await operator("GET", "/api/matching/requests?state=cancelled");
  expect(new Set(cancelled.body.items.map(({ state }: { state: string }) => state))).toEqual(
    new Set(["cancelled"]),
  );
});

test("open matters are a person's open requests, and the visits they agreed to give", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  await run.choose(match.id);
  const { engagementId } = await run.accept(match.id);
  const matters = (personId: string) =>
    run.call(contract.openMatters, { params: { personId }, query: {} }, { trace: run.trace });
  expect((await matters(listed.personId)).requests.map(({ id }) => id)).toEqual([listed.id]);
  const providing = (await matters(match.providerPersonId)).providing;
  expect(providing[0]).toMatchObject({ id: engagementId, requestId: listed.id, state: "agreed" });
  await run.report(engagementId ?? "", "done");
  expect((await matters(listed.personId)).requests).toEqual([]);
  const ids = (await matters(match.providerPersonId)).providing.map(({ id }) => id);
  expect(ids).not.toContain(engagementId);
  const ended = async (endedSince: Date) => {
    const input = {
      params: { personId: match.providerPersonId },
      query: { endedSince: endedSince.toISOString() },
    };
    return (await run.call(contract.openMatters, input, { trace: run.trace })).ended;
  };
  expect((await ended(run.clock()))[0]).toMatchObject({
    id: engagementId,
    requestId: listed.id,
    state: "done",
  });
  expect(await ended(new Date(run.clock().getTime() + 1))).toEqual([]);
});

test("the public overview withholds counts under five", async () => {
  const place = async (districtCode: string, count: number) => {
    for (let made = 0; made < count; made += 1) await run.open({ districtCode, need: { kind: "credit" } });
  };
  await place("220101", 4);
  await place("220102", 5);
  const answer = await run.app.inject({ url: "/api/matching/overview" });
  const credits = answer.json().districts.filter(({ kind }: { kind: string }) => kind === "credit");
  expect(credits).toEqual([
    { districtCode: "220101", kind: "credit", open: null },
    { districtCode: "220102", kind: "credit", open: 5 },
  ]);
});

test("a provider lists what is asked of them and what they agreed to, and nobody sees another's", async () => {
  run.catalog.near = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 30 })];
  const listed = await run.openListed();
  const [match, rival] = [ranked(listed, 1), ranked(listed, 2)];
  const asksOf = async (personId: string) =>
    (await run.signIn(personId)("GET", "/api/matching/asks")).body as Answer<typeof listAsks>;
  const nothing = { asks: [], quoted: [], engagements: [], disputed: [], toRate: [] };
  expect(await asksOf(match.providerPersonId)).toEqual(nothing);
  const { askExpiresAt } = await run.choose(match.id);
  expect(await asksOf(match.providerPersonId)).toEqual({
    asks: [
      {
        matchId: match.id,
        providerId: match.providerId,
        requestId: listed.id,
        need: listed.need,
        districtCode: listed.districtCode,
        distanceKm: match.distanceKm,
        priceCentimos: match.priceCentimos,
        priceUnit: "visita",
        sponsor: null,
        quote: null,
        askExpiresAt,
      },
    ],
    quoted: [],
    engagements: [],
    disputed: [],
    toRate: [],
  });
  for (const other of [rival.providerPersonId, listed.personId, randomUUID()])
    expect(await asksOf(other)).toEqual(nothing);

  const { engagementId } = await run.accept(match.id, "2026-11-27");
  expect(await asksOf(match.providerPersonId)).toEqual({
    asks: [],
    quoted: [],
    engagements: [
      {
        id: engagementId,
        matchId: match.id,
        providerId: match.providerId,
        state: "agreed",
        visitOn: "2026-11-27",
        priceCentimos: match.priceCentimos,
        priceUnit: "visita",
        score: null,
        ratings: [],
        helped: null,
        requestId: listed.id,
        need: listed.need,
        districtCode: listed.districtCode,
        placeName: null,
        quote: null,
      },
    ],
    disputed: [],
    toRate: [],
  });
  for (const other of [rival.providerPersonId, listed.personId]) expect(await asksOf(other)).toEqual(nothing);
  await run.report(engagementId ?? "", "done");
  const finished = await asksOf(match.providerPersonId);
  expect(finished).toMatchObject({
    asks: [],
    engagements: [],
    toRate: [{ id: engagementId, state: "done" }],
  });
  for (const other of [rival.providerPersonId, listed.personId]) expect(await asksOf(other)).toEqual(nothing);
  const rated = await run.signIn(match.providerPersonId)(
    "POST",
    `/api/matching/engagements/${engagementId}/rating`,
    { score: 4 },
  );
  expect(rated.status).toBe(200);
  expect(await asksOf(match.providerPersonId)).toEqual(nothing);
  expect((await run.app.inject({ url: "/api/matching/asks" })).statusCode).toBe(401);
});

test("a person's own request comes by web or api", async () => {
  const personId = randomUUID();
  const person = run.signIn(personId);
  for (const [channel, status] of [
    ["sms", 422],
    ["import", 422],
    ["api", 201],
  ] as const) {
    const body = { personId, need: pruningCacao, districtCode: tocache, channel };
    expect((await person("POST", "/api/matching/requests", body)).status).toBe(status);
  }
});
