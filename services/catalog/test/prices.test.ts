import { readPrices, type CropPrice } from "@minka/contracts/prices";
import { catalogConfirmations } from "@minka/contracts/confirmations";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { defineService, on } from "@minka/service/define-service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { other, runCatalog, tocache, trace, type CatalogRun } from "./catalog-run.ts";

const [uchiza, moyobamba, lima] = ["221005", "220101", "150101"];

/** Somebody has to hear of the questions whether offers still hold. */
const notifications = defineService({
  name: "notifications",
  migrations: null,
  start: () => ({
    routes() {},
    handlers: [on(catalogConfirmations.asked, async ({ once }) => once(async () => {}))],
  }),
});

let run: CatalogRun;
beforeAll(async () => void (run = await runCatalog({ neighbours: [notifications] })));
afterAll(() => run.stop());

const soles = (centimosPerKg: number) => ({ mode: "fixed", centimosPerKg }) as const;

async function buys(
  name: string,
  more: Partial<TermsOf<"purchase">>,
  where = tocache,
  verified = true,
): Promise<{ providerId: string; offerId: string; personId: string }> {
  const terms = other("purchase", { delivery: { districtCode: where }, ...more });
  return run.provide({ name, terms, verified });
}

const prices = async (crop: CropPrice["crop"], districtCode?: string): Promise<CropPrice[]> =>
  (
    await run.callAs("notifications")(
      readPrices,
      { query: { crop, ...(districtCode ? { districtCode } : {}) } },
      trace,
    )
  ).prices;
const buyers = async (...which: Parameters<typeof prices>) =>
  (await prices(...which)).map(({ buyer }) => buyer.name);

test("who buys near comes first, with price, state, place, distance and day; who is far away is not near", async () => {
  await buys("Lejos", { crop: "rice", state: "dry" }, lima);
  await buys("Moyobamba", { crop: "rice", price: soles(150) }, moyobamba);
  await buys("Uchiza", { crop: "rice", price: soles(140) }, uchiza);
  await buys("Tocache", { crop: "rice", price: soles(130), quality: { maximumMoisturePercent: 14 } });
  expect(await buyers("rice", tocache)).toEqual(["Tocache", "Uchiza"]);
  const [first, second] = await prices("rice", tocache);
  expect(first).toMatchObject({
    crop: "rice",
    state: "dry",
    unit: "kg",
    price: { mode: "fixed", centimosPerKg: 130 },
    quality: { maximumMoisturePercent: 14 },
    districtCode: tocache,
    distanceKm: 0,
    confirmedOn: "2026-11-24",
  });
  expect(second?.distanceKm).toBeGreaterThan(15);
  expect(Number.isInteger(second?.distanceKm)).toBe(true);
});

test("with nothing near, and without a place, the newest of the country are told", async () => {
  await buys("Solo", { crop: "papaya", price: soles(90) }, lima);
  expect(await buyers("papaya", tocache)).toEqual(["Solo"]);
  expect(await prices("papaya")).toMatchObject([{ buyer: { name: "Solo" }, distanceKm: null }]);
  expect(await buyers("cotton", tocache)).toEqual([]);
});

test("anybody may look, and a place that is none is refused", async () => {
  const answer = await run.sendAs(null, "GET", `/api/catalog/prices?crop=papaya&districtCode=${lima}`);
  expect([answer.statusCode, answer.json().prices.length]).toEqual([200, 1]);
  const nowhere = await run.sendAs(null, "GET", "/api/catalog/prices?crop=papaya&districtCode=999999");
  expect(nowhere.json().code).toBe("district-unknown");
});

test("a differential is told as one, and who names no price is not among them", async () => {
  const differential = {
    mode: "differential",
    reference: "bolsa de Nueva York",
    centimosPerKg: -50,
  } as const;
  await buys("Sobre bolsa", { crop: "banana", price: differential });
  await buys("Por acordar", { crop: "banana", price: null });
  expect(await prices("banana", tocache)).toMatchObject([
    { buyer: { name: "Sobre bolsa" }, price: differential },
  ]);
});

test("only what anybody would find is told: verified, published, not resting", async () => {
  await buys("Sin verificar", { crop: "cassava" }, tocache, false);
  const paused = await buys("Pausado", { crop: "cassava" });
  await run.post(`/api/catalog/offers/${paused.offerId}/state`, { change: "pause" });
  const resting = await buys("Descansa", { crop: "cassava" });
  await run.sendAs(run.operators.maker, "PUT", `/api/catalog/people/${resting.personId}/rest`, {
    until: "2026-11-26",
  });
  await buys("Atiende", { crop: "cassava" });
  expect(await buyers("cassava", tocache)).toEqual(["Atiende"]);
});

test("a day of age weighs like some kilometres, and what nobody has confirmed for long is not told", async () => {
  await buys("Viejo", { crop: "maize", price: soles(100) });
  run.clock.advance({ days: 20 });
  await run.settle();
  await buys("Nuevo", { crop: "maize", price: soles(90) }, uchiza);
  expect(await buyers("maize", tocache)).toEqual(["Nuevo", "Viejo"]);
  run.clock.advance({ days: 26 });
  await run.settle();
  expect(await buyers("maize", tocache)).toEqual(["Nuevo"]);
});

test("a buyer stands there once for each state of the crop, and there are a handful at most", async () => {
  const { providerId } = await buys("Centro", { crop: "coffee", state: "parchment", price: soles(1_500) });
  for (const [state, centimos] of [
    ["parchment", 1_400],
    ["dry", 900],
  ] as const) {
    const terms = other("purchase", {
      crop: "coffee",
      state,
      price: soles(centimos),
      delivery: { districtCode: tocache },
    });
    await run.post(`/api/catalog/providers/${providerId}/offers`, { terms, coverage: ["PE"] });
  }
  expect((await prices("coffee", tocache)).map(({ state }) => state).toSorted()).toEqual([
    "dry",
    "parchment",
  ]);
  for (let more = 0; more < 8; more += 1) await buys(`Comprador ${more}`, { crop: "coffee" });
  expect(await prices("coffee", tocache)).toHaveLength(6);
});
