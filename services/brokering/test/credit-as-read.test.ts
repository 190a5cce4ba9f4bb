import {
  askCredit,
  changeCredit,
  chooseProduct,
  compareProducts,
  submitCredit,
} from "@minka/contracts/credits";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import type { AskedKind } from "../src/telling/asking.ts";
import { refusal, startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";
import { orderedPool } from "./ordered-pool.ts";
import { vouching } from "./vouching.ts";

let run: BrokeringRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startBrokering();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

/** What somebody would read now. */
async function question(kind: AskedKind, id: string) {
  const asked = await run.call(brokeringConfirmations.read, { params: { kind, id } }, run.trace);
  if (!asked.question) throw new Error("nobody is asked");
  return asked.question;
}
/** SI or NO by SMS to a question that was read; the text of the reply. */
async function says(
  kind: AskedKind,
  id: string,
  to: { personId: string; version?: string },
  accepted = true,
) {
  const { personId, version } = to;
  const body = { personId, accepted, version, at: run.clock().toISOString() };
  return (await run.call(brokeringConfirmations.answer, { params: { kind, id }, body }, run.trace)).reply
    .text;
}
const times = (kind: AskedKind, id: string) =>
  run.said.filter((each) => each.kind === kind && each.id === id).length;

/** A credit of which an organization was asked, with a proposal for it. */
async function proposed(conditions: string[] = []) {
  const scene = await vouching(run, 500_000);
  const [personId = ""] = scene.cooperative.members;
  const creditId = await steps.ask(personId);
  const endorsementId = await scene.askFor(personId, creditId);
  const of = (step: string) => `/api/brokering/endorsements/${endorsementId}/${step}`;
  const propose = (amountCentimos: number) =>
    scene.broker("POST", of("proposal"), { amountCentimos, conditions });
  expect((await propose(100_000)).body).toMatchObject({ state: "proposed", version: 1 });
  return { ...scene, personId, creditId, endorsementId, of, propose };
}

test("a yes to a proposal is to what was read: proposed anew, neither the SMS nor the web approves it", async () => {
  const { manager, other, endorsementId, of, propose, exposure } = await proposed(["deliver_harvest"]);
  const first = await question("endorsement", endorsementId);
  expect(first).toMatchObject({
    text: "endorsement_asked_on",
    parameters: {
      amount: { centimos: 100_000 },
      conditions: { as: "words", group: "credit_condition", entries: ["deliver_harvest"] },
    },
  });
  expect((await propose(120_000)).body.version).toBe(2);
  await run.settle();
  for (const accepted of [true, false])
    expect(await says("endorsement", endorsementId, first, accepted)).toBe("question_changed");
  for (const approver of [manager, other])
    expect((await approver("POST", of("approval"), { version: 1 })).body.code).toBe("changed-meanwhile");
  expect(await exposure()).toMatchObject({ standing: 0 });
  // Of a question from before there were versions nobody knows what was read: it is put again.
  const before = times("endorsement", endorsementId);
  expect(await says("endorsement", endorsementId, { personId: first.personId })).toBe("question_changed");
  await run.settle();
  expect(times("endorsement", endorsementId)).toBe(before + 1);
  expect(await says("endorsement", endorsementId, await question("endorsement", endorsementId))).toBe(
    "endorsement_yes",
  );
  expect(await exposure()).toMatchObject({ standing: 1, exposureCentimos: 120_000 });
});

test("a credit is sent as its borrower read it, and shown to the lender they were asked about", async () => {
  const { world } = run;
  const agent = world.provider(["agent"]);
  const personId = world.person();
  const [cheap, dear] = [world.provider(["lender"], "Caja Uno"), world.provider(["lender"], "Caja Dos")];
  const [first, second] = [world.lenders.lend(cheap.id), world.lenders.lend(dear.id)];
  const need = { months: 6, purpose: "harvest" as const };
  const borrower = { kind: "person" as const, personId, interest: "commission_of_lender" as const };
  const by = { personId: agent.owner };
  const { creditId } = await run.call(
    askCredit,
    { body: { borrower, ...need, amountCentimos: 100_000, ...by } },
    run.trace,
  );
  const params = { creditId };
  await says("credit-origination", creditId, await question("credit-origination", creditId));
  const choose = async (offerId: string) => {
    await run.call(compareProducts, { params, body: by }, run.trace);
    await run.call(chooseProduct, { params, body: { offerId, ...by } }, run.trace);
  };
  await choose(first);
  const read = await steps.read(creditId, personId);
  const asked = await question("credit-history", creditId);
  // The agent has it another way, and with another lender, before the person answers.
  await run.call(changeCredit, { params, body: { ...need, amountCentimos: 500_000, ...by } }, run.trace);
  await choose(second);
  expect(await says("credit-history", creditId, asked)).toBe("question_changed");
  expect((await steps.read(creditId, personId)).consents).toContainEqual({ consent: "history", given: null });
  const body = { version: read.version, personId };
  expect(await refusal(run.call(submitCredit, { params, body }, run.trace))).toBe("changed-meanwhile");
  expect(await says("credit-history", creditId, await question("credit-history", creditId))).toBe(
    "credit_history_yes",
  );
  expect((await steps.submit(creditId, personId)).state).toBe("submitted");
});

test("once a lender has approved nobody vouches on other conditions: what is taken is what was read", async () => {
  const scene = await proposed(["repay_from_settlement"]);
  const { broker, manager, lender, offerId, personId, creditId, endorsementId, of, propose } = scene;
  const terms = { openingFeeCentimos: 5_000, requirements: [] };
  const withFee = run.world.lenders.lend(lender.id, terms);
  expect(offerId).not.toBe(withFee);
  await steps.choose(creditId, personId, withFee);
  await steps.submit(creditId, personId);
  const conditions = ["show_receipt", "technical_visit"];
  await run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, { conditions });
  for (const late of [propose(90_000), manager("POST", of("approval"), { version: 1 })])
    expect((await late).body.code).toBe("too-late");
  const { items } = (
    await broker("GET", `/api/brokering/endorsements?organizationId=${scene.cooperative.id}`)
  ).body;
  expect(items).toMatchObject([{ id: endorsementId, state: "released" }]);
  const again = { organizationId: scene.cooperative.id };
  const asked = await run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/endorsements`, again);
  expect(asked.body.code).toBe("too-late");
  // What arrives, what is paid, and on which conditions.
  const { text, parameters } = await question("credit-terms", creditId);
  expect({ text, parameters }).toMatchObject({
    text: "credit_terms_asked_on",
    parameters: { amount: { centimos: 115_000 }, conditions: { entries: conditions } },
  });
  const total = parameters["total"] as { centimos: number };
  const { approved } = await steps.read(creditId, personId);
  expect(approved).toMatchObject({ receivedCentimos: 115_000, conditions, fromSettlement: false });
  await steps.accept(creditId, personId);
  expect((await steps.read(creditId, personId)).repayFromSettlement).toBe(false);
  await steps.payOut(creditId, { lender: lender.owner, personId, amountCentimos: 115_000 });
  expect((await steps.read(creditId, personId)).owedCentimos).toBe(total.centimos);
});

test("who shows no history is not said to have one, in whatever words; and of what is over nothing is said", async () => {
  const { world } = run;
  const lender = world.provider(["lender"], "Caja Discreta");
  const offerId = world.lenders.lend(lender.id, {
    requirements: (["membership", "technical_visit"] as const).map((requirement) => ({
      requirement,
      substitutes: [],
    })),
  });
  const seen = async (given: boolean) => {
    const personId = world.person();
    world.lenders.facts.set(personId, { holds: ["membership"] });
    world.lenders.visits.set(personId, 2);
    const creditId = await steps.ask(personId);
    const { nearly } = await steps.compare(creditId, personId);
    expect(nearly.find((product) => product.offerId === offerId)?.requirements[0]?.wouldDo).toEqual([
      { requirement: "membership", how: "agree_to_history" },
    ]);
    await steps.choose(creditId, personId, offerId);
    await steps.consent(creditId, personId, given);
    await steps.submit(creditId, personId);
    const view = async () =>
      (await run.signIn(lender.owner)("GET", `/api/brokering/credits/${creditId}/lender-view`)).body.credit;
    const { requirements } = await view();
    await run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/withdrawal`);
    expect((await view()).requirements).toEqual([]);
    return requirements.map(({ met }: { met: boolean }) => met);
  };
  expect(await seen(true)).toEqual([true, true]);
  expect(await seen(false)).toEqual([false, false]);
});

test("a yes to a final price is to the price that was read, not to that of a later round", async () => {
  const suppliers = [{ packs: 2, priceCentimos: 5_000, deliveryCentimos: 0 }];
  const { orders } = await orderedPool(run, { members: [2], suppliers, state: "asking_members" });
  const [order] = orders;
  if (!order) throw new Error("nobody ordered");
  const { personId, orderId } = order;
  const confirmBy = new Date(run.clock().getTime() + 60_000);
  const asked = { state: "asked", confirmBy } as const;
  await run.owner.read.update(poolOrders).set(asked).where(eq(poolOrders.id, orderId));
  for (const accepted of [true, false])
    expect(await says("pool-price", orderId, { personId, version: "9900" }, accepted)).toBe(
      "question_changed",
    );
  const answer = (totalCentimos: number) =>
    run.signIn(personId)("POST", `/api/brokering/pool-orders/${orderId}/answer`, {
      accepted: true,
      totalCentimos,
    });
  expect((await answer(9_900)).body.code).toBe("changed-meanwhile");
  expect(await says("pool-price", orderId, await question("pool-price", orderId))).toBe("pool_price_yes");
});
