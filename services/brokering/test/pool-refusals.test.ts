import { afterAll, beforeAll, expect, test } from "vitest";
import { refusal } from "./brokering-run.ts";
import { startPools, type PoolsRun } from "./pools-run.ts";

let run: PoolsRun;
beforeAll(async () => {
  run = await startPools();
});
afterAll(() => run.stop());

test("a quote with rising tiers, negative amounts or unknown points is refused field by field", async () => {
  const cooperative = run.world.cooperative(1);
  const supplier = run.supplier("Agro Norte", [{ minimumPacks: 1, priceCentimos: 12_000 }]);
  const stranger = run.world.provider(["supplier"], "Nadie la invitó");
  const pool = await run.open(cooperative);
  const wrong = run.quoteOf(
    pool,
    supplier.id,
    [
      { minimumPacks: 10, priceCentimos: 11_000 },
      { minimumPacks: 10, priceCentimos: 11_500 },
      { minimumPacks: 30, priceCentimos: -1 },
    ],
    {
      casePacks: 0,
      stockPacks: -3,
      validUntil: run.clock().toISOString(),
      deliveryCentimos: { [crypto.randomUUID()]: 5, [pool.points[0]?.id ?? ""]: -5 },
    },
  );
  const refused = await run.quote(pool.poolId, supplier.owner, wrong);
  expect([refused.status, refused.body.code]).toEqual([422, "quote-wrong"]);
  const paths = refused.body.errors.map(({ path }: { path: string }) => path.replace(/\.[0-9a-f-]{36}$/, ""));
  expect(paths).toEqual([
    "body.tiers.1.minimumPacks",
    "body.tiers.1.priceCentimos",
    "body.tiers.2.priceCentimos",
    "body.deliveryCentimos",
    "body.deliveryCentimos",
    "body.casePacks",
    "body.stockPacks",
    "body.validUntil",
  ]);
  const tiers = [{ minimumPacks: 1, priceCentimos: 1_000 }];
  const uninvited = await run.quote(pool.poolId, stranger.owner, run.quoteOf(pool, stranger.id, tiers));
  expect(uninvited.body.code).toBe("not-invited");
});

test("who may not open, join or order for others is refused; absurd packs are flagged and taken", async () => {
  const cooperative = run.world.cooperative(2);
  const [member = "", other = ""] = cooperative.members;
  const far = run.world.person({ districtCode: "150101" });
  const body = run.ureaPool(cooperative.id);
  const opening = await run.signIn(member)("POST", "/api/brokering/pools", body);
  expect(opening.body.code).toBe("not-your-organization");
  const late = { ...body, deadline: new Date(run.clock().getTime() + 91 * 24 * 3_600_000).toISOString() };
  const tooLate = await run.signIn(cooperative.broker)("POST", "/api/brokering/pools", late);
  expect(tooLate.body).toMatchObject({ code: "pool-wrong", errors: [{ path: "body.deadline" }] });

  const { poolId } = await run.open(cooperative, { joiners: "members" });
  expect(await refusal(run.join(poolId, far, 3))).toBe("pool-not-for-you");
  expect(await refusal(run.join(poolId, run.world.person(), 3))).toBe("pool-not-for-you");
  expect(await refusal(run.join(poolId, member, 10, { minimumPacks: 4 }))).toBe("tolerance-wrong");
  const url = `/api/brokering/pools/${poolId}/orders`;
  expect((await run.signIn(member)("POST", url, { personId: other, packs: 2 })).body.code).toBe("not-yours");
  expect((await run.signIn(far)("GET", `/api/brokering/pools/${poolId}`)).body.code).toBe("pool-not-for-you");

  Object.assign(run.world.people.get(member) ?? {}, { sizeClass: "small" });
  const order = await run.join(poolId, member, 20_000);
  expect(order.flags.map(({ code }) => code)).toEqual(["very-many-packs", "more-than-farm-uses"]);
  const less = await run.signIn(member)("PUT", `/api/brokering/pool-orders/${order.id}`, { packs: 3 });
  expect(less.body.order).toMatchObject({ packs: 3, flags: [] });
  const left = await run.signIn(member)("POST", `/api/brokering/pool-orders/${order.id}/leaving`);
  expect(left.body.order.state).toBe("left");
  expect(await run.join(poolId, member, 5)).toMatchObject({ id: order.id, state: "joined" });
  expect(await run.read(cooperative.manager, poolId)).toMatchObject({ packs: 5, people: null });
});
