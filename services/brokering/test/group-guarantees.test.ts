import { answerGuarantee, nameGuarantors } from "@minka/contracts/group-guarantees";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusal, startBrokering, type BrokeringRun } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";

let run: BrokeringRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startBrokering();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const neighbours = (count = 3) => Array.from({ length: count }, () => run.world.person());
const name = (creditId: string, personId: string, people: readonly string[]) =>
  run.call(
    nameGuarantors,
    {
      params: { creditId },
      body: { guarantors: people.map((guarantor) => ({ personId: guarantor })), personId },
    },
    run.trace,
  );
/** What somebody was asked last. */
async function askedOf(personId: string): Promise<string> {
  await run.settle();
  const asked = run.said.findLast((each) => each.kind === "guarantee" && each.personId === personId);
  if (!asked?.id) throw new Error("was not asked");
  return asked.id;
}
const answer = (guarantorId: string, personId: string, accepted = true) =>
  run.call(answerGuarantee, { params: { guarantorId }, body: { accepted, personId } }, run.trace);

test("three people of other households answer for who is in no association, once each has agreed", async () => {
  const { world } = run;
  const lender = world.provider(["lender"]);
  const offerId = world.lenders.lend(lender.id, {
    requirements: [{ requirement: "land_title", substitutes: ["group_guarantee"] }],
  });
  const personId = world.person();
  const creditId = await steps.ask(personId, { amountCentimos: 100_000 });
  const { nearly } = await steps.compare(creditId, personId);
  expect(nearly[0]?.requirements[0]?.wouldDo).toContainEqual({
    requirement: "group_guarantee",
    how: "name_guarantors",
  });

  const [a = "", b = "", c = ""] = neighbours();
  const sharesPhone = world.person({ phone: world.people.get(personId)?.phone ?? "" });
  expect(await refusal(name(creditId, personId, [a, b, sharesPhone]))).toBe("guarantor-wrong");
  expect(await refusal(name(creditId, personId, [a, b, personId]))).toBe("guarantor-wrong");
  expect(await refusal(name(creditId, personId, [a, b, b]))).toBe("guarantor-wrong");
  expect((await name(creditId, personId, [a, b, c])).eachCentimos).toBe(33_334);
  for (const guarantor of [a, b]) await answer(await askedOf(guarantor), guarantor);
  expect((await steps.compare(creditId, personId)).eligible).toEqual([]);
  // Nobody answers for another.
  expect(await refusal(answer(await askedOf(c), a))).toBe("no-such-guarantee");
  await answer(await askedOf(c), c);
  expect((await steps.compare(creditId, personId)).eligible.map((product) => product.offerId)).toEqual([
    offerId,
  ]);
  await steps.choose(creditId, personId, offerId);
  await steps.submit(creditId, personId);
  const seen = await run.signIn(lender.owner)("GET", `/api/brokering/credits/${creditId}/lender-view`);
  expect(seen.body.credit.guarantee).toEqual({ guarantors: 3, centimos: 100_000 });
  for (const guarantor of [a, b, c]) expect(JSON.stringify(seen.body)).not.toContain(guarantor);
});

test("one who refuses, or does not answer in a week, ends it, and others may be named", async () => {
  const personId = run.world.person();
  const creditId = await steps.ask(personId);
  const [a = "", b = "", c = ""] = neighbours();
  await name(creditId, personId, [a, b, c]);
  await answer(await askedOf(a), a);
  await answer(await askedOf(b), b, false);
  expect(await refusal(answer(await askedOf(c), c))).toBe("not-asked-any-more");
  await run.settle();
  const failed = () =>
    run.said.filter((each) => each.personId === personId && each.text === "guarantee_failed").length;
  expect(failed()).toBe(1);
  await name(creditId, personId, neighbours());
  run.clock.advance({ days: 7 });
  await run.settle();
  expect(failed()).toBe(2);
});

test("a guarantee on which the lender counts is not thrown away, and the lender hears when it is gone", async () => {
  const { world } = run;
  const lender = world.provider(["lender"], "Caja Vecina");
  const offerId = world.lenders.lend(lender.id, {
    requirements: [{ requirement: "land_title", substitutes: ["group_guarantee"] }],
  });
  const personId = world.person();
  const creditId = await steps.ask(personId, { amountCentimos: 90_000 });
  const [a = "", b = "", c = ""] = neighbours();
  const { guaranteeId } = await name(creditId, personId, [a, b, c]);
  await answer(await askedOf(a), a);
  // The same people again are not asked again, and nothing they said is undone.
  expect(await name(creditId, personId, [c, a, b])).toMatchObject({ guaranteeId, state: "gathering" });
  for (const guarantor of [b, c]) await answer(await askedOf(guarantor), guarantor);
  await steps.choose(creditId, personId, offerId);
  await steps.submit(creditId, personId);
  expect(await refusal(name(creditId, personId, neighbours()))).toBe("guarantee-stands");
  const same = await name(creditId, personId, [a, b, c]);
  expect(same).toEqual({ guaranteeId, state: "standing", eachCentimos: 30_000 });
  await run.settle();
  expect(run.said.filter(({ kind, ...each }) => kind === "guarantee" && each.personId === a)).toHaveLength(1);
  const view = async () =>
    (await run.signIn(lender.owner)("GET", `/api/brokering/credits/${creditId}/lender-view`)).body.credit;
  expect(await view()).toMatchObject({
    requirements: [{ met: true, by: "group_guarantee" }],
    guarantee: { guarantors: 3 },
  });
  await run.withdrawConsent(b);
  await run.settle();
  expect(await view()).toMatchObject({ requirements: [{ met: false, by: null }], guarantee: null });
  const told = (to: string, text: string) =>
    run.said.filter((each) => each.personId === to && each.text === text).length;
  expect([told(lender.owner, "guarantee_lost"), told(personId, "guarantee_failed")]).toEqual([1, 1]);
  // Others may answer now, and the lender sees that too.
  const others = neighbours();
  await name(creditId, personId, others);
  for (const guarantor of others) await answer(await askedOf(guarantor), guarantor);
  expect(await view()).toMatchObject({ requirements: [{ met: true }], guarantee: { guarantors: 3 } });
});

test("nobody answers for more than S/ 5,000 in all, also when asked twice at once", async () => {
  const guarantor = run.world.person();
  const asked = await Promise.all(
    [1, 2].map(async () => {
      const personId = run.world.person();
      const creditId = await steps.ask(personId, { amountCentimos: 900_000 });
      await name(creditId, personId, [guarantor, ...neighbours(2)]);
      await run.settle();
    }),
  );
  expect(asked).toHaveLength(2);
  await run.settle();
  const questions = run.said.filter((each) => each.kind === "guarantee" && each.personId === guarantor);
  const answers = await Promise.all(questions.map(({ id = "" }) => refusal(answer(id, guarantor))));
  expect(answers.toSorted()).toEqual(["guarantees-too-much", "was not refused"]);
});

test("a phone that is named twice is refused whether or not anybody is known there", async () => {
  const personId = run.world.person();
  const creditId = await steps.ask(personId);
  const known = run.world.people.get(run.world.person())?.phone ?? "";
  for (const phone of [known, "+51999000111"]) {
    const guarantors = [{ phone }, { phone }, { personId: run.world.person() }];
    const body = { guarantors, personId };
    expect(await refusal(run.call(nameGuarantors, { params: { creditId }, body }, run.trace))).toBe(
      "guarantor-wrong",
    );
  }
});

test("who has an association asks it first, and names neighbours once it has said no", async () => {
  const cooperative = run.world.cooperative(1);
  const [personId = ""] = cooperative.members;
  const creditId = await steps.ask(personId);
  expect(await refusal(name(creditId, personId, neighbours()))).toBe("has-an-association");
  const asked = await run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/endorsements`, {
    organizationId: cooperative.id,
  });
  await run.signIn(cooperative.broker)(
    "POST",
    `/api/brokering/endorsements/${asked.body.endorsementId}/refusal`,
    {
      reason: "too_new",
    },
  );
  expect((await name(creditId, personId, neighbours())).state).toBe("gathering");
});
