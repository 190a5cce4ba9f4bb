import { randomUUID } from "node:crypto";
import * as contract from "@minka/contracts/matching";
import { scoreParts } from "@minka/contracts/weights";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadStandings } from "../src/service.ts";
import { candidate } from "./fake-catalog.ts";
import { pruningCacao, refusal, startMatching, tocache, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => Object.assign(run.catalog, { near: [], far: [], down: false, asked: [] }));

test("an opened request is listed with its matches, best first, each with reasons", async () => {
  const near = candidate({ distanceKm: 4 });
  const far = candidate({ distanceKm: 60 });
  run.catalog.near = [far, near];
  const request = await run.openListed();
  expect(request.state).toBe("listed");
  expect(request.round).toBe(1);
  expect(request.listExpiresAt).toBe(new Date(run.clock().getTime() + 48 * 3_600_000).toISOString());
  expect(request.matches.map(({ offerId, rank, state }) => [offerId, rank, state])).toEqual([
    [near.offerId, 1, "listed"],
    [far.offerId, 2, "listed"],
  ]);
  expect(request.matches[0]?.reasons).toContainEqual({ code: "distance", parameters: { km: 4 } });
  expect(await run.told(request.id)).toEqual([
    { event: "request.matched", payload: { requestId: request.id, round: 1 } },
  ]);
});

test("the rank of a match can be explained again: parts and version of weights are kept", async () => {
  run.catalog.near = [candidate()];
  const request = await run.openListed();
  const [kept] = await run.owner.sql`
    select score, parts, weights_version from matching.matches where request_id = ${request.id}`;
  // Shown less exactly than it is kept: a fine score would tell a fine distance.
  expect(kept).toMatchObject({ weights_version: 2 });
  expect(Number(kept?.["score"])).toBeCloseTo(request.matches[0]?.score ?? 0, 1);
  expect(Object.keys(Object(kept?.["parts"])).toSorted()).toEqual(scoreParts.toSorted());
});

test("at most ten are listed", async () => {
  run.catalog.near = Array.from({ length: 15 }, () => candidate());
  expect((await run.openListed()).matches).toHaveLength(10);
});

test("standings that were brought in count in the rank and in the reasons", async () => {
  const praised = candidate();
  const unknown = candidate();
  run.catalog.near = [unknown, praised];
  const row = { providerId: praised.providerId, ratings: 17, ratingSum: 80, asks: 20, answers: 20 };
  await loadStandings(run.owner, [{ ...row, answerMinutesSum: 1_200 }]);
  await loadStandings(run.owner, [{ ...row, answerMinutesSum: 1_200 }]);
  const request = await run.openListed();
  expect(request.matches.map(({ offerId }) => offerId)).toEqual([praised.offerId, unknown.offerId]);
  expect(request.matches[0]?.reasons).toContainEqual({
    code: "rating",
    parameters: { mean: 4.7, count: 17 },
  });
  expect(request.matches[0]?.reasons).toContainEqual({ code: "answers-in", parameters: { hours: 1 } });
  expect(request.matches[1]?.reasons).toContainEqual({ code: "new-provider", parameters: {} });
});

test("when nobody is near, the wider search follows at once", async () => {
  run.catalog.far = [candidate({ distanceKm: 80 })];
  const request = await run.openListed();
  expect([request.state, request.round]).toEqual(["listed", 2]);
  // Nudge and sweep may both have searched; only one of them wrote.
  expect(run.catalog.asked[0]?.wider).toBe(false);
  expect(run.catalog.asked.some(({ wider }) => wider)).toBe(true);
  expect(request.matches).toHaveLength(1);
  expect(request.matches[0]?.reasons).toContainEqual({ code: "wider-search", parameters: {} });
});

test("when nobody is found at all, an operator gets the request, with the reason", async () => {
  const request = await run.openListed();
  expect(request.state).toBe("with_operator");
  expect(request.reason).toEqual({ code: "nobody-reaches-there", parameters: {} });
  expect((await run.told(request.id)).map(({ event }) => event)).toEqual(["request.handed-over"]);
});

test("while catalog is away the request waits, and is matched when it is back", async () => {
  run.catalog.down = true;
  const request = await run.openListed();
  expect(request.state).toBe("searching");
  for (let tries = 0; tries < 3; tries += 1) {
    run.clock.advance({ minutes: 10 });
    await run.settle();
  }
  expect((await run.read(request.id)).state).toBe("searching");
  Object.assign(run.catalog, { down: false, near: [candidate()] });
  await run.settle();
  expect((await run.read(request.id)).state).toBe("searching");
  run.clock.advance({ minutes: 10 });
  await run.settle();
  expect((await run.read(request.id)).state).toBe("listed");
});

test("the same need again within ten minutes is the same request; another quantity or place is not", async () => {
  const personId = randomUUID();
  const same = await Promise.all([run.open({ personId }), run.open({ personId }), run.open({ personId })]);
  expect(new Set(same).size).toBe(1);
  expect(await run.open({ personId, need: { ...pruningCacao, quantity: 2 } })).not.toBe(same[0]);
  expect(await run.open({ personId, districtCode: "221002" })).not.toBe(same[0]);
  expect(await run.open()).not.toBe(same[0]);
  run.clock.advance({ minutes: 11 });
  expect(await run.open({ personId })).not.toBe(same[0]);
});

test("a person has ten requests open at most, whether they ask one by one or all at once", async () => {
  const personId = randomUUID();
  const ask = (quantity: number) => run.open({ personId, need: { ...pruningCacao, quantity } });
  const quantities = Array.from({ length: 13 }, (_, index) => index + 1);
  const outcomes = await Promise.allSettled(quantities.map(ask));
  const opened = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
  expect(opened).toHaveLength(10);
  expect(await refusal(ask(99))).toBe("too-many-open-requests");
  await run.cancel(opened[0] ?? "");
  expect(await refusal(ask(99))).toBe("was not refused");
  expect(await refusal(run.open())).toBe("was not refused");
});

test("a need that was cancelled can be asked again at once", async () => {
  const personId = randomUUID();
  const first = await run.open({ personId });
  await run.cancel(first);
  expect(await run.open({ personId })).not.toBe(first);
});

test("a repeated command with one key opens once, even after the ten minutes", async () => {
  const body = { personId: randomUUID(), need: pruningCacao, districtCode: tocache, channel: "sms" as const };
  const send = (need = body.need) =>
    run.call(
      contract.openRequest,
      { body: { ...body, need } },
      { trace: run.trace, idempotencyKey: `open-${body.personId}` },
    );
  const first = await send();
  run.clock.advance({ hours: 1 });
  expect(await send()).toEqual(first);
  expect(await refusal(send({ ...pruningCacao, quantity: 3 }))).toBe("idempotency-key-reused");
});

test("a district that does not exist is refused by name of the field", async () => {
  const asService = run.signIn(randomUUID());
  expect(await refusal(run.open({ districtCode: "229999" }))).toBe("district-unknown");
  const answer = await asService("POST", "/api/matching/requests", {
    personId: randomUUID(),
    need: pruningCacao,
    districtCode: tocache,
    channel: "web",
  });
  expect(answer).toMatchObject({ status: 403, body: { code: "not-yours" } });
});

test("every change has its audit row under the trace that caused it", async () => {
  run.catalog.near = [candidate()];
  const request = await run.openListed();
  const rows = await run.owner.sql`
    select actor, action, trace from matching.audit where subject = ${`request:${request.id}`} order by id`;
  expect(rows.map(({ actor, action }) => [actor, action])).toEqual([
    ["service:notifications", "request.open"],
    ["timer", "request.show-list"],
  ]);
  expect(new Set(rows.map(({ trace }) => trace))).toEqual(new Set(["test-trace"]));
});
