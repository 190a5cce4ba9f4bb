import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pools } from "../src/pools/pools-tables.ts";
import { startDeliveries, type DeliveriesRun } from "./deliveries-run.ts";
import { orderedPool } from "./ordered-pool.ts";

let run: DeliveriesRun;
beforeAll(async () => {
  run = await startDeliveries();
});
afterAll(() => run.stop());

test("nothing came: the organizer is asked by SMS, and its no claims every pack, which nobody's silence proves", async () => {
  const pool = await orderedPool(run, {
    members: [4, 3],
    suppliers: [{ packs: 7, priceCentimos: 5_000, deliveryCentimos: 700 }],
  });
  const [supplier] = pool.providers;
  const { broker } = pool.cooperative;
  if (!supplier) throw new Error("nobody sold");
  const [{ id }] = await run.deliveriesOf(pool);
  const path = `/api/brokering/pool-deliveries/${id}`;
  await run.signIn(broker)("PUT", path, { day: run.day(1) });
  expect((await run.signIn(broker)("POST", `${path}/absence`)).body.code).toBe("delivery-not-due");
  run.clock.advance({ days: 2 });
  await run.settle();
  expect((await run.signIn(supplier.owner)("POST", `${path}/absence`)).body.code).toBe(
    "not-your-organization",
  );
  expect(await run.reply("pool-delivery", broker, id, false)).toBe("delivery_came_not");
  await run.settle();
  for (const { personId, orderId } of pool.orders) {
    expect(run.said).toContainEqual({ personId, text: "delivery_missed" });
    expect(await run.receiptOf(orderId, personId)).toMatchObject({
      state: "some",
      cameSound: 0,
      answerBy: null,
    });
  }
  expect(run.said).toContainEqual({ personId: supplier.owner, text: "delivery_short" });
  expect((await run.signIn(broker)("POST", `${path}/arrival`)).body.code).toBe("already-brought");
  const answer = (deliveryId: string, body: object) =>
    run.signIn(supplier.owner)("POST", `/api/brokering/pool-deliveries/${deliveryId}/claims/answer`, {
      answer: body,
    });
  // It is promised for another day, on which nothing comes either: claimed anew, and then off the invoice.
  const { deliveryId } = (await answer(id, { do: "bring", day: run.day(1) })).body;
  run.clock.advance({ days: 2 });
  await run.signIn(broker)("POST", `/api/brokering/pool-deliveries/${deliveryId}/absence`);
  const { claims } = (await run.signIn(broker)("GET", `${path}/claims`)).body;
  expect(claims.map(({ state }: { state: string }) => state)).toEqual(["renewed", "renewed"]);
  expect((await answer(deliveryId, { do: "credit" })).body).toMatchObject({
    claims: 2,
    creditCentimos: 35_700,
  });
  expect((await run.report(pool)).state).toBe("completed");
});

test("where nobody says a day or whether it came, the organizer is asked after ten days, then an operator", async () => {
  const pool = await orderedPool(run, {
    members: [4],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const { broker } = pool.cooperative;
  const [{ id }] = await run.deliveriesOf(pool);
  run.clock.advance({ days: 10 });
  await run.settle();
  expect(run.said.filter((each) => each.id === id)).toMatchObject([
    { personId: broker, text: "delivery_asked" },
  ]);
  expect(await run.unattended(id)).toEqual([]);
  run.clock.advance({ days: 3 });
  await run.settle();
  const who = { deliveryId: id, personIds: [broker, pool.providers[0]?.owner] };
  expect(await run.unattended(id)).toEqual([who]);
  run.clock.advance({ days: 30 });
  await run.settle();
  expect(await run.unattended(id)).toEqual([who]);
});

test("once its day is over members say themselves what came, and an arrival after that asks them anew", async () => {
  const pool = await orderedPool(run, {
    members: [2, 2, 1],
    suppliers: [{ packs: 5, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [rosa, luz] = pool.orders;
  if (!rosa || !luz) throw new Error("nobody ordered");
  const [{ id }] = await run.deliveriesOf(pool);
  const broker = run.signIn(pool.cooperative.broker);
  await broker("PUT", `/api/brokering/pool-deliveries/${id}`, { day: run.day(0) });
  const say = async ({ personId, orderId }: typeof rosa, packs: number) =>
    run.signIn(personId)(
      "POST",
      `/api/brokering/pool-receipts/${(await run.receiptOf(orderId, personId)).id}/answer`,
      { packs },
    );
  expect((await say(rosa, 0)).body.code).toBe("not-brought-yet");
  run.clock.advance({ days: 1 });
  expect((await say(rosa, 0)).body.receipt).toMatchObject({
    claims: [{ reason: "short", packs: 2, state: "open" }],
  });
  await say(luz, 1);
  await broker("POST", `/api/brokering/pool-deliveries/${id}/arrival`);
  // What was said of what did come is not asked again.
  expect(await run.receiptOf(luz.orderId, luz.personId)).toMatchObject({
    state: "some",
    cameSound: 1,
    claims: [{ reason: "short", packs: 1, state: "open" }],
  });
  expect(await run.receiptOf(rosa.orderId, rosa.personId)).toMatchObject({ state: "asked", claims: [] });

  // Where all of them say it, nobody else has to.
  const other = await orderedPool(run, {
    members: [2],
    suppliers: [{ packs: 2, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [ana] = other.orders;
  if (!ana) throw new Error("nobody ordered");
  run.clock.advance({ days: 11 });
  await say(ana, 0);
  expect(await run.deliveriesOf(other)).toMatchObject([{ state: "missed", openClaims: 1 }]);
});

test("a supplier's word that it came is contested by the organizer as long as no member says so", async () => {
  const pool = await orderedPool(run, {
    members: [2, 2],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [{ id }] = await run.deliveriesOf(pool);
  const path = `/api/brokering/pool-deliveries/${id}`;
  await run.signIn(pool.providers[0]?.owner ?? "")("POST", `${path}/arrival`);
  const absence = () => run.signIn(pool.cooperative.broker)("POST", `${path}/absence`);
  expect((await absence()).body.delivery).toMatchObject({ state: "missed", broughtAt: null, openClaims: 2 });
  run.clock.advance({ days: 6 });
  await run.settle();
  const [rosa] = pool.orders;
  expect(await run.receiptOf(rosa?.orderId ?? "", rosa?.personId ?? "")).toMatchObject({ cameSound: 0 });

  const other = await orderedPool(run, {
    members: [2, 2],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [brought] = await run.deliveriesOf(other);
  const there = `/api/brokering/pool-deliveries/${brought.id}`;
  await run.signIn(other.providers[0]?.owner ?? "")("POST", `${there}/arrival`);
  const [luz] = other.orders;
  const receipt = await run.receiptOf(luz?.orderId ?? "", luz?.personId ?? "");
  await run.reply("pool-receipt", luz?.personId ?? "", receipt.id, true);
  const refused = await run.signIn(other.cooperative.broker)("POST", `${there}/absence`);
  expect(refused.body.code).toBe("already-brought");
});

test("a supplier that does not answer what was missing is reminded of all of it, then an operator is called", async () => {
  const pool = await orderedPool(run, {
    members: [2, 2],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const owner = pool.providers[0]?.owner ?? "";
  const [{ id }] = await run.deliveriesOf(pool);
  await run.signIn(owner)("POST", `/api/brokering/pool-deliveries/${id}/arrival`);
  for (const { personId, orderId } of pool.orders) {
    const receipt = await run.receiptOf(orderId, personId);
    await run.signIn(personId)("POST", `/api/brokering/pool-receipts/${receipt.id}/answer`, { packs: 1 });
  }
  await run.settle();
  const told = () => run.said.filter(({ personId, text }) => personId === owner && text === "delivery_short");
  expect(told()).toHaveLength(1);
  run.clock.advance({ days: 3 });
  await run.settle();
  expect([told().length, await run.unattended(id)]).toEqual([2, []]);
  run.clock.advance({ days: 3 });
  await run.settle();
  expect(await run.unattended(id)).toEqual([{ deliveryId: id, personIds: [owner, pool.cooperative.broker] }]);
  await run.signIn(owner)("POST", `/api/brokering/pool-deliveries/${id}/claims/answer`, {
    answer: { do: "credit" },
  });
  run.clock.advance({ days: 9 });
  await run.settle();
  expect([told().length, (await run.unattended(id)).length]).toEqual([2, 1]);
});

test("who did not get all of what the organizer sells itself says how much came, and is not forgotten", async () => {
  const pool = await orderedPool(run, {
    members: [2],
    suppliers: [{ packs: 2, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [rosa] = pool.orders;
  const [{ id: organizerId, owner } = { id: "", owner: "" }] = pool.providers;
  if (!rosa) throw new Error("nobody ordered");
  const own = { organizerKind: "provider" as const, organizerId, makers: [owner] };
  await run.owner.read.update(pools).set(own).where(eq(pools.id, pool.poolId));
  const { deliveries } = (await run.signIn(owner)("GET", `/api/brokering/pools/${pool.poolId}/deliveries`))
    .body;
  const [{ id }] = deliveries;
  await run.signIn(owner)("POST", `/api/brokering/pool-deliveries/${id}/arrival`);
  const receipt = await run.receiptOf(rosa.orderId, rosa.personId);
  expect(await run.reply("pool-receipt", rosa.personId, receipt.id, false)).toBe("receipt_how_many");
  run.clock.advance({ days: 3 });
  await run.settle();
  expect(run.said).toContainEqual({ personId: rosa.personId, text: "receipt_how_many" });
  expect(run.said).not.toContainEqual({ personId: owner, text: "receipt_unclear" });
  run.clock.advance({ days: 3 });
  await run.settle();
  expect(await run.unattended(id)).toMatchObject([
    { deliveryId: id, personIds: [rosa.personId, expect.any(String)] },
  ]);
});
