import { addDays, limaDay } from "@minka/domain/lima-time";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { credits } from "../src/credits/credits-tables.ts";
import { dueFromSettlement, repayFromSettlement } from "../src/credits/repay-from-settlement.ts";
import { refusal, startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";
import { vouching } from "./vouching.ts";

let run: BrokeringRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startBrokering();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const texts = (personId: string) =>
  run.said.filter((each) => each.personId === personId).map(({ text }) => text);

test("an endorsed credit lives from the asking until a lot's settlement has paid it back", async () => {
  const { cooperative, broker, manager, other, lender, offerId, askFor, exposure } = await vouching(
    run,
    200_000,
  );
  const [personId = ""] = cooperative.members;
  const creditId = await steps.ask(personId);
  expect((await steps.compare(creditId, personId)).nearly.map((product) => product.offerId)).toEqual([
    offerId,
  ]);

  const endorsementId = await askFor(personId, creditId);
  const of = (step: string) => `/api/brokering/endorsements/${endorsementId}/${step}`;
  const vouched = { amountCentimos: 120_000, conditions: ["repay_from_settlement"] };
  expect((await manager("POST", of("proposal"), vouched)).body.state).toBe("proposed");
  // Whoever proposed it does not approve it, and neither does a broker.
  expect((await manager("POST", of("approval"), { version: 1 })).body.code).toBe("own-proposal");
  expect((await broker("POST", of("approval"), { version: 1 })).body.code).toBe("not-your-organization");
  const approved = await other("POST", of("approval"), { version: 1 });
  expect(approved.body).toMatchObject({
    state: "standing",
    exposureCentimos: 120_000,
    limitCentimos: 200_000,
  });

  expect((await steps.compare(creditId, personId)).eligible.map((product) => product.offerId)).toEqual([
    offerId,
  ]);
  await steps.choose(creditId, personId, offerId);
  await run.settle();
  await steps.submit(creditId, personId);
  await run.settle();
  const staff = run.signIn(lender.owner);
  const seen = await staff("GET", `/api/brokering/credits/${creditId}/lender-view`);
  expect(seen.body.credit).toMatchObject({
    requirements: [{ requirement: "association_endorsement", met: true, declared: false }],
    endorsements: [
      {
        organizationId: cooperative.id,
        amountCentimos: 120_000,
        exposureCentimos: 120_000,
        limitCentimos: 200_000,
      },
    ],
  });
  await staff("POST", `/api/brokering/credits/${creditId}/review`);
  await staff("POST", `/api/brokering/credits/${creditId}/approval`, { months: 3 });
  await run.settle();
  await steps.accept(creditId, personId);
  expect((await steps.read(creditId, personId)).repayFromSettlement).toBe(true);

  // Half the money is not the money.
  await steps.payOut(creditId, { lender: lender.owner, personId, amountCentimos: 60_000 });
  expect((await steps.read(creditId, personId)).state).toBe("accepted");
  await steps.payOut(creditId, { lender: lender.owner, personId, amountCentimos: 60_000 });
  const disbursed = await steps.read(creditId, personId);
  expect(disbursed).toMatchObject({ state: "disbursed" });
  expect(disbursed.instalments.map(({ dueOn }) => dueOn)).toEqual(["2026-12-24", "2027-01-24", "2027-02-24"]);

  // It is what they bought that is there: a number, and no word, picture or place.
  const use = (body: object) => run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/use`, body);
  expect((await use({ by: "receipt", receiptNumber: "F001-123", note: "en mi chacra" })).status).toBe(422);
  expect((await use({ by: "receipt", receiptNumber: "F001-123" })).body).toEqual({
    creditId,
    useVerified: true,
  });

  const [first] = disbursed.instalments;
  await steps.payBack(creditId, { lender: lender.owner, personId, amountCentimos: 10_000 });
  const today = limaDay(run.clock());
  const due = (upTo: string) =>
    run.owner.transaction((tx) =>
      dueFromSettlement(tx, { organizationId: cooperative.id, personIds: [personId], upTo }),
    );
  expect(await due(today)).toEqual([]);
  expect(await due(first?.dueOn ?? "")).toEqual([
    { creditId, personId, centimos: (first?.totalCentimos ?? 0) - 10_000 },
  ]);
  const [all] = await due(addDays(today, 200));
  const centimos = all?.centimos ?? 0;
  expect(centimos).toBe(disbursed.owedCentimos - 10_000);
  const lotId = cooperative.id;
  const settle = () =>
    run.owner.transaction((tx) =>
      repayFromSettlement(
        tx,
        { at: run.clock(), by: "timer", trace: "t" },
        { lotId, repayments: [{ creditId, centimos }] },
      ),
    );
  await settle();
  // The same lot pays once.
  await settle();
  expect(await steps.read(creditId, personId)).toMatchObject({ state: "settled", owedCentimos: 0 });
  expect(await exposure()).toMatchObject({ exposureCentimos: 0, standing: 0 });
  await run.settle();
  expect(texts(personId)).toEqual(
    expect.arrayContaining([
      "endorsement_stands_on",
      "credit_history_asked",
      "credit_terms_asked_settlement",
      "credit_settled",
    ]),
  );
  expect(texts(lender.owner)).toEqual(
    expect.arrayContaining(["credit_review_asked", "credit_taken", "credit_paid_back"]),
  );
});

test("of many endorsements approved at once no more stand than the organization's limit", async () => {
  const { cooperative, broker, manager, other, askFor, exposure } = await vouching(run, 250_000, 5);
  const asked = await Promise.all(
    cooperative.members.map(async (personId) => askFor(personId, await steps.ask(personId))),
  );
  for (const id of asked)
    await broker("POST", `/api/brokering/endorsements/${id}/proposal`, { amountCentimos: 120_000 });
  const answers = await Promise.all(
    asked.map((id, index) =>
      (index % 2 === 0 ? manager : other)("POST", `/api/brokering/endorsements/${id}/approval`, {
        version: 1,
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(answers.filter(({ body }) => body.code === "exposure-exceeded")).toHaveLength(3);
  expect(await exposure()).toMatchObject({ exposureCentimos: 240_000, limitCentimos: 250_000, standing: 2 });
});

test("what an organization vouched for is no other purpose or amount: for that it is asked again", async () => {
  const { cooperative, broker, manager, askFor, exposure } = await vouching(run, 200_000);
  const [personId = ""] = cooperative.members;
  const creditId = await steps.ask(personId);
  const endorsementId = await askFor(personId, creditId);
  await broker("POST", `/api/brokering/endorsements/${endorsementId}/proposal`, { amountCentimos: 100_000 });
  await manager("POST", `/api/brokering/endorsements/${endorsementId}/approval`, { version: 1 });
  const change = (over: object) =>
    run.signIn(personId)("PUT", `/api/brokering/credits/${creditId}`, {
      amountCentimos: 120_000,
      months: 6,
      purpose: "fertilizer",
      ...over,
    });
  await change({ months: 5 });
  expect(await exposure()).toMatchObject({ standing: 1 });
  await change({ purpose: "other" });
  expect(await exposure()).toMatchObject({ standing: 0, exposureCentimos: 0 });
  expect(await askFor(personId, creditId)).not.toBe(endorsementId);
});

test("arrears come after a grace of days, call those who vouched, and end when what was due is paid", async () => {
  const { cooperative, broker, manager, lender, offerId, askFor, exposure } = await vouching(run, 200_000);
  const [personId = ""] = cooperative.members;
  const creditId = await steps.ask(personId);
  const endorsementId = await askFor(personId, creditId);
  await broker("POST", `/api/brokering/endorsements/${endorsementId}/proposal`, { amountCentimos: 100_000 });
  await manager("POST", `/api/brokering/endorsements/${endorsementId}/approval`, { version: 1 });
  await steps.choose(creditId, personId, offerId);
  await steps.submit(creditId, personId);
  await run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, {});
  await steps.accept(creditId, personId);
  await steps.payOut(creditId, { lender: lender.owner, personId, amountCentimos: 120_000 });
  const [first] = (await steps.read(creditId, personId)).instalments;
  const state = async () => {
    await run.settle();
    return (await steps.read(creditId, personId)).state;
  };
  run.clock.advance({ days: 27 });
  expect(await state()).toBe("disbursed");
  expect(texts(personId)).toContain("credit_due");
  run.clock.advance({ days: 8 });
  expect(await state()).toBe("disbursed");
  run.clock.advance({ days: 1 });
  expect(await state()).toBe("in_arrears");
  expect(await exposure()).toMatchObject({ called: 0 });
  run.clock.advance({ days: 10 });
  expect(await state()).toBe("in_arrears");
  expect(await exposure()).toMatchObject({ called: 1, exposureCentimos: 100_000 });
  expect(texts(cooperative.manager)).toContain("endorsement_called");
  await steps.payBack(creditId, {
    lender: lender.owner,
    personId,
    amountCentimos: first?.totalCentimos ?? 0,
  });
  expect(await state()).toBe("repaying");
  expect(await exposure()).toMatchObject({ called: 0, standing: 1 });
});

test("who asked for an organization does not send it, and factoring is on a contract that both signed", async () => {
  const { world } = run;
  const cooperative = world.cooperative();
  const second = world.person();
  world.join(second, cooperative.id, "manager");
  const lender = world.provider(["lender"]);
  const offerId = world.lenders.lend(lender.id);
  const manager = run.signIn(cooperative.manager);
  const borrower = { kind: "organization", organizationId: cooperative.id, use: "working_capital" };
  const wanted = { amountCentimos: 500_000, months: 6, purpose: "harvest" };
  const factoring = { ...borrower, use: "factoring", lotContractId: cooperative.id };
  const unsigned = await manager("POST", "/api/brokering/credits", { ...wanted, borrower: factoring });
  expect(unsigned.body.code).toBe("contract-not-signed");
  const { body } = await manager("POST", "/api/brokering/credits", { ...wanted, borrower });
  const of = (step: string) => `/api/brokering/credits/${body.creditId}/${step}`;
  await manager("POST", of("products"));
  await manager("POST", of("choice"), { offerId });
  expect((await manager("POST", of("submission"), { version: 1 })).body.code).toBe("own-proposal");
  expect((await run.signIn(second)("POST", of("submission"), { version: 1 })).body.state).toBe("submitted");
});

test("a contract secures four fifths of its worth, also when two credits are sent on it at once", async () => {
  const lender = run.world.provider(["lender"]);
  const offerId = run.world.lenders.lend(lender.id);
  const contract = { lotContractId: lender.id, contractCentimos: 200_000 };
  const sent = await Promise.all(
    [1, 2].map(async () => {
      const personId = run.world.person();
      const creditId = await steps.ask(personId, { amountCentimos: 100_000 });
      await steps.choose(creditId, personId, offerId);
      await run.owner.read.update(credits).set(contract).where(eq(credits.id, creditId));
      return () => refusal(steps.submit(creditId, personId));
    }),
  );
  const answers = await Promise.all(sent.map((submit) => submit()));
  expect(answers.toSorted()).toEqual(["contract-share-exceeded", "was not refused"]);
});

test("who decided is counted by sex, and fewer than five people are not told", async () => {
  const { cooperative } = await vouching(run, 100_000);
  const leaders = Array.from({ length: 6 }, (_, index) => {
    const personId = run.world.person({ sex: index === 0 ? "m" : "f" });
    run.world.join(personId, cooperative.id, "manager");
    return personId;
  });
  for (const personId of leaders) {
    const limit = { organizationId: cooperative.id, limitCentimos: 1 };
    await run.signIn(personId)("POST", "/api/brokering/endorsement-limits", limit);
  }
  const today = limaDay(run.clock());
  const report = (personId: string) =>
    run.signIn(personId)(
      "GET",
      `/api/brokering/decision-makers?organizationId=${cooperative.id}&from=${today}&until=${today}`,
    );
  expect((await report(cooperative.broker)).status).toBe(403);
  const { rows } = (await report(cooperative.manager)).body;
  const limits = rows.filter(
    ({ noun, part }: { noun: string; part: string }) => noun === "exposure-limit" && part === "proposed",
  );
  expect(limits).toContainEqual({
    noun: "exposure-limit",
    part: "proposed",
    sex: "f",
    persons: 5,
    decisions: 5,
  });
  expect(limits).toContainEqual({
    noun: "exposure-limit",
    part: "proposed",
    sex: "m",
    persons: null,
    decisions: null,
  });
});
