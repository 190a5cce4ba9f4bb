import type { OfferTerms } from "@minka/contracts/offer-terms";
import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, expect, test } from "vitest";
import { other, runCatalog, type CatalogRun } from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

const person = (id: string) => ({ id, operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const get = (url: string) => run.app.inject({ url });
const change = (personId: string, offerId: string, what: string) =>
  run.post(`/api/catalog/offers/${offerId}/state`, { change: what }, personId);
const edit = (personId: string, offerId: string, body: object) =>
  run.sendAs(person(personId), "PUT", `/api/catalog/offers/${offerId}`, body);
const names = async (kind: OfferTerms["kind"]) => (await run.find({ kind })).names;

test("a draft is its managers' alone until it is published", async () => {
  const { providerId, personId } = await run.provide({ name: "Shop", terms: other("input") });
  const draft = await run.post(
    `/api/catalog/providers/${providerId}/offers`,
    { terms: other("input", { product: "lime" }), coverage: ["22"], publish: false },
    personId,
  );
  const { offerId } = draft.json();
  expect([draft.statusCode, draft.json().state]).toEqual([201, "draft"]);
  expect(codeOf(await get(`/api/catalog/offers/${offerId}`))).toEqual([404, "offer-unknown"]);
  const records = `/api/catalog/providers/${providerId}/offer-records`;
  const states = async (query = "") =>
    (await run.sendAs(person(personId), "GET", `${records}${query}`))
      .json()
      .items.map(({ state }: { state: string }) => state);
  expect(await states()).toEqual(["draft", "published"]);
  expect(await states("?state=draft")).toEqual(["draft"]);
  for (const url of [
    records,
    `/api/catalog/offers/${offerId}/record`,
    `/api/catalog/offers/${offerId}/versions/1`,
  ]) {
    expect(codeOf(await run.sendAs(person(newId()), "GET", url))).toEqual([403, "not-your-provider"]);
    expect((await run.sendAs(run.operators.checker, "GET", url)).statusCode).toBe(200);
  }
  expect((await run.find({ kind: "input", product: "lime" })).names).toEqual([]);
  expect((await change(personId, offerId, "publish")).json().state).toBe("published");
  expect((await run.find({ kind: "input", product: "lime" })).names).toEqual(["Shop"]);
});

test("a paused one is found again when it is resumed, a withdrawn one never", async () => {
  const { offerId, personId } = await run.provide({ name: "Shop", terms: other("input") });
  expect((await change(personId, offerId, "pause")).json().state).toBe("paused");
  expect(await names("input")).toEqual([]);
  expect((await get(`/api/catalog/offers/${offerId}`)).statusCode).toBe(404);
  const again = await change(personId, offerId, "pause");
  expect(again.statusCode).toBe(409);
  expect(again.json()).toMatchObject({
    code: "illegal-transition",
    state: "paused",
    allowed: ["resume", "withdraw"],
  });
  expect((await change(personId, offerId, "resume")).json().state).toBe("published");
  expect(await names("input")).toEqual(["Shop"]);
  expect((await change(personId, offerId, "withdraw")).json().state).toBe("withdrawn");
  expect(await names("input")).toEqual([]);
  expect((await change(personId, offerId, "publish")).json()).toMatchObject({ allowed: [] });
  const edited = await edit(personId, offerId, { version: 1, terms: other("input"), coverage: ["22"] });
  expect(codeOf(edited)).toEqual([409, "illegal-transition"]);
});

test.each([
  ["a training", other("training"), { endsOn: "2027-01-10" }],
  [
    "a purchase",
    other("purchase", { delivery: { districtCode: "221001", until: "2026-12-06" } }),
    { delivery: { districtCode: "221001", until: "2027-01-10" } },
  ],
])("%s is over after its last day, and comes back with new dates", async (_name, terms, later) => {
  const { offerId, personId } = await run.provide({ name: "Nelly", terms });
  run.clock.advance({ days: 12 });
  await run.settle();
  expect(await names(terms.kind)).toEqual(["Nelly"]);
  run.clock.advance({ days: 1 });
  await run.settle();
  expect(await names(terms.kind)).toEqual([]);
  const record = () => run.sendAs(person(personId), "GET", `/api/catalog/offers/${offerId}/record`);
  expect((await record()).json().offer).toMatchObject({
    state: "expired",
    allowed: ["publish", "withdraw"],
  });
  expect(codeOf(await change(personId, offerId, "publish"))).toEqual([422, "offer-terms-wrong"]);
  await edit(personId, offerId, { version: 1, terms: { ...terms, ...later }, coverage: ["22"] });
  expect((await change(personId, offerId, "publish")).json()).toMatchObject({
    state: "published",
    version: 2,
  });
  expect(await names(terms.kind)).toEqual(["Nelly"]);
});
