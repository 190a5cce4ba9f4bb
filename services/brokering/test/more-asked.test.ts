import { answerMore, askMore, approveCredit } from "@minka/contracts/credit-decisions";
import { readCreditStanding } from "@minka/contracts/credit-standings";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusal } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";
import { startLots, type LotsRun } from "./lots-run.ts";

let run: LotsRun;
let steps: ReturnType<typeof creditSteps>;
beforeAll(async () => {
  run = await startLots();
  steps = creditSteps(run);
});
afterAll(() => run.stop());

const textsTo = (personId: string) =>
  run.said.filter((each) => each.personId === personId).map(({ text }) => text);

async function pass(days: number) {
  run.clock.advance({ days });
  await run.settle();
}

async function sent() {
  const { id: lenderId, owner: lender } = run.world.provider(["lender"], "Caja Selva");
  const offerId = run.world.lenders.lend(lenderId);
  const personId = run.world.person();
  const creditId = await steps.submitted(personId, offerId);
  await run.settle();
  const params = { creditId };
  return {
    creditId,
    personId,
    lender,
    ask: (over: object = {}) =>
      run.call(
        askMore,
        { params, body: { requirements: ["technical_visit"], note: null, personId: lender, ...over } },
        run.trace,
      ),
    answer: (over: object = {}) => run.call(answerMore, { params, body: { personId, ...over } }, run.trace),
    standing: () => run.call(readCreditStanding, { params, query: { personId } }, run.trace),
    view: async () =>
      (await run.signIn(lender)("GET", `/api/brokering/credits/${creditId}/lender-view`)).body.credit,
  };
}

test("a lender asks for more, the borrower says by SMS that it is there, and the lender decides", async () => {
  const { creditId, personId, lender, ask, answer, standing, view } = await sent();
  expect(await refusal(ask({ requirements: [] }))).toBe("nothing-wanted");
  expect((await ask({ note: "La última boleta" })).state).toBe("more_asked");
  await run.settle();
  const question = await run.questionTo("credit-more", creditId);
  expect(question).toMatchObject({ personId, text: "credit_more_asked_note" });
  expect(await standing()).toMatchObject({ waitsFor: "borrower" });
  expect((await steps.read(creditId, personId)).more).toMatchObject({
    requirements: ["technical_visit"],
    note: "La última boleta",
    answer: null,
  });
  // While the borrower has the ball, the lender is not reminded.
  await pass(2);
  expect(textsTo(lender)).not.toContain("credit_waits");
  expect((await run.answerSms("credit-more", creditId, personId, false, question?.version)).text).toBe(
    "credit_more_later",
  );
  expect((await view()).state).toBe("more_asked");
  expect((await run.answerSms("credit-more", creditId, personId, true, question?.version)).text).toBe(
    "credit_more_told",
  );
  await run.settle();
  expect(textsTo(lender)).toContain("credit_more_brought");
  expect(await view()).toMatchObject({ state: "in_review", more: { answer: "brought" } });
  expect(await standing()).toMatchObject({ waitsFor: "lender" });
  expect(await refusal(answer())).toBe("illegal-transition");
  // Its own time begins anew.
  await pass(9);
  expect(textsTo(lender)).toContain("credit_waits");

  // What is asked for anew is another question.
  const before = (await view()).more.askedAt;
  await ask({ note: null });
  expect(await refusal(answer({ askedAt: before }))).toBe("changed-meanwhile");
  await answer({ askedAt: (await view()).more.askedAt });
  await ask();
  const approved = { params: { creditId }, body: { conditions: [], personId: lender } };
  await answer();
  expect(await refusal(ask())).toBe("asked-enough");
  expect((await run.call(approveCredit, approved, run.trace)).state).toBe("approved");
});

test("a borrower who says nothing is asked once more, and then the lender decides with what there is", async () => {
  const { creditId, personId, lender, ask, view } = await sent();
  await ask();
  await run.settle();
  const asked = () => textsTo(personId).filter((text) => text === "credit_more_asked").length;
  expect(asked()).toBe(1);
  await pass(3);
  expect(asked()).toBe(2);
  await pass(7);
  expect(asked()).toBe(2);
  expect(textsTo(lender)).toContain("credit_more_silent");
  expect(await view()).toMatchObject({ state: "in_review", more: { answer: "silent" } });
  // What they say later is too late for that question, and changes nothing.
  expect((await run.answerSms("credit-more", creditId, personId, true)).text).toBe("credit_question_over");
});

test("what is brought to the office needs no answer, and only the lender's people ask", async () => {
  const { creditId, personId, lender, ask } = await sent();
  const stranger = run.world.provider(["lender"], "Otra caja").owner;
  expect(await refusal(ask({ personId: stranger }))).toBe("no-such-credit");
  await ask();
  const { state } = await run.call(
    approveCredit,
    { params: { creditId }, body: { conditions: [], personId: lender } },
    run.trace,
  );
  expect(state).toBe("approved");
  await run.settle();
  expect((await run.answerSms("credit-more", creditId, personId, true)).text).toBe("credit_question_over");
});
