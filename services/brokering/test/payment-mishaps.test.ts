import { afterAll, beforeAll, expect, test } from "vitest";
import { startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { orderedPool } from "./ordered-pool.ts";

let run: BrokeringRun;
beforeAll(async () => {
  run = await startBrokering();
});
afterAll(() => run.stop());

const supplier = { packs: 6, priceCentimos: 9_800, deliveryCentimos: 600 };
const twoMembers = () => orderedPool(run, { members: [4, 2], suppliers: [supplier] });
const order = (id: string) => ({ kind: "pool-order", id });
let next = 10_000_000;
const yape = () => ({ method: "yape", operationNumber: String((next += 1)) });

async function account(by: ReturnType<BrokeringRun["signIn"]>, kind: string, id: string) {
  return (await by("GET", `/api/brokering/payment-accounts/${kind}/${id}`)).body.account;
}

const said = (personId: string, text: string) =>
  run.said.filter((each) => each.personId === personId && each.text === text).length;

test("a receiver who says nothing is asked once more, and then an operator is called", async () => {
  const { orders, cooperative } = await twoMembers();
  const { orderId, personId } = orders[0] ?? { orderId: "", personId: "" };
  const rosa = run.signIn(personId);
  const pay = (amountCentimos: number) =>
    rosa("POST", "/api/brokering/payments", { subject: order(orderId), amountCentimos, ...yape() });
  const { id } = (await pay(9_800)).body.payment;
  const answered = (await pay(9_700)).body.payment.id;
  const no = await run.signIn(cooperative.broker)("POST", `/api/brokering/payments/${answered}/answer`, {
    received: false,
  });
  expect(no.body.payment.state).toBe("disputed");
  const asked = async () => {
    await run.settle();
    return run.said.filter(({ kind, personId: who }) => kind === "payment" && who === cooperative.broker);
  };
  const before = await asked();
  run.clock.advance({ days: 3 });
  const reminded = await asked();
  expect(reminded).toHaveLength(before.length + 1);
  // The same question again, and not another one.
  expect(before).toContainEqual(reminded.at(-1));
  const unattended = { event: "payment.unattended", payload: { id, personIds: expect.any(Array) } };
  expect(await run.told(id)).not.toContainEqual(unattended);
  run.clock.advance({ days: 3 });
  await run.settle();
  const [called, ...more] = (await run.told(id)).filter(({ event }) => event === "payment.unattended");
  expect(called?.payload["personIds"]).toEqual([cooperative.broker, cooperative.manager, personId]);
  run.clock.advance({ days: 20 });
  expect(await asked()).toHaveLength(reminded.length);
  expect(more).toEqual([]);
  expect(await run.told(answered)).not.toContainEqual(
    expect.objectContaining({ event: "payment.unattended" }),
  );
});

test("what was confirmed by mistake is taken back by who wrote it down as the receiver, or by an operator", async () => {
  const { orders, cooperative } = await twoMembers();
  const { orderId, personId, totalCentimos } = orders[0] ?? { orderId: "", personId: "", totalCentimos: 0 };
  const [rosa, broker] = [run.signIn(personId), run.signIn(cooperative.broker)];
  const operator = run.signIn(run.world.person(), true);
  const pay = { subject: order(orderId), amountCentimos: totalCentimos, ...yape() };
  const wrong = (await broker("POST", "/api/brokering/payments", pay)).body.payment;
  const cancel = (id: string) => `/api/brokering/payments/${id}/cancellation`;
  expect((await rosa("POST", cancel(wrong.id))).body.code).toBe("not-your-payment");
  expect((await broker("POST", cancel(wrong.id))).body.payment.state).toBe("cancelled");
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({ owedCentimos: totalCentimos });
  await run.settle();
  expect(said(personId, "payment_cancelled")).toBe(1);
  expect(said(cooperative.manager, "payment_cancelled")).toBe(1);
  // What she wrote down and they confirmed is an operator's to take back.
  const hers = (await rosa("POST", "/api/brokering/payments", pay)).body.payment;
  await broker("POST", `/api/brokering/payments/${hers.id}/answer`, { received: true });
  expect((await broker("POST", cancel(hers.id))).body.code).toBe("not-your-payment");
  expect((await rosa("POST", cancel(hers.id))).body.code).toBe("illegal-transition");
  expect((await operator("POST", cancel(hers.id))).body.payment.state).toBe("cancelled");
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({ paidCentimos: 0 });
});

test("a mistyped number that did not come keeps nobody from writing down their own", async () => {
  const { orders, cooperative } = await twoMembers();
  const [first, second] = orders;
  const [rosa, luz] = [run.signIn(first?.personId ?? ""), run.signIn(second?.personId ?? "")];
  const broker = run.signIn(cooperative.broker);
  const number = yape();
  const pay = (orderId = "") => ({ subject: order(orderId), amountCentimos: 1_000, ...number });
  const typo = (await rosa("POST", "/api/brokering/payments", pay(first?.orderId))).body.payment;
  const answer = `/api/brokering/payments/${typo.id}/answer`;
  await broker("POST", answer, { received: false });
  expect((await rosa("POST", "/api/brokering/payments", pay(first?.orderId))).body.code).toBe(
    "payment-already-recorded",
  );
  expect((await luz("POST", "/api/brokering/payments", pay(second?.orderId))).status).toBe(201);
  // It is hers now.
  expect((await broker("POST", answer, { received: true })).body.code).toBe("payment-already-recorded");
});

test("money that comes twice is owed back, and both sides are told", async () => {
  const { orders, cooperative, invoices } = await twoMembers();
  const { orderId, personId, totalCentimos } = orders[0] ?? { orderId: "", personId: "", totalCentimos: 0 };
  const [rosa, broker] = [run.signIn(personId), run.signIn(cooperative.broker)];
  const pay = () => ({ subject: order(orderId), amountCentimos: totalCentimos, ...yape() });
  const first = (await rosa("POST", "/api/brokering/payments", pay())).body.payment;
  const answer = (received: boolean) =>
    broker("POST", `/api/brokering/payments/${first.id}/answer`, { received });
  await answer(false);
  await broker("POST", "/api/brokering/payments", pay());
  await run.settle();
  expect(said(personId, "refund_to_you")).toBe(0);
  await answer(true);
  await run.settle();
  expect(said(personId, "refund_to_you")).toBe(1);
  expect(said(cooperative.broker, "refund_to_member")).toBe(1);
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({ backCentimos: totalCentimos });
  // So it is where a supplier is paid twice.
  const subject = { kind: "pool-invoice", id: invoices[0]?.id ?? "" };
  const operator = run.signIn(run.world.person(), true);
  const payInvoice = async (received: boolean) => {
    const invoice = { ...pay(), subject, amountCentimos: 59_400, as: "payer" };
    const { id } = (await broker("POST", "/api/brokering/payments", invoice)).body.payment;
    await operator("POST", `/api/brokering/payments/${id}/answer`, { received });
    return id as string;
  };
  const disputed = await payInvoice(false);
  await payInvoice(true);
  await operator("POST", `/api/brokering/payments/${disputed}/answer`, { received: true });
  await run.settle();
  expect(said(cooperative.broker, "payment_excess")).toBe(1);
});

test("a deposit that is confirmed after the purchase was called off goes back, and both sides are told", async () => {
  const open = await orderedPool(run, {
    members: [4],
    suppliers: [{ ...supplier, packs: 4 }],
    state: "asking_members",
  });
  const { orderId, personId } = open.orders[0] ?? { orderId: "", personId: "" };
  const [rosa, broker] = [run.signIn(personId), run.signIn(open.cooperative.broker)];
  const pay = { subject: order(orderId), amountCentimos: 5_000, deposit: true, ...yape() };
  const { id } = (await rosa("POST", "/api/brokering/payments", pay)).body.payment;
  await broker("POST", `/api/brokering/pools/${open.poolId}/cancellation`, { reason: "no hay camino" });
  await run.settle();
  expect(said(personId, "refund_to_you")).toBe(0);
  await broker("POST", `/api/brokering/payments/${id}/answer`, { received: true });
  await run.settle();
  expect(said(personId, "refund_to_you")).toBe(1);
  expect(said(open.cooperative.broker, "refund_to_member")).toBe(1);
});
