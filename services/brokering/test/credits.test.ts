import { answerConsent, askCredit, changeCredit, readCredit } from "@minka/contracts/credits";
import { creditHistory } from "@minka/contracts/credit-decisions";
import { brokeringConfirmations } from "@minka/contracts/confirmations";
import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { poolOrders } from "../src/pools/pool-orders-tables.ts";
import { refusal, startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";
import { orderedPool } from "./ordered-pool.ts";

let run: BrokeringRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startBrokering();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const texts = (personId: string) =>
  run.said.filter((each) => each.personId === personId).map(({ text }) => text);

test("what is met, nearly met and out of reach stands apart, with what would replace what is missing", async () => {
  const { world } = run;
  const cooperative = world.cooperative(1);
  const [personId = ""] = cooperative.members;
  const lender = world.provider(["lender"], "Caja Huallaga");
  world.lenders.facts.set(personId, {
    holds: ["identity_document", "possession_certificate"],
    lacks: ["land_title"],
  });
  const asks = (
    requirement: "land_title" | "guarantor" | "savings",
    ...substitutes: ("possession_certificate" | "association_endorsement")[]
  ) => ({
    requirement,
    substitutes,
  });
  const replaced = world.lenders.lend(lender.id, {
    requirements: [asks("land_title", "possession_certificate")],
  });
  const nearly = world.lenders.lend(lender.id, {
    requirements: [asks("land_title", "association_endorsement")],
  });
  const never = world.lenders.lend(lender.id, { requirements: [asks("land_title")] });
  const declared = world.lenders.lend(lender.id, {
    requirements: [asks("guarantor")],
    annualRatePercent: 20,
  });
  const long = world.lenders.lend(lender.id, { minimumMonths: 12 });

  const creditId = await steps.ask(personId, { declared: ["guarantor"] });
  const compared = await steps.compare(creditId, personId);
  const ids = (products: { offerId: string }[]) => products.map(({ offerId }) => offerId);
  // The cheapest first.
  expect(ids(compared.eligible)).toEqual([declared, replaced]);
  expect(ids(compared.nearly)).toEqual([nearly]);
  expect(new Set(ids(compared.others))).toEqual(new Set([never, long]));
  const [, substituted] = compared.eligible;
  expect(substituted).toMatchObject({
    bring: ["possession_certificate"],
    requirements: [{ requirement: "land_title", met: true, by: "possession_certificate", wouldDo: [] }],
    reasons: [
      {
        code: "requirement-substituted",
        parameters: { requirement: "land_title", by: "possession_certificate" },
      },
    ],
  });
  expect(compared.nearly[0]?.reasons).toEqual([
    { code: "requirement-missing", parameters: { requirement: "land_title" } },
    { code: "would-do", parameters: { requirement: "land_title", instead: "land_title", how: "not_here" } },
    {
      code: "would-do",
      parameters: { requirement: "land_title", instead: "association_endorsement", how: "ask_endorsement" },
    },
  ]);
  expect(substituted?.instalments).toBe(6);
  expect(substituted?.totalCentimos).toBe((substituted?.costCentimos ?? 0) + 120_000);
});

test("women see first what is for women first, and all the rest; men see no less than that", async () => {
  const { world } = run;
  const lender = world.provider(["lender"], "Fondo Mujer");
  const [woman, man] = [world.person({ sex: "f" }), world.person({ sex: "m" })];
  const dear = world.lenders.lend(lender.id, { audience: "women_preferred", annualRatePercent: 60 });
  const cheap = world.lenders.lend(lender.id, { annualRatePercent: 10 });
  const found = async (personId: string) => {
    const { eligible } = await steps.compare(await steps.ask(personId), personId);
    const here = eligible.filter(({ offerId }) => offerId === dear || offerId === cheap);
    return here.map(({ offerId }) => offerId);
  };
  expect(await found(woman)).toEqual([dear, cheap]);
  expect(await found(man)).toEqual([cheap, dear]);
});

test("the lender sees counts and sums that the person agreed to show, until it is submitted, and nothing else", async () => {
  const { world } = run;
  const lender = world.provider(["lender"], "Caja Tocache");
  const [shows, hides] = [world.person(), world.person()];
  const offerId = world.lenders.lend(lender.id);
  for (const personId of [shows, hides]) world.lenders.visits.set(personId, 3);
  const view = async (personId: string, consents: boolean[]) => {
    const creditId = await steps.ask(personId);
    await steps.choose(creditId, personId, offerId);
    for (const given of consents) await steps.consent(creditId, personId, given);
    await steps.submit(creditId, personId);
    expect(await refusal(steps.consent(creditId, personId, true))).toBe("not-a-draft");
    const seen = await run.signIn(lender.owner)("GET", `/api/brokering/credits/${creditId}/lender-view`);
    expect(JSON.stringify(seen.body)).not.toContain(personId);
    return { creditId, seen: seen.body.credit };
  };
  const shown = await view(shows, [true]);
  expect(shown.seen.history).toEqual({
    deliveries: { deliveries: 0, grams: 0, seasons: 0 },
    poolsPaid: { pools: 0, centimos: 0 },
    visitsDone: 3,
    monthsMember: null,
  });
  expect(Object.keys(shown.seen.history)).toEqual(Object.keys(creditHistory.shape));
  // Agreed, and taken back before it was sent.
  expect((await view(hides, [true, false])).seen.history).toBeNull();
  // Once the lender has no business with it, it has neither.
  const manager = run.signIn(lender.owner);
  await manager("POST", `/api/brokering/credits/${shown.creditId}/refusal`, {
    reasons: [{ code: "no_funds" }],
  });
  const after = await manager("GET", `/api/brokering/credits/${shown.creditId}/lender-view`);
  expect(after.body.credit).toMatchObject({ state: "refused", history: null, borrower: null });
});

test("nobody but the person learns of their credit: not who shares their phone, acts for them or leads their organization", async () => {
  const { world } = run;
  const cooperative = world.cooperative(1);
  const [woman = ""] = cooperative.members;
  const husband = world.person({ phone: world.people.get(woman)?.phone ?? "" });
  const lender = world.provider(["lender"]);
  const creditId = await steps.submitted(woman, world.lenders.lend(lender.id));
  const url = `/api/brokering/credits/${creditId}`;
  for (const personId of [husband, cooperative.manager, cooperative.broker])
    expect((await run.signIn(personId)("GET", url)).body.code).toBe("no-such-credit");
  const acting = run.signIn(woman, false, { personId: husband });
  expect((await acting("GET", url)).body.code).toBe("not-while-acting");
  expect((await run.signIn(husband)("GET", `/api/brokering/credits?personId=${woman}`)).status).toBe(403);
  const spoken = { params: { creditId }, query: { personId: husband } };
  expect(await refusal(run.call(readCredit, spoken, run.trace))).toBe("no-such-credit");
  const listed = await run.signIn(cooperative.manager)(
    "GET",
    `/api/brokering/endorsements?organizationId=${cooperative.id}`,
  );
  expect(listed.body.items).toEqual([]);
  await run.settle();
  expect(texts(husband)).toEqual([]);
  expect((await run.signIn(woman)("GET", url)).body.credit).toMatchObject({ id: creditId, personId: woman });
});

test("a refusal says what to change, and what was withdrawn is not approved", async () => {
  const lender = run.world.provider(["lender"]);
  const personId = run.world.person();
  const offerId = run.world.lenders.lend(lender.id);
  const creditId = await steps.submitted(personId, offerId);
  const manager = run.signIn(lender.owner);
  const reasons = [{ code: "amount_too_high", mostCentimos: 80_000 }, { code: "income_too_low" }];
  const free = await manager("POST", `/api/brokering/credits/${creditId}/refusal`, {
    reasons: [{ code: "amount_too_high", note: "no me convence" }],
  });
  expect(free.status).toBe(422);
  await manager("POST", `/api/brokering/credits/${creditId}/refusal`, { reasons });
  expect((await steps.read(creditId, personId)).refused).toEqual({
    reasons: [
      { code: "amount_too_high", parameters: { mostCentimos: 80_000 } },
      { code: "income_too_low", parameters: {} },
    ],
    change: ["ask_less", "harvest_schedule"],
  });
  await run.settle();
  expect(texts(personId)).toContain("credit_refused");
  const withdrawn = await steps.submitted(personId, offerId);
  await run.signIn(personId)("POST", `/api/brokering/credits/${withdrawn}/withdrawal`);
  const late = await manager("POST", `/api/brokering/credits/${withdrawn}/approval`);
  expect(late.body).toMatchObject({ code: "illegal-transition" });
});

test("an agent says their own interest, and nothing is shown or sent before the person agrees", async () => {
  const agent = run.world.provider(["agent"]);
  const [personId, stranger] = [run.world.person(), run.world.person()];
  const body = (by: string, interest?: "commission_of_lender") => ({
    borrower: { kind: "person" as const, personId, ...(interest ? { interest } : {}) },
    amountCentimos: 120_000,
    months: 6,
    purpose: "harvest" as const,
    personId: by,
  });
  const ask = (by: string, interest?: "commission_of_lender") =>
    run.call(askCredit, { body: body(by, interest) }, run.trace);
  expect(await refusal(ask(stranger, "commission_of_lender"))).toBe("not-yours");
  expect(await refusal(ask(agent.owner))).toBe("interest-missing");
  // What somebody has is told to the lender as declared by them.
  const declared: ["guarantor"] = ["guarantor"];
  const withMore = { ...body(agent.owner, "commission_of_lender"), declared };
  expect(await refusal(run.call(askCredit, { body: withMore }, run.trace))).toBe("not-theirs-to-declare");
  const { creditId } = await ask(agent.owner, "commission_of_lender");
  expect(await refusal(steps.compare(creditId, agent.owner))).toBe("no-such-credit");
  await run.settle();
  const asked = run.said.find(({ kind, id }) => kind === "credit-origination" && id === creditId);
  expect(asked).toMatchObject({ personId, text: "credit_origination_agent" });
  const params = { kind: "credit-origination", id: creditId } as const;
  const at = run.clock().toISOString();
  const said = await run.call(
    brokeringConfirmations.answer,
    { params, body: { personId, accepted: true, at } },
    run.trace,
  );
  expect(said.reply.text).toBe("credit_origination_yes");
  await steps.compare(creditId, agent.owner);
  const anew = { amountCentimos: 120_000, months: 6, purpose: "harvest" as const, declared };
  const change = (by: string) =>
    run.call(changeCredit, { params: { creditId }, body: { ...anew, personId: by } }, run.trace);
  expect(await refusal(change(agent.owner))).toBe("not-theirs-to-declare");
  await change(personId);
  expect(await refusal(steps.read(creditId, agent.owner))).toBe("no-such-credit");
  // They may take it back, which ends it.
  const no = { params: { creditId, consent: "origination" as const }, body: { given: false, personId } };
  expect((await run.call(answerConsent, no, run.trace)).state).toBe("withdrawn");
});

test("a lender that stays silent is reminded after five working days, and then a person looks", async () => {
  const lender = run.world.provider(["lender"]);
  const personId = run.world.person();
  const creditId = await steps.submitted(personId, run.world.lenders.lend(lender.id));
  await run.settle();
  const waits = () => texts(lender.owner).filter((text) => text === "credit_waits").length;
  expect(waits()).toBe(0);
  // Monday noon to the next Monday night: not yet.
  run.clock.advance({ days: 7 });
  await run.settle();
  expect(waits()).toBe(0);
  run.clock.advance({ days: 1 });
  await run.settle();
  expect(waits()).toBe(1);
  const unattended = {
    event: "credit.unattended",
    payload: { creditId, personIds: [lender.owner, personId] },
  };
  expect(await run.told(creditId)).not.toContainEqual(unattended);
  run.clock.advance({ days: 8 });
  await run.settle();
  expect(await run.told(creditId)).toContainEqual(unattended);
});

test("a borrower who stays silent on an approval is asked again, and then it lapses", async () => {
  const lender = run.world.provider(["lender"]);
  const personId = run.world.person();
  const creditId = await steps.submitted(personId, run.world.lenders.lend(lender.id));
  await run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, { months: 4 });
  await run.settle();
  const asked = () => texts(personId).filter((text) => text === "credit_terms_asked").length;
  expect(asked()).toBe(1);
  run.clock.advance({ days: 3 });
  await run.settle();
  expect(asked()).toBe(2);
  run.clock.advance({ days: 7 });
  await run.settle();
  expect((await steps.read(creditId, personId)).state).toBe("lapsed");
  expect(texts(lender.owner)).toContain("credit_not_taken");
});

test("who is erased leaves no request behind, and what was shown of them is gone", async () => {
  const lender = run.world.provider(["lender"]);
  const personId = run.world.person();
  const creditId = await steps.ask(personId);
  await steps.choose(creditId, personId, run.world.lenders.lend(lender.id));
  await steps.consent(creditId, personId, true);
  await steps.submit(creditId, personId);
  const profiles = run.callAs("profiles");
  const nobody = {
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    providerIds: [],
    acquaintances: [],
  };
  const who = { personId, ...nobody, askedAt: run.clock().toISOString(), tell: false };
  await profiles(brokeringPersonalData.eraseData, { body: who }, run.trace);
  const seen = await run.signIn(lender.owner)("GET", `/api/brokering/credits/${creditId}/lender-view`);
  expect(seen.body.credit).toMatchObject({
    state: "withdrawn",
    history: null,
    requirements: [],
    borrower: null,
  });
});

test("a deposit on a purchase that one is not in any more is no purchase that a credit was for", async () => {
  const { world } = run;
  const supplies = [{ packs: 2, priceCentimos: 5_000, deliveryCentimos: 0 }];
  const open = await orderedPool(run, { members: [2], suppliers: supplies, state: "asking_members" });
  const ordered = await orderedPool(run, { members: [2], suppliers: supplies });
  const lender = world.provider(["lender"], "Caja Uso");
  const offerId = world.lenders.lend(lender.id);
  const use = async ({ orders: [order], cooperative }: typeof open, amountCentimos: number, more: object) => {
    if (!order) throw new Error("nobody ordered");
    const { personId, orderId } = order;
    const subject = { kind: "pool-order", id: orderId };
    const paid = { subject, amountCentimos, method: "cash", ...more };
    expect((await run.signIn(cooperative.broker)("POST", "/api/brokering/payments", paid)).status).toBe(201);
    const creditId = await steps.submitted(personId, offerId);
    await run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, {});
    await steps.accept(creditId, personId);
    await steps.payOut(creditId, { lender: lender.owner, personId, amountCentimos: 120_000 });
    return () =>
      run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/use`, { by: "pool-order", orderId });
  };
  const left = await use(open, 1_000, { deposit: true });
  await run.owner.read.update(poolOrders).set({ state: "out" }).where(eq(poolOrders.poolId, open.poolId));
  expect((await left()).body.code).toBe("no-such-purchase");
  const bought = await use(ordered, 10_000, {});
  expect((await bought()).body).toMatchObject({ useVerified: true });
});

test("a lender lends no more than its product does", async () => {
  const lender = run.world.provider(["lender"], "Caja Corta");
  const offerId = run.world.lenders.lend(lender.id, { maximumCentimos: 100_000 });
  const creditId = await steps.submitted(run.world.person(), offerId);
  const approve = (body: object) =>
    run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, body);
  expect((await approve({})).body.code).toBe("outside-the-offer");
  expect((await approve({ amountCentimos: 100_000 })).body.state).toBe("approved");
});
