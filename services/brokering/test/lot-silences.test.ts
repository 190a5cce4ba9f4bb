import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decision, lotScenes, of } from "./lot-scenes.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";

type Scenes = ReturnType<typeof lotScenes>;

let run: LotsRun;
let collected: Scenes["collected"];
let propose: Scenes["propose"];
let compose: Scenes["compose"];
let agree: Scenes["agree"];
let sign: Scenes["sign"];
let termsOf: Scenes["termsOf"];
beforeAll(async () => {
  run = await startLots();
  ({ collected, propose, compose, agree, sign, termsOf } = lotScenes(run));
});
afterAll(() => run.stop());

type Lot = Awaited<ReturnType<Scenes["collected"]>>;

/** Morning after morning, as the sweep comes by. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    run.clock.advance({ days: 1 });
    await run.settle();
  }
}

/** Since the last time: which texts who of a lot was sent, questions included. */
function heard(...personIds: string[]): string[] {
  const texts = run.said.filter(({ personId }) => personIds.includes(personId)).map(({ text }) => text);
  run.said.length = 0;
  return texts;
}

const called = async (lotId: string) =>
  (await run.told(lotId)).filter(({ event }) => event === "lot.unattended").length;

const stateOf = async ({ broker, lotId }: Lot) =>
  (await ok(broker("GET", of(lotId, "contract")))).contract?.state;

describe("agreed terms", () => {
  test("of two people who both proposed are signed by who is not behind those accepted, and declined by either", async () => {
    const lot = await collected([100]);
    const { staff, buyer, contractId, signature } = await agree(lot);
    // The broker's were accepted; before, and anew, the manager proposed others.
    await ok(lot.broker("POST", signature, { as: "organizer", sign: false }));
    const body = { as: "organizer", buyerId: buyer.id, terms: termsOf(), validUntil: run.inDays(1) };
    await ok(lot.broker("POST", of(lot.lotId, "quotes"), body));
    const { quoteId, contractId: next } = await ok(lot.manager("POST", of(lot.lotId, "quotes"), body));
    expect(next).not.toBe(contractId);
    await ok(staff("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true }));
    const path = `/api/brokering/lot-contracts/${next}/signature`;
    expect((await run.questionTo("lot-contract", next))?.personId).toBe(lot.cooperative.broker);
    expect(await code(lot.manager("POST", path, { as: "organizer", sign: true }))).toBe("own-proposal");
    await ok(lot.broker("POST", path, { as: "organizer", sign: true }));
    expect((await ok(staff("POST", path, { as: "buyer", sign: true }))).state).toBe("signed");
  });

  test("that nobody signs are asked about once more, and come to nothing; another buyer may be found", async () => {
    const lot = await collected([100]);
    const { buyer, contractId } = await agree(lot);
    await run.settle();
    const { broker, manager } = lot.cooperative;
    heard();
    await pass(5);
    expect(heard(manager)).toEqual(["lot_contract_ask"]);
    await pass(8);
    expect(await stateOf(lot)).toBe("agreed");
    await pass(1);
    expect(await stateOf(lot)).toBeUndefined();
    expect(heard(broker, manager, buyer.owner)).toEqual(Array(3).fill("lot_contract_ended"));
    expect(await run.questionTo("lot-contract", contractId)).toBeNull();
    expect((await agree(lot)).contractId).not.toBe(contractId);
  });

  test("have two people's signatures, whoever acts for whom", async () => {
    const lot = await collected([100]);
    const { buyer, signature } = await agree(lot);
    const forBuyer = run.signIn(buyer.owner, false, { personId: lot.cooperative.manager });
    await ok(forBuyer("POST", signature, { as: "buyer", sign: true }));
    expect(await code(lot.manager("POST", signature, { as: "organizer", sign: true }))).toBe("own-proposal");
  });

  test("that are declined take with them what was composed on them", async () => {
    const lot = await collected([100, 100]);
    const { staff, signature } = await agree(lot, { maximumKg: 150 });
    const { id } = await propose(lot);
    await ok(staff("POST", signature, { as: "buyer", sign: false }));
    expect(await code(lot.manager("POST", decision("compositions", id), { approve: true }))).toBe(
      "illegal-transition",
    );
  });

  test("of another volume than the lot was composed of are not signed", async () => {
    const lot = await collected([100, 100]);
    const composed = await compose(lot);
    const { contractId, staff, signature } = await agree(lot, { maximumKg: 150 });
    expect(await code(staff("POST", signature, { as: "buyer", sign: true }))).toBe(
      "composition-outside-terms",
    );
    const { manager } = lot.cooperative;
    expect(await run.answerSms("lot-contract", contractId, manager, true)).toMatchObject({
      text: "lot_contract_outside",
    });
    await ok(lot.manager("POST", decision("compositions", composed), { approve: false }));
    await compose(lot);
    await ok(lot.manager("POST", signature, { as: "organizer", sign: true }));
    expect((await ok(staff("POST", signature, { as: "buyer", sign: true }))).state).toBe("signed");
  });
});

test("harvest that was brought is not held for as long as nobody composes it", async () => {
  const lot = await collected([100, 100]);
  const [pledgeId = ""] = lot.pledgeIds;
  const [member = "", other = ""] = lot.cooperative.members;
  const { broker, manager } = lot.cooperative;
  const withdraw = () => run.signIn(member)("POST", `/api/brokering/pledges/${pledgeId}/withdrawal`);
  await pass(20);
  heard();
  expect(await code(withdraw())).toBe("lot-closed");
  await pass(1);
  expect(heard(broker, manager)).toEqual(["lot_waits_composition", "lot_waits_composition"]);
  await pass(4);
  expect(await called(lot.lotId)).toBe(0);
  await pass(1);
  expect(await called(lot.lotId)).toBe(1);
  expect(await code(withdraw())).toBe("lot-closed");
  await pass(5);
  expect(heard(member, other)).toEqual(["lot_free", "lot_free"]);
  await pass(3);
  expect([await called(lot.lotId), heard(member, other, broker, manager)]).toEqual([1, []]);
  expect((await ok(withdraw())).state).toBe("withdrawn");
});

describe("a lot that waits has whoever could act reminded, and then an operator called:", () => {
  const delivered = (over: object = {}) => ({ kg: 100, deliveredOn: run.dayIn(0), ...over });
  test.each([
    ["to approve what was proposed", "lot_composition_ask", 3, async (lot: Lot) => void (await propose(lot))],
    ["for a buyer", "lot_waits_buyer", 14, async (lot: Lot) => void (await compose(lot))],
    [
      "to be delivered",
      "lot_waits_delivery",
      6,
      async (lot: Lot) => {
        await compose(lot);
        const delivery = { ...termsOf().delivery, until: run.dayIn(5) };
        await sign(lot, { delivery });
      },
    ],
    [
      "for the buyer's word",
      "lot_delivery_ask",
      3,
      async (lot: Lot) => {
        await compose(lot);
        await sign(lot);
        await ok(lot.broker("POST", of(lot.lotId, "deliveries"), delivered({ as: "organizer" })));
      },
    ],
    [
      "to be settled",
      "lot_waits_settlement",
      7,
      async (lot: Lot) => {
        await compose(lot);
        const { staff } = await sign(lot);
        await ok(staff("POST", of(lot.lotId, "deliveries"), delivered({ as: "buyer" })));
      },
    ],
    [
      "to be paid out",
      "lot_settlement_ask",
      3,
      async (lot: Lot) => {
        await compose(lot);
        const { staff } = await sign(lot);
        await ok(staff("POST", of(lot.lotId, "deliveries"), delivered({ as: "buyer" })));
        await ok(lot.broker("POST", of(lot.lotId, "settlements")));
      },
    ],
  ])("%s", async (_what, text, days, happens) => {
    const lot = await collected([100]);
    await happens(lot);
    await run.settle();
    run.said.length = 0;
    const said = () => run.said.filter((each) => each.text === text).length;
    await pass(days - 1);
    expect(said()).toBe(0);
    await pass(1);
    expect(said()).toBeGreaterThan(0);
    const once = said();
    expect(await called(lot.lotId)).toBe(0);
    await pass(6);
    expect([said(), await called(lot.lotId)]).toEqual([once, 1]);
  });
});

test("what is delivered and measured is of this lot and this harvest, and who writes it down does not confirm it", async () => {
  const lot = await collected([100]);
  const quality = `/api/brokering/pledges/${lot.pledgeIds[0] ?? ""}/quality`;
  const measured = { results: { moisturePercent: 7 }, measuredOn: run.dayIn(-181) };
  expect(await code(lot.broker("POST", quality, measured))).toBe("measured-before-harvest");
  await compose(lot);
  await sign(lot);
  const operator = run.signIn(run.world.person(), true);
  const body = { as: "organizer", kg: 90, deliveredOn: run.dayIn(-1) };
  expect(await code(operator("POST", of(lot.lotId, "deliveries"), body))).toBe("delivered-before-lot");
  const { delivery } = await ok(
    operator("POST", of(lot.lotId, "deliveries"), { ...body, deliveredOn: run.dayIn(0) }),
  );
  const answer = `/api/brokering/lot-deliveries/${delivery.id}/answer`;
  expect(await code(operator("POST", answer, { confirm: true }))).toBe("own-proposal");
});
