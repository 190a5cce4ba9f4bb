import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal } from "./brokering-run.ts";
import { tocache } from "./fake-world.ts";
import { code, ok, startLots, type LotsRun } from "./lots-run.ts";

let run: LotsRun;
beforeAll(async () => {
  run = await startLots();
});
afterAll(() => run.stop());

describe("a lot for a buyer with a cadmium limit", () => {
  test("goes from pledges to a signed contract, is paid to the céntimo, and is traced to its plots", async () => {
    const { world } = run;
    const cooperative = world.cooperative();
    const { id: buyerId, owner: buyer } = world.provider(["buyer"], "Exportadora Amazonía");
    const offerId = world.harvest.demand(buyerId, {
      quality: { maximumCadmiumMgPerKg: 0.5 },
      maximumKg: 700,
      conversions: { "cacao-wet-to-dry": 0.4 },
    });
    const women = Array.from({ length: 5 }, () => world.person({ sex: "f", sizeClass: "small" }));
    const [ana = "", , , , eva = ""] = women;
    const luis = world.person({ sex: "m" });
    const pedro = world.person({ sex: "m" });
    for (const member of [...women, luis, pedro]) world.join(member, cooperative.id);
    const { lotId, lot, point } = await run.open(cooperative, {
      demand: { offerId, offerVersion: 1 },
      feeCentimosPerKg: 10,
    });
    expect(lot).toMatchObject({
      limits: { maximumCadmiumMgPerKg: 0.5 },
      conversions: [{ name: "cacao-wet-to-dry", factor: 0.4, from: "buyer" }],
    });
    await run.settle();
    const told = await run.told(lotId);
    expect(told.map(({ payload }) => payload["kind"])).toEqual(["lot-opened", "lot-answers-offer"]);
    const members = told[0]?.payload["personIds"] as string[];
    expect(members).toContain(ana);
    expect(members).not.toContain(cooperative.broker);

    // A later version of the offer does not move the lot.
    const demand = world.harvest.demands.get(offerId);
    if (demand) demand.terms = { ...demand.terms, price: { mode: "fixed", centimosPerKg: 1 } };

    const plot = world.harvest.plot(ana, 1);
    world.harvest.plot(luis, 6, false);
    const ids = new Map<string, string>();
    for (const personId of women)
      ids.set(personId, (await run.pledge(lotId, personId, 250, { cropState: "wet" })).pledgeId);
    ids.set(luis, (await run.pledge(lotId, luis, 150)).pledgeId);
    ids.set(pedro, (await run.pledge(lotId, pedro, 200)).pledgeId);
    run.clock.advance({ days: 10 });
    await run.settle();
    expect(await refusal(run.pledge(lotId, world.person(), 10))).toBe("lot-closed");

    const clean = { cadmiumMgPerKg: 0.3, moisturePercent: 7 };
    for (const personId of women)
      await run.bring(cooperative, {
        pledgeId: ids.get(personId) ?? "",
        pointId: point,
        kg: 100,
        results: clean,
      });
    const luisPledge = ids.get(luis) ?? "";
    const pedroPledge = ids.get(pedro) ?? "";
    await run.bring(cooperative, {
      pledgeId: luisPledge,
      pointId: point,
      kg: 150,
      results: { cadmiumMgPerKg: 0.6 },
    });
    await run.bring(cooperative, {
      pledgeId: pedroPledge,
      pointId: point,
      kg: 200,
      results: { cadmiumMgPerKg: 2.4 },
    });

    // The contract: the buyer proposes, the broker counters, the buyer accepts, another of the organizer's people signs.
    const broker = run.signIn(cooperative.broker);
    const manager = run.signIn(cooperative.manager);
    const staff = run.signIn(buyer);
    const terms = {
      minimumKg: 500,
      maximumKg: 700,
      centimosPerKg: 2_005,
      adjustments: [{ measure: "moisturePercent", beyond: "above", from: 7, per: 0.5, centimosPerKg: -10 }],
      womenPremiumCentimosPerKg: 33,
      delivery: { districtCode: tocache, place: "Almacén", from: run.dayIn(1), until: run.dayIn(30) },
      paymentDays: 15,
    };
    const quotes = `/api/brokering/lots/${lotId}/quotes`;
    const said = { buyerId, terms, validUntil: run.inDays(3) };
    await ok(staff("POST", quotes, { as: "buyer", ...said, terms: { ...terms, centimosPerKg: 1_900 } }));
    const { quoteId, contractId } = await ok(broker("POST", quotes, { as: "organizer", ...said }));
    await ok(staff("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true }));
    const signature = `/api/brokering/lot-contracts/${contractId}/signature`;
    expect(await code(broker("POST", signature, { as: "organizer", sign: true }))).toBe("own-proposal");
    expect((await run.questionTo("lot-contract", contractId))?.personId).toBe(cooperative.manager);
    await run.answerSms("lot-contract", contractId, cooperative.manager, true);
    expect((await run.questionTo("lot-contract", contractId))?.personId).toBe(buyer);
    expect(await code(staff("GET", `/api/brokering/lots/${lotId}/trace`))).not.toBe("was not refused");
    await run.answerSms("lot-contract", contractId, buyer, true);
    expect(await code(broker("POST", quotes, { as: "organizer", ...said }))).toBe("illegal-transition");

    // Composition: Pedro's cadmium does not fit, and stays available.
    const proposed = await ok(broker("POST", `/api/brokering/lots/${lotId}/compositions`));
    expect(proposed.outcome).toBe("proposed");
    const { composition } = proposed;
    expect(composition.averages.cadmiumMgPerKg).toBeLessThanOrEqual(0.5);
    const lineOf = (pledgeId: string) =>
      composition.lines.find((line: { pledgeId: string }) => line.pledgeId === pledgeId);
    expect(lineOf(luisPledge)).toMatchObject({ takenGrams: 150_000, reason: null });
    expect(lineOf(pedroPledge).leftGrams).toBeGreaterThan(150_000);
    expect(lineOf(pedroPledge).reason.code).toMatch(/cadmium-above-limit|lot-full/);
    const decision = `/api/brokering/compositions/${composition.id}/decision`;
    expect(await code(broker("POST", decision, { approve: true }))).toBe("own-proposal");
    await ok(manager("POST", decision, { approve: true }));
    const [news] = await run.newsOf("contribution-decided", lotId, [pedro]);
    expect(news?.text).toMatch(/contribution_(left|part)/);

    // What the buyer's scale shows, dearer by nothing and cheaper by its moisture there.
    const delivered = {
      as: "organizer",
      kg: 641.333,
      quality: { moisturePercent: 7.6 },
      deliveredOn: run.dayIn(0),
    };
    const { delivery } = await ok(broker("POST", `/api/brokering/lots/${lotId}/deliveries`, delivered));
    expect(delivery).toMatchObject({ state: "recorded", centimosPerKg: 1_995 });
    const settlementPath = `/api/brokering/lots/${lotId}/settlements`;
    expect(await code(broker("POST", settlementPath))).toBe("delivery-waits");
    await run.answerSms("lot-delivery", delivery.id, buyer, true);

    const lotsOf = async (personId: string, pledged: string) =>
      (
        await ok(run.signIn(personId)("GET", `/api/brokering/lots?personId=${personId}&pledged=${pledged}`))
      ).items.map(({ id }: { id: string }) => id);
    expect([await lotsOf(luis, "yes"), await lotsOf(luis, "no")]).toEqual([[lotId], []]);

    // An advance that Luis got is taken off his part; one that was promised and never paid is not.
    const advances = `/api/brokering/lots/${lotId}/advances`;
    const { advanceId } = await ok(broker("POST", advances, { personId: luis, amountCentimos: 5_000 }));
    await ok(broker("POST", advances, { personId: pedro, amountCentimos: 7_000 }));
    const got = { subject: { kind: "advance", id: advanceId }, amountCentimos: 5_000, method: "cash" };
    await ok(run.signIn(luis)("POST", "/api/brokering/payments", { ...got, as: "receiver" }));

    const { settlement } = await ok(broker("POST", settlementPath));
    const value = Math.round((641_333 * 1_995) / 1_000);
    expect(settlement.contractCentimos).toBe(value + delivery.womenPremiumCentimos);
    const sum = (of: string) =>
      settlement.lines.reduce((all: number, line: Record<string, number>) => all + (line[of] ?? 0), 0);
    expect(sum("grossCentimos") + sum("premiumCentimos")).toBe(settlement.contractCentimos);
    expect(sum("netCentimos") + sum("feeCentimos") + sum("advanceCentimos")).toBe(
      settlement.contractCentimos,
    );
    expect(settlement.advanceCentimos).toBe(5_000);
    expect(
      await code(broker("POST", `/api/brokering/settlements/${settlement.id}/decision`, { approve: true })),
    ).toBe("own-proposal");
    await run.answerSms("lot-settlement", settlement.id, cooperative.manager, true);
    const { statement } = await ok(run.signIn(eva)("GET", `/api/brokering/lots/${lotId}/statements/${eva}`));
    expect(statement.netCentimos).toBe(
      statement.grossCentimos + statement.premiumCentimos - statement.feeCentimos,
    );
    const paid = {
      subject: { kind: "settlement", id: statement.lineId },
      amountCentimos: statement.netCentimos,
      method: "cash",
      as: "receiver",
    };
    await ok(run.signIn(eva)("POST", "/api/brokering/payments", paid));
    const again = await ok(run.signIn(eva)("GET", `/api/brokering/lots/${lotId}/statements/${eva}`));
    expect(again.statement.paidCentimos).toBe(statement.netCentimos);
    expect(statement.contributions).toMatchObject([{ takenGrams: 100_000, receipts: ["R-0005"] }]);
    expect(await code(run.signIn(luis)("GET", `/api/brokering/lots/${lotId}/statements/${eva}`))).toBe(
      "not-your-organization",
    );
    const period = `organizationId=${cooperative.id}&from=${run.dayIn(-1)}&until=${run.dayIn(1)}`;
    const report = await ok(manager("GET", `/api/brokering/lots/premium-report?${period}`));
    expect(report).toMatchObject({ premiumCentimos: sum("premiumCentimos"), women: 5, lots: [{ women: 5 }] });

    // From the lot to its plots, every decimal kept and nobody named.
    const { body: file } = await staff("GET", `/api/brokering/lots/${lotId}/plots.geojson`);
    expect(String(file)).toContain("[-76.5123400,-8.1876000]");
    expect(String(file)).not.toContain("Persona");
    const collection = JSON.parse(String(file));
    const ofAna = collection.features.find((each: { id: string }) => each.id.endsWith(plot));
    expect(ofAna.properties).toMatchObject({ ProducerCountry: "PE", Area: 1, producerId: ana });
    const gaps = collection.missing.map(({ gap }: { gap: string }) => gap);
    expect(gaps).toContain("plot-unknown");
    expect(gaps).toContain("polygon-missing");
  });
});

describe("a contract", () => {
  const termsOf = (centimosPerKg: number) => ({
    minimumKg: 100,
    maximumKg: 200,
    centimosPerKg,
    delivery: { districtCode: tocache, place: "Almacén", from: run.dayIn(1), until: run.dayIn(30) },
    paymentDays: 0,
  });

  test("is proposed five times a side at most, accepted in time, and with one buyer at once", async () => {
    const { world } = run;
    const cooperative = world.cooperative();
    const buyer = world.provider(["buyer"], "Exportadora");
    const other = world.provider(["buyer"], "Chocolates");
    const { lotId } = await run.open(cooperative);
    const [broker, staff] = [run.signIn(cooperative.broker), run.signIn(buyer.owner)];
    const path = `/api/brokering/lots/${lotId}/quotes`;
    const quote = (as: string, buyerId: string, price = 2_000) => ({
      as,
      buyerId,
      terms: termsOf(price),
      validUntil: run.inDays(1),
    });
    // A lot is no market stall: who was not asked does not bid.
    expect(await code(staff("POST", path, quote("buyer", buyer.id)))).toBe("not-your-lot");
    const supplier = world.provider(["supplier"]);
    expect(await code(broker("POST", path, quote("organizer", supplier.id)))).toBe("not-a-buyer");
    const first = await ok(broker("POST", path, quote("organizer", buyer.id)));
    expect(await code(broker("POST", path, quote("organizer", other.id)))).toBe("contract-with-other");
    for (const price of [1, 2, 3, 4]) await ok(broker("POST", path, quote("organizer", buyer.id, price)));
    expect(await code(broker("POST", path, quote("organizer", buyer.id)))).toBe("quotes-used-up");
    const answer = (quoteId: string) => `/api/brokering/lot-quotes/${quoteId}/answer`;
    expect(await code(staff("POST", answer(first.quoteId), { accept: true }))).toBe("quote-closed");
    const { quoteId } = await ok(staff("POST", path, quote("buyer", buyer.id)));
    run.clock.advance({ days: 2 });
    expect(await code(broker("POST", answer(quoteId), { accept: true }))).toBe("quote-expired");
    // What the buyer signs nobody delivers before the organizer has signed too.
    const next = await ok(staff("POST", path, quote("buyer", buyer.id)));
    await ok(broker("POST", answer(next.quoteId), { accept: true }));
    const signature = `/api/brokering/lot-contracts/${next.contractId}/signature`;
    await ok(staff("POST", signature, { as: "buyer", sign: true }));
    const delivered = { as: "buyer", kg: 100, deliveredOn: run.dayIn(0) };
    expect(await code(staff("POST", `/api/brokering/lots/${lotId}/deliveries`, delivered))).toBe(
      "contract-missing",
    );
    const signed = await ok(
      run.signIn(cooperative.manager)("POST", signature, { as: "organizer", sign: true }),
    );
    expect(signed.state).toBe("signed");
    expect(await code(broker("POST", `/api/brokering/lots/${lotId}/cancellation`))).toBe("contract-signed");
  });

  test("is settled anew when an advance was paid after the settlement was proposed", async () => {
    const { world } = run;
    const cooperative = world.cooperative(1);
    const [member = ""] = cooperative.members;
    const buyer = world.provider(["buyer"], "Exportadora");
    const { lotId, point } = await run.open(cooperative, { minimumKg: 100, maximumKg: 200 });
    const { pledgeId } = await run.pledge(lotId, member, 150);
    const [broker, manager] = [run.signIn(cooperative.broker), run.signIn(cooperative.manager)];
    const staff = run.signIn(buyer.owner);
    const of = (what: string) => `/api/brokering/lots/${lotId}/${what}`;
    await ok(broker("POST", of("closing")));
    await run.bring(cooperative, { pledgeId, pointId: point, kg: 150 });
    const terms = { as: "organizer", buyerId: buyer.id, terms: termsOf(1_000), validUntil: run.inDays(1) };
    const { quoteId, contractId } = await ok(broker("POST", of("quotes"), terms));
    await ok(staff("POST", `/api/brokering/lot-quotes/${quoteId}/answer`, { accept: true }));
    const signature = `/api/brokering/lot-contracts/${contractId}/signature`;
    await ok(manager("POST", signature, { as: "organizer", sign: true }));
    await ok(staff("POST", signature, { as: "buyer", sign: true }));
    const { composition } = await ok(broker("POST", of("compositions")));
    const decision = (noun: string, id: string) => `/api/brokering/${noun}/${id}/decision`;
    await ok(manager("POST", decision("compositions", composition.id), { approve: true }));
    await ok(staff("POST", of("deliveries"), { as: "buyer", kg: 150, deliveredOn: run.dayIn(0) }));
    const { settlement } = await ok(broker("POST", of("settlements")));
    const { advanceId } = await ok(
      broker("POST", of("advances"), { personId: member, amountCentimos: 9_000 }),
    );
    const paid = { subject: { kind: "advance", id: advanceId }, amountCentimos: 9_000, method: "cash" };
    const { payment } = await ok(broker("POST", "/api/brokering/payments", paid));
    const approve = decision("settlements", settlement.id);
    expect(await code(manager("POST", approve, { approve: true }))).toBe("advance-waits");
    await run.answerSms("payment", await askOf(payment.id), member, true);
    expect(await code(manager("POST", approve, { approve: true }))).toBe("settlement-outdated");
    const anew = await ok(broker("POST", of("settlements")));
    expect(anew.settlement).toMatchObject({
      contractCentimos: 150_000,
      advanceCentimos: 9_000,
      netCentimos: 141_000,
    });
    await ok(manager("POST", decision("settlements", anew.settlement.id), { approve: true }));
  });

  /** The question by SMS to who gets the money. */
  async function askOf(paymentId: string): Promise<string> {
    const rows = await run.owner.sql`select id from brokering.payment_asks where payment_id = ${paymentId}`;
    return String(rows[0]?.["id"]);
  }
});
