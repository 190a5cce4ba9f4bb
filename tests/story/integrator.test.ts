import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { integratorAt, type Caller, type Integrator } from "./integrator-client.ts";
import { sevenOffers, tocache, urea } from "./seven-offers.ts";

const firstOperator = "+51900800001";
const secondOperator = "+51900800002";
const shop = "+51900800003";
const producer = "+51900800004";
const rivalShop = "+51900800005";
const uchiza = "221005";
const iquitos = "160101";

let platform: TestPlatform;
let minka: Integrator;

beforeAll(async () => {
  const environment = {
    OPERATOR_PHONES: firstOperator,
    OFFER_ASK_AFTER_DAYS: "30",
    OFFER_SINK_AFTER_DAYS: "45",
    OFFER_HIDE_AFTER_DAYS: "60",
  };
  platform = await startTestPlatform({ seeded: false, environment });
  const address = await platform.app.listen({ port: 0, host: "127.0.0.1" });
  minka = await integratorAt(address, platform);
});
afterAll(() => platform.stop());

/** By SMS, as everybody does: a place, and that they agree. */
async function joins(phone: string): Promise<void> {
  await minka.says(phone, "soy de tocache");
  expect(await minka.says(phone, "si")).toEqual([expect.stringMatching(/^Listo, su chacra/)]);
}

type Listed = { id: string; version: number };
const list = async (query: Record<string, string>): Promise<Listed[]> =>
  (await minka.done("GET", `/api/catalog/offers?${new URLSearchParams(query).toString()}`)).items;
const idsOf = async (query: Record<string, string>) => (await list(query)).map(({ id }) => id);

let operators: { maker: Caller; checker: Caller };
let providerId: string;
const offerIds: Record<string, string> = {};
const provider = (rest = "") => `/api/catalog/providers/${providerId}${rest}`;
const offer = (kind: string, rest = "") => `/api/catalog/offers/${offerIds[kind]}${rest}`;

test("an operator appoints a second one", async () => {
  const maker = await minka.signIn(firstOperator);
  await joins(secondOperator);
  const { personId } = await minka.signIn(secondOperator);
  await maker.done("POST", "/api/profiles/operators", { personId });
  const { operators: both } = await maker.done("GET", "/api/profiles/operators");
  expect(both).toHaveLength(2);
  platform.clock.advance({ minutes: 1 });
  operators = { maker, checker: await minka.signIn(secondOperator) };
});

test("a company is registered, handed in, and verified by the other operator alone", async () => {
  const { maker, checker } = operators;
  await joins(shop);
  const { personId } = await minka.signIn(shop);
  const company = {
    form: "company",
    kinds: ["agent", "supplier", "lender", "buyer", "trainer"],
    name: "Agroservicios Limón",
    document: { type: "ruc", number: "20123456786" },
    lenderRegister: { register: "sbs", number: "4977-2018" },
    acceptsConduct: "v1",
    districtCode: tocache,
    personId,
  };
  const registered = await maker.call("POST", "/api/catalog/providers", company);
  expect(registered).toMatchObject({ status: 201, body: { state: "draft" } });
  providerId = registered.body.providerId;
  expect(await maker.done("POST", provider("/submission"))).toEqual({ providerId, state: "submitted" });
  const evidence = { evidence: "Ficha RUC y resolución de la SBS vistas" };
  expect(await maker.call("POST", provider("/verification"), evidence)).toMatchObject({
    status: 403,
    body: { code: "maker-cannot-check" },
  });
  expect((await minka.call("GET", provider())).status).toBe(404);
  expect(await checker.done("POST", provider("/verification"), evidence)).toEqual({
    providerId,
    state: "verified",
  });
  expect((await minka.done("GET", provider())).provider).toMatchObject({ name: "Agroservicios Limón" });
});

test("its manager publishes one offer of each kind", async () => {
  platform.clock.advance({ minutes: 1 });
  const manager = await minka.signIn(shop);
  for (const { terms, coverage } of sevenOffers) {
    const published = await manager.call("POST", provider("/offers"), { terms, coverage });
    expect(published).toMatchObject({ status: 201, body: { version: 1, state: "published" } });
    offerIds[terms.kind] = published.body.offerId;
  }
  expect(Object.keys(offerIds)).toHaveLength(7);
  const { items } = await minka.done("GET", provider("/offers"));
  expect(items).toHaveLength(7);
});

test.each(sevenOffers)("$terms.kind is found by '$words', kind and district", async ({ terms, words }) => {
  const { kind } = terms;
  expect(await idsOf({ q: words })).toEqual(expect.arrayContaining([offerIds[kind]]));
  expect((await idsOf({ q: words }))[0]).toBe(offerIds[kind]);
  expect(await idsOf({ kind, districtCode: tocache })).toEqual([offerIds[kind]]);
  expect(await idsOf({ kind, districtCode: iquitos })).toEqual(kind === "purchase" ? [offerIds[kind]] : []);
  expect((await minka.done("GET", offer(kind))).offer.terms).toMatchObject({ kind });
});

test("each is found where it serves and not elsewhere", async () => {
  const there = await idsOf({ districtCode: uchiza });
  expect(there).toContain(offerIds["equipment"]);
  expect(there).not.toContain(offerIds["input"]);
});

test("terms that contradict themselves are refused with the path of each field", async () => {
  platform.clock.advance({ minutes: 1 });
  const manager = await minka.signIn(shop);
  const rising = [
    { minimumPacks: 1, priceCentimos: 14_500 },
    { minimumPacks: 10, priceCentimos: 15_500 },
  ];
  expect(
    await manager.call("POST", provider("/offers"), {
      terms: { ...urea, tiers: rising },
      coverage: [tocache],
    }),
  ).toMatchObject({ status: 422, body: { errors: [{ path: "body.terms.tiers" }] } });
  expect(
    await manager.call("POST", provider("/offers"), {
      terms: { ...urea, product: "fungicide" },
      coverage: [tocache],
    }),
  ).toMatchObject({ status: 422, body: { errors: [{ path: "body.terms.registerNumber" }] } });
});

const ureaAsked = "necesito 2 sacos de urea";
const newestRequest = async (asker: Caller) =>
  (await asker.done("GET", `/api/matching/requests?personId=${asker.personId}`)).items[0];

test("a producer gets it by SMS and chooses; a new price leaves their match as it was", async () => {
  await joins(producer);
  const [offered] = await minka.says(producer, ureaAsked);
  expect(offered).toContain("S/ 145");
  const asker = await minka.signIn(producer);
  const request = await newestRequest(asker);
  const [match] = request.matches;
  expect(match).toMatchObject({ offerId: offerIds["input"], offerVersion: 1, priceCentimos: 14_500 });

  platform.clock.advance({ minutes: 1 });
  const manager = await minka.signIn(shop);
  const change = {
    version: 1,
    terms: { ...urea, tiers: [{ minimumPacks: 1, priceCentimos: 15_200 }] },
    coverage: [tocache],
  };
  expect(await manager.done("PUT", offer("input"), change)).toMatchObject({ version: 2, state: "published" });
  expect(await manager.call("PUT", offer("input"), change)).toMatchObject({
    status: 409,
    body: { code: "version-changed" },
  });

  const asked = await minka.says(producer, "1");
  expect(asked).toEqual([expect.stringMatching(/^Le preguntamos a/)]);
  expect((await minka.reads(shop)).join("\n")).toMatch(/SI o NO/);
  const after = await newestRequest(asker);
  expect(after).toMatchObject({ id: request.id, state: "asking" });
  expect(after.matches[0]).toMatchObject({ id: match.id, offerVersion: 1, priceCentimos: 14_500 });
  const old = await manager.done("GET", offer("input", `/versions/${after.matches[0].offerVersion}`));
  expect(old.terms.tiers).toEqual(urea.tiers);
  // The producer reads it too, and nobody else's match.
  const terms = `/api/matching/matches/${match.id}/terms`;
  expect(await asker.done("GET", terms)).toMatchObject({ offerVersion: 1, terms: { tiers: urea.tiers } });

  await asker.done("POST", `/api/matching/requests/${request.id}/cancellation`);
  await minka.reads(producer);
  const again = await minka.says(producer, ureaAsked);
  expect(again.join("\n")).toContain("S/ 152");
  const [fresh] = (await newestRequest(asker)).matches;
  expect(fresh).toMatchObject({ offerId: offerIds["input"], offerVersion: 2, priceCentimos: 15_200 });
  expect((await list({ q: "urrea" }))[0]).toMatchObject({ id: offerIds["input"], version: 2 });
  await asker.done("POST", `/api/matching/requests/${(await newestRequest(asker)).id}/cancellation`);
});

test("a suspended provider's offers leave every list, and come back when it is reinstated", async () => {
  platform.clock.advance({ minutes: 30 });
  const checker = await minka.signIn(secondOperator);
  await checker.done("POST", provider("/suspension"), { reason: "Quejas por pesos menores" });
  expect(await idsOf({ districtCode: tocache })).toEqual([]);
  expect(await idsOf({ q: "urea" })).toEqual([]);
  expect((await minka.call("GET", offer("input"))).status).toBe(404);
  expect((await minka.done("GET", "/api/catalog/providers?q=limon")).items).toEqual([]);
  expect((await minka.reads(shop)).join("\n")).toContain("Quejas por pesos menores");

  await checker.done("POST", provider("/reinstatement"), { reason: "Balanza revisada" });
  expect(await idsOf({ districtCode: tocache })).toHaveLength(7);
  expect((await minka.done("GET", "/api/catalog/providers?q=limon")).items).toHaveLength(1);
});

test("asked after 30 days whether it holds, sunk after 45, hidden after 60; SI brings it back", async () => {
  const { confirmedOn } = (await minka.done("GET", offer("input"))).offer;
  const noon = Date.parse(`${confirmedOn}T17:00:00Z`);
  const daysOld = async (days: number) => {
    platform.clock.set(new Date(noon + days * 24 * 60 * 60 * 1000));
    await platform.settle();
  };
  const stillHolds = 'Minka: ¿Todavia vale su oferta "Urea en saco de 50 kg"? Responda SI o NO';
  const firstInput = async () =>
    (await idsOf({ kind: "input", districtCode: tocache, sort: "price" }))[0] ?? null;
  await daysOld(29);
  // About one offer a day is asked: the others rest, so that it is this one's turn.
  const manager = await minka.signIn(shop);
  for (const [kind, offerId] of Object.entries(offerIds)) {
    if (kind !== "input")
      await manager.done("POST", `/api/catalog/offers/${offerId}/state`, { change: "pause" });
  }
  expect(await minka.reads(shop)).toEqual([]);
  await daysOld(30);
  expect(await minka.reads(shop)).toEqual([stillHolds]);

  const rival = await rivalOffer();
  await daysOld(44);
  expect(await firstInput()).toBe(offerIds["input"]);
  await daysOld(45);
  expect(await firstInput()).toBe(rival);
  await daysOld(59);
  expect(await idsOf({ kind: "input", districtCode: tocache })).toContain(offerIds["input"]);
  await minka.reads(shop);
  await daysOld(60);
  expect(await idsOf({ kind: "input", districtCode: tocache })).toEqual([rival]);
  expect(await idsOf({ q: "urrea" })).toEqual([rival]);
  expect(await minka.reads(shop)).toEqual([
    'Minka: ya no mostramos su oferta "Urea en saco de 50 kg". ¿Todavia vale? Responda SI o NO',
  ]);
  expect(await minka.says(shop, "SI")).toEqual([
    'Gracias. Su oferta "Urea en saco de 50 kg" sigue a la vista.',
  ]);
  expect(await firstInput()).toBe(offerIds["input"]);
});

/** Dearer urea of another company at the same place, published now. */
async function rivalOffer(): Promise<string> {
  await joins(rivalShop);
  const { personId } = await minka.signIn(rivalShop);
  const maker = await minka.signIn(firstOperator);
  const checker = await minka.signIn(secondOperator);
  const company = {
    form: "company",
    kinds: ["supplier"],
    name: "Insumos del Frente",
    document: { type: "ruc", number: "20987654326" },
    acceptsConduct: "v1",
    districtCode: tocache,
    personId,
  };
  const { providerId: rivalId } = await maker.done("POST", "/api/catalog/providers", company);
  const { offerId } = await maker.done("POST", `/api/catalog/providers/${rivalId}/offers`, {
    terms: { ...urea, tiers: [{ minimumPacks: 1, priceCentimos: 16_000 }] },
    coverage: [tocache],
  });
  await maker.done("POST", `/api/catalog/providers/${rivalId}/submission`);
  await checker.done("POST", `/api/catalog/providers/${rivalId}/verification`, {
    evidence: "Ficha RUC vista",
  });
  return offerId;
}
