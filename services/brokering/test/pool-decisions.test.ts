import { eq, sql } from "@minka/database/query";
import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import { poolQuotes } from "../src/pools/pool-quotes-tables.ts";
import { pools } from "../src/pools/pools-tables.ts";
import { flat, startPools, type PoolsRun } from "./pools-run.ts";

let run: PoolsRun;
beforeAll(async () => {
  run = await startPools();
});
afterAll(() => run.stop());

function erase(personId: string, providerIds: string[] = []) {
  const subject = { personId, phones: [], sharedPhones: [], names: [], documents: [] };
  const body = {
    ...subject,
    askedAt: run.clock().toISOString(),
    tell: false,
    acquaintances: [],
    providerIds,
  };
  return run.callAs("profiles")(brokeringPersonalData.eraseData, { body }, run.trace);
}

test("without the minimum a pool is extended once, goes on smaller, or is called off, as its rule says", async () => {
  const extended = await run.closed([3, 3], [flat(10_000)], { whenMissed: "extend", extendDays: 5 });
  expect(extended.read).toMatchObject({ state: "open", extended: 1 });
  expect(new Date(extended.read.deadline).getTime() - run.clock().getTime()).toBe(5 * 24 * 3_600_000);
  expect(run.said.filter(({ text }) => text === "pool_extended")).toHaveLength(2);
  expect(run.said.filter(({ text }) => text === "pool_failed")).toMatchObject([
    { personId: extended.broker },
  ]);
  expect(await run.close(extended.poolId, extended.broker)).toMatchObject({
    state: "cancelled",
    cancelled: { cause: "minimum_missed" },
  });

  const smaller = await run.closed([3, 3], [flat(10_000)], { whenMissed: "smaller" });
  expect(smaller.read.state).toBe("proposed");
  expect((await run.award(smaller.broker, smaller.read.awardId)).packs).toBe(6);

  const called = await run.closed([3, 3], [flat(10_000)], { whenMissed: "cancel" });
  expect(called.read).toMatchObject({ state: "cancelled", cancelled: { cause: "minimum_missed" } });
  const own = await run.read(called.members[0] ?? "", called.poolId);
  expect(own.order).toMatchObject({ state: "out", reasons: [{ code: "pool-cancelled" }] });
});

test("without any quote a pool is extended once, and then called off", async () => {
  const { poolId, broker, read } = await run.closed([8, 8], []);
  expect(read).toMatchObject({ state: "open", extended: 1 });
  expect(await run.close(poolId, broker)).toMatchObject({ cancelled: { cause: "no_quote" } });
});

test("a supplier that declines takes no part in the next award, which is approved again", async () => {
  const pool = await run.closed([10, 10], [flat(9_000), flat(9_500)]);
  const { broker, manager, poolId, suppliers, read } = pool;
  const first = await run.award(broker, read.awardId);
  expect(first.suppliers).toMatchObject([{ providerId: suppliers[0]?.id, packs: 20 }]);
  expect((await run.approve(manager, first.id)).body.state).toBe("asking_suppliers");
  const stranger = await run.answerSupply(suppliers[1]?.owner ?? "", first.id, first.suppliers[0].quoteId);
  expect(stranger.body.code).toBe("not-your-provider");
  const no = { confirmed: false, reason: "Ya no hay stock" };
  await run.answerSupply(suppliers[0]?.owner ?? "", first.id, first.suppliers[0].quoteId, no);
  await run.settle();
  const again = await run.read(broker, poolId);
  const second = await run.award(broker, again.awardId);
  expect(second).toMatchObject({ number: 2, cause: "supplier_declined", state: "proposed" });
  expect(second.suppliers).toMatchObject([{ providerId: suppliers[1]?.id }]);
  expect((await run.approve(manager, first.id)).body.code).toBe("award-replaced");
  expect((await run.approve(broker, second.id)).body.code).toBe("own-proposal");
  await run.approve(manager, second.id);
  // Silence is a no: then nobody is left to bring it, and there is more time.
  run.clock.set(new Date((await run.read(broker, poolId)).answerBy));
  await run.settle();
  expect(await run.read(broker, poolId)).toMatchObject({ state: "open", extended: 1 });
});

test("who sends an award back is its maker: the one who opened the pool may approve what follows", async () => {
  const { broker, manager, poolId, read } = await run.closed([10, 10], [flat(9_000), flat(9_500)]);
  const first = await run.award(broker, read.awardId);
  const without = { do: "recompute", withoutQuoteIds: [first.suppliers[0].quoteId] };
  await run.sendBack(manager, first.id, without);
  await run.settle();
  const { awardId } = await run.read(manager, poolId);
  expect((await run.award(manager, awardId)).totalCentimos).toBe(20 * 9_500);
  expect((await run.approve(manager, awardId)).body.code).toBe("own-proposal");
  const operator = run.world.person();
  const both = run.signIn(operator, true);
  expect((await both("POST", `/api/brokering/pool-awards/${awardId}/approval`, {})).status).toBe(200);
  expect((await run.approve(broker, awardId)).body.code).toBe("illegal-transition");
});

test("who leaves at the final price makes it anew: only those whose price rises are asked again", async () => {
  const tiers = [
    ...flat(10_000),
    { minimumPacks: 12, priceCentimos: 9_500 },
    { minimumPacks: 20, priceCentimos: 9_000 },
  ];
  const pool = await run.closed([4, 8, 8], [tiers]);
  const { broker, manager, poolId, suppliers, members, orders, read } = pool;
  const award = await run.award(broker, read.awardId);
  await run.approve(manager, award.id);
  await run.answerSupply(suppliers[0]?.owner ?? "", award.id, award.suppliers[0].quoteId);
  const [a = "", b = "", c = ""] = members;
  const [orderA = "", orderB = "", orderC = ""] = orders;
  expect((await run.answerPrice(a, orderB, true)).body.code).toBe("not-yours");
  expect((await run.answerPrice(a, orderA, false)).body.order).toMatchObject({ state: "out" });
  expect((await run.answerPrice(b, orderB, true)).body.order).toMatchObject({ agreedPriceCentimos: 9_000 });
  await run.answerPrice(c, orderC, true);
  await run.settle();
  // Sixteen packs are S/ 95 each: both are asked once more; the supplier said yes to more already.
  const round = await run.read(b, poolId);
  expect(round).toMatchObject({
    state: "asking_members",
    order: { state: "asked", award: { priceCentimos: 9_500 } },
  });
  expect(run.said.findLast(({ id }) => id === orderB)?.text).toBe("pool_price_ask_out");
  await run.answerPrice(b, orderB, true);
  run.clock.set(new Date(round.answerBy));
  await run.settle();
  // Who said nothing to a price above what they agreed to is out, with the reason. The price rises again: after two
  // rounds the organizer says whether to go on.
  expect((await run.read(b, poolId)).state).toBe("undecided");
  expect((await run.read(c, poolId)).order).toMatchObject({
    state: "out",
    reasons: [{ code: "silent-price-rose", parameters: { price: 9_500, agreed: 9_000 } }],
  });
  const body = { decision: "go_on" };
  await run.signIn(broker)("POST", `/api/brokering/pools/${poolId}/decision`, body);
  await run.settle();
  await run.answerPrice(b, orderB, true);
  expect(await run.read(b, poolId)).toMatchObject({
    state: "ordered",
    order: { state: "final", award: { packs: 8, totalCentimos: 80_000 } },
  });
});

test("a provider's pool has no second person, and shows that its organizer sells in it itself", async () => {
  const supplier = run.supplier("Agro Dueño", flat(8_000));
  const neighbour = run.world.person();
  const body = run.ureaPool(supplier.id, {
    organizer: { kind: "provider", id: supplier.id },
    minimumPacks: 2,
    sealed: false,
  });
  const { poolId } = (await run.signIn(supplier.owner)("POST", "/api/brokering/pools", body)).body;
  await run.settle();
  const { points } = await run.read(supplier.owner, poolId);
  await run.quote(poolId, supplier.owner, run.quoteOf({ points }, supplier.id, flat(8_000)));
  await run.join(poolId, neighbour, 5);
  expect(await run.read(neighbour, poolId)).toMatchObject({
    organizerQuotes: true,
    tiers: [{ organizersOwn: true }],
    price: { from: "quotes", priceCentimos: 9_000 },
  });
  expect((await run.close(poolId, supplier.owner)).state).toBe("asking_suppliers");
});

test("who is erased leaves what is open, and an award that counted them is made anew before it binds", async () => {
  const { broker, manager, poolId, suppliers, members, read } = await run.closed([10, 10], [flat(9_000)]);
  const [gone = ""] = members;
  await erase(gone);
  await run.approve(manager, read.awardId);
  const award = await run.award(broker, read.awardId);
  await run.answerSupply(suppliers[0]?.owner ?? "", award.id, award.suppliers[0].quoteId);
  await run.settle();
  const now = await run.read(broker, poolId);
  expect(await run.award(broker, now.awardId)).toMatchObject({ packs: 10, cause: "members_left" });
  expect(now.state).toBe("asking_members");
  const [left] = await run.owner.read
    .select({ reasons: poolOrders.reasons })
    .from(poolOrders)
    .where(sql`person_id = ${gone}`);
  expect(left?.reasons).toEqual([{ code: "left-minka", parameters: {} }]);
});

test("an award that nobody approves is asked about once more, and ends the pool when nobody does", async () => {
  const { broker, manager, poolId, members, read } = await run.closed([10, 10], [flat(9_000)]);
  const asked = () =>
    run.said.filter(({ personId, text }) => personId === manager && text === "pool_award_ask").length;
  expect([read.state, asked()]).toEqual(["proposed", 1]);
  run.clock.advance({ days: 5 });
  await run.settle();
  expect((await run.read(broker, poolId)).state).toBe("proposed");
  expect(asked()).toBe(2);
  expect(run.said).toContainEqual({ personId: broker, text: "pool_not_approved" });
  run.clock.advance({ days: 6 });
  await run.settle();
  expect(await run.read(broker, poolId)).toMatchObject({
    state: "cancelled",
    cancelled: { cause: "undecided" },
  });
  expect(run.said).toContainEqual({ personId: members[0], text: "pool_cancelled" });
});

test("a supplier that is erased after it said yes brings nothing, and others are asked for it", async () => {
  const pool = await run.closed([10, 10], [flat(9_000), flat(9_500)]);
  const { broker, manager, poolId, suppliers, orders, members, read } = pool;
  const award = await run.award(broker, read.awardId);
  await run.approve(manager, award.id);
  const [first, second] = suppliers;
  await run.answerSupply(first?.owner ?? "", award.id, award.suppliers[0].quoteId);
  await run.answerPrice(members[0] ?? "", orders[0] ?? "", true);
  await erase(first?.owner ?? "", [first?.id ?? ""]);
  await run.settle();
  const now = await run.read(broker, poolId);
  expect(now.state).toBe("proposed");
  expect((await run.award(broker, now.awardId)).suppliers).toMatchObject([{ providerId: second?.id }]);
  expect((await run.read(members[1] ?? "", poolId)).order).toMatchObject({ state: "joined", award: null });
});

test("a provider that once organized a purchase which is completed can be erased", async () => {
  const supplier = run.supplier("Agro Antiguo", flat(8_000));
  const organizer = { kind: "provider", id: supplier.id };
  const body = run.ureaPool(supplier.id, { organizer });
  const { poolId } = (await run.signIn(supplier.owner)("POST", "/api/brokering/pools", body)).body;
  await run.settle();
  await run.owner.read.update(pools).set({ state: "completed" }).where(eq(pools.id, poolId));
  expect(await erase(supplier.owner, [supplier.id])).toMatchObject({ done: true });
  const [kept] = await run.owner.read.select().from(pools).where(eq(pools.id, poolId));
  expect(kept).toMatchObject({ state: "completed", organizerName: "Proveedor retirado" });
});

test("a quote that ends before an extended deadline makes no price any more", async () => {
  const pool = await run.closed([3, 3], [], { whenMissed: "extend", extendDays: 10 });
  const { broker, poolId, points } = pool;
  const later = run.supplier("Agro Plazo", flat(7_000));
  await run.signIn(broker)("POST", `/api/brokering/pools/${poolId}/suppliers`, { providerId: later.id });
  const { deadline } = await run.read(broker, poolId);
  const validUntil = new Date(new Date(deadline).getTime() + 4 * 86_400_000).toISOString();
  await run.quote(poolId, later.owner, run.quoteOf({ points }, later.id, flat(7_000), { validUntil }));
  expect((await run.read(broker, poolId)).price).toMatchObject({ from: "quotes" });
  await run.owner.read
    .update(pools)
    .set({ deadline: new Date(new Date(validUntil).getTime() + 86_400_000) })
    .where(eq(pools.id, poolId));
  expect((await run.read(broker, poolId)).price).toBeNull();
});

test("whom somebody else entered or changed is bound by their own word alone: silence takes them out", async () => {
  const pool = await run.closed([1, 10, 10], [flat(9_000)], { whenMissed: "extend", minimumPacks: 50 });
  const { poolId, broker, manager, members, orders, suppliers, quotes } = pool;
  const [raised = "", again = ""] = orders;
  // There is more time, and the broker makes forty of one; another says herself that the broker's word is hers.
  const change = (personId: string, orderId: string, packs: number) =>
    run.signIn(personId)("PUT", `/api/brokering/pool-orders/${orderId}`, { packs });
  const entered = { placedBy: broker, agreedPriceCentimos: null };
  for (const orderId of [raised, again])
    expect((await change(broker, orderId, 40)).body.order).toMatchObject(entered);
  expect((await change(members[1] ?? "", again, 10)).body.order).toMatchObject({
    agreedPriceCentimos: 9_000,
  });
  const { awardId } = await run.close(poolId, broker);
  await run.approve(manager, awardId);
  await run.answerSupply(suppliers[0]?.owner ?? "", awardId, quotes[0] ?? "");
  await run.settle();
  const asked = orders.map((orderId) => run.said.findLast(({ id }) => id === orderId)?.text);
  expect(asked).toEqual(["pool_price_ask_out", "pool_price_ask_in", "pool_price_ask_in"]);
  run.clock.set(new Date((await run.read(broker, poolId)).answerBy));
  await run.settle();
  expect((await run.read(members[0] ?? "", poolId)).order).toMatchObject({
    state: "out",
    reasons: [{ code: "silent-no-price", parameters: { price: 9_000 } }],
  });
  expect((await run.read(members[1] ?? "", poolId)).order.state).toBe("confirmed");
});

test("a supplier that has said yes stays in what is computed anew, though its quote is over by then", async () => {
  const pool = await run.closed([10, 10], [flat(9_000), flat(9_500)]);
  const { broker, manager, poolId, suppliers, quotes, members, orders, read } = pool;
  const [first = ""] = quotes;
  await run.approve(manager, read.awardId);
  await run.answerSupply(suppliers[0]?.owner ?? "", read.awardId, first);
  await run.owner.read.update(poolQuotes).set({ validUntil: run.clock() }).where(eq(poolQuotes.id, first));
  await run.answerPrice(members[0] ?? "", orders[0] ?? "", false);
  run.clock.set(new Date((await run.read(broker, poolId)).answerBy));
  await run.settle();
  const now = await run.read(broker, poolId);
  expect(now.state).toBe("ordered");
  const { suppliers: bringing } = await run.award(broker, now.awardId);
  expect(bringing).toMatchObject([{ quoteId: first, packs: 10 }]);
});

test("an approval does not go on to a supplier that nobody has seen: it is asked for anew", async () => {
  const pool = await run.closed([12, 10], [flat(8_000, 20), flat(9_500)]);
  const { broker, manager, poolId, suppliers, quotes, members, orders, read } = pool;
  await run.approve(manager, read.awardId);
  await run.answerSupply(suppliers[0]?.owner ?? "", read.awardId, quotes[0] ?? "");
  await run.answerPrice(members[0] ?? "", orders[0] ?? "", false);
  run.said.length = 0;
  run.clock.set(new Date((await run.read(broker, poolId)).answerBy));
  await run.settle();
  const now = await run.read(broker, poolId);
  expect(now.state).toBe("proposed");
  expect(await run.award(broker, now.awardId)).toMatchObject({
    cause: "members_left",
    makers: [broker],
    approvedBy: null,
    suppliers: [{ quoteId: quotes[1] }],
  });
  const asked = run.said.filter(({ text }) => text === "pool_award_ask");
  expect(asked.map(({ personId }) => personId)).toEqual([manager]);
  expect((await run.approve(broker, now.awardId)).body.code).toBe("own-proposal");
  expect((await run.approve(manager, now.awardId)).body.state).toBe("asking_suppliers");
});

test("quotes that somebody left out take part again after more time, and their suppliers hear of it", async () => {
  const { broker, manager, poolId, suppliers, quotes, read } = await run.closed(
    [10, 10],
    [flat(9_000), flat(9_500), flat(9_900)],
  );
  const [best = "", second = ""] = quotes;
  await run.sendBack(manager, read.awardId, { do: "recompute", withoutQuoteIds: [best] });
  await run.settle();
  const without = await run.read(broker, poolId);
  expect((await run.award(broker, without.awardId)).suppliers).toMatchObject([{ quoteId: second }]);
  await run.sendBack(manager, without.awardId, { do: "extend", days: 3 });
  await run.settle();
  const told = (text: string) => run.said.filter((each) => each.text === text).map((each) => each.personId);
  expect(told("pool_extended_supplier")).toEqual(expect.arrayContaining(suppliers.map(({ owner }) => owner)));
  const again = await run.close(poolId, broker);
  expect((await run.award(broker, again.awardId)).suppliers).toMatchObject([{ quoteId: best }]);
  // Left out and called off: that supplier hears of it too.
  await run.sendBack(manager, again.awardId, { do: "recompute", withoutQuoteIds: [best] });
  await run.settle();
  const reason = { reason: "No hay camión" };
  await run.signIn(broker)("POST", `/api/brokering/pools/${poolId}/cancellation`, reason);
  await run.settle();
  expect(told("pool_cancelled_organizer")).toContain(suppliers[0]?.owner);
});

test("who is out already cannot leave once more and take packs with them that are not theirs", async () => {
  const cooperative = run.world.cooperative(2);
  const { poolId } = await run.open(cooperative, { joiners: "members" });
  const [gone = "", stays = ""] = cooperative.members;
  const { id } = await run.join(poolId, gone, 5);
  await run.join(poolId, stays, 7);
  await erase(gone);
  const left = await run.signIn(cooperative.broker)("POST", `/api/brokering/pool-orders/${id}/leaving`);
  expect(left.body.order.state).toBe("out");
  expect((await run.read(cooperative.broker, poolId)).packs).toBe(7);
});
