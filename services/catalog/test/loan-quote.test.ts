import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { other, runCatalog, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const errorsOf = (answer: { json: () => { errors: { path: string }[] } }) =>
  answer.json().errors.map(({ path }) => path);

describe("what a loan costs", () => {
  const terms = other("credit", {
    annualRatePercent: 30,
    insuranceMonthlyPercent: 0.1,
    requirements: [
      { requirement: "identity_document", substitutes: [] },
      { requirement: "land_title", substitutes: ["possession_certificate"] },
    ],
  });

  test("is told by instalment, with the full cost rate, and by what is still missing", async () => {
    const { offerId } = await run.provide({ name: "Caja", terms });
    const quote = async (body: object) =>
      run.app.inject({ method: "POST", url: `/api/catalog/offers/${offerId}/quote`, payload: body });
    const answer = await quote({ amountCentimos: 100_000, months: 3, has: ["identity_document"] });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      version: 1,
      totalCentimos: 104_654,
      costCentimos: 4_654,
      fullCostPercent: 31.53,
      instalments: [
        { dueOn: "2026-12-24", totalCentimos: 34_918, balanceCentimos: 67_392 },
        { dueOn: "2027-01-24", totalCentimos: 34_885 },
        { dueOn: "2027-02-24", totalCentimos: 34_851, balanceCentimos: 0 },
      ],
      requirements: {
        met: false,
        requirements: [{ met: true }, { met: false, wouldDo: ["land_title", "possession_certificate"] }],
      },
    });
    const outside = await quote({ amountCentimos: 49_999, months: 25, startsOn: "2026-11-23" });
    expect(codeOf(outside)).toEqual([422, "outside-the-offer"]);
    expect(errorsOf(outside)).toEqual(["body.amountCentimos", "body.months", "body.startsOn"]);
    const late = await quote({ amountCentimos: 100_000, months: 3, startsOn: "9999-12-31" });
    expect(errorsOf(late)).toEqual(["body.startsOn"]);
  });

  test("is shown with the offer for an amount and term that lenders can be compared by", async () => {
    const { offerId } = await run.provide({ name: "Caja", terms });
    const { example } = (await run.app.inject({ url: `/api/catalog/offers/${offerId}` })).json().offer.terms;
    expect(example).toMatchObject({
      amountCentimos: 100_000,
      months: 12,
      instalments: 12,
      fullCostPercent: 31.54,
    });
  });

  test("is told of published loans alone", async () => {
    const { offerId, personId } = await run.provide({ name: "Caja", terms });
    const goods = await run.provide({ name: "Shop", terms: other("input") });
    const body = { amountCentimos: 100_000, months: 3 };
    expect(codeOf(await run.post(`/api/catalog/offers/${goods.offerId}/quote`, body))).toEqual([
      422,
      "not-a-loan",
    ]);
    await run.post(`/api/catalog/offers/${offerId}/state`, { change: "pause" }, personId);
    expect(codeOf(await run.post(`/api/catalog/offers/${offerId}/quote`, body))).toEqual([
      404,
      "offer-unknown",
    ]);
  });
});
