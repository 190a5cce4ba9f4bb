import { randomUUID } from "node:crypto";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { payments } from "../src/payments/payments-tables.ts";
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

test("an operation counts once, however it is written, and only its own sides learn which payment it was", async () => {
  const { orders, cooperative } = await twoMembers();
  const [first, second] = orders;
  const rosa = run.signIn(first?.personId ?? "");
  const pay = {
    subject: order(first?.orderId ?? ""),
    amountCentimos: 10_000,
    method: "bank",
    operationNumber: "00 4471-93",
  };
  const recorded = await rosa("POST", "/api/brokering/payments", pay);
  expect(recorded.status).toBe(201);
  expect(recorded.body.payment).toMatchObject({
    state: "recorded",
    recordedAs: "payer",
    operationNumber: "00447193",
  });
  const again = await rosa("POST", "/api/brokering/payments", { ...pay, operationNumber: "447193" });
  expect(again.status).toBe(409);
  expect(again.body).toMatchObject({
    code: "payment-already-recorded",
    paymentId: recorded.body.payment.id,
  });
  const other = await run.signIn(second?.personId ?? "")("POST", "/api/brokering/payments", {
    ...pay,
    subject: order(second?.orderId ?? ""),
  });
  expect(other.body).toMatchObject({ code: "payment-already-recorded" });
  expect(JSON.stringify(other.body)).not.toContain(recorded.body.payment.id);
  const broker = run.signIn(cooperative.broker);
  expect((await broker("GET", `/api/brokering/payments/${recorded.body.payment.id}`)).status).toBe(200);
  // Taken back, its number may be written down by whose it is.
  expect(
    (await rosa("POST", `/api/brokering/payments/${recorded.body.payment.id}/cancellation`)).status,
  ).toBe(200);
  expect((await rosa("POST", "/api/brokering/payments", pay)).status).toBe(201);
});

test("the same cash for the same order on the same day is flagged and taken; more than is owed is not", async () => {
  const { orders } = await twoMembers();
  const { orderId, personId, totalCentimos } = orders[0] ?? { orderId: "", personId: "", totalCentimos: 0 };
  const rosa = run.signIn(personId);
  const cash = { subject: order(orderId), amountCentimos: 5_000, method: "cash" };
  expect((await rosa("POST", "/api/brokering/payments", cash)).body.payment.flags).toEqual([]);
  const second = await rosa("POST", "/api/brokering/payments", cash);
  expect(second.body.payment.flags).toMatchObject([{ code: "same-cash-again" }]);
  const tooMuch = { ...cash, amountCentimos: totalCentimos - 9_999 };
  expect((await rosa("POST", "/api/brokering/payments", tooMuch)).body.code).toBe("more-than-due");
  const rest = { ...cash, amountCentimos: totalCentimos - 10_000 };
  expect((await rosa("POST", "/api/brokering/payments", rest)).status).toBe(201);
  for (const wrong of [
    { method: "yape", operationNumber: "12" },
    { method: "plin" },
    { method: "bank", operationNumber: "0000" },
    { method: "cash", operationNumber: "4471930" },
  ]) {
    const refused = await rosa("POST", "/api/brokering/payments", { ...cash, ...wrong });
    expect(refused.body.code).toBe("operation-number-wrong");
  }
});

test("only the receiver's side confirms: not who paid, not who wrote it down for the payer, not a stranger", async () => {
  const { orders, cooperative, invoices } = await twoMembers();
  const { orderId, personId, totalCentimos } = orders[0] ?? { orderId: "", personId: "", totalCentimos: 0 };
  const [rosa, broker, manager] = [personId, cooperative.broker, cooperative.manager].map((id) =>
    run.signIn(id),
  );
  if (!rosa || !broker || !manager) throw new Error("nobody is signed in");
  const pay = { subject: order(orderId), amountCentimos: 10_000 };
  const recorded = (await rosa("POST", "/api/brokering/payments", { ...pay, ...yape() })).body.payment;
  const answer = `/api/brokering/payments/${recorded.id}/answer`;
  expect((await rosa("POST", answer, { received: true })).body.code).toBe("not-your-payment");
  const stranger = run.signIn(orders[1]?.personId ?? "");
  expect((await stranger("POST", answer, { received: true })).body.code).toBe("not-your-payment");
  expect((await broker("POST", answer, { received: true })).body.payment.state).toBe("confirmed");
  expect((await broker("POST", answer, { received: false })).body.code).toBe("illegal-transition");
  expect((await rosa("POST", `/api/brokering/payments/${recorded.id}/cancellation`)).body.code).toBe(
    "illegal-transition",
  );
  // A member who is also a broker does not receive their own money.
  run.world.join(personId, cooperative.id, "broker");
  const own = (await rosa("POST", "/api/brokering/payments", { ...pay, ...yape() })).body.payment;
  expect(own.state).toBe("recorded");
  const refused = await rosa("POST", `/api/brokering/payments/${own.id}/answer`, { received: true });
  expect(refused.body.code).toBe("own-payment");
  const asReceiver = { ...pay, ...yape(), as: "receiver" };
  expect((await rosa("POST", "/api/brokering/payments", asReceiver)).body.code).toBe("not-your-payment");
  // The organizer's broker who takes a member's money confirms by writing it down.
  const rest = { ...pay, amountCentimos: totalCentimos - 20_000, method: "cash" };
  expect((await broker("POST", "/api/brokering/payments", rest)).body.payment).toMatchObject({
    state: "confirmed",
    recordedAs: "receiver",
  });
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({
    paidCentimos: totalCentimos - 10_000,
    waitingCentimos: 10_000,
    owedCentimos: 10_000,
  });
  // To the supplier a broker pays: the supplier's people say that it came.
  const invoice = { kind: "pool-invoice", id: invoices[0]?.id ?? "" };
  const toSupplier = { subject: invoice, amountCentimos: 59_400, ...yape() };
  const paid = (await broker("POST", "/api/brokering/payments", toSupplier)).body.payment;
  const confirm = `/api/brokering/payments/${paid.id}/answer`;
  expect((await manager("POST", confirm, { received: true })).body.code).toBe("not-your-payment");
});

test("the receiver is asked by SMS; a no is told to who paid, and what comes later is still confirmed", async () => {
  const { orders, cooperative } = await twoMembers();
  const { orderId, personId } = orders[0] ?? { orderId: "", personId: "" };
  const rosa = run.signIn(personId);
  const pay = { subject: order(orderId), amountCentimos: 9_800, ...yape() };
  const { id } = (await rosa("POST", "/api/brokering/payments", pay)).body.payment;
  await run.settle();
  const asked = run.said.filter(
    ({ kind, personId: who }) => kind === "payment" && who === cooperative.broker,
  );
  expect(asked).toMatchObject([{ text: "payment_asked" }]);
  const params = { kind: "payment" as const, id: asked[0]?.id ?? "" };
  const { question } = await run.call(brokeringConfirmations.read, { params }, run.trace);
  expect(question?.parameters).toMatchObject({
    amount: { as: "soles", centimos: 9_800 },
    number: pay.operationNumber,
  });
  const body = { personId: cooperative.broker, accepted: false, at: run.clock().toISOString() };
  const { reply } = await run.call(brokeringConfirmations.answer, { params, body }, run.trace);
  expect(reply.text).toBe("payment_not_received");
  await run.settle();
  expect(run.said.filter(({ personId: who }) => who === personId)).toContainEqual({
    personId,
    text: "payment_disputed",
  });
  expect((await run.call(brokeringConfirmations.read, { params }, run.trace)).question).toBeNull();
  const late = await run.signIn(cooperative.manager)("POST", `/api/brokering/payments/${id}/answer`, {
    received: true,
  });
  expect(late.body.payment.state).toBe("confirmed");
});

test("a deposit is settled into what is due, and goes back when the purchase is called off", async () => {
  const open = await orderedPool(run, {
    members: [4],
    suppliers: [{ ...supplier, packs: 4 }],
    state: "asking_members",
  });
  const { orderId, personId } = open.orders[0] ?? { orderId: "", personId: "" };
  const [rosa, broker] = [run.signIn(personId), run.signIn(open.cooperative.broker)];
  const pay = { subject: order(orderId), amountCentimos: 5_000 };
  const early = await rosa("POST", "/api/brokering/payments", { ...pay, ...yape() });
  expect(early.body.code).toBe("more-than-due");
  const deposit = await broker("POST", "/api/brokering/payments", { ...pay, ...yape(), deposit: true });
  expect(deposit.body.payment).toMatchObject({ deposit: true, state: "confirmed" });
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({
    takesDeposits: true,
    paidCentimos: 5_000,
    backCentimos: 0,
  });
  const cancelled = await broker("POST", `/api/brokering/pools/${open.poolId}/cancellation`, {
    reason: "no hay camino",
  });
  expect(cancelled.body.state).toBe("cancelled");
  await run.settle();
  expect(run.said).toContainEqual({ personId, text: "refund_to_you" });
  expect(run.said).toContainEqual({ personId: open.cooperative.broker, text: "refund_to_member" });
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({ owedCentimos: 0, backCentimos: 5_000 });
  const tooMuch = { ...pay, amountCentimos: 5_001, ...yape(), back: true };
  expect((await broker("POST", "/api/brokering/payments", tooMuch)).body.code).toBe("more-than-due");
  const given = (await broker("POST", "/api/brokering/payments", { ...pay, ...yape(), back: true })).body
    .payment;
  expect(given).toMatchObject({ state: "recorded", receiver: { kind: "person", id: personId } });
  await rosa("POST", `/api/brokering/payments/${given.id}/answer`, { received: true });
  expect(await account(rosa, "pool-order", orderId)).toMatchObject({ paidCentimos: 0, backCentimos: 0 });
});

test("who acts for somebody hears and says nothing of what that person borrows", async () => {
  const { orders, cooperative } = await twoMembers();
  const { orderId, personId } = orders[0] ?? { orderId: "", personId: "" };
  const helper = run.signIn(personId, false, { personId: cooperative.broker });
  const pay = { subject: order(orderId), amountCentimos: 1_000, ...yape() };
  expect((await helper("POST", "/api/brokering/payments", pay)).status).toBe(201);
  const credit = { ...pay, ...yape(), subject: { kind: "credit-instalment", id: orderId } };
  expect((await helper("POST", "/api/brokering/payments", credit)).body.code).toBe("not-while-acting");
  const account = `/api/brokering/payment-accounts/credit-disbursement/${orderId}`;
  expect((await helper("GET", account)).body.code).toBe("not-while-acting");
  await run.owner.read
    .update(payments)
    .set({ subjectKind: "credit-instalment" })
    .where(eq(payments.subjectId, orderId));
  const list = `/api/brokering/payments?personId=${personId}`;
  expect((await helper("GET", list)).body.items).toEqual([]);
  expect((await run.signIn(personId)("GET", list)).body.items).toHaveLength(1);
});

test("of two who write down the same operation at once one is taken", async () => {
  const { orders } = await twoMembers();
  const pay = { amountCentimos: 1_000, ...yape() };
  const answers = await Promise.all(
    orders.map(({ orderId, personId }) =>
      run.signIn(personId)("POST", "/api/brokering/payments", { ...pay, subject: order(orderId) }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
});

test("who is erased is in no payment's question any more; what they paid stays as the organizer's account", async () => {
  const { orders, cooperative } = await twoMembers();
  const { orderId, personId } = orders[0] ?? { orderId: "", personId: "" };
  const broker = run.signIn(cooperative.broker);
  const pay = { subject: order(orderId), amountCentimos: 5_000, ...yape() };
  await broker("POST", "/api/brokering/payments", pay);
  const who = { personId, phones: [], sharedPhones: [], names: [], documents: [] };
  const file = await run.call(brokeringPersonalData.exportData, { body: who }, run.trace);
  expect(file.sections["payments"]).toMatchObject([
    { amountCentimos: 5_000, operationNumber: pay.operationNumber },
  ]);
  run.world.people.delete(personId);
  await run.call(
    brokeringPersonalData.eraseData,
    { body: { ...who, askedAt: run.clock().toISOString(), tell: true, acquaintances: [], providerIds: [] } },
    { ...run.trace, idempotencyKey: randomUUID() },
  );
  const [kept] = await run.owner.read.select().from(payments).where(eq(payments.subjectId, orderId));
  expect(kept).toMatchObject({ amountCentimos: 5_000, state: "confirmed" });
});
