import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { listWaitingCredits } from "@minka/contracts/credit-standings";
import { nameGuarantors } from "@minka/contracts/group-guarantees";
import { eq } from "@minka/database/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { credits } from "../src/credits/credits-tables.ts";
import { creditSteps } from "./credit-steps.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";
import { vouching } from "./vouching.ts";

let run: LotsRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startLots();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const textsTo = (personId: string) =>
  run.said.filter((each) => each.personId === personId).map(({ text }) => text);
const count = (personId: string, text: string) => textsTo(personId).filter((each) => each === text).length;

async function pass(days: number) {
  run.clock.advance({ days });
  await run.settle();
}
/** What an operator is called for. */
const calls = async (id: string) =>
  (await run.told(id)).filter(({ event }) => event.endsWith(".unattended")).map(({ payload }) => payload);

test("an organization that says nothing is reminded, then an operator looks, then the borrower is told", async () => {
  const { cooperative, broker, manager, second, askFor } = await vouching(run, 500_000, 2);
  const [asks = "", proposedFor = ""] = cooperative.members;
  const waiting = await askFor(asks, await steps.ask(asks));
  const creditId = await steps.ask(proposedFor);
  const proposal = await askFor(proposedFor, creditId);
  await run.settle();
  await broker("POST", `/api/brokering/endorsements/${proposal}/proposal`, { amountCentimos: 50_000 });
  await run.settle();
  const approver = run.said.find(({ kind, id }) => kind === "endorsement" && id === proposal)?.personId ?? "";
  const asked = (personId: string) =>
    run.said.filter((each) => each.id === proposal && each.personId === personId).length;
  expect([count(cooperative.broker, "endorsement_waits"), asked(approver)]).toEqual([2, 1]);
  // Whoever was asked to approve it is no manager any more.
  const left = run.world.memberships.findIndex((each) => each.personId === approver);
  run.world.memberships.splice(left, 1);
  const [next = ""] = [cooperative.manager, second].filter((one) => one !== approver);
  await pass(6);
  expect([count(cooperative.broker, "endorsement_waits"), asked(next)]).toEqual([3, 1]);
  expect(await calls(waiting)).toEqual([]);
  await pass(6);
  const people = expect.arrayContaining([cooperative.broker, asks]);
  expect(await calls(waiting)).toEqual([{ endorsementId: waiting, personIds: people }]);
  expect((await calls(proposal))[0]?.["personIds"]).toMatchObject([
    next,
    expect.any(String),
    expect.any(String),
  ]);
  expect(textsTo(asks)).not.toContain("endorsement_unanswered");
  await pass(6);
  for (const borrower of [asks, proposedFor]) expect(count(borrower, "endorsement_unanswered")).toBe(1);
  await pass(6);
  expect(await calls(waiting)).toHaveLength(1);
  expect(count(asks, "endorsement_unanswered")).toBe(1);
  const speaks = next === cooperative.manager ? manager : run.signIn(next);
  const list = `/api/brokering/endorsements?organizationId=${cooperative.id}&state=asked`;
  expect((await speaks("GET", list)).body.items).toMatchObject([{ id: waiting, unanswered: true }]);
  // Nobody is left without a way: neighbours may answer, and the organization still may.
  const guarantors = Array.from({ length: 3 }, () => ({ personId: run.world.person() }));
  const body = { guarantors, personId: proposedFor };
  const named = await run.call(nameGuarantors, { params: { creditId }, body }, run.trace);
  expect(named.state).toBe("gathering");
  const approval = `/api/brokering/endorsements/${proposal}/approval`;
  expect((await speaks("POST", approval, { version: 1 })).body.state).toBe("standing");
});

test("what a second person has to approve is not proposed where there is none", async () => {
  const { cooperative, askFor, manager } = await vouching(run, 500_000);
  const [member = ""] = cooperative.members;
  const alone = run.world.cooperative();
  const sole = run.signIn(alone.manager);
  const limit = { organizationId: alone.id, limitCentimos: 100_000 };
  expect(await code(sole("POST", "/api/brokering/endorsement-limits", limit))).toBe("nobody-approves");
  run.world.join(member, alone.id);
  const endorsements = `/api/brokering/credits/${await steps.ask(member)}/endorsements`;
  const { endorsementId } = await ok(run.signIn(member)("POST", endorsements, { organizationId: alone.id }));
  const proposal = (id: string) => `/api/brokering/endorsements/${id}/proposal`;
  expect(await code(sole("POST", proposal(endorsementId), { amountCentimos: 1 }))).toBe("nobody-approves");
  const id = await askFor(member, await steps.ask(member));
  expect((await manager("POST", proposal(id), { amountCentimos: 1 })).body.state).toBe("proposed");
});

test("a draft lapses a month after the last that was done about it, and whoever counted on it is told", async () => {
  const { cooperative, broker, manager, askFor } = await vouching(run, 500_000);
  const [member = ""] = cooperative.members;
  const creditId = await steps.ask(member);
  const endorsementId = await askFor(member, creditId);
  await pass(20);
  const of = (step: string) => `/api/brokering/endorsements/${endorsementId}/${step}`;
  await broker("POST", of("proposal"), { amountCentimos: 50_000 });
  await manager("POST", of("approval"), { version: 1 });
  await pass(20);
  expect((await steps.read(creditId, member)).state).toBe("draft");
  const stranger = run.world.person();
  const other = await steps.ask(stranger);
  const guarantors = Array.from({ length: 3 }, () => run.world.person());
  const body = { guarantors: guarantors.map((personId) => ({ personId })), personId: stranger };
  await run.call(nameGuarantors, { params: { creditId: other }, body }, run.trace);
  await run.settle();
  await run.answerSms(
    "guarantee",
    run.said.find((each) => each.personId === guarantors[0])?.id ?? "",
    guarantors[0] ?? "",
    true,
  );
  await pass(6);
  expect(textsTo(guarantors[0] ?? "")).not.toContain("credit_draft_ended");
  await pass(10);
  expect((await steps.read(creditId, member)).state).toBe("lapsed");
  for (const told of [cooperative.broker, cooperative.manager])
    expect(count(told, "credit_draft_ended")).toBe(1);
  expect(count(member, "credit_draft_lapsed")).toBe(1);
  await pass(30);
  expect(count(stranger, "credit_draft_lapsed")).toBe(1);
});

test("a lender is told through its people of today, and where nobody is left an operator hears of it all the same", async () => {
  const { world } = run;
  const lender = world.provider(["lender"], "Caja Cambiante");
  const offerId = world.lenders.lend(lender.id);
  const personId = world.person();
  const creditId = await steps.ask(personId);
  await steps.choose(creditId, personId, offerId);
  const successor = world.person();
  const post = world.staff.find((each) => each.providerId === lender.id);
  if (!post) throw new Error("nobody works there");
  post.personId = successor;
  await steps.submit(creditId, personId);
  await run.settle();
  expect(textsTo(successor)).toContain("credit_review_asked");
  await pass(8);
  expect(textsTo(successor)).toContain("credit_waits");
  expect(textsTo(lender.owner)).toEqual([]);
  const profiles = run.callAs("profiles");
  const erased = {
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    providerIds: [],
    acquaintances: [],
  };
  const who = { personId: successor, ...erased, askedAt: run.clock().toISOString(), tell: false };
  await profiles(brokeringPersonalData.eraseData, { body: who }, run.trace);
  world.staff.splice(world.staff.indexOf(post), 1);
  await pass(8);
  expect(await calls(creditId)).toEqual([{ creditId, personIds: [personId] }]);
});

test("nobody of the borrower's household is told or decides, whatever office they hold", async () => {
  const { world } = run;
  const { cooperative, broker, manager, second, lender, offerId, askFor } = await vouching(run, 500_000);
  const [woman = ""] = cooperative.members;
  const phone = world.people.get(woman)?.phone ?? "";
  const husband = world.person({ phone });
  // Manager of her cooperative, and who answers for the lender.
  world.join(husband, cooperative.id, "manager");
  world.staff.unshift({ personId: husband, providerId: lender.id });
  for (const [personId, role] of [[second, "member"]] as const)
    for (const each of world.memberships)
      if (each.personId === personId && each.organizationId === cooperative.id) each.role = role;
  const creditId = await steps.ask(woman);
  const endorsementId = await askFor(woman, creditId);
  const of = (step: string) => `/api/brokering/endorsements/${endorsementId}/${step}`;
  const his = run.signIn(husband);
  const list = `/api/brokering/endorsements?organizationId=${cooperative.id}`;
  expect((await his("GET", list)).body.items).toEqual([]);
  expect((await manager("GET", list)).body.items).toHaveLength(1);
  for (const [step, body] of [
    ["proposal", { amountCentimos: 1 }],
    ["approval", { version: 0 }],
    ["refusal", { reason: "board_said_no" }],
  ] as const)
    expect(await code(his("POST", of(step), body))).toBe("no-such-endorsement");
  // He is no second person for what another manager proposes either.
  expect(await code(manager("POST", of("proposal"), { amountCentimos: 50_000 }))).toBe("nobody-approves");
  await ok(broker("POST", of("proposal"), { amountCentimos: 50_000 }));
  await ok(manager("POST", of("approval"), { version: 1 }));
  await steps.choose(creditId, woman, offerId);
  await steps.submit(creditId, woman);
  await pass(8);
  await pass(8);
  expect(textsTo(husband)).toEqual([]);
  expect((await calls(creditId))[0]?.["personIds"]).not.toContain(husband);
  for (const step of ["review", "approval"])
    expect(await code(his("POST", `/api/brokering/credits/${creditId}/${step}`, {}))).toBe("no-such-credit");
  const lent = `/api/brokering/credit-lenders/${lender.id}/credits`;
  expect((await his("GET", lent)).body.items).toEqual([]);
  expect((await run.signIn(lender.owner)("GET", lent)).body.items).toHaveLength(1);
  const waiting = async (personId: string) =>
    run.call(listWaitingCredits, { params: { providerId: lender.id }, query: { personId } }, run.trace);
  expect((await waiting(husband)).credits).toEqual([]);
  expect((await waiting(lender.owner)).credits).toHaveLength(1);
  // Nor of her payments, though who answers for the lender is asked about them.
  await ok(run.signIn(lender.owner)("POST", `/api/brokering/credits/${creditId}/approval`, {}));
  await steps.accept(creditId, woman);
  const paid = { lender: lender.owner, personId: woman };
  await steps.payOut(creditId, { ...paid, amountCentimos: 120_000 });
  await steps.payBack(creditId, { ...paid, amountCentimos: 10_000 });
  await pass(3);
  expect(textsTo(husband)).toEqual([]);
});

test("what was written down anew for a member is another question", async () => {
  const cooperative = run.world.cooperative(1);
  const [member = ""] = cooperative.members;
  const { lotId } = await run.open(cooperative);
  const broker = run.signIn(cooperative.broker);
  const offered = (amount: number) => ({ personId: member, amount: { amount, unit: "kg" } });
  const { pledgeId } = await ok(broker("POST", `/api/brokering/lots/${lotId}/pledges`, offered(100)));
  const id = pledgeId as string;
  const read = await run.questionTo("pledge", id);
  await ok(broker("POST", `/api/brokering/pledges/${id}/change`, offered(600)));
  const said = await run.answerSms("pledge", id, member, true, read?.version);
  expect(said.text).toBe("question_changed");
  const now = await run.questionTo("pledge", id);
  expect((await run.answerSms("pledge", id, member, true, now?.version)).text).toBe("pledge_yes");
});

test("an organization borrows on a contract for its lot that both sides signed, and on no more than its share", async () => {
  const { world } = run;
  const cooperative = world.cooperative();
  const second = world.person();
  world.join(second, cooperative.id, "manager");
  const buyer = world.provider(["buyer"], "Chocolates del Sur");
  const { lotId } = await run.open(cooperative);
  const [broker, staff] = [run.signIn(cooperative.broker), run.signIn(buyer.owner)];
  const terms = {
    centimosPerKg: 2_000,
    minimumKg: 500,
    maximumKg: 700,
    delivery: { districtCode: "221001", place: "Almacén", from: run.dayIn(1), until: run.dayIn(30) },
    paymentDays: 15,
    advanceCentimos: 100_000,
  };
  const quote = { as: "organizer", buyerId: buyer.id, terms, validUntil: run.inDays(5) };
  const { quoteId, contractId } = await ok(broker("POST", `/api/brokering/lots/${lotId}/quotes`, quote));
  await ok(staff("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true }));
  const borrower = {
    kind: "organization",
    organizationId: cooperative.id,
    use: "factoring",
    lotContractId: contractId,
  };
  const ask = (amountCentimos: number) =>
    broker("POST", "/api/brokering/credits", { borrower, amountCentimos, months: 2, purpose: "harvest" });
  // Agreed to, and not signed.
  expect(await code(ask(500_000))).toBe("contract-not-signed");
  const signature = `/api/brokering/lot-contracts/${contractId}/signature`;
  await ok(staff("POST", signature, { as: "buyer", sign: true }));
  expect(await code(ask(500_000))).toBe("contract-not-signed");
  const signed = await ok(
    run.signIn(cooperative.manager)("POST", signature, { as: "organizer", sign: true }),
  );
  expect(signed.state).toBe("signed");

  const lender = world.provider(["lender"], "Caja Factoring");
  const offerId = world.lenders.lend(lender.id);
  const send = async (amountCentimos: number) => {
    const { creditId } = await ok(ask(amountCentimos));
    const of = (step: string) => `/api/brokering/credits/${creditId}/${step}`;
    await ok(broker("POST", of("products")));
    await ok(broker("POST", of("choice"), { offerId }));
    return code(run.signIn(second)("POST", of("submission"), { version: 1 }));
  };
  // 500 kg at S/ 20 less S/ 1,000 paid ahead are S/ 9,000, of which four fifths are lent on.
  expect(await send(720_001)).toBe("contract-share-exceeded");
  expect(await send(720_000)).toBe("was not refused");
  expect(await send(20_000)).toBe("contract-share-exceeded");
  const rows = await run.owner.read.select().from(credits).where(eq(credits.lotContractId, contractId));
  expect(new Set(rows.map(({ contractCentimos }) => contractCentimos))).toEqual(new Set([900_000]));
  const [sent] = rows.filter(({ state }) => state === "submitted");
  const view = await run.signIn(lender.owner)("GET", `/api/brokering/credits/${sent?.id}/lender-view`);
  expect(view.body.credit).toMatchObject({ kind: "factoring", contractCentimos: 900_000 });
});
