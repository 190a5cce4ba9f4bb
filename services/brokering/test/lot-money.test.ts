import { eq } from "@minka/database/query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lotAdvances } from "../src/lots/settlements-tables.ts";
import { decision, lotScenes, of } from "./lot-scenes.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";

type Scenes = ReturnType<typeof lotScenes>;
type Collected = Awaited<ReturnType<Scenes["collected"]>>;

let run: LotsRun;
let collected: Scenes["collected"];
let bringTo: Scenes["bringTo"];
let propose: Scenes["propose"];
let compose: Scenes["compose"];
let sign: Scenes["sign"];
let settle: Scenes["settle"];
let readPledge: Scenes["readPledge"];
beforeAll(async () => {
  run = await startLots();
  ({ collected, bringTo, propose, compose, sign, settle, readPledge } = lotScenes(run));
});
afterAll(() => run.stop());

const statementOf = async ({ broker, lotId }: Collected, personId: string) =>
  (await ok(broker("GET", of(lotId, `statements/${personId}`)))).statement;

describe("money", () => {
  test("of a lot worth twelve million soles is told as that of any other", async () => {
    const lot = await collected([95_000], {
      maximumKg: 100_000,
      expectedCentimosPerKg: 13_000,
      feePercent: 1,
    });
    const { id, payCentimos } = await propose(lot);
    expect(payCentimos).toBe(1_235_000_000);
    expect((await run.questionTo("lot-composition", id))?.parameters["lot_value"]).toEqual({
      as: "soles",
      centimos: payCentimos,
    });
    await ok(lot.manager("POST", decision("compositions", id), { approve: true }));
    const { compositions } = await ok(lot.broker("GET", of(lot.lotId, "compositions")));
    expect(compositions).toMatchObject([{ payCentimos, lines: [{ payCentimos }] }]);
    const { staff, contractId } = await sign(lot, { maximumKg: 100_000, centimosPerKg: 13_000 });
    await ok(
      staff("POST", of(lot.lotId, "deliveries"), { as: "buyer", kg: 95_000, deliveredOn: run.dayIn(0) }),
    );
    expect((await ok(staff("GET", of(lot.lotId, "contract")))).contract.valueCentimos).toBe(payCentimos);
    const owed = await ok(staff("GET", `/api/brokering/payment-accounts/lot-invoice/${contractId}`));
    expect(owed.account).toMatchObject({ dueCentimos: payCentimos, owedCentimos: payCentimos });
    const { netCentimos } = await settle(lot);
    const [personId = ""] = lot.cooperative.members;
    expect((await statementOf(lot, personId)).netCentimos).toBe(netCentimos);
    expect(await run.newsOf("statement-ready", lot.lotId, [personId])).toHaveLength(1);
  });

  test("that a member of whom nothing was taken got before is not forgotten by the settlement", async () => {
    const lot = await collected([100, 100], { maximumKg: 100, parts: false });
    await compose(lot);
    const { staff } = await sign(lot);
    const pledges = await Promise.all(lot.pledgeIds.map((id) => readPledge(lot, id)));
    const left: string = pledges.find(({ takenGrams }) => takenGrams === 0).personId;
    const body = { personId: left, amountCentimos: 4_000 };
    const taken: string = pledges.find(({ takenGrams }) => takenGrams > 0).personId;
    for (const advance of [body, { personId: taken, amountCentimos: 103_000 }]) {
      const { advanceId } = await ok(lot.broker("POST", of(lot.lotId, "advances"), advance));
      const { personId, amountCentimos } = advance;
      const paid = { subject: { kind: "advance", id: advanceId }, amountCentimos, method: "cash" };
      await ok(run.signIn(personId)("POST", "/api/brokering/payments", { ...paid, as: "receiver" }));
    }
    const delivered = { as: "buyer", kg: 100, deliveredOn: run.dayIn(0) };
    await ok(staff("POST", of(lot.lotId, "deliveries"), delivered));
    const { settlement } = await ok(lot.broker("POST", of(lot.lotId, "settlements")));
    expect(settlement).toMatchObject({ contractCentimos: 100_000, netCentimos: 0 });
    expect(settlement.lines.find((line: { personId: string }) => line.personId === left)).toMatchObject({
      grams: 0,
      advanceCentimos: 0,
      carriedCentimos: 4_000,
      netCentimos: 0,
    });
    await ok(lot.manager("POST", decision("settlements", settlement.id), { approve: true }));
    expect(await run.newsOf("statement-ready", lot.lotId, [left, taken])).toMatchObject([
      { personId: left, text: "statement_left" },
      { personId: taken, text: "statement_owed", parameters: { owed: { as: "soles", centimos: 3_000 } } },
    ]);
    // What the settlement could not take is owed back, no more and no less, and may be paid.
    const owed = await statementOf(lot, taken);
    expect(owed.owedBack).toMatchObject([{ centimos: 3_000 }]);
    const [{ advanceId }] = owed.owedBack;
    const account = `/api/brokering/payment-accounts/advance/${advanceId}`;
    expect((await ok(lot.broker("GET", account))).account).toMatchObject({ backCentimos: 3_000 });
    const back = { subject: { kind: "advance", id: advanceId }, method: "cash", as: "receiver", back: true };
    const giveBack = (amountCentimos: number) =>
      lot.broker("POST", "/api/brokering/payments", { ...back, amountCentimos });
    expect(await code(giveBack(3_001))).toBe("more-than-due");
    await ok(giveBack(1_000));

    // The rest is taken by the next settlement, once, and of nobody else.
    const next = await bringTo({ ...lot.cooperative, members: [taken, left] }, [100, 100], {
      maximumKg: 200,
    });
    await compose(next);
    const buyer = await sign(next);
    await ok(buyer.staff("POST", of(next.lotId, "deliveries"), { ...delivered, kg: 200 }));
    const { lines } = await settle(next);
    const taking = lines.map(({ personId, advanceCentimos, carriedCentimos }: Record<string, unknown>) => [
      personId,
      advanceCentimos,
      carriedCentimos,
    ]);
    expect(taking).toEqual([
      [taken, 2_000, 0],
      [left, 4_000, 0],
    ]);
    expect((await statementOf(lot, taken)).owedBack).toEqual([]);
    expect(await code(giveBack(1))).toBe("more-than-due");
  });

  test("that is paid with its advance is written down with it, or neither is", async () => {
    const lot = await collected([100]);
    const [personId = ""] = lot.cooperative.members;
    const advances = of(lot.lotId, "advances");
    const paid = (amountCentimos: number, payment: object) =>
      lot.broker("POST", advances, { personId, amountCentimos, payment });
    const mistyped = await paid(4_000, { method: "yape", operationNumber: "1234" });
    expect(mistyped.body).toMatchObject({
      code: "operation-number-wrong",
      errors: [{ path: "body.payment.operationNumber" }],
    });
    await ok(paid(4_000, { method: "yape", operationNumber: "12345678" }));
    expect(await code(paid(5_000, { method: "yape", operationNumber: "012345678" }))).toBe(
      "payment-already-recorded",
    );
    const { items } = await ok(
      lot.broker("GET", `/api/brokering/payments?organizationId=${lot.cooperative.id}`),
    );
    expect(items).toMatchObject([
      { subject: { kind: "advance" }, amountCentimos: 4_000, state: "recorded", receiver: { id: personId } },
    ]);
    const promised = await run.owner.read.select().from(lotAdvances).where(eq(lotAdvances.lotId, lot.lotId));
    expect(promised).toHaveLength(1);
  });

  test("that a member said not to have got, and says after the settlement that they had, is owed back", async () => {
    const lot = await collected([100]);
    await compose(lot);
    const { staff } = await sign(lot);
    const [personId = ""] = lot.cooperative.members;
    const member = run.signIn(personId);
    const { advanceId } = await ok(
      lot.broker("POST", of(lot.lotId, "advances"), { personId, amountCentimos: 4_000 }),
    );
    const paid = { subject: { kind: "advance", id: advanceId }, amountCentimos: 4_000, method: "cash" };
    const { payment } = await ok(lot.broker("POST", "/api/brokering/payments", paid));
    const answer = `/api/brokering/payments/${payment.id}/answer`;
    await ok(member("POST", answer, { received: false }));
    await ok(staff("POST", of(lot.lotId, "deliveries"), { as: "buyer", kg: 100, deliveredOn: run.dayIn(0) }));
    expect(await settle(lot)).toMatchObject({ advanceCentimos: 0, netCentimos: 100_000 });
    await ok(member("POST", answer, { received: true }));
    const account = await ok(member("GET", `/api/brokering/payment-accounts/advance/${advanceId}`));
    expect(account.account).toMatchObject({ dueCentimos: 0, backCentimos: 4_000 });
    expect((await statementOf(lot, personId)).owedBack).toEqual([{ advanceId, centimos: 4_000 }]);
    // Whoever acts for them would read what they borrow between the lines.
    const through = run.signIn(personId, false, { personId: run.world.person() });
    expect(await code(through("GET", of(lot.lotId, `statements/${personId}`)))).toBe("not-while-acting");
  });

  test("of the women's premium is what the buyer pays as such, also of many small deliveries", async () => {
    const lot = await collected([100, 100]);
    for (const member of lot.cooperative.members)
      Object.assign(run.world.people.get(member) ?? {}, { sex: "f" });
    await compose(lot);
    const { staff } = await sign(lot, { womenPremiumCentimosPerKg: 1 });
    const delivered = { as: "buyer", deliveredOn: run.dayIn(0) };
    for (const kg of [1.5, 1.5]) await ok(staff("POST", of(lot.lotId, "deliveries"), { ...delivered, kg }));
    const { settlement } = await ok(lot.broker("POST", of(lot.lotId, "settlements")));
    expect(settlement).toMatchObject({ grossCentimos: 3_000, premiumCentimos: 4, contractCentimos: 3_004 });
  });

  test("of a buyer that paid more ahead than came goes back once the lot is settled", async () => {
    const lot = await collected([100]);
    await compose(lot);
    const { staff, contractId } = await sign(lot, { advanceCentimos: 90_000 });
    const subject = { kind: "lot-invoice", id: contractId };
    const pay = (as: typeof staff, amountCentimos: number, over: object = {}) =>
      as("POST", "/api/brokering/payments", { subject, amountCentimos, method: "cash", ...over });
    await ok(pay(lot.broker, 90_000, { as: "receiver" }));
    const delivered = { as: "buyer", kg: 60, deliveredOn: run.dayIn(0) };
    await ok(staff("POST", of(lot.lotId, "deliveries"), delivered));
    expect(await code(pay(staff, 30_000, { as: "receiver", back: true }))).toBe("more-than-due");
    const { settlement } = await ok(lot.broker("POST", of(lot.lotId, "settlements")));
    await ok(lot.manager("POST", decision("settlements", settlement.id), { approve: true }));
    expect(await code(pay(staff, 30_001, { as: "receiver", back: true }))).toBe("more-than-due");
    // The second truck never left: what it would have carried is free for another lot.
    const { takenGrams, leftGrams, leftBecause } = await readPledge(lot, lot.pledgeIds[0] ?? "");
    expect([takenGrams, leftGrams, leftBecause?.code]).toEqual([60_000, 40_000, "not-delivered"]);
    await ok(pay(staff, 30_000, { as: "receiver", back: true }));
  });

  test("that a member got before a lot was given up can be brought back", async () => {
    const lot = await collected([100]);
    const [personId = ""] = lot.cooperative.members;
    const { advanceId } = await ok(
      lot.broker("POST", of(lot.lotId, "advances"), { personId, amountCentimos: 4_000 }),
    );
    const paid = { subject: { kind: "advance", id: advanceId }, amountCentimos: 4_000, method: "cash" };
    await ok(run.signIn(personId)("POST", "/api/brokering/payments", { ...paid, as: "receiver" }));
    await ok(lot.broker("POST", of(lot.lotId, "cancellation")));
    await ok(lot.broker("POST", "/api/brokering/payments", { ...paid, as: "receiver", back: true }));
  });
});
