import { randomUUID } from "node:crypto";
import { changePledge, listOwnPledges, withdrawPledge } from "@minka/contracts/lot-pledges";
import { readCredit } from "@minka/contracts/credits";
import { brokeringPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal } from "./brokering-run.ts";
import { creditSteps } from "./credit-steps.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";

let run: LotsRun;
beforeAll(async () => {
  run = await startLots();
});
afterAll(() => run.stop());

describe("pledges", () => {
  test("more than the farm could grow is flagged and taken, a weight that cannot be is refused", async () => {
    const { world } = run;
    const cooperative = world.cooperative(2);
    const [member = "", other = ""] = cooperative.members;
    world.harvest.plot(member, 0.1);
    const { lotId } = await run.open(cooperative);
    const made = await run.pledge(lotId, member, 900);
    expect(made.flags).toEqual([
      { code: "beyond-area", parameters: { pledgedKg: 900, couldGrowKg: 300, squareMetres: 1_000 } },
    ]);
    expect(await refusal(run.pledge(lotId, member, 5))).toBe("already-pledged");
    for (const amount of [-5, 0, Number.NaN, 500_000])
      expect(await refusal(run.pledge(lotId, other, amount))).toMatch(/invalid-input|weight-wrong/);
    expect(await refusal(run.pledge(lotId, other, 50, { plotIds: [randomUUID()] }))).toBe("plot-not-theirs");
    expect(await refusal(run.pledge(lotId, world.person(), 50))).toBe("not-a-member");
  });

  test("in another state and unit are converted by named factors, shown as Minka's own where the buyer has none", async () => {
    const cooperative = run.world.cooperative(1);
    const [member = ""] = cooperative.members;
    const { lotId } = await run.open(cooperative);
    const said = { amount: { amount: 10, unit: "quintal" as const }, cropState: "wet" as const };
    const made = await run.pledge(lotId, member, 1, said);
    expect(made).toMatchObject({
      grams: 172_500,
      conversions: [{ name: "cacao-wet-to-dry", factor: 0.375, from: "default" }],
    });
  });

  test("are certified as the person has entered it, for this crop and in force when it is brought, unless they say another", async () => {
    const { world } = run;
    const cooperative = world.cooperative(2);
    const [member = "", other = ""] = cooperative.members;
    world.harvest.farms.set(member, {
      personId: member,
      plots: [],
      harvests: [],
      certificates: [
        { certificate: "organic", crop: "cacao", expiresOn: run.dayIn(11) },
        { certificate: "fair_trade", crop: null, expiresOn: run.dayIn(300) },
        { certificate: "rainforest", crop: "coffee", expiresOn: run.dayIn(300) },
        { certificate: "utz", crop: "cacao", expiresOn: run.dayIn(10) },
      ],
    });
    const { lotId } = await run.open(cooperative, { certificates: ["organic"] });
    const held = async (personId: string) => {
      const { items } = await run.call(listOwnPledges, { params: { personId }, query: {} }, run.trace);
      return items[0]?.certificates;
    };
    await run.pledge(lotId, member, 60);
    expect(await held(member)).toEqual(["organic", "fair_trade"]);
    const { pledgeId } = await run.pledge(lotId, other, 60, { certificates: [] });
    expect(await held(other)).toEqual([]);
    const certify = (who: string) =>
      run.signIn(who)("POST", `/api/brokering/pledges/${pledgeId}/certificates`, {
        certificates: ["organic", "organic"],
      });
    expect(await code(certify(other))).toBe("not-your-organization");
    expect(await ok(certify(cooperative.broker))).toMatchObject({ pledgeId, certificates: ["organic"] });
    expect(await held(other)).toEqual(["organic"]);
    // Another weight by SMS keeps what is known; on a form what the lot asks for is as ticked, the rest stays.
    const change = async (said: object) => {
      const { items } = await run.call(
        listOwnPledges,
        { params: { personId: member }, query: {} },
        run.trace,
      );
      const params = { pledgeId: items[0]?.id ?? "" };
      const body = { amount: { amount: 70, unit: "kg" as const }, ...said };
      await run.call(changePledge, { params, body }, { ...run.trace, idempotencyKey: randomUUID() });
      return held(member);
    };
    expect(await change({})).toEqual(["organic", "fair_trade"]);
    expect(await change({ certificates: [] })).toEqual(["fair_trade"]);
  });

  test("that a broker wrote down are the person's to confirm or to take back, until the deadline", async () => {
    const cooperative = run.world.cooperative(1);
    const [member = ""] = cooperative.members;
    const { lotId } = await run.open(cooperative);
    const body = { personId: member, amount: { amount: 80, unit: "kg" } };
    const made = await ok(
      run.signIn(cooperative.broker)("POST", `/api/brokering/lots/${lotId}/pledges`, body),
    );
    const question = await run.questionTo("pledge", made.pledgeId);
    expect(question).toMatchObject({ personId: member, text: "pledge_ask" });
    expect(await run.answerSms("pledge", made.pledgeId, member, false)).toMatchObject({ text: "pledge_no" });
    expect(await run.questionTo("pledge", made.pledgeId)).toBeNull();
    const own = await run.pledge(lotId, member, 60);
    run.clock.advance({ days: 10 });
    expect(await refusal(run.call(withdrawPledge, { params: { pledgeId: own.pledgeId } }, run.trace))).toBe(
      "lot-closed",
    );
  });
});

describe("of who arranges it", () => {
  test("an agent alone takes what members themselves said yes to, and needs nobody else's approval", async () => {
    const { world } = run;
    const agent = world.provider(["agent"], "Técnica Rosa");
    const [asked, own] = [world.person(), world.person({ sex: "f" })];
    const as = run.signIn(agent.owner);
    const body = run.cacaoLot(agent.id, {
      organizer: { kind: "provider", id: agent.id },
      minimumKg: 50,
      maximumKg: 100,
    });
    const { lotId } = await ok(as("POST", "/api/brokering/lots", body));
    const { lot } = await ok(as("GET", `/api/brokering/lots/${lotId}`));
    const pledges = `/api/brokering/lots/${lotId}/pledges`;
    const said = { personId: asked, amount: { amount: 60, unit: "kg" } };
    const unconfirmed = (await ok(as("POST", pledges, said))).pledgeId;
    const confirmed = (await run.pledge(lotId, own, 60)).pledgeId;
    await ok(as("POST", `/api/brokering/lots/${lotId}/closing`));
    for (const pledgeId of [unconfirmed, confirmed]) {
      const weight = { amount: { amount: 60, unit: "kg" }, pointId: lot.points[0].id };
      await ok(as("POST", `/api/brokering/pledges/${pledgeId}/receipts`, weight));
    }
    const { composition } = await ok(as("POST", `/api/brokering/lots/${lotId}/compositions`));
    expect(composition.lines).toMatchObject([
      { pledgeId: unconfirmed, takenGrams: 0, reason: { code: "not-confirmed" } },
      { pledgeId: confirmed, takenGrams: 60_000, reason: null },
    ]);
    await ok(as("POST", `/api/brokering/compositions/${composition.id}/decision`, { approve: true }));
    expect(await code(run.signIn(own)("GET", `/api/brokering/lots/${lotId}/compositions`))).toBe(
      "not-your-provider",
    );
  });

  test("of neighbours any member proposes and any other approves", async () => {
    const { world } = run;
    const group = world.cooperative(2, { kind: "group", name: "Vecinas de Uchiza" });
    const [first = "", second = ""] = group.members;
    const as = run.signIn(first);
    const body = run.cacaoLot(group.id, { minimumKg: 50, maximumKg: 100 });
    const { lotId } = await ok(as("POST", "/api/brokering/lots", body));
    const { lot } = await ok(as("GET", `/api/brokering/lots/${lotId}`));
    const { pledgeId } = await run.pledge(lotId, second, 60);
    await ok(as("POST", `/api/brokering/lots/${lotId}/closing`));
    const weight = { amount: { amount: 60, unit: "kg" }, pointId: lot.points[0].id };
    await ok(as("POST", `/api/brokering/pledges/${pledgeId}/receipts`, weight));
    const { composition } = await ok(as("POST", `/api/brokering/lots/${lotId}/compositions`));
    const decision = `/api/brokering/compositions/${composition.id}/decision`;
    expect(await code(as("POST", decision, { approve: true }))).toBe("own-proposal");
    await ok(run.signIn(second)("POST", decision, { approve: true }));
  });
});

describe("who is erased", () => {
  test("has what they offered withdrawn, and leaves a weight without plots where it was sold", async () => {
    const cooperative = run.world.cooperative(1);
    const [member = ""] = cooperative.members;
    run.world.harvest.plot(member, 1);
    const { lotId } = await run.open(cooperative);
    const { pledgeId } = await run.pledge(lotId, member, 100, { variety: "Chuncho" });
    const order = {
      personId: member,
      phones: [],
      sharedPhones: [],
      names: [],
      documents: [],
      askedAt: run.clock().toISOString(),
      tell: false,
      acquaintances: [],
      providerIds: [],
    };
    const erase = () => run.callAs("profiles")(brokeringPersonalData.eraseData, { body: order }, run.trace);
    await erase();
    await erase();
    const { pledge: left } = await ok(
      run.signIn(cooperative.broker)("GET", `/api/brokering/pledges/${pledgeId}`),
    );
    expect(left).toMatchObject({ state: "withdrawn", variety: null, plotIds: [] });
  });
});

describe("what was weighed and measured", () => {
  test("is corrected without being lost, counts as it is now, and what is left goes to another lot", async () => {
    const cooperative = run.world.cooperative(3);
    const [first = "", second = "", third = ""] = cooperative.members;
    const broker = run.signIn(cooperative.broker);
    const { lotId, point } = await run.open(cooperative, {
      minimumKg: 100,
      maximumKg: 150,
      limits: { maximumMoisturePercent: 8 },
    });
    const a = (await run.pledge(lotId, first, 100)).pledgeId;
    const b = (await run.pledge(lotId, second, 100)).pledgeId;
    const c = (await run.pledge(lotId, third, 100)).pledgeId;
    await ok(broker("POST", `/api/brokering/lots/${lotId}/closing`));
    const slip = { amount: { amount: 99_999, unit: "kg" }, pointId: point };
    expect(await code(broker("POST", `/api/brokering/pledges/${a}/receipts`, slip))).toBe("weight-unlikely");
    await run.bring(cooperative, {
      pledgeId: a,
      pointId: point,
      kg: 1_000,
      results: { moisturePercent: 70 },
    });
    const before = await ok(broker("GET", `/api/brokering/pledges/${a}`));
    const wrong = before.receipts[0].id;
    const correction = { amount: { amount: 100, unit: "kg" }, note: "Un cero de más" };
    await ok(broker("POST", `/api/brokering/receipts/${wrong}/correction`, correction));
    const quality = { results: { moisturePercent: 7 }, measuredOn: run.dayIn(0), laboratory: null };
    await ok(broker("POST", `/api/brokering/pledges/${a}/quality`, quality));
    const after = await ok(broker("GET", `/api/brokering/pledges/${a}`));
    expect(after.pledge).toMatchObject({ weighedGrams: 100_000, quality: { moisturePercent: 7 } });
    expect(after.receipts).toMatchObject([
      { number: "R-0001", correctedAt: expect.any(String) },
      { number: "R-0002", correctsNumber: "R-0001", correctedAt: null },
    ]);
    expect(
      after.measured.map(({ value, laboratory }: { value: number; laboratory: string }) => [
        value,
        laboratory,
      ]),
    ).toEqual([
      [70, "Laboratorio del Huallaga"],
      [7, null],
    ]);

    await run.bring(cooperative, { pledgeId: b, pointId: point, kg: 100 });
    const { composition } = await ok(broker("POST", `/api/brokering/lots/${lotId}/compositions`));
    const reasons = Object.fromEntries(
      composition.lines.map((line: { pledgeId: string; reason: { code: string } | null }) => [
        line.pledgeId,
        line.reason?.code ?? null,
      ]),
    );
    expect(reasons).toEqual({ [a]: null, [b]: "not-measured", [c]: "not-weighed" });
    const manager = run.signIn(cooperative.manager);
    await ok(manager("POST", `/api/brokering/compositions/${composition.id}/decision`, { approve: true }));
    const next = await run.open(cooperative, { title: "Cacao de diciembre" });
    const carried = await ok(broker("POST", `/api/brokering/pledges/${b}/carrying`, { lotId: next.lotId }));
    expect(carried).toMatchObject({ lotId: next.lotId, grams: 100_000 });
    expect(await code(broker("POST", `/api/brokering/pledges/${b}/carrying`, { lotId: next.lotId }))).toBe(
      "nothing-left",
    );
  });

  test("says what would have to change where no lot can be made of it", async () => {
    const cooperative = run.world.cooperative(1);
    const [member = ""] = cooperative.members;
    const broker = run.signIn(cooperative.broker);
    const { lotId, point } = await run.open(cooperative, { minimumKg: 100, maximumKg: 150 });
    const { pledgeId } = await run.pledge(lotId, member, 60);
    await ok(broker("POST", `/api/brokering/lots/${lotId}/closing`));
    expect(await code(broker("POST", `/api/brokering/lots/${lotId}/compositions`))).toBe("nothing-weighed");
    await run.bring(cooperative, { pledgeId, pointId: point, kg: 60 });
    const proposed = await ok(broker("POST", `/api/brokering/lots/${lotId}/compositions`));
    expect(proposed).toMatchObject({ outcome: "impossible", mostGrams: 60_000 });
    const cancelled = await ok(broker("POST", `/api/brokering/lots/${lotId}/cancellation`));
    expect(cancelled.state).toBe("cancelled");
  });
});

test("who takes back their consent offers and borrows nothing any more", async () => {
  const cooperative = run.world.cooperative(2);
  const [leaves = "", stays = ""] = cooperative.members;
  const { lotId } = await run.open(cooperative);
  await run.pledge(lotId, leaves, 50);
  await run.pledge(lotId, stays, 50);
  const creditId = await creditSteps(run).ask(leaves);
  await run.withdrawConsent(leaves);
  await run.settle();
  const statesOf = async (personId: string) => {
    const asked = { params: { personId }, query: {} };
    return (await run.call(listOwnPledges, asked, run.trace)).items.map(({ state }) => state);
  };
  expect([await statesOf(leaves), await statesOf(stays)]).toEqual([["withdrawn"], ["open"]]);
  const mine = { params: { creditId }, query: { personId: leaves } };
  expect((await run.call(readCredit, mine, run.trace)).credit.state).toBe("withdrawn");
});
