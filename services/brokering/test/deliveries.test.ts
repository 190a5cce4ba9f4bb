import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { eq, sql } from "@minka/database/query";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { poolReceipts } from "../src/deliveries/deliveries-tables.ts";
import { lockPool } from "../src/pools/lock-pool.ts";
import { startDeliveries, type DeliveriesRun } from "./deliveries-run.ts";
import { orderedPool } from "./ordered-pool.ts";

let run: DeliveriesRun;
beforeAll(async () => {
  run = await startDeliveries();
});
afterAll(() => run.stop());

type Pool = Awaited<ReturnType<typeof orderedPool>>;

/** Everything that is owed, in cash, with the receiver's own word. */
async function settleMoney(pool: Pool) {
  const { members, suppliers } = await run.report(pool);
  const pay = (by: string, kind: string, id: string, amountCentimos: number, more = {}) =>
    run.signIn(by)("POST", "/api/brokering/payments", {
      subject: { kind, id },
      amountCentimos,
      method: "cash",
      ...more,
    });
  for (const { orderId, personId, owedCentimos, backCentimos } of members) {
    if (owedCentimos > 0) await pay(pool.cooperative.broker, "pool-order", orderId, owedCentimos);
    if (backCentimos > 0) await pay(personId, "pool-order", orderId, backCentimos, { back: true });
  }
  for (const { invoiceId, providerId, owedCentimos } of suppliers) {
    const owner = pool.providers.find(({ id }) => id === providerId)?.owner ?? "";
    if (owedCentimos > 0) await pay(owner, "pool-invoice", invoiceId, owedCentimos);
  }
}

test("a shortage that is credited is off the invoice and the member's due, and the purchase is completed once all is paid", async () => {
  const pool = await orderedPool(run, {
    members: [4, 3],
    suppliers: [{ packs: 7, priceCentimos: 9_833, deliveryCentimos: 1_001 }],
    feeCentimosPerPack: 50,
  });
  const [supplier] = pool.providers;
  const [rosa, luz] = pool.orders;
  if (!supplier || !rosa || !luz) throw new Error("nobody ordered");
  const [delivery] = await run.deliveriesOf(pool);
  expect(delivery).toMatchObject({ packs: 7, part: 1, state: "planned", day: null });
  const owner = run.signIn(supplier.owner);
  const path = `/api/brokering/pool-deliveries/${delivery.id}`;
  expect((await owner("PUT", path, { day: "2020-01-01" })).body.code).toBe("day-wrong");
  expect((await run.signIn(rosa.personId)("PUT", path, { day: run.day(2) })).body.code).toBe(
    "not-your-delivery",
  );
  expect((await owner("PUT", path, { day: run.day(2) })).body.delivery.day).toBe(run.day(2));
  await run.settle();
  expect(run.said).toContainEqual({ personId: rosa.personId, text: "delivery_coming" });
  expect(run.said).toContainEqual({ personId: pool.cooperative.broker, text: "delivery_day" });
  const early = await run.receiptOf(rosa.orderId, rosa.personId);
  const answerOf = (id: string) => `/api/brokering/pool-receipts/${id}/answer`;
  expect((await run.signIn(rosa.personId)("POST", answerOf(early.id), { packs: 4 })).body.code).toBe(
    "not-brought-yet",
  );
  // Before its day nobody is asked, so that nobody's silence counts.
  expect((await owner("POST", `${path}/arrival`)).body.code).toBe("delivery-not-due");
  run.clock.advance({ days: 2 });
  await owner("POST", `${path}/arrival`);
  expect((await owner("POST", `${path}/arrival`)).body.code).toBe("already-brought");
  await run.settle();
  // Rosa by SMS: all. Luz by the web: one is missing, one is torn.
  const asked = run.said.find(({ kind, personId }) => kind === "pool-receipt" && personId === rosa.personId);
  const params = { kind: "pool-receipt" as const, id: asked?.id ?? "" };
  const yes = { personId: rosa.personId, accepted: true, at: run.clock().toISOString() };
  expect((await run.call(brokeringConfirmations.answer, { params, body: yes }, run.trace)).reply.text).toBe(
    "receipt_all",
  );
  const receipt = await run.receiptOf(luz.orderId, luz.personId);
  const said = { packs: 2, complaints: [{ reason: "damaged", packs: 1 }] };
  expect((await run.signIn(rosa.personId)("POST", answerOf(receipt.id), said)).body.code).toBe("not-yours");
  const wrong = { packs: 4, complaints: [{ reason: "damaged", packs: 5 }] };
  expect((await run.signIn(luz.personId)("POST", answerOf(receipt.id), wrong)).body.code).toBe("packs-wrong");
  const kept = (await run.signIn(luz.personId)("POST", answerOf(receipt.id), said)).body.receipt;
  expect(kept).toMatchObject({ state: "some", cameSound: 1 });
  await run.settle();
  expect(
    run.said.filter(({ personId, text }) => personId === supplier.owner && text === "delivery_short"),
  ).toHaveLength(1);
  const claims = await owner("GET", `${path}/claims`);
  expect(
    claims.body.claims.map(({ reason, packs }: { reason: string; packs: number }) => [reason, packs]),
  ).toEqual([
    ["short", 1],
    ["damaged", 1],
  ]);
  const credit = { answer: { do: "credit" } };
  const broker = run.signIn(pool.cooperative.broker);
  expect((await broker("POST", `${path}/claims/answer`, credit)).body.code).toBe("not-your-provider");
  expect((await owner("POST", `${path}/claims/answer`, credit)).body).toMatchObject({
    claims: 2,
    creditCentimos: 19_666,
  });
  expect((await owner("POST", `${path}/claims/answer`, credit)).body.code).toBe("no-open-claims");
  const { members, suppliers, totals } = await run.report(pool);
  expect(members[1]).toMatchObject({ creditCentimos: 19_766, dueCentimos: luz.totalCentimos - 19_766 });
  expect(suppliers[0]).toMatchObject({ creditCentimos: 19_666, dueCentimos: 7 * 9_833 + 1_001 - 19_666 });
  expect(totals.membersDueCentimos).toBe(totals.suppliersDueCentimos + totals.feeCentimos);
  const state = async () => (await run.report(pool)).state;
  expect(await state()).toBe("ordered");
  await settleMoney(pool);
  expect(await state()).toBe("completed");
  expect((await run.signIn(luz.personId)("POST", answerOf(receipt.id), { packs: 3 })).body.code).toBe(
    "pool-over",
  );
});

test("what a supplier brings later is asked about anew; who is silent is taken to have all", async () => {
  const pool = await orderedPool(run, {
    members: [2, 2],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [supplier] = pool.providers;
  const [rosa] = pool.orders;
  if (!supplier || !rosa) throw new Error("nobody ordered");
  const owner = run.signIn(supplier.owner);
  const [first] = await run.deliveriesOf(pool);
  await owner("POST", `/api/brokering/pool-deliveries/${first.id}/arrival`);
  await run.settle();
  // By SMS Rosa only says that not all came: the organizer's broker asks her, and writes down how many.
  const receipt = await run.receiptOf(rosa.orderId, rosa.personId);
  const broker = run.signIn(pool.cooperative.broker);
  const path = `/api/brokering/pool-receipts/${receipt.id}/answer`;
  expect((await broker("POST", path, { packs: 1 })).body.code).toBe("not-yours");
  const params = { kind: "pool-receipt" as const, id: receipt.id };
  const no = { personId: rosa.personId, accepted: false, at: run.clock().toISOString() };
  expect((await run.call(brokeringConfirmations.answer, { params, body: no }, run.trace)).reply.text).toBe(
    "receipt_not_all",
  );
  await run.settle();
  expect(run.said).toContainEqual({ personId: pool.cooperative.broker, text: "receipt_unclear" });
  expect((await broker("POST", path, { packs: 1 })).body.receipt.state).toBe("some");
  const bring = { answer: { do: "bring", day: run.day(3) } };
  const answered = await owner("POST", `/api/brokering/pool-deliveries/${first.id}/claims/answer`, bring);
  expect(answered.body).toMatchObject({ claims: 1, packs: 1 });
  await run.settle();
  expect(run.said).toContainEqual({ personId: rosa.personId, text: "claim_promised" });
  expect((await broker("POST", path, { packs: 2 })).status).toBe(403);
  run.clock.advance({ days: 3 });
  await owner("POST", `/api/brokering/pool-deliveries/${answered.body.deliveryId}/arrival`);
  expect(await run.receiptOf(rosa.orderId, rosa.personId, 2)).toMatchObject({ packs: 1, state: "asked" });
  await settleMoney(pool);
  expect((await run.report(pool)).state).toBe("ordered");
  run.clock.advance({ days: 6 });
  await run.settle();
  expect((await run.receiptOf(rosa.orderId, rosa.personId, 2)).state).toBe("silent");
  expect((await run.report(pool)).state).toBe("completed");
});

test("packing list and files name who gets what of whom, for the organizer's people alone, and no cell is a formula", async () => {
  const pool = await orderedPool(run, {
    members: [5, 3],
    suppliers: [
      { packs: 6, priceCentimos: 9_000, deliveryCentimos: 0 },
      { packs: 2, priceCentimos: 9_500, deliveryCentimos: 300 },
    ],
    title: "Urea <b>46%</b>",
  });
  const [rosa, luz] = pool.orders;
  const person = run.world.people.get(rosa?.personId ?? "");
  if (!person || !luz) throw new Error("nobody ordered");
  person.name = '=HYPERLINK("http://x","Rosa")';
  const broker = run.signIn(pool.cooperative.broker);
  const { body } = await broker("GET", `/api/brokering/pools/${pool.poolId}/packing-list`);
  const [point] = body.points;
  expect(point).toMatchObject({ name: "Local comunal", packs: 8 });
  const brought = new Map<string, number>();
  for (const line of point.lines) {
    expect(line.of.reduce((sum: number, { packs }: { packs: number }) => sum + packs, 0)).toBe(line.packs);
    for (const { deliveryId, packs } of line.of)
      brought.set(deliveryId, (brought.get(deliveryId) ?? 0) + packs);
  }
  for (const { id, packs } of point.deliveries) expect(brought.get(id)).toBe(packs);
  const file = (query: string) => broker("GET", `/api/brokering/pools/${pool.poolId}/report/file?${query}`);
  const csv = await file("part=members&format=csv");
  expect(String(csv.body)).toContain("'=HYPERLINK");
  const page = await file("part=packing-list&format=html");
  expect(String(page.body)).toContain("Urea &#60;b&#62;46%&#60;/b&#62;");
  expect(String(page.body)).toContain("&#61;HYPERLINK(&#34;http");
  expect(String(page.body)).toContain("5 de Agroinsumos 1");
  for (const part of ["points", "suppliers", "allocation", "payments"])
    expect((await file(`part=${part}&format=xlsx`)).status).toBe(200);
  const { totals } = await run.report(pool);
  expect(totals.membersDueCentimos).toBe(totals.suppliersDueCentimos);
  for (const nobody of [luz.personId, pool.providers[0]?.owner ?? ""])
    for (const path of ["packing-list", "report", "report/file?part=members"])
      expect((await run.signIn(nobody)("GET", `/api/brokering/pools/${pool.poolId}/${path}`)).status).toBe(
        403,
      );
});

test("what a credit takes off others' dues is told to them too, so that nobody's money is kept", async () => {
  const pool = await orderedPool(run, {
    members: [5, 3],
    suppliers: [
      { packs: 6, priceCentimos: 9_000, deliveryCentimos: 0 },
      { packs: 2, priceCentimos: 19_000, deliveryCentimos: 0 },
    ],
  });
  const [rosa, luz] = pool.orders;
  const dear = pool.providers[1];
  if (!rosa || !luz || !dear) throw new Error("nobody ordered");
  await settleMoney(pool);
  const delivery = (await run.deliveriesOf(pool)).find(
    ({ providerId }: { providerId: string }) => providerId === dear.id,
  );
  const owner = run.signIn(dear.owner);
  await owner("POST", `/api/brokering/pool-deliveries/${delivery.id}/arrival`);
  const { body } = await run.signIn(luz.personId)(
    "GET",
    `/api/brokering/pool-orders/${luz.orderId}/receipts`,
  );
  const receipt = body.receipts.find(
    (each: { delivery: { id: string } }) => each.delivery.id === delivery.id,
  );
  await run.signIn(luz.personId)("POST", `/api/brokering/pool-receipts/${receipt.id}/answer`, { packs: 0 });
  const credit = { answer: { do: "credit" } };
  await owner("POST", `/api/brokering/pool-deliveries/${delivery.id}/claims/answer`, credit);
  await run.settle();
  // Two packs at the dear price are more than Luz pays for all of hers: the rest is off Rosa's.
  const { members } = await run.report(pool);
  expect(members.map(({ backCentimos }: { backCentimos: number }) => backCentimos > 0)).toEqual([true, true]);
  for (const { personId } of [rosa, luz])
    expect(run.said).toContainEqual({ personId, text: "refund_to_you" });
});

test("what a member says of their packs in the same instant goes before what the broker writes down", async () => {
  const pool = await orderedPool(run, {
    members: [4],
    suppliers: [{ packs: 4, priceCentimos: 5_000, deliveryCentimos: 0 }],
  });
  const [rosa] = pool.orders;
  const [supplier] = pool.providers;
  if (!rosa || !supplier) throw new Error("nobody ordered");
  const [delivery] = await run.deliveriesOf(pool);
  await run.signIn(supplier.owner)("POST", `/api/brokering/pool-deliveries/${delivery.id}/arrival`);
  const { id } = await run.receiptOf(rosa.orderId, rosa.personId);
  const unclear = { state: "unclear" as const, answerBy: null };
  await run.owner.read.update(poolReceipts).set(unclear).where(eq(poolReceipts.id, id));
  const waiting = async () => {
    const rows = await run.owner.read.execute(sql`select pid from pg_locks where not granted`);
    return rows.length > 0;
  };
  const [locked, waited] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const member = run.owner.transaction(async (tx) => {
    await lockPool(tx, pool.poolId);
    locked.resolve();
    await waited.promise;
    await tx.update(poolReceipts).set({ state: "all", cameSound: 4 }).where(eq(poolReceipts.id, id));
  });
  await locked.promise;
  const broker = run.signIn(pool.cooperative.broker);
  const written = broker("POST", `/api/brokering/pool-receipts/${id}/answer`, { packs: 1 });
  await vi.waitUntil(waiting, { timeout: 20_000 });
  waited.resolve();
  await member;
  expect((await written).body.code).toBe("not-yours");
  expect((await run.receiptOf(rosa.orderId, rosa.personId)).cameSound).toBe(4);
});
