import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveriesOf } from "../src/lots/delivery-facts.ts";
import { decision, lotScenes, of } from "./lot-scenes.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";

type Scenes = ReturnType<typeof lotScenes>;
type Collected = Awaited<ReturnType<Scenes["collected"]>>;

let run: LotsRun;
let collected: Scenes["collected"];
let propose: Scenes["propose"];
let compose: Scenes["compose"];
let termsOf: Scenes["termsOf"];
let sign: Scenes["sign"];
let readPledge: Scenes["readPledge"];
beforeAll(async () => {
  run = await startLots();
  ({ collected, propose, compose, termsOf, sign, readPledge } = lotScenes(run));
});
afterAll(() => run.stop());

const kilograms = (amount: number) => ({ amount, unit: "kg" });

describe("a proposed composition is not approved any more", () => {
  test.each([
    [
      "weighed again",
      async ({ broker, pledgeIds: [first = ""] }: Collected) => {
        const { receipts } = await ok(broker("GET", `/api/brokering/pledges/${first}`));
        const correction = { amount: kilograms(10), note: "Un cero de más" };
        await ok(broker("POST", `/api/brokering/receipts/${receipts[0].id}/correction`, correction));
      },
    ],
    [
      "measured",
      async ({ broker, pledgeIds: [first = ""] }: Collected) => {
        const body = { results: { cadmiumMgPerKg: 2 }, measuredOn: run.dayIn(0) };
        await ok(broker("POST", `/api/brokering/pledges/${first}/quality`, body));
      },
    ],
    [
      "sold by terms that say another volume",
      async (lot: Collected) => {
        await sign(lot, { maximumKg: 60 });
      },
    ],
    [
      "taken away with its owner",
      async ({ cooperative: { members } }: Collected) => {
        const order = {
          personId: members[0] ?? "",
          phones: [],
          sharedPhones: [],
          names: [],
          documents: [],
          askedAt: run.clock().toISOString(),
          tell: false,
          acquaintances: [],
          providerIds: [],
        };
        await run.callAs("profiles")(brokeringPersonalData.eraseData, { body: order }, run.trace);
      },
    ],
  ])("once something of it was %s", async (_what, happens) => {
    const lot = await collected([100, 100]);
    const { id } = await propose(lot);
    await happens(lot);
    expect(await code(lot.manager("POST", decision("compositions", id), { approve: true }))).toBe(
      "illegal-transition",
    );
    expect(await run.questionTo("lot-composition", id)).toBeNull();
    await compose(lot);
  });

  test("once something came to it from another lot, which would be lost", async () => {
    const first = await collected([100], { maximumKg: 60 });
    await compose(first);
    const next = await run.open(first.cooperative, { minimumKg: 50, maximumKg: 500 });
    const other = { ...first, lotId: next.lotId };
    const { pledgeId } = await run.pledge(next.lotId, first.cooperative.members[0] ?? "", 80);
    await ok(first.broker("POST", of(next.lotId, "closing")));
    await run.bring(first.cooperative, { pledgeId, pointId: next.point, kg: 80 });
    const { id } = await propose(other);
    const carrying = `/api/brokering/pledges/${first.pledgeIds[0] ?? ""}/carrying`;
    await ok(first.broker("POST", carrying, { lotId: next.lotId }));
    expect(await code(first.manager("POST", decision("compositions", id), { approve: true }))).toBe(
      "illegal-transition",
    );
  });
});

test("a buyer who lets every proposal expire keeps the lot from no other", async () => {
  const lot = await collected([100]);
  const [silent, other] = [run.world.provider(["buyer"]), run.world.provider(["buyer"])];
  const body = { as: "organizer", terms: termsOf(), validUntil: run.inDays(1) };
  const quote = (buyerId: string) =>
    lot.broker("POST", of(lot.lotId, "quotes"), { ...body, validUntil: run.inDays(1), buyerId });
  const { quoteId, contractId } = await ok(quote(silent.id));
  expect(await code(quote(other.id))).toBe("contract-with-other");
  run.clock.advance({ days: 2 });
  const next = await ok(quote(other.id));
  expect(next.contractId).not.toBe(contractId);
  const late = run.signIn(silent.owner);
  for (const accept of [true, false])
    expect(await code(late("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept }))).toBe(
      "quote-closed",
    );
  await run.settle();
  expect((await run.told(contractId)).map(({ payload }) => payload["kind"])).toContain("lot-contract-ended");
});

test("what was signed and never delivered is called off by an operator, and by nobody else", async () => {
  const lot = await collected([100]);
  await compose(lot);
  const { staff, contractId } = await sign(lot);
  const operator = run.signIn(run.world.person(), true);
  const cancellation = of(lot.lotId, "cancellation");
  expect(await code(lot.manager("POST", cancellation))).toBe("contract-signed");
  expect((await ok(operator("POST", cancellation))).state).toBe("cancelled");
  expect(await readPledge(lot, lot.pledgeIds[0] ?? "")).toMatchObject({ state: "released" });
  await run.settle();
  expect((await run.told(contractId)).map(({ payload }) => payload["kind"])).toContain("lot-contract-ended");
  const delivered = { as: "buyer", kg: 50, deliveredOn: run.dayIn(0) };
  expect(await code(staff("POST", of(lot.lotId, "deliveries"), delivered))).toBe("contract-missing");

  const sold = await collected([100]);
  await compose(sold);
  const buyer = await sign(sold);
  await ok(buyer.staff("POST", of(sold.lotId, "deliveries"), delivered));
  expect(await code(operator("POST", of(sold.lotId, "cancellation")))).toBe("contract-signed");
});

describe("what a composition left", () => {
  test("is carried once, also where the lot to which it went is given up after passing some of it on", async () => {
    const first = await collected([100], { maximumKg: 50, parts: true });
    await compose(first);
    const [origin = ""] = first.pledgeIds;
    const carry = (pledgeId: string, lotId: string, grams?: number) =>
      first.broker("POST", `/api/brokering/pledges/${pledgeId}/carrying`, { lotId, grams });
    const second = await run.open(first.cooperative, { minimumKg: 20, maximumKg: 30 });
    const third = await run.open(first.cooperative);
    const { pledgeId } = await ok(carry(origin, second.lotId));
    await ok(first.broker("POST", of(second.lotId, "closing")));
    await compose({ ...first, lotId: second.lotId });
    await ok(carry(pledgeId, third.lotId, 15_000));
    await ok(first.broker("POST", of(second.lotId, "cancellation")));
    expect(await readPledge(first, origin)).toMatchObject({ leftGrams: 50_000, carriedGrams: 15_000 });
    expect(await code(carry(pledgeId, third.lotId, 5_000))).toBe("nothing-left");
    expect(await code(carry(origin, third.lotId, 35_001))).toBe("nothing-left");
    const last = await ok(carry(origin, third.lotId, 35_000));
    const [member = ""] = first.cooperative.members;
    expect(await run.newsOf("contribution-carried", last.pledgeId, [member])).toMatchObject([
      { personId: member, text: "contribution_carried" },
    ]);
    await run.settle();
    expect((await run.told(last.pledgeId)).map(({ payload }) => payload)).toMatchObject([
      { kind: "contribution-carried", personIds: [member] },
    ]);
    await ok(first.broker("POST", of(third.lotId, "cancellation")));
    expect(await readPledge(first, origin)).toMatchObject({ leftGrams: 50_000, carriedGrams: 0 });
  });

  test("because nobody had measured it is measured in the lot to which it goes", async () => {
    const lot = await collected([100]);
    const [measured = ""] = lot.pledgeIds;
    const next = await collected([100, 100], { limits: { maximumMoisturePercent: 8 } });
    expect(measured).not.toBe("");
    const [dry = "", unmeasured = ""] = next.pledgeIds;
    const body = { results: { moisturePercent: 7 }, measuredOn: run.dayIn(0) };
    await ok(next.broker("POST", `/api/brokering/pledges/${dry}/quality`, body));
    await compose(next);
    const { lotId } = await run.open(next.cooperative, { limits: { maximumMoisturePercent: 8 } });
    const { pledgeId } = await ok(
      next.broker("POST", `/api/brokering/pledges/${unmeasured}/carrying`, { lotId }),
    );
    await ok(next.broker("POST", `/api/brokering/pledges/${pledgeId}/quality`, body));
    expect((await readPledge(next, pledgeId)).quality).toEqual({ moisturePercent: 7 });
  });
});

test("what came from another lot is traced to the receipt with which it was weighed there", async () => {
  const first = await collected([100], { maximumKg: 50, parts: true });
  await compose(first);
  const next = await run.open(first.cooperative, { minimumKg: 20, maximumKg: 50 });
  const carrying = `/api/brokering/pledges/${first.pledgeIds[0] ?? ""}/carrying`;
  const { pledgeId } = await ok(first.broker("POST", carrying, { lotId: next.lotId }));
  await ok(first.broker("POST", of(next.lotId, "closing")));
  await compose({ ...first, lotId: next.lotId });
  const { contributions } = await ok(first.broker("GET", of(next.lotId, "trace")));
  expect(contributions).toMatchObject([{ pledgeId, receipts: [{ number: "R-0001", grams: 100_000 }] }]);
});

test("the organizer is told of what the buyer writes down by itself", async () => {
  const lot = await collected([100]);
  await compose(lot);
  const { staff } = await sign(lot);
  const body = { as: "buyer", kg: 90, deliveredOn: run.dayIn(0) };
  const { delivery } = await ok(staff("POST", of(lot.lotId, "deliveries"), body));
  await run.settle();
  const [told] = await run.told(delivery.id);
  expect(told?.payload).toMatchObject({ kind: "lot-delivery-answered" });
  expect(told?.payload["personIds"]).toContain(lot.cooperative.manager);
});

test("a slip of the pen in what the buyer wrote down is taken back by an operator until it is settled", async () => {
  const lot = await collected([100]);
  await compose(lot);
  const { staff } = await sign(lot);
  const body = { as: "buyer", kg: 100, deliveredOn: run.dayIn(0) };
  const deliveries = of(lot.lotId, "deliveries");
  const { delivery } = await ok(staff("POST", deliveries, body));
  const answer = `/api/brokering/lot-deliveries/${delivery.id}/answer`;
  expect(await code(staff("POST", answer, { confirm: false }))).toBe("delivery-answered");
  const operator = run.signIn(run.world.person(), true);
  const answered = await ok(operator("POST", answer, { confirm: false }));
  expect(answered.delivery.state).toBe("disputed");
  await ok(staff("POST", deliveries, { ...body, kg: 90 }));
  const { settlement } = await ok(lot.broker("POST", of(lot.lotId, "settlements")));
  expect(settlement.contractCentimos).toBe(90_000);
});

test("what was weighed and taken home again is no delivery that a lender is shown", async () => {
  const cooperative = run.world.cooperative(1);
  const [member = ""] = cooperative.members;
  const { lotId, point } = await run.open(cooperative);
  const { pledgeId } = await run.pledge(lotId, member, 100);
  await run.bring(cooperative, { pledgeId, pointId: point, kg: 100 });
  expect(await deliveriesOf(run.owner.read, member, null)).toMatchObject({ deliveries: 1, grams: 100_000 });
  await ok(run.signIn(member)("POST", `/api/brokering/pledges/${pledgeId}/withdrawal`));
  expect(await deliveriesOf(run.owner.read, member, null)).toMatchObject({ deliveries: 0, grams: 0 });
});
