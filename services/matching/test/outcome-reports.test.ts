import { randomUUID } from "node:crypto";
import { reportOutcome } from "@minka/contracts/matching";
import { rateEngagement } from "@minka/contracts/ratings";
import { sayHelp } from "@minka/contracts/follow-ups";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";

let on: MatchingRun;
beforeAll(async () => void (on = await startMatching()));
afterAll(() => on.stop());

const operator = () => on.signIn(randomUUID(), true);
const outcomes = async (query = "from=2026-11-01&until=2026-11-30") =>
  (await operator()("GET", `/api/matching/outcomes?${query}`)).body.outcomes;

test("what came of a period's requests is counted from what really happened, and kept as it was", async () => {
  const [woman, man, third] = [randomUUID(), randomUUID(), randomUUID()];
  const traits = { districtCode: "221001", organizationIds: [] };
  on.sponsors.traits.set(woman, { ...traits, sex: "f", sizeClass: "small" });
  on.sponsors.traits.set(man, { ...traits, sex: "m", sizeClass: "large", organizationIds: [randomUUID()] });
  on.catalog.near = [candidate({ distanceKm: 1 }), candidate({ distanceKm: 60 })];
  const served = await on.openListed({ personId: woman });
  const best = ranked(served, 1);
  on.clock.advance({ hours: 2 });
  await on.choose(best.id);
  await on.accept(best.id, "2026-11-25");
  const lapsing = await on.openListed({ personId: man });
  on.catalog.near = [];
  await on.openListed({ personId: third, districtCode: "221002" });

  const engagementId = (await on.read(served.id)).engagement?.id ?? "";
  const params = { engagementId };
  const { call, trace } = on;
  await call(reportOutcome, { params, body: { outcome: "done", by: "requester" } }, { trace });
  await call(rateEngagement, { params, body: { score: 4 } }, { trace });
  await call(sayHelp, { params, body: { helped: "some" } }, { trace });
  on.clock.advance({ hours: 50 });
  await on.settle();
  expect((await on.read(lapsing.id)).state).toBe("lapsed");

  const found = await outcomes();
  expect(found.requests).toEqual({
    requests: 3,
    matched: 2,
    agreed: 1,
    done: 1,
    unserved: 2,
    cancelled: 0,
    open: 1,
  });
  expect(found.hoursToMatch).toEqual({ median: 0, p90: 0 });
  expect(found.hoursToAgreement).toEqual({ median: 2, p90: 2 });
  expect(found.unmatchedBecause).toEqual([{ code: "nobody-reaches-there", requests: 1 }]);
  expect(found.unservedBecause).toEqual([{ code: "nobody-chosen", requests: 1 }]);
  const one = { requests: 1, matched: 1, agreed: 0, done: 0, unserved: 1 };
  expect(found.bySex).toEqual([
    { sex: "f", requests: 1, matched: 1, agreed: 1, done: 1, unserved: 0 },
    { sex: "m", ...one },
    { sex: null, ...one, matched: 0 },
  ]);
  expect(found.byMembership).toContainEqual({ member: true, ...one });
  expect(found.bySize).toContainEqual({ sizeClass: "large", ...one });
  expect(found.byDistrict).toContainEqual({ districtCode: "221002", ...one, matched: 0 });
  expect(found.visits).toMatchObject({
    agreed: 1,
    done: 1,
    byPlan: 0,
    ratings: 1,
    meanRating: 4,
    helpedSome: 1,
  });
  expect(found.exposure).toMatchObject([{ kind: "assistance", lists: 2, providers: 2 }]);
  expect(found.broken).toEqual({ withoutNextStep: 0, oversoldPlaces: 0, withoutBothConsents: 0 });

  const as = operator();
  const kept = await as("POST", "/api/matching/reports", {
    title: "Noviembre",
    figures: { outcomes: found },
  });
  expect(kept.status).toBe(201);
  const { body } = await as("GET", `/api/matching/reports/${kept.body.reportId}`);
  expect(body.report).toMatchObject({ title: "Noviembre", from: "2026-11-01", figures: { outcomes: found } });
  const list = await as("GET", "/api/matching/reports");
  expect(list.body.items).toMatchObject([
    { id: kept.body.reportId, title: "Noviembre", until: "2026-11-30" },
  ]);
});

test("what must never be is counted when it is", async () => {
  const listed = await (async () => {
    on.catalog.near = [candidate({ distanceKm: 1, monthlyCapacity: 1 })];
    return on.openListed();
  })();
  const match = ranked(listed, 1);
  await on.owner.sql`insert into matching.engagements
    (id, request_id, match_id, provider_id, provider_person_id, state, agreed_at, visit_on, next_step, next_at, trace)
    values (${randomUUID()}, ${listed.id}, ${match.id}, ${match.providerId}, ${match.providerPersonId}, 'agreed',
      ${on.clock().toISOString()}, '2026-11-28', 'remind', ${on.clock().toISOString()}, 'test')`;
  await on.owner.sql`update matching.requests set state = 'asking' where id = ${listed.id}`;
  const places = [1, 2].map((rank) => ({ rank: rank + 50, id: randomUUID() }));
  for (const { rank, id } of places)
    await on.owner.sql`insert into matching.matches
      select (jsonb_populate_record(m, jsonb_build_object(
        'id', ${id}::text, 'rank', ${rank}::int, 'state', 'silent', 'capacity_month', '2026-11'))).*
        from matching.matches m where m.id = ${match.id}`;

  expect((await outcomes()).broken).toEqual({
    withoutNextStep: 1,
    oversoldPlaces: 1,
    withoutBothConsents: 1,
  });
});

test("only operators read and keep figures, of a period that is one", async () => {
  const anybody = on.signIn(randomUUID());
  expect((await anybody("GET", "/api/matching/outcomes?from=2026-11-01&until=2026-11-30")).status).toBe(403);
  expect((await anybody("GET", "/api/matching/reports")).status).toBe(403);
  const wrong = await operator()("GET", "/api/matching/outcomes?from=2026-11-30&until=2026-11-01");
  expect(wrong).toMatchObject({ status: 422, body: { code: "period-wrong" } });
  const none = await operator()("GET", `/api/matching/reports/${randomUUID()}`);
  expect(none).toMatchObject({ status: 404, body: { code: "no-such-report" } });
});
