import * as contract from "@minka/contracts/matching";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
beforeAll(async () => void (run = await startMatching()));
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, {
    near: [candidate({ distanceKm: 2 }), candidate({ distanceKm: 20 }), candidate({ distanceKm: 50 })],
    far: [],
  });
});

test("a chosen match is asked, with a place taken and until after an evening and a dawn to answer", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 2);
  expect(await run.choose(match.id)).toEqual({
    requestId: listed.id,
    askExpiresAt: "2026-11-25T12:00:00.000Z",
  });
  const asking = await run.read(listed.id);
  expect(asking.state).toBe("asking");
  expect(ranked(asking, 2)).toMatchObject({ state: "asked", askExpiresAt: "2026-11-25T12:00:00.000Z" });
  expect(await run.used(match.offerId)).toBe(1);
  expect((await run.told(listed.id)).at(-1)).toEqual({
    event: "match.asked",
    payload: expect.objectContaining({ requestId: listed.id, matchId: match.id }),
  });
});

test("nobody is asked while another is, and the refusal says who", async () => {
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  expect(await refusal(run.choose(ranked(listed, 2).id))).toBe("already-asking");
  const person = run.signIn(listed.personId);
  const answer = await person("POST", `/api/matching/matches/${ranked(listed, 3).id}/choice`);
  expect(answer).toMatchObject({ status: 409, body: { matchId: ranked(listed, 1).id } });
});

test("of two choices at the same moment one is asked", async () => {
  const listed = await run.openListed();
  const results = await Promise.allSettled([
    run.choose(ranked(listed, 1).id),
    run.choose(ranked(listed, 2).id),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("a list is over after two days, to the second and before the timer runs", async () => {
  const listed = await run.openListed();
  run.clock.advance({ hours: 48 });
  expect(await refusal(run.choose(ranked(listed, 1).id))).toBe("list-expired");
  expect(await refusal(run.refuse(listed.id))).toBe("list-expired");
  await run.settle();
  expect((await run.read(listed.id)).state).toBe("lapsed");
  expect((await run.told(listed.id)).at(-1)?.event).toBe("request.list-lapsed");
  expect(await refusal(run.choose(ranked(listed, 1).id))).toBe("list-expired");
});

test("a match of an earlier list cannot be chosen from a later one", async () => {
  const listed = await run.openListed();
  run.catalog.far = [candidate()];
  await run.refuse(listed.id);
  await run.settle();
  expect(await refusal(run.choose(ranked(listed, 1).id))).toBe("match-not-listed");
});

test("an illegal step answers 409 with what is allowed instead", async () => {
  const listed = await run.openListed();
  await run.cancel(listed.id);
  const person = run.signIn(listed.personId);
  const answer = await person("POST", `/api/matching/matches/${ranked(listed, 1).id}/choice`);
  expect(answer).toMatchObject({
    status: 409,
    body: { code: "illegal-transition", state: "cancelled", refused: "choose", allowed: [] },
  });
});

test("accepting makes an engagement two days ahead and withdraws the others", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  await run.choose(match.id);
  run.clock.advance({ minutes: 90 });
  const { engagementId } = await run.accept(match.id);
  const agreed = await run.read(listed.id);
  expect(agreed.state).toBe("agreed");
  expect(agreed.engagement).toMatchObject({ id: engagementId, matchId: match.id, visitOn: "2026-11-26" });
  expect(agreed.matches.map(({ state }) => state)).toEqual(["accepted", "withdrawn", "withdrawn"]);
  expect((await run.told(listed.id)).at(-1)).toEqual({
    event: "engagement.agreed",
    payload: { requestId: listed.id, matchId: match.id, engagementId },
  });
  expect(await run.standing(match.providerId)).toMatchObject({
    asks: 1,
    answers: 1,
    answer_minutes_sum: 90,
  });
});

test("two days ahead counts from the day in Lima, also at night", async () => {
  run.clock.set(new Date("2026-11-25T03:00:00Z"));
  const listed = await run.openListed();
  await run.choose(ranked(listed, 1).id);
  await run.accept(ranked(listed, 1).id);
  expect((await run.read(listed.id)).engagement?.visitOn).toBe("2026-11-26");
});

test("a visit is neither in the past nor more than sixty days ahead", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  await run.choose(match.id);
  expect(await refusal(run.accept(match.id, "2026-11-23"))).toBe("visit-day-out-of-range");
  expect(await refusal(run.accept(match.id, "2027-01-24"))).toBe("visit-day-out-of-range");
  await run.accept(match.id, "2027-01-23");
  expect((await run.read(listed.id)).engagement?.visitOn).toBe("2027-01-23");
});

test("the first answer stands: the same again has the same result, the other one is refused", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  await run.choose(match.id);
  const first = await run.accept(match.id);
  expect(await run.accept(match.id)).toEqual(first);
  expect(await refusal(run.decline(match.id))).toBe("already-answered");
  expect((await run.told(listed.id)).filter(({ event }) => event === "engagement.agreed")).toHaveLength(1);

  const other = await run.openListed();
  await run.choose(ranked(other, 1).id);
  const declined = await run.decline(ranked(other, 1).id);
  expect(await run.decline(ranked(other, 1).id)).toEqual(declined);
  expect(await refusal(run.accept(ranked(other, 1).id))).toBe("already-answered");
});

test("an answer after the deadline is too late, before and after the timer runs", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  await run.choose(match.id);
  run.clock.advance({ hours: 22 });
  expect(await refusal(run.accept(match.id))).toBe("ask-expired");
  await run.settle();
  expect(await refusal(run.accept(match.id))).toBe("ask-expired");
});

test("who was not asked cannot answer", async () => {
  const listed = await run.openListed();
  expect(await refusal(run.accept(ranked(listed, 1).id))).toBe("illegal-transition");
});

test("a choice and an answer repeated with their key are done once", async () => {
  const listed = await run.openListed();
  const match = ranked(listed, 1);
  const params = { matchId: match.id };
  const choose = () =>
    run.call(contract.chooseMatch, { params }, { trace: run.trace, idempotencyKey: `choose-${match.id}` });
  const chosen = await Promise.all([choose(), choose(), choose()]);
  expect(new Set(chosen.map((each) => JSON.stringify(each))).size).toBe(1);
  const answer = () =>
    run.call(
      contract.answerAsk,
      { params, body: { accept: true } },
      { trace: run.trace, idempotencyKey: `answer-${match.id}` },
    );
  const answers = await Promise.all([answer(), answer(), answer()]);
  expect(new Set(answers.map(({ engagementId }) => engagementId)).size).toBe(1);
  expect(await run.used(match.offerId)).toBe(1);
  expect((await run.told(listed.id)).map(({ event }) => event)).toEqual([
    "request.matched",
    "match.asked",
    "engagement.agreed",
  ]);
});
