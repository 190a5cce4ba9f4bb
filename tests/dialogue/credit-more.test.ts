import { approveCredit, askMore } from "@minka/contracts/credit-decisions";
import { readCreditStanding } from "@minka/contracts/credit-standings";
import type { LoanRequirement } from "@minka/domain/vocabulary";
import { countSegments } from "@minka/language/gsm7";
import { describe, expect, test } from "vitest";
import { creditScene, match } from "./credit-scene.ts";
import { stage, type Party } from "./scene.ts";

const on = stage();
const trace = { trace: "test-credit-more" };
const { creditOf, personAt, sent, stateOf, callsOff } = creditScene(on);

const question = /pide algo m[aá]s para su crédito: .+ Responda SI o NO/;

/** The lender asks for something more; the borrower has read it. */
async function asksMore(producer: Party, requirements: LoanRequirement[], note: string | null = null) {
  const { id: creditId = "", lender: personId = "" } = (await creditOf(producer)) ?? {};
  const call = on.platform.callAs("notifications");
  await call(askMore, { params: { creditId }, body: { requirements, note, personId } }, trace);
  await on.settle();
  const read = await producer.reads();
  expect(read).toEqual(match(question));
  const approve = async () => {
    await call(approveCredit, { params: { creditId }, body: { conditions: [], personId } }, trace);
    await on.settle();
  };
  return { creditId, read: read.join("\n"), approve };
}

describe("what a lender asks for besides", () => {
  test("is said to be there by SMS, which the lender hears", async () => {
    const producer = await on.registered();
    const lender = await sent(producer);
    await lender.reads();
    const { read } = await asksMore(producer, ["technical_visit", "savings"], "La boleta de su última venta");
    expect(read).toMatch(/: visita técnica y ahorros\. La boleta .+ Responda SI o NO/);
    expect(countSegments(read).segments).toBeLessThanOrEqual(2);
    expect(await producer.says("no")).toEqual(match(/^Est[aá] bien\. Cuando lo tenga .+ CREDITO/));
    expect(await producer.says("estado")).toEqual(
      expect.arrayContaining(match(/pide algo m[aá]s para su crédito de S\/ 2,000\. Tiene hasta/)),
    );
    expect(await producer.says("credito")).toEqual(match(question));
    for (const said of [
      "ya esta listo mi credito?",
      "manana lo tengo listo",
      "la proxima semana va a estar lista",
      "necesito tecnico, ya tengo cacao listo",
    ]) {
      await producer.says(said);
      expect(await stateOf(producer), said).toBe("more_asked");
    }
    await producer.says("cancelar");
    await producer.says("no");
    expect(await producer.says("credito")).toEqual(match(question));
    expect(await producer.says("listo, ya lo lleve")).toEqual(
      match(/^Gracias\. Avisamos a .+: ahora decide/),
    );
    await on.settle();
    expect(await lender.reads()).toEqual(expect.arrayContaining(match(/dice que ya tiene o ya llev[oó]/)));
    expect(await stateOf(producer)).toBe("in_review");
    await callsOff(producer);
  });

  test("is asked no more once the lender lends without: the terms come at once", async () => {
    const producer = await on.registered();
    await sent(producer);
    const { approve } = await asksMore(producer, ["savings"]);
    await approve();
    expect(await producer.reads()).toEqual(match(/S\/ 2,000.+Responda SI o NO/s));
    await producer.says("si");
    expect(await stateOf(producer)).toBe("accepted");
    await callsOff(producer);
  });

  test("may be neighbours who answer for it: GARANTES and their phones", async () => {
    const producer = await on.registered();
    await sent(producer);
    const { creditId } = await asksMore(producer, ["group_guarantee"]);
    const neighbours = [await on.registered(), await on.registered(), await on.registered()];
    const phones = neighbours.map(({ number }) => number.slice(3));
    expect(await producer.says(`GARANTES ${phones.join(", ")}`)).toEqual(
      expect.arrayContaining(match(/^Listo, les preguntamos/)),
    );
    const call = on.platform.callAs("notifications");
    const own = { params: { creditId }, query: { personId: await personAt(producer) } };
    expect((await call(readCreditStanding, own, trace)).guarantee).toMatchObject({ named: 3 });
  });
});
