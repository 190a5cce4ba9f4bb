import { readBrokeringNews } from "@minka/contracts/brokering-news";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { changeOrder, listJoinablePools } from "@minka/contracts/pool-orders";
import { sql } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import { poolInvoices } from "../src/pools/pool-awards-tables.ts";
import { refusal } from "./brokering-run.ts";
import { flat, startPools, sum, uchiza, type PoolsRun } from "./pools-run.ts";

let run: PoolsRun;
beforeAll(async () => {
  run = await startPools();
});
afterAll(() => run.stop());

const answer = (kind: "pool-award" | "pool-supply" | "pool-price", text: string) => async () => {
  const asked = run.said.filter((each) => each.text.startsWith(text) && each.kind === kind);
  run.said.length = 0;
  for (const { personId, id = "" } of asked) {
    const body = { personId, accepted: true, at: run.clock().toISOString() };
    await run.call(brokeringConfirmations.answer, { params: { kind, id }, body }, run.trace);
  }
  await run.settle();
  return asked.length;
};

test("43 members and three suppliers: from the opening to an order whose sums agree to the céntimo", async () => {
  const cooperative = run.world.cooperative(43);
  const { broker, manager, members } = cooperative;
  for (const personId of members.slice(30))
    Object.assign(run.world.people.get(personId) ?? {}, { districtCode: uchiza });
  const tiers = [
    { minimumPacks: 20, priceCentimos: 13_000 },
    { minimumPacks: 100, priceCentimos: 11_800 },
    { minimumPacks: 200, priceCentimos: 9_800 },
  ];
  const suppliers = [
    run.supplier("Agroinsumos del Huallaga", tiers),
    run.supplier("Agroveterinaria El Campo", [{ minimumPacks: 1, priceCentimos: 13_500 }], 500),
    run.supplier("Fertilizantes Nor Oriente", [{ minimumPacks: 50, priceCentimos: 12_000 }]),
  ];
  const pool = await run.open(cooperative, { feeCentimosPerPack: 100, joiners: "members" });
  const { poolId } = pool;

  const toldOf = (text: string) => run.said.filter((each) => each.text === text).map((each) => each.personId);
  expect(new Set(toldOf("pool_opened")).size).toBe(44);
  expect(toldOf("pool_quote_wanted").toSorted()).toEqual(suppliers.map(({ owner }) => owner).toSorted());

  // 42 join by SMS; the broker enters the last, who is told.
  for (const [index, personId] of members.slice(0, 42).entries())
    await run.join(
      poolId,
      personId,
      4 + (index % 2),
      index === 0 ? { minimumPacks: 2, maximumPacks: 6 } : {},
    );
  const [last = ""] = members.slice(42);
  // A tier reprices all who are in, and they hear of it: the first four at once (the fifth in the answer), everybody when it was quiet for hours.
  const cheaper = () => toldOf("pool_cheaper_next").length;
  await run.settle();
  expect(cheaper()).toBe(4);
  run.clock.advance({ hours: 6 });
  await run.settle();
  expect(cheaper()).toBe(4 + 42);
  const entered = await run.signIn(broker)("POST", `/api/brokering/pools/${poolId}/orders`, {
    personId: last,
    packs: 9,
  });
  expect(entered.body.order).toMatchObject({ placedBy: broker, pointId: pool.points[1]?.id });
  await run.settle();
  expect(toldOf("pool_order_made")).toEqual([last]);
  expect(cheaper()).toBe(4 + 42);

  // Sealed: what anybody may see is published prices; 198 packs, and two are missing for the next tier.
  const seen = await run.read(members[0] ?? "", poolId);
  expect(seen).toMatchObject({
    packs: 198,
    people: 43,
    tiers: null,
    order: { packs: 4, minimumPacks: 2, maximumPacks: 6 },
    price: { from: "offers", priceCentimos: 11_900, next: { missingPacks: 2, priceCentimos: 9_900 } },
  });
  const news = { kind: "pool-cheaper" as const, id: poolId, personIds: [last] };
  const { news: told } = await run.call(readBrokeringNews, { body: news }, run.trace);
  expect(told[0]?.parameters).toMatchObject({ price: { about: true, centimos: 11_900 } });
  expect(await refusal(run.join(poolId, last, 3))).toBe("already-joined");

  for (const [index, { id, owner }] of suppliers.entries()) {
    const own = [
      tiers,
      [{ minimumPacks: 1, priceCentimos: 13_400 }],
      [{ minimumPacks: 50, priceCentimos: 11_900 }],
    ];
    expect((await run.quote(poolId, owner, run.quoteOf(pool, id, own[index] ?? tiers))).status).toBe(201);
  }

  // At the deadline tolerance reaches the tier of 200 packs for all.
  const closed = await run.close(poolId, broker);
  expect(closed.state).toBe("proposed");
  const award = await run.award(broker, closed.awardId);
  expect(award).toMatchObject({
    packs: 200,
    toleranceUsed: true,
    cause: "deadline",
    goodsCentimos: 200 * 9_800,
  });
  expect(award.orders.find((line: { packs: number }) => line.packs === 6).reasons[0].code).toBe(
    "tolerance-used",
  );
  expect(sum(award.orders.map((line: { totalCentimos: number }) => line.totalCentimos))).toBe(
    sum(award.suppliers.map((line: { totalCentimos: number }) => line.totalCentimos)) + 200 * 100,
  );

  // Two people: who opened it cannot approve it, the manager does by SMS.
  expect((await run.approve(broker, award.id)).body.code).toBe("own-proposal");
  expect(await answer("pool-award", "pool_award_ask")()).toBe(1);
  expect(await run.read(manager, poolId)).toMatchObject({ state: "asking_suppliers" });
  expect(await answer("pool-supply", "pool_supply_ask")()).toBe(1);
  expect((await run.read(manager, poolId)).state).toBe("asking_members");

  // Whom the price suits says so or nothing: it is below what they were told. Whom the broker entered was told none.
  const asked = run.said.filter(({ text }) => text.startsWith("pool_price_ask"));
  expect(asked).toHaveLength(43);
  const mustSay = asked.filter(({ text }) => text === "pool_price_ask_out");
  expect(mustSay.map(({ personId }) => personId)).toEqual([last]);
  expect((await run.answerPrice(last, mustSay[0]?.id ?? "", true)).body.order.state).toBe("confirmed");
  run.clock.set(new Date((await run.read(broker, poolId)).answerBy));
  await run.settle();
  expect(await run.read(members[0] ?? "", poolId)).toMatchObject({
    state: "ordered",
    order: { state: "final" },
  });
  expect(toldOf("pool_order_final")).toHaveLength(43);

  const [invoices] = await run.owner.read
    .select({ all: sql<string>`sum(total_centimos)` })
    .from(poolInvoices);
  const [paid] = await run.owner.read
    .select({ all: sql<string>`sum(total_centimos)`, packs: sql<string>`sum(final_packs)` })
    .from(poolOrders);
  expect(Number(paid?.all)).toBe(Number(invoices?.all) + Number(paid?.packs) * 100);
});

test("until the deadline nobody but a supplier sees its sealed quote, which it may replace until then", async () => {
  const cooperative = run.world.cooperative(2);
  const supplier = run.supplier("Semillas del Alto", [{ minimumPacks: 1, priceCentimos: 12_000 }]);
  const rival = run.supplier("Campo Verde", [{ minimumPacks: 1, priceCentimos: 12_500 }]);
  const pool = await run.open(cooperative);
  const url = `/api/brokering/pools/${pool.poolId}/quotes`;
  const operator = run.world.person();
  const tiers = [{ minimumPacks: 10, priceCentimos: 11_000 }];
  await run.quote(pool.poolId, supplier.owner, run.quoteOf(pool, supplier.id, tiers));
  const again = run.quoteOf(pool, supplier.id, [{ minimumPacks: 10, priceCentimos: 10_900 }]);
  expect((await run.quote(pool.poolId, supplier.owner, again)).body.quote).toMatchObject({ version: 2 });
  for (const read of [run.signIn(cooperative.broker), run.signIn(operator, true)]) {
    expect((await read("GET", url)).body.code).toBe("quotes-sealed");
    expect((await read("GET", `/api/brokering/pools/${pool.poolId}`)).body.pool.tiers).toBeNull();
  }
  expect((await run.signIn(operator, true)("GET", `${url}?providerId=${supplier.id}`)).body.code).toBe(
    "quotes-sealed",
  );
  expect((await run.signIn(rival.owner)("GET", `${url}?providerId=${supplier.id}`)).body.code).toBe(
    "not-your-provider",
  );
  const invited = `/api/brokering/providers/${supplier.id}/pools`;
  expect((await run.signIn(operator, true)("GET", invited)).body.items).toMatchObject([{ quote: null }]);
  expect((await run.signIn(supplier.owner)("GET", invited)).body.items).toMatchObject([
    { quote: { version: 2 } },
  ]);
  const own = await run.signIn(supplier.owner)("GET", `${url}?providerId=${supplier.id}`);
  expect(own.body.quotes.map(({ state }: { state: string }) => state)).toEqual(["standing", "replaced"]);

  run.clock.set(new Date((await run.read(cooperative.broker, pool.poolId)).deadline));
  expect((await run.quote(pool.poolId, supplier.owner, again)).body.code).toBe("quote-too-late");
  await run.settle();
});

test("sealed quotes are shown to others once nobody can quote again, and not before", async () => {
  const cooperative = run.world.cooperative(1);
  const tiers = [{ minimumPacks: 1, priceCentimos: 9_000 }];
  const [supplier, rival] = [run.supplier("Agro Sello", tiers), run.supplier("Agro Rival", tiers)];
  const pool = await run.open(cooperative, { minimumPacks: 1, joiners: "members" });
  await run.quote(pool.poolId, supplier.owner, run.quoteOf(pool, supplier.id, tiers));
  await run.join(pool.poolId, cooperative.members[0] ?? "", 5);
  const { awardId, state } = await run.close(pool.poolId, cooperative.broker);
  expect(state).toBe("proposed");
  // More time may still be given, and then whoever had seen others' prices would quote just below them.
  expect((await run.read(rival.owner, pool.poolId)).tiers).toBeNull();
  await run.approve(cooperative.manager, awardId);
  const { suppliers } = await run.award(cooperative.broker, awardId);
  await run.answerSupply(supplier.owner, awardId, suppliers[0].quoteId);
  expect((await run.read(rival.owner, pool.poolId)).tiers).toMatchObject([{ tiers }]);
});

test("who sells in a sealed purchase that they arrange reads no quote or award while anybody may quote anew", async () => {
  const pool = await run.closed([10, 10], [flat(9_000), flat(9_500)], { sealed: true });
  const { broker, manager, poolId, suppliers, quotes, read } = pool;
  run.world.staff.push({ personId: broker, providerId: suppliers[1]?.id ?? "" });
  const paths = [`pools/${poolId}/quotes`, `pools/${poolId}/awards`, `pool-awards/${read.awardId}`];
  const seen = (personId: string) =>
    Promise.all(
      paths.map(async (path) => {
        const { status, body } = await run.signIn(personId)("GET", `/api/brokering/${path}`);
        return status === 200 ? "seen" : body.code;
      }),
    );
  const none = paths.map(() => "quotes-sealed");
  const all = paths.map(() => "seen");
  expect([await seen(broker), await seen(manager)]).toEqual([none, all]);
  await run.sendBack(manager, read.awardId, { do: "extend", days: 3 });
  expect(await seen(manager)).toEqual(none);
  const { awardId } = await run.close(poolId, manager);
  await run.approve(manager, awardId);
  await run.answerSupply(suppliers[0]?.owner ?? "", awardId, quotes[0] ?? "");
  expect(await seen(broker)).toEqual(all);
});

test("a change that is sent again after the deadline gets its first answer: it is in, and not late", async () => {
  const cooperative = run.world.cooperative(1);
  const pool = await run.open(cooperative, { joiners: "members" });
  const order = await run.join(pool.poolId, cooperative.members[0] ?? "", 3);
  const change = () =>
    run.call(
      changeOrder,
      { params: { orderId: order.id }, body: { packs: 5 } },
      { ...run.trace, idempotencyKey: `change-${order.id}` },
    );
  expect((await change()).order.packs).toBe(5);
  run.clock.set(new Date((await run.read(cooperative.broker, pool.poolId)).deadline));
  expect((await change()).order.packs).toBe(5);
  // Who is told so right then reads what they have in it.
  const params = { personId: order.personId };
  const { pools } = await run.call(listJoinablePools, { params, query: {} }, run.trace);
  expect(pools).toMatchObject([{ id: pool.poolId, order: { packs: 5 } }]);
  await run.settle();
});

test("in a group of neighbours any member proposes and any other one approves", async () => {
  const group = run.world.cooperative(2, { kind: "group", name: "Vecinas de Pólvora" });
  const [one = "", two = ""] = group.members;
  const supplier = run.supplier("Agro Pólvora", [{ minimumPacks: 1, priceCentimos: 9_000 }]);
  const pool = await run.open({ id: group.id, broker: one }, { minimumPacks: 4 });
  await run.quote(
    pool.poolId,
    supplier.owner,
    run.quoteOf(pool, supplier.id, [{ minimumPacks: 1, priceCentimos: 9_000 }]),
  );
  await run.join(pool.poolId, two, 4);
  const { state, awardId } = await run.close(pool.poolId, one);
  expect(state).toBe("proposed");
  expect((await run.approve(one, awardId)).body.code).toBe("own-proposal");
  expect((await run.approve(two, awardId)).body.state).toBe("asking_suppliers");
});

test("a message about a joint purchase can mean what its writer may join or is in, by what they call it", async () => {
  const cooperative = run.world.cooperative(1);
  const [member = ""] = cooperative.members;
  const neighbour = run.world.person({ districtCode: "221002" });
  const urea = await run.open(cooperative, { joiners: "members" });
  const copper = await run.open(cooperative, { product: "copper", districts: ["221002"] });
  const joinable = async (personId: string, product?: "fertilizer" | "copper") =>
    (await run.call(listJoinablePools, { params: { personId }, query: { product } }, run.trace)).pools;
  const ids = (pools: readonly { id: string }[]) => pools.map(({ id }) => id);
  expect(ids(await joinable(member)).toSorted()).toEqual([urea.poolId, copper.poolId].toSorted());
  expect(ids(await joinable(member, "fertilizer"))).toEqual([urea.poolId]);
  expect(ids(await joinable(neighbour))).toEqual([copper.poolId]);
  await run.join(copper.poolId, neighbour, 2);
  expect(await joinable(neighbour, "copper")).toMatchObject([{ order: { packs: 2 } }]);

  const anybody = await run.app.inject("/api/brokering/pools?districtCode=221002");
  expect(ids(anybody.json().items)).toEqual([copper.poolId]);
  const url = `/api/brokering/people/${neighbour}/pool-orders`;
  expect((await run.signIn(neighbour)("GET", url)).body.items).toMatchObject([
    { order: { packs: 2 }, pool: { id: copper.poolId } },
  ]);
  expect((await run.signIn(member)("GET", url)).body.code).toBe("not-yours");
  const open = (asker: string) => run.signIn(asker)("GET", url.replace("pool-orders", "joinable-pools"));
  expect((await open(neighbour)).body.pools).toMatchObject([{ id: copper.poolId, order: { packs: 2 } }]);
  expect((await open(member)).body.code).toBe("not-yours");
  const orders = await run.signIn(cooperative.broker)("GET", `/api/brokering/pools/${copper.poolId}/orders`);
  expect(orders.body.items).toMatchObject([
    { personId: neighbour, name: expect.stringContaining("Persona") },
  ]);
  expect(JSON.stringify(orders.body)).not.toContain("+51");
});
