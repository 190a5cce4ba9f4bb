import { randomUUID } from "node:crypto";
import { matchingPersonalData } from "@minka/contracts/personal-data";
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

async function done() {
  const agreed = await acts.agreed("2026-11-26");
  run.clock.set(new Date("2026-11-26T20:00:00Z"));
  await run.report(agreed.engagementId, "done");
  return agreed;
}
const actions = async (requestId: string) => (await acts.history(requestId)).map(({ action }) => action);
const events = async (requestId: string) => (await run.told(requestId)).map(({ event }) => event);
const at = async (instant: string) => {
  run.clock.set(new Date(instant));
  await run.settle();
};

test("reminded the evening before, asked the evening after, asked again in two days, and in a week a person has it", async () => {
  const { listed, engagementId } = await acts.agreed("2026-11-27");
  await at("2026-11-26T22:00:00Z");
  expect((await actions(listed.id)).at(-1)).toBe("engagement.remind");
  await at("2026-11-28T22:00:00Z");
  expect((await actions(listed.id)).at(-1)).toBe("engagement.ask-outcome");
  expect(await run.read(listed.id)).toMatchObject({
    waitsFor: "requester",
    until: "2026-11-30T22:00:00.000Z",
  });
  await at("2026-11-30T22:00:00Z");
  expect((await actions(listed.id)).at(-1)).toBe("engagement.ask-again");
  expect((await events(listed.id)).filter((event) => event === "engagement.outcome-due")).toHaveLength(2);
  await at("2026-12-05T21:59:00Z");
  expect((await run.read(listed.id)).state).toBe("agreed");
  await at("2026-12-05T22:00:00Z");
  const unknown = await run.read(listed.id);
  expect(unknown).toMatchObject({
    state: "with_operator",
    waitsFor: "operator",
    reason: { code: "outcome-unknown" },
    engagement: { id: engagementId, state: "disputed" },
  });
  expect((await events(listed.id)).at(-1)).toBe("request.handed-over");
  // Late, but said: it is settled without the operator.
  await run.report(engagementId, "done");
  expect((await run.read(listed.id)).state).toBe("done");
});

test("the provider's word ends the asking", async () => {
  const { listed, engagementId } = await acts.agreed("2026-11-26");
  await at("2026-11-29T22:00:00Z");
  await run.report(engagementId, "done", "provider");
  await at("2026-12-10T22:00:00Z");
  expect((await run.read(listed.id)).state).toBe("done");
});

test("whether it helped is asked a month later and counts for the provider, once", async () => {
  const { listed, match, engagementId, provider, requester } = await done();
  await at("2026-12-26T21:59:00Z");
  expect(await actions(listed.id)).not.toContain("engagement.ask-help");
  await at("2026-12-26T22:00:00Z");
  expect((await actions(listed.id)).at(-1)).toBe("engagement.ask-help");
  const url = `/api/matching/engagements/${engagementId}/help`;
  expect((await provider("POST", url, { helped: "yes" })).body.code).toBe("not-yours");
  expect((await requester("POST", url, { helped: "some" })).status).toBe(200);
  expect(await refusal(acts.help(engagementId, "no"))).toBe("help-said");
  expect(await run.standing(match.providerId)).toMatchObject({ help_asked: 1, helped: 1, completed: 1 });
});

test("work that must be done again waits for its provider, who comes again or leaves it to an operator", async () => {
  const { listed, match, engagementId, provider, requester } = await done();
  const url = `/api/matching/engagements/${engagementId}/rework`;
  expect((await provider("POST", url)).body.code).toBe("not-yours");
  expect((await requester("POST", url)).status).toBe(200);
  expect(await run.read(listed.id)).toMatchObject({
    state: "agreed",
    waitsFor: "provider",
    until: "2026-11-27T20:00:00.000Z",
    engagement: { state: "rework" },
  });
  expect(await run.standing(match.providerId)).toMatchObject({ completed: 0 });
  expect((await provider("GET", "/api/matching/asks")).body.engagements).toMatchObject([
    { id: engagementId },
  ]);
  expect((await requester("POST", `${url}/answer`, { accept: true })).body.code).toBe("not-yours");
  expect((await provider("POST", `${url}/answer`, { accept: true, visitOn: "2026-11-29" })).status).toBe(200);
  expect((await run.read(listed.id)).engagement).toMatchObject({ state: "agreed", visitOn: "2026-11-29" });
  await run.report(engagementId, "done");
  expect(await run.standing(match.providerId)).toMatchObject({ completed: 1 });

  await acts.rework(engagementId);
  await acts.answerRework(engagementId, false);
  expect(await run.read(listed.id)).toMatchObject({
    state: "with_operator",
    reason: { parameters: { by: "provider", why: "rework-declined" } },
  });
  await acts.settle(engagementId, "done");
  expect(await refusal(acts.rework(engagementId))).toBe("reworks-used-up");
  expect((await events(listed.id)).filter((event) => event === "engagement.done")).toHaveLength(3);
});

test("silence to a rework is put before an operator", async () => {
  const { listed, engagementId } = await done();
  await acts.rework(engagementId);
  run.clock.advance({ hours: 24 });
  expect(await refusal(acts.answerRework(engagementId, true))).toBe("ask-expired");
  await run.settle();
  expect(await run.read(listed.id)).toMatchObject({
    state: "with_operator",
    reason: { code: "rework-unanswered" },
  });
});

test("a dispute waits for an operator: nothing else is done about the request until it is settled", async () => {
  const { listed, match, engagementId, provider, requester, stranger, operator } = await done();
  const url = `/api/matching/engagements/${engagementId}`;
  expect((await stranger("POST", `${url}/dispute`, { reason: "other" })).body.code).toBe("not-yours");
  expect((await provider("POST", `${url}/dispute`, { reason: "not_paid" })).status).toBe(200);
  expect(await run.read(listed.id)).toMatchObject({
    state: "with_operator",
    waitsFor: "operator",
    reason: { code: "disputed", parameters: { by: "provider", why: "not_paid" } },
  });
  expect(await refusal(run.cancel(listed.id))).toBe("dispute-open");
  const search = await operator("POST", `/api/matching/requests/${listed.id}/search`);
  expect(search.body.code).toBe("dispute-open");
  expect((await provider("POST", `${url}/outcome`, { outcome: "done", by: "provider" })).body).toMatchObject({
    status: 403,
    code: "not-allowed-for-role",
    allowed: ["settle-no-show"],
  });
  for (const who of [provider, requester, stranger])
    expect((await who("POST", `${url}/settlement`, { outcome: "done" })).status).toBe(403);
  expect((await acts.settle(engagementId, "no_show")).status).toBe(200);
  expect((await run.read(listed.id)).state).toBe("asking");
  expect(await run.standing(match.providerId)).toMatchObject({ no_shows: 1, completed: 0 });
  expect((await acts.settle(engagementId, "done")).body.code).toBe("illegal-transition");
});

test("what the provider complains of is not settled by the producer's word, nor the other way round", async () => {
  const { engagementId } = await acts.agreed();
  await acts.dispute(engagementId, "provider", "not_paid");
  expect(await refusal(run.report(engagementId, "done"))).toBe("dispute-open");
  const own = await acts.agreed();
  await acts.dispute(own.engagementId, "requester", "did_not_come");
  await run.report(own.engagementId, "done");
  expect((await run.read(own.listed.id)).state).toBe("done");
});

test("an operator may also call it off, or have it done again", async () => {
  const off = await acts.agreed();
  await acts.dispute(off.engagementId, "requester", "price");
  await acts.settle(off.engagementId, "cancelled");
  expect((await run.read(off.listed.id)).state).toBe("cancelled");
  expect(await run.used(off.match.offerId)).toBe(0);
  expect((await events(off.listed.id)).at(-1)).toBe("request.cancelled");

  const again = await done();
  await acts.dispute(again.engagementId, "requester", "bad_work");
  await acts.settle(again.engagementId, "rework");
  expect(await run.read(again.listed.id)).toMatchObject({ state: "agreed", engagement: { state: "rework" } });
});

test("who leaves ends what an operator would have decided: nobody is asked for them any more", async () => {
  const { listed, engagementId } = await acts.agreed();
  await acts.dispute(engagementId, "requester");
  await run.call(
    matchingPersonalData.eraseData,
    {
      body: {
        personId: listed.personId,
        phones: [],
        sharedPhones: [],
        names: [],
        documents: [],
        askedAt: run.clock().toISOString(),
        tell: false,
        acquaintances: [],
        providerIds: [],
      },
    },
    { trace: run.trace },
  );
  expect((await run.read(listed.id)).state).toBe("cancelled");
});

test("a provider calls off before the day without blame, or late within 24 hours of it; on the day it is a no-show", async () => {
  const early = await acts.agreed("2026-11-27");
  const url = (id: string) => `/api/matching/engagements/${id}/cancellation`;
  expect((await early.requester("POST", url(early.engagementId))).body.code).toBe("not-yours");
  expect((await early.provider("POST", url(early.engagementId), { reason: "road" })).status).toBe(200);
  await acts.callOff(early.engagementId);
  const asking = await run.read(early.listed.id);
  expect([asking.state, ranked(asking, 2).state]).toEqual(["asking", "asked"]);
  expect(await run.standing(early.match.providerId)).toMatchObject({ no_shows: 0, cancelled_late: 0 });
  expect((await run.told(early.listed.id)).at(-2)).toMatchObject({
    event: "engagement.called-off",
    payload: { engagementId: early.engagementId, nextMatchId: ranked(asking, 2).id },
  });
  const [row] = await run.owner.sql`
    select state, cancel_reason from matching.engagements where id = ${early.engagementId}`;
  expect(row).toMatchObject({ state: "cancelled", cancel_reason: "road" });

  const late = await acts.agreed("2026-11-25");
  await acts.callOff(late.engagementId);
  expect(await run.standing(late.match.providerId)).toMatchObject({ no_shows: 0, cancelled_late: 1 });

  const onTheDay = await acts.agreed("2026-11-24");
  expect(await refusal(acts.callOff(onTheDay.engagementId))).toBe("visit-day-come");
});

test("the history tells every step and who took part in it, and not who that is", async () => {
  const { listed, match, engagementId, requester, provider, stranger } = await acts.agreed("2026-11-27");
  await provider("POST", `/api/matching/engagements/${engagementId}/cancellation`);
  const url = `/api/matching/requests/${listed.id}/history`;
  expect((await stranger("GET", url)).status).toBe(403);
  expect((await provider("GET", url)).status).toBe(403);
  const { status, body } = await requester("GET", url);
  expect(status).toBe(200);
  expect(body.steps.map(({ action, by }: { action: string; by: string }) => [action, by])).toEqual([
    ["request.open", "minka"],
    ["request.show-list", "timer"],
    ["match.ask", "minka"],
    ["match.accept", "minka"],
    ["engagement.call-off", "provider"],
    ["match.ask", "provider"],
  ]);
  expect(body.steps[4]).toMatchObject({ engagementId, matchId: null });
  expect(JSON.stringify(body)).not.toContain(match.providerPersonId);
});

test("an offer that was picked is asked at once; one that cannot serve leaves the choice", async () => {
  const picked = candidate({ distanceKm: 60 });
  run.catalog.near.push(picked);
  const open = async (offerId: string) => {
    const web = { need: { kind: "assistance", topic: "pruning", crop: "cacao" }, channel: "web" };
    const personId = randomUUID();
    const answer = await run.signIn(personId)("POST", "/api/matching/requests", {
      ...web,
      personId,
      districtCode: "221001",
      offerId,
    });
    await run.settle();
    return run.read(answer.body.requestId);
  };
  const asking = await open(picked.offerId);
  expect([asking.state, asking.waitsFor]).toEqual(["asking", "provider"]);
  expect(ranked(asking, 1)).toMatchObject({ offerId: picked.offerId, state: "asked" });
  const listed = await open(randomUUID());
  expect(listed).toMatchObject({ state: "listed", reason: { code: "chosen-offer-unavailable" } });
});
