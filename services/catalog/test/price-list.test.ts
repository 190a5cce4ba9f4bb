import { currentConduct } from "@minka/contracts/conduct";
import { newId } from "@minka/database/new-id";
import { readTable } from "@minka/imports/read-table";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newRuc, other, runCatalog, tocache, type CatalogRun, type Who } from "./catalog-run.ts";

let run: CatalogRun;
let providerId: string;
let manager: Who;
beforeAll(async () => {
  run = await runCatalog();
});
beforeEach(async () => {
  ({ providerId, manager } = await newShop());
});
afterAll(() => run.stop());

async function newShop(verified = true) {
  const personId = newId();
  const registered = await run.post("/api/catalog/providers", {
    form: "company",
    kinds: ["supplier"],
    document: { type: "ruc", number: newRuc() },
    name: "Agro Tocache",
    personId,
    districtCode: tocache,
    acceptsConduct: currentConduct,
  });
  const shop = registered.json().providerId as string;
  if (verified) await run.verify(shop);
  return { providerId: shop, manager: { id: personId, operator: false } };
}

const base = () => `/api/catalog/providers/${providerId}`;

/** Sends a list and waits until it has been checked. */
async function check(file: string | Uint8Array, who: Who = manager) {
  const sent = await run.upload(who, `${base()}/imports`, file);
  expect(sent.statusCode).toBe(202);
  const { importId } = sent.json<{ importId: string }>();
  await run.settle();
  const found = async (severity: string) => {
    const { items } = (
      await run.sendAs(who, "GET", `${base()}/imports/${importId}/findings?severity=${severity}&limit=100`)
    ).json();
    return items as { row: number; column: string | null; code: string; message: string }[];
  };
  return { importId, errors: await found("error"), warnings: await found("warning") };
}

async function load(file: string | Uint8Array, who: Who = manager) {
  const { importId, errors, warnings } = await check(file, who);
  expect(errors).toEqual([]);
  expect((await run.sendAs(who, "POST", `${base()}/imports/${importId}/start`, {})).statusCode).toBe(200);
  await run.settle();
  const status = (await run.sendAs(who, "GET", `${base()}/imports/${importId}`)).json().import;
  expect(status.state).toBe("done");
  return { result: status.result as Record<string, number>, warnings };
}

async function records(): Promise<
  { id: string; version: number; state: string; terms: Record<string, unknown> }[]
> {
  return (await run.sendAs(manager, "GET", `${base()}/offer-records?limit=100`)).json().items;
}

const list = (...rows: string[]) =>
  [
    "Producto;Descripción;Presentación;Unidad;Precio S/;Desde 10 sacos;Precio desde 50;Registro SENASA;Orgánico;Lugares de entrega;Días",
    ...rows,
  ].join("\n");

test("a shop's list becomes offers that are found at once, each with its terms", async () => {
  const { result } = await load(
    list(
      "Urea;Urea granulada 46%;Saco 50 kg;;161;152,50;S/ 148.00;;no;Tocache, Uchiza;3",
      "Fungicida;Mancozeb 80 WP;1;kg;38;;;PQUA N° 123;no;;",
      "Mochila de 20 litros;;;;220;;;;;;",
      "Análisis de laboratorio;Suelo completo;;muestra;90;;;;;;",
    ),
  );
  expect(result).toEqual({ added: 4, changed: 0, unchanged: 0 });
  const terms = (await records()).map((record) => record.terms);
  expect(terms).toContainEqual({
    kind: "input",
    title: "Urea granulada 46%",
    product: "urea",
    crops: [],
    pack: { amount: 50, unit: "kg" },
    tiers: [
      { minimumPacks: 1, priceCentimos: 16_100 },
      { minimumPacks: 10, priceCentimos: 15_250 },
      { minimumPacks: 50, priceCentimos: 14_800 },
    ],
    delivery: { districtCodes: [tocache, "221005"], days: 3 },
    organicApproved: false,
  });
  expect(terms).toContainEqual(
    expect.objectContaining({
      product: "fungicide",
      registerNumber: "PQUA N° 123",
      pack: { amount: 1, unit: "kg" },
    }),
  );
  expect(terms).toContainEqual(
    expect.objectContaining({ product: "sprayer", mode: "sale", title: "Mochila de 20 litros" }),
  );
  expect(terms).toContainEqual(
    expect.objectContaining({ service: "laboratory", unit: "sample", priceCentimos: 9_000 }),
  );
  expect((await run.find({ kind: "input", product: "urea" })).names).toContain("Agro Tocache");
});

test("the same product and pack is the same offer: its price is a new version, and the old one stays readable", async () => {
  await load(list("Urea;Urea del norte;50 kg;;161;150;;;no;;"));
  const [before] = await records();
  const { result, warnings } = await load("Producto;Presentación;Precio\nurea;50 KG;165");
  expect(result).toEqual({ added: 0, changed: 1, unchanged: 0 });
  expect(warnings.map(({ row, code }) => ({ row, code }))).toEqual([{ row: 2, code: "tiers-gone" }]);
  const [after] = await records();
  expect(after).toMatchObject({
    id: before?.id,
    version: 2,
    terms: { title: "Urea del norte", tiers: [{ minimumPacks: 1, priceCentimos: 16_500 }] },
  });
  const old = await run.sendAs(manager, "GET", `/api/catalog/offers/${before?.id}/versions/1`);
  expect(old.json().terms.tiers).toHaveLength(2);
  const [candidate] = (await run.candidates({ kind: "input", product: "urea" })).candidates.filter(
    ({ offerId }) => offerId === before?.id,
  );
  expect(candidate).toMatchObject({ offerVersion: 2, priceCentimos: 16_500 });
});

test("the stock that a list tells decides who is sent there, until a list tells another", async () => {
  await load("Producto;Presentación;Precio;Stock\nurea;50 kg;150;8");
  const stocks = async () => (await records()).map(({ terms }) => terms["stockPacks"]);
  const finds = async (quantity: number) =>
    (await run.candidates({ kind: "input", product: "urea", quantity, unit: "bag" })).candidates.some(
      (candidate) => candidate.providerId === providerId,
    );
  expect([await finds(8), await finds(9)]).toEqual([true, false]);
  await load("Producto;Presentación;Precio\nurea;50 kg;149");
  expect([await finds(8), await finds(9)]).toEqual([true, false]);
  await load("Producto;Presentación;Precio;Existencias\nurea;50 kg;149;");
  expect(await stocks()).toEqual([undefined]);
  expect(await finds(9)).toBe(true);
});

test("what a list has no column for stays; an empty cell says that there is none", async () => {
  const offer = await run.sendAs(manager, "POST", `${base()}/offers`, {
    terms: other("input", {
      note: "En almacén",
      crops: ["cacao"],
      delivery: { districtCodes: ["221005"], days: 4 },
    }),
    coverage: ["2210"],
  });
  expect(offer.statusCode).toBe(201);
  await load("Producto;Presentación;Precio;Observaciones\nurea;50 kg;150;");
  const [record] = await records();
  expect(record).toMatchObject({
    version: 2,
    coverage: ["2210"],
    terms: { title: "Urea by the sack", crops: ["cacao"], delivery: { districtCodes: ["221005"], days: 4 } },
  });
  expect(record?.terms).not.toHaveProperty("note");
});

test("of several brands of one pack the title tells which; without it nobody can", async () => {
  const brands = ["NPK;Compomaster;50 kg;;140;;;;;;", "NPK;Molimax;50 kg;;150;;;;;;"];
  await load(list(...brands));
  expect((await check("Producto;Presentación;Precio\nNPK;50 kg;160")).errors).toEqual([
    expect.objectContaining({ row: 2, column: "Título", code: "offer-unclear" }),
  ]);
  const { result } = await load(
    "Producto;Título;Presentación;Precio\nNPK;molimax;50 kg;160\nNPK;Otro 20-20-20;50 kg;99",
  );
  expect(result).toEqual({ added: 1, changed: 1, unchanged: 0 });
  const prices = (await records()).map(({ terms }) => [
    terms["title"],
    (terms["tiers"] as { priceCentimos: number }[])[0]?.priceCentimos,
  ]);
  expect(new Map(prices as [string, number][])).toEqual(
    new Map([
      ["Compomaster", 14_000],
      ["molimax", 16_000],
      ["Otro 20-20-20", 9_900],
    ]),
  );
});

test("every error is told by row and column, and then nothing at all is written", async () => {
  const { importId, errors } = await check(
    list(
      "Urea;Buena;50 kg;;161;;;;;;",
      "zapatos;;1 unidad;;50;;;;;;",
      "Urea;;;;161;;;;;;",
      "Urea;;un montón;;161;;;;;;",
      "Urea;;25 kg;;caro;;;;;;",
      "Urea;;30 kg;;100;120;;;;;",
      "Glifosato;;1 litro;;30;;;;;;",
      "Urea;;40 kg;;100;;;;sí;;",
      "Urea;;45 kg;;100;;;;;Atlantis;2",
      "Urea;;46 kg;;100;;;;;Uchiza;",
      "Urea;Buena;50 kg;;160;;;;;;",
      "catación;;;;20;;;;;;",
      "Urea;;47 kg;;;;;;;;",
    ),
  );
  expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, "Producto", "product-unknown"],
    [4, "Presentación", "pack-missing"],
    [5, "Presentación", "pack-unreadable"],
    [6, "Precio S/", "price-unreadable"],
    [7, "Desde 10 sacos", "price-rises"],
    [8, "Registro SENASA", "register-number-wrong"],
    [9, "Orgánico", "never-organic"],
    [10, "Lugares de entrega", "delivery-place-unknown"],
    [11, "Días", "delivery-days-missing"],
    [12, null, "offer-repeated"],
    [13, "Unidad", "service-unit-missing"],
    [14, "Precio S/", "value-missing"],
  ]);
  const started = await run.sendAs(manager, "POST", `${base()}/imports/${importId}/start`, {});
  expect(started.json()).toMatchObject({ status: 409, code: "import-has-errors" });
  expect(await records()).toEqual([]);
});

test.each(["csv", "xlsx"])("a list taken out as %s and sent back changes nothing", async (format) => {
  await load(
    list(
      "Urea;Urea granulada;50 kg;;161.1;152;148.05;;no;Tocache;3",
      "Biol;Biol Huallaga;1 litro;;12;;;;sí;;",
      "Fungicida;Cúprico;250 g;;9.90;;;PQUA 77-A;no;Uchiza, San Martín;5",
      "Plantones;CCN-51;1 unidad;;1.5;;1.2;;no;;",
      "secado;;;quintal;15;;;;;;",
    ),
  );
  for (const terms of [
    other("equipment", { mode: "rent", rentPer: "day", product: "chainsaw" }),
    other("service", { priceCentimos: null, unit: "visit" }),
    other("input", { product: "compost", tiers: [{ minimumPacks: 5, priceCentimos: 1_000 }] }),
  ])
    await run.sendAs(manager, "POST", `${base()}/offers`, { terms, coverage: ["PE"] });
  const before = await records();
  const taken = await run.sendAs(manager, "GET", `${base()}/price-list?format=${format}`);
  expect(taken.statusCode).toBe(200);
  const { headers } = await readTable(taken.rawPayload, { maximumRows: 100 });
  expect(headers).toContain("Precio desde 50");
  const { result, warnings } = await load(taken.rawPayload);
  expect(warnings).toEqual([]);
  expect(result).toEqual({ added: 0, changed: 0, unchanged: 8 });
  expect(await records()).toEqual(before);
});

test("offers of a draft provider are published and found once it is verified", async () => {
  ({ providerId, manager } = await newShop(false));
  await load(list("Guano;Guano de Pozuzo;25 kg;;40;;;;sí;;"));
  const isFound = async () =>
    (await run.candidates({ kind: "input", product: "guano" })).candidates.some(
      (each) => each.providerId === providerId,
    );
  expect(await isFound()).toBe(false);
  await run.verify(providerId);
  expect(await isFound()).toBe(true);
});

test("only those who manage the provider's offers send, see or take its list", async () => {
  const stranger = { id: newId(), operator: false };
  expect((await run.upload(stranger, `${base()}/imports`, list("Urea;;50 kg;;1;;;;;;"))).statusCode).toBe(
    403,
  );
  expect((await run.sendAs(stranger, "GET", `${base()}/price-list`)).statusCode).toBe(403);
  expect((await run.upload(null, `${base()}/imports`, "a")).statusCode).toBe(401);
  const organizationId = newId();
  run.profiles.manages(stranger.id, organizationId);
  const grant = await run.sendAs(manager, "POST", `${base()}/grants`, { organizationId });
  expect(grant.statusCode).toBe(201);
  expect((await load(list("Urea;;50 kg;;1;;;;;;"), stranger)).result).toMatchObject({ added: 1 });
  expect((await load(list("Urea;;50 kg;;2;;;;;;"), run.operators.maker)).result).toMatchObject({
    changed: 1,
  });
});

test("hundreds of rows load in one go", async ({ annotate }) => {
  const rows = Array.from({ length: 600 }, (_, at) => `Urea;Marca ${at};50 kg;;${100 + (at % 50)};;;;;;`);
  const began = performance.now();
  expect((await load(list(...rows))).result).toEqual({ added: 600, changed: 0, unchanged: 0 });
  const again = performance.now();
  const dearer = rows.map((row) => row.replace("50 kg;;1", "50 kg;;2"));
  expect((await load(list(...dearer))).result).toEqual({ added: 0, changed: 600, unchanged: 0 });
  await annotate(
    `600 new ${Math.round(again - began)} ms, 600 changed ${Math.round(performance.now() - again)} ms`,
  );
}, 60_000);
