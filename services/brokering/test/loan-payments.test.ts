import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { readCreditStanding } from "@minka/contracts/credit-standings";
import { listDebts } from "@minka/contracts/payments";
import { newId } from "@minka/database/new-id";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { credits } from "../src/credits/credits-tables.ts";
import { repayFromSettlement } from "../src/credits/repay-from-settlement.ts";
import { lots } from "../src/lots/lots-tables.ts";
import { refusal, startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";

let run: BrokeringRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startBrokering();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const texts = (personId: string) =>
  run.said.filter((each) => each.personId === personId).map(({ text }) => text);

/** A loan of S/ 1,200 that somebody has taken, and who lends it. */
async function taken() {
  const lender = run.world.provider(["lender"], "Caja Tocache");
  const personId = run.world.person();
  const creditId = await steps.submitted(personId, run.world.lenders.lend(lender.id));
  const [staff, borrower] = [run.signIn(lender.owner), run.signIn(personId)];
  await staff("POST", `/api/brokering/credits/${creditId}/approval`, {});
  await steps.accept(creditId, personId);
  const pay = async (by: typeof staff, kind: "disbursement" | "instalment", amountCentimos: number) => {
    const subject = { kind: `credit-${kind}`, id: creditId };
    const body = { subject, amountCentimos, method: "cash" };
    return (await by("POST", "/api/brokering/payments", body)).body.payment.id as string;
  };
  const answer = (by: typeof staff, paymentId: string, received = true) =>
    by("POST", `/api/brokering/payments/${paymentId}/answer`, { received });
  const read = () => steps.read(creditId, personId);
  return { lender, personId, creditId, staff, borrower, pay, answer, read };
}

async function disbursed() {
  const loan = await taken();
  const paymentId = await loan.pay(loan.staff, "disbursement", 120_000);
  await loan.answer(loan.borrower, paymentId);
  const [first] = (await loan.read()).instalments;
  return { ...loan, paymentId, instalment: first?.totalCentimos ?? 0 };
}

const operator = () => run.signIn(run.world.person(), true);
const cancel = (by: ReturnType<typeof operator>, paymentId: string) =>
  by("POST", `/api/brokering/payments/${paymentId}/cancellation`);
const unattended = async (id: string) =>
  (await run.told(id)).filter(({ event }) => event === "payment.unattended" || event === "credit.unattended");

test("who has a loan in hand does not cancel it, and is the one who is asked and called about", async () => {
  const { creditId, personId, lender, borrower, staff, pay, answer, read } = await taken();
  const withdraw = () => borrower("POST", `/api/brokering/credits/${creditId}/withdrawal`);
  const standing = () =>
    run.call(readCreditStanding, { params: { creditId }, query: { personId } }, run.trace);
  expect(await standing()).toMatchObject({ waitsFor: "lender", handedOver: null });
  const paymentId = await pay(staff, "disbursement", 120_000);
  await run.settle();
  expect((await withdraw()).body.code).toBe("money-handed-over");
  const { waitsFor, handedOver } = await standing();
  expect(waitsFor).toBe("borrower");
  const question = { kind: "credit-received", id: handedOver?.askId, personId };
  const asked = () => run.said.filter(({ id }) => id === question.id);
  expect(handedOver?.amountCentimos).toBe(120_000);
  expect(asked()).toMatchObject([question]);
  run.clock.advance({ days: 3 });
  await run.settle();
  expect(asked()).toHaveLength(2);
  run.clock.advance({ days: 12 });
  await run.settle();
  expect(asked()).toHaveLength(2);
  // Nobody calls the lender, which has done its part.
  expect(texts(lender.owner)).not.toContain("credit_waits_for_money");
  expect((await unattended(creditId)).length).toBe(0);
  expect(await unattended(paymentId)).toMatchObject([{ payload: { personIds: [personId, lender.owner] } }]);
  // A no does not free them either.
  await answer(borrower, paymentId, false);
  expect((await withdraw()).body.code).toBe("money-handed-over");
  await answer(borrower, paymentId);
  expect((await read()).state).toBe("disbursed");
});

test("who is erased with a loan in hand leaves it to an operator to settle", async () => {
  const { creditId, personId, lender, staff, pay } = await taken();
  const paymentId = await pay(staff, "disbursement", 120_000);
  const nobody = {
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    providerIds: [],
    acquaintances: [],
  };
  const who = { personId, ...nobody, askedAt: run.clock().toISOString(), tell: false };
  await run.callAs("profiles")(brokeringPersonalData.eraseData, { body: who }, run.trace);
  run.clock.advance({ days: 7 });
  await run.settle();
  expect(await unattended(paymentId)).toMatchObject([{ payload: { personIds: [lender.owner] } }]);
  const state = async () =>
    (await run.owner.read.select().from(credits).where(eq(credits.id, creditId)))[0]?.state;
  expect(await state()).toBe("accepted");
  await operator()("POST", `/api/brokering/payments/${paymentId}/answer`, { received: true });
  expect(await state()).toBe("disbursed");
});

test("an instalment that was paid and waits for the lender's word leads to no arrears", async () => {
  const { personId, lender, borrower, staff, pay, answer, read, instalment } = await disbursed();
  const paymentId = await pay(borrower, "instalment", instalment);
  const { debts } = await run.call(listDebts, { params: { personId } }, run.trace);
  expect(debts).toMatchObject([{ waitingCentimos: instalment, next: { centimos: expect.any(Number) } }]);
  run.clock.advance({ days: 40 });
  await run.settle();
  expect((await read()).state).toBe("disbursed");
  expect(texts(lender.owner).filter((text) => text === "payment_asked_cash")).toHaveLength(2);
  run.clock.advance({ days: 4 });
  await run.settle();
  expect(await unattended(paymentId)).toMatchObject([{ payload: { personIds: [lender.owner, personId] } }]);
  // It did not come: they are late after all.
  await answer(staff, paymentId, false);
  run.clock.advance({ days: 4 });
  await run.settle();
  expect((await read()).state).toBe("in_arrears");
  // In arrears, what is written down keeps those who vouch from being called.
  const rest = await read();
  const late = rest.instalments.slice(0, 2).reduce((sum, { totalCentimos }) => sum + totalCentimos, 0);
  await pay(borrower, "instalment", late);
  run.clock.advance({ days: 11 });
  await run.settle();
  const [row] = await run.owner.read.select().from(credits).where(eq(credits.id, rest.id));
  expect(row).toMatchObject({ state: "in_arrears", nextStep: "call-endorsers" });
});

test("an instalment confirmed by mistake is owed again to the céntimo, also of a loan that it had settled", async () => {
  const { creditId, personId, lender, borrower, staff, pay, answer, read, instalment } = await disbursed();
  const before = await read();
  const [first, second] = [
    await pay(borrower, "instalment", instalment + 1_001),
    await pay(borrower, "instalment", instalment),
  ];
  for (const id of [first, second]) await answer(staff, id);
  // Who wrote it down as the payer does not take back what the lender confirmed.
  expect((await cancel(borrower, first)).body.code).toBe("illegal-transition");
  expect((await cancel(operator(), first)).body.payment.state).toBe("cancelled");
  const after = await read();
  expect(after.owedCentimos).toBe(before.owedCentimos - instalment);
  expect(after.instalments[0]).toMatchObject({ paidCentimos: instalment });
  await run.settle();
  for (const told of [personId, lender.owner]) expect(texts(told)).toContain("payment_cancelled");
  const rest = await pay(borrower, "instalment", after.owedCentimos);
  await answer(staff, rest);
  expect((await read()).state).toBe("settled");
  expect((await cancel(operator(), rest)).status).toBe(200);
  expect(await read()).toMatchObject({ state: "repaying", owedCentimos: after.owedCentimos });
  await steps.payBack(creditId, { lender: lender.owner, personId, amountCentimos: after.owedCentimos });
  expect((await read()).state).toBe("settled");
});

test("money that had not come after all is owed by nobody, while nothing of it was paid back", async () => {
  const { paymentId, borrower, staff, pay, answer, read, instalment } = await disbursed();
  const back = await pay(borrower, "instalment", instalment);
  expect((await cancel(operator(), paymentId)).body.code).toBe("payment-depended-on");
  await answer(staff, back, false);
  expect((await cancel(operator(), paymentId)).status).toBe(200);
  expect(await read()).toMatchObject({ state: "accepted", owedCentimos: 0, instalments: [] });
  const again = await pay(staff, "disbursement", 120_000);
  await answer(borrower, again);
  expect((await read()).state).toBe("disbursed");
  // Also of a loan of which something was paid back, and is not any more.
  const paid = await pay(borrower, "instalment", instalment);
  await answer(staff, paid);
  expect((await read()).state).toBe("repaying");
  expect((await cancel(operator(), again)).body.code).toBe("payment-depended-on");
  await cancel(operator(), paid);
  expect((await cancel(operator(), again)).status).toBe(200);
  expect((await read()).state).toBe("accepted");
  expect(
    await refusal(run.call(listDebts, { params: { personId: (await read()).personId ?? "" } }, run.trace)),
  ).toBe("was not refused");
});

test("who borrowed does not undo that the money came; what came twice is undone without the loan", async () => {
  const { borrower, staff, pay, answer, read } = await taken();
  const disputed = await pay(staff, "disbursement", 120_000);
  await answer(borrower, disputed, false);
  const own = await pay(borrower, "disbursement", 120_000);
  expect((await read()).state).toBe("disbursed");
  expect((await cancel(borrower, own)).body.code).toBe("illegal-transition");
  await answer(borrower, disputed);
  expect((await cancel(operator(), disputed)).status).toBe(200);
  expect(await read()).toMatchObject({
    state: "disbursed",
    instalments: expect.arrayContaining([expect.anything()]),
  });
});

test("whoever shares the borrower's phone reads and answers none of it, also at the lender", async () => {
  const { creditId, personId, lender, borrower, staff, paymentId, pay, instalment } = await disbursed();
  const waiting = await pay(borrower, "instalment", instalment);
  const listed = async (by: typeof staff, query: string) =>
    (await by("GET", `/api/brokering/payments?${query}`)).body.items.map((one: { id: string }) => one.id);
  expect(await listed(staff, `providerId=${lender.id}`)).toEqual([waiting, paymentId]);
  expect(await listed(staff, `providerId=${lender.id}&state=recorded`)).toEqual([waiting]);
  const phone = run.world.people.get(personId)?.phone;
  Object.assign(run.world.people.get(lender.owner) ?? {}, { phone });
  const account = `/api/brokering/payment-accounts/credit-instalment/${creditId}`;
  const payment = `/api/brokering/payments/${paymentId}`;
  const body = { subject: { kind: "credit-instalment", id: creditId }, amountCentimos: 100, method: "cash" };
  for (const refused of [
    await staff("GET", account),
    await staff("GET", payment),
    await staff("POST", `/api/brokering/payments/${waiting}/answer`, { received: true }),
    await staff("POST", "/api/brokering/payments", body),
  ])
    expect(refused.body.code).toBe("not-your-payment");
  expect(await listed(staff, `providerId=${lender.id}`)).toEqual([]);
  expect((await borrower("GET", `/api/brokering/payments?providerId=${lender.id}`)).status).toBe(403);
  expect((await borrower("GET", account)).status).toBe(200);
  const debts = `/api/brokering/people/${personId}/debts`;
  expect((await borrower("GET", debts)).body.debts).toMatchObject([{ subject: { id: creditId } }]);
  expect((await staff("GET", debts)).body.code).toBe("not-yours");
  expect((await operator()("GET", account)).status).toBe(200);
});

test("what a settlement kept back is owed to the lender by the organization, which is reminded of it", async () => {
  const { creditId, personId, lender, staff, read, instalment } = await disbursed();
  const cooperative = run.world.cooperative();
  const [lotId, at] = [newId(), run.clock()];
  await run.owner.read.insert(lots).values({
    id: lotId,
    state: "settled",
    organizerKind: "organization",
    organizerId: cooperative.id,
    organizerIsGroup: false,
    organizerName: "Cooperativa Cacao Alto",
    title: "Cacao seco",
    crop: "cacao",
    cropState: "dry",
    minimumGrams: 1,
    maximumGrams: 2,
    limits: {},
    certificates: [],
    minimumWomenSharePercent: 0,
    pledgeUntil: at,
    collectFrom: "2026-01-01",
    collectUntil: "2026-01-02",
    fairness: "most-paid",
    parts: true,
    minimumPartGrams: 0,
    feeCentimosPerKg: 0,
    feePercent: 0,
    conversions: [],
    openToNeighbours: false,
    openedAt: at,
    settledAt: at,
    trace: "test-trace",
  });
  const act = { at, by: "timer", trace: "test-trace" } as const;
  const repayments = [{ creditId, centimos: instalment }];
  await run.owner.transaction((tx) => repayFromSettlement(tx, act, { lotId, repayments }));
  const [broker, stranger] = [run.signIn(cooperative.broker), run.signIn(personId)];
  const owedTo = `/api/brokering/credit-lenders/${lender.id}/kept-back`;
  const owedBy = `/api/brokering/organizations/${cooperative.id}/kept-back`;
  expect((await stranger("GET", owedTo)).body.code).toBe("not-your-provider");
  expect((await stranger("GET", owedBy)).body.code).toBe("not-your-organization");
  const { items } = (await staff("GET", owedTo)).body;
  expect(items).toMatchObject([{ creditId, keptCentimos: instalment, paidCentimos: 0 }]);
  expect((await broker("GET", owedBy)).body.items).toEqual(items);
  const subject = { kind: "credit-kept-back", id: items[0].repaymentId };
  const reminded = () => texts(cooperative.broker).filter((text) => text === "credit_kept_back_due").length;
  run.clock.advance({ days: 5 });
  await run.settle();
  expect(reminded()).toBe(1);
  run.clock.advance({ days: 5 });
  await run.settle();
  expect(await unattended(subject.id)).toMatchObject([
    { payload: { personIds: [cooperative.broker, cooperative.manager, lender.owner] } },
  ]);
  const pay = { subject, amountCentimos: instalment, method: "cash" };
  const { id } = (await broker("POST", "/api/brokering/payments", pay)).body.payment;
  await staff("POST", `/api/brokering/payments/${id}/answer`, { received: true });
  expect((await staff("GET", owedTo)).body.items).toMatchObject([{ paidCentimos: instalment }]);
  run.clock.advance({ days: 20 });
  await run.settle();
  expect(reminded()).toBe(1);
  // The member's debt is what it was.
  expect((await read()).instalments[0]).toMatchObject({ paidCentimos: instalment });
});
