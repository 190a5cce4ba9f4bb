import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { lifecycleActs } from "./lifecycle-acts.ts";
import { refusal, startMatching, type MatchingRun } from "./matching-run.ts";

let run: MatchingRun;
let acts: ReturnType<typeof lifecycleActs>;
beforeAll(async () => {
  run = await startMatching();
  acts = lifecycleActs(run);
});
afterAll(() => run.stop());
beforeEach(() => {
  run.clock.set(new Date("2026-11-24T14:00:00Z"));
  Object.assign(run.catalog, { near: [candidate()], far: [] });
});

async function done() {
  const agreed = await acts.agreed();
  await run.report(agreed.engagementId, "done");
  const { requester, provider, operator, listed, engagementId } = agreed;
  const url = `/api/matching/engagements/${engagementId}/rating`;
  const seenBy = async (who: typeof requester) => {
    const one = (await who("GET", `/api/matching/requests/${listed.id}`)).body.request.engagement;
    return { score: one.score, by: one.ratings.map(({ by }: { by: string }) => by) };
  };
  return { ...agreed, seenBy, url, requester, provider, operator };
}

test("neither side sees what the other said until both have; then both do, and so does who counts", async () => {
  const { requester, provider, operator, listed, match, url, seenBy } = await done();
  expect((await provider("POST", url, { score: 2 })).status).toBe(200);
  expect(await seenBy(provider)).toEqual({ score: null, by: ["provider"] });
  expect(await seenBy(requester)).toEqual({ score: null, by: [] });
  const list = await requester("GET", `/api/matching/requests?personId=${listed.personId}`);
  expect(list.body.items[0].engagement.ratings).toEqual([]);
  expect(await seenBy(operator)).toEqual({ score: null, by: ["provider"] });

  expect((await requester("POST", url, { score: 5 })).status).toBe(200);
  for (const who of [requester, provider])
    expect(await seenBy(who)).toEqual({ score: 5, by: ["requester", "provider"] });
  expect(await run.standing(match.providerId)).toMatchObject({
    ratings: 1,
    rating_sum: 5,
    published_ratings: 1,
    published_sum: 5,
  });
});

test("what the producer says counts at once, is shown after a week, and then the other side rates no more", async () => {
  const { provider, requester, match, url, engagementId, seenBy } = await done();
  expect((await requester("POST", url, { score: 3 })).status).toBe(200);
  expect(await seenBy(provider)).toEqual({ score: null, by: [] });
  expect(await run.standing(match.providerId)).toMatchObject({ ratings: 1, published_ratings: 0 });
  run.clock.advance({ days: 7, minutes: -1 });
  await run.settle();
  expect(await seenBy(provider)).toEqual({ score: null, by: [] });
  const toRate = async () =>
    (await provider("GET", "/api/matching/asks")).body.toRate.map(({ id }: { id: string }) => id);
  expect(await toRate()).toEqual([engagementId]);
  run.clock.advance({ minutes: 1 });
  expect(await toRate()).toEqual([]);
  expect(await refusal(acts.rateBy(engagementId, "provider", 1))).toBe("rating-closed");
  await run.settle();
  expect(await seenBy(provider)).toEqual({ score: 3, by: ["requester"] });
  expect(await run.standing(match.providerId)).toMatchObject({ published_ratings: 1, published_sum: 3 });
  expect(await refusal(acts.rateBy(engagementId, "provider", 1))).toBe("rating-closed");
});

test("each side rates for itself alone, and both at the same moment are published together", async () => {
  const { requester, provider, stranger, operator, url, engagementId, match, seenBy } = await done();
  expect((await stranger("POST", url, { score: 1 })).body.code).toBe("not-yours");
  expect((await operator("POST", url, { score: 1, by: "requester" })).body.code).toBe("not-yours");
  expect((await provider("POST", url, { score: 5, by: "requester" })).body.code).toBe("not-yours");
  await Promise.allSettled([
    requester("POST", url, { score: 4 }),
    provider("POST", url, { score: 4 }),
    acts.rateBy(engagementId, "requester", 4),
    acts.rateBy(engagementId, "provider", 4),
  ]);
  expect(await seenBy(requester)).toEqual({ score: 4, by: ["requester", "provider"] });
  expect(await run.standing(match.providerId)).toMatchObject({ ratings: 1, published_ratings: 1 });
});
