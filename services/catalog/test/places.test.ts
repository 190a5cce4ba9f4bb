import { setTimeout as pause } from "node:timers/promises";
import { findPlaces, resolveHamlet } from "@minka/contracts/places";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCatalog, tocache, trace, type CatalogRun, type Who } from "./catalog-run.ts";
import { manyPlaces, placesCsv, type MadePlace } from "./many-places.ts";

let run: CatalogRun;
let operator: Who;
beforeAll(async () => {
  run = await runCatalog();
  operator = run.operators.maker;
});
afterAll(() => run.stop());

const base = "/api/catalog/places/imports";
const uchiza = "221005";
const juanjui = "220601";

const at = (code: string, name: string, latitude = -8.2, longitude = -76.5): MadePlace => ({
  code,
  name,
  latitude,
  longitude,
});

const around = [
  at(tocache, "Nuevo Horizonte", -8.21),
  at(uchiza, "Nuevo Horizonte", -8.41),
  at(uchiza, "Santa Rosillo"),
  at(tocache, "San Juan"),
  at(tocache, "San Juan", -8.3),
  at(uchiza, "San Juan de Porongo"),
  at(uchiza, "La Yarina"),
  at(tocache, "Km 15"),
  at(juanjui, "Alto Yuracyacu"),
  at(juanjui, "Santa Rosita"),
];

async function state(importId: string) {
  return (await run.sendAs(operator, "GET", `${base}/${importId}`)).json().import;
}

async function check(places: readonly MadePlace[] | string) {
  const file = typeof places === "string" ? places : placesCsv(places);
  const sent = await run.upload(operator, base, file);
  expect(sent.statusCode).toBe(202);
  await run.settle();
  return sent.json().importId as string;
}

async function load(places: readonly MadePlace[] | string): Promise<void> {
  const importId = await check(places);
  expect(await state(importId)).toMatchObject({ state: "checked", errors: 0 });
  await run.sendAs(operator, "POST", `${base}/${importId}/start`, {});
  await run.settle();
  expect((await state(importId)).state).toBe("done");
}

const resolve = (text: string, districtCode = tocache, exactly = false) =>
  run.callAs("notifications")(resolveHamlet, { body: { text, districtCode, exactly } }, trace);

/** What is found, in short: "one Nuevo Horizonte 221001". */
async function found(text: string, districtCode?: string, exactly?: boolean): Promise<string> {
  const { kind, places } = await resolve(text, districtCode, exactly);
  return [kind, ...places.map(({ name, districtCode: code }) => `${name} ${code}`)].join(", ");
}

const long = Boolean(process.env["MINKA_LONG"]);

test.runIf(long)(
  "95,000 places load whole, with progress, in the place of those before",
  async ({ annotate }) => {
    await load([at(tocache, "Antes de Todo")]);
    const places = manyPlaces(95_000);
    const file = placesCsv(places);
    const began = performance.now();
    const sent = await run.upload(operator, base, file);
    expect(sent.statusCode).toBe(202);
    const { importId } = sent.json();
    const received = performance.now();
    await run.settle();
    const checked = performance.now();
    expect(await state(importId)).toMatchObject({ state: "checked", rows: 95_000, errors: 0, warnings: 0 });
    await run.sendAs(operator, "POST", `${base}/${importId}/start`, {});
    const working = run.settle();
    const seen = new Set<number>();
    const heldMeanwhile: number[] = [];
    for (let now = await state(importId); now.state === "loading";) {
      seen.add(now.progress);
      const { places: held } = await run.callAs("web")(findPlaces, { query: { q: "antes de todo" } }, trace);
      now = await state(importId);
      if (now.state === "loading") heldMeanwhile.push(held.length);
      await pause(25);
    }
    await working;
    const ended = performance.now();
    // Others look on while it loads: the places before are there until all the new ones are.
    expect(new Set(heldMeanwhile)).toEqual(new Set([1]));
    expect([...seen].some((progress) => progress > 0 && progress < 95_000)).toBe(true);
    const { result } = await state(importId);
    expect(result.places).toBeGreaterThan(90_000);
    expect((await run.callAs("web")(findPlaces, { query: { q: "antes de todo" } }, trace)).places).toEqual(
      [],
    );
    const looked = performance.now();
    for (let turn = 0; turn < 20; turn++) await resolve("nuevo horizonte 3 pido tecnico");
    await annotate(
      `received ${Math.round(received - began)} ms, checked ${Math.round(checked - received)} ms, loaded ${Math.round(ended - checked)} ms, a name resolved in ${((performance.now() - looked) / 20).toFixed(1)} ms`,
    );
  },
  120_000,
);

test("a list with errors is told of by row and column, and leaves the places as they are", async () => {
  await load(around);
  const importId = await check(
    "Ubigeo;Nombre;Lat;Long\n221001;Bueno;-8.2;-76.5\n999999;Nadie;-8.2;-76.5\n221001;;-8.2;-76.5\n221001;Al revés;-76.5;-8.2",
  );
  const { items } = (await run.sendAs(operator, "GET", `${base}/${importId}/findings`)).json();
  expect(items.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
    [3, "Ubigeo", "district-code-unknown"],
    [4, "Nombre", "value-missing"],
    [5, "Lat", "number-out-of-range"],
    [5, "Long", "number-out-of-range"],
  ]);
  expect((await run.sendAs(operator, "POST", `${base}/${importId}/start`, {})).statusCode).toBe(409);
  expect(await found("santa rosillo")).toBe("one, Santa Rosillo 221005");
});

test("codes of places and codes that lost their zero are read; a place far from its district is told of", async () => {
  const importId = await check(
    "Código CCPP;Nomccpp;Y;X\n2210010001;Uno;-8.2;-76.5\n101010001;Chachas;-6.2;-77.8\n10101;Más;-6.2;-77.8\n221001;Lejos;-17;-71",
  );
  expect(await state(importId)).toMatchObject({ state: "checked", errors: 0, warnings: 1 });
});

test("a hamlet is looked for in the sender's district, then in the province, and nowhere else", async () => {
  await load(around);
  expect(await found("Nuevo Horizonte")).toBe(`one, Nuevo Horizonte ${tocache}`);
  expect(await found("Nuevo Horizonte", uchiza)).toBe(`one, Nuevo Horizonte ${uchiza}`);
  expect(await found("Santa Rosillo, pasando el puente")).toBe(`one, Santa Rosillo ${uchiza}`);
  expect(await found("Alto Yuracyacu")).toBe("none");
  expect(await found("Alto Yuracyacu", juanjui)).toBe(`one, Alto Yuracyacu ${juanjui}`);
  expect((await resolve("San Juan")).kind).toBe("several");
  const { places } = await resolve("nuevo horizonte");
  expect(places[0]?.point).toEqual({ latitude: -8.21, longitude: -76.5 });
});

test("the longest name wins, whatever follows it", async () => {
  await load(around);
  expect(await found("San Juan de Porongo pido un tecnico")).toBe(`one, San Juan de Porongo ${uchiza}`);
  expect(await found("nuevo horizonte necesito abono urgente")).toBe(`one, Nuevo Horizonte ${tocache}`);
  expect(await found("necesita un tecnico de cacao")).toBe("none");
});

test("slips are forgiven, but no valid name is taken for another and no number for its neighbour", async () => {
  await load(around);
  for (const text of ["nuevo orisonte", "NVO HORIZONTE", "nuebo horisonte", "nuevo horizonnte"])
    expect(await found(text)).toBe(`one, Nuevo Horizonte ${tocache}`);
  expect(await found("yarina")).toBe(`one, La Yarina ${uchiza}`);
  expect(await found("santa rosiyo")).toBe(`one, Santa Rosillo ${uchiza}`);
  // There is a Santa Rosita, in another province: it is not a slip for Santa Rosillo.
  expect(await found("santa rosita")).toBe("none");
  expect(await found("km 16")).toBe("none");
  expect(await found("nuevo orisonte", tocache, true)).toBe("none");
});

test("anybody looks places up by the beginning of a name, and within a district by any part of it", async () => {
  await load(around);
  const look = async (query: string) =>
    (await run.sendAs(null, "GET", `/api/catalog/places?${query}`))
      .json()
      .places?.map((place: MadePlace) => place.name);
  expect(await look("q=santa%20ros")).toEqual(["Santa Rosita", "Santa Rosillo"]);
  expect(await look("q=nuebo%20orisonte")).toEqual(["Nuevo Horizonte", "Nuevo Horizonte"]);
  expect(await look(`q=porongo&districtCode=${uchiza}`)).toEqual(["San Juan de Porongo"]);
  expect(await look(`q=san&districtCode=${uchiza}&limit=1`)).toHaveLength(1);
  expect(await look("q=%25%25")).toEqual([]);
  expect((await run.sendAs(null, "GET", "/api/catalog/places?q=san&districtCode=999999")).statusCode).toBe(
    422,
  );
});

test("only operators bring places in, and only services have hamlets resolved", async () => {
  const somebody = { id: newId(), operator: false };
  expect((await run.upload(somebody, base, placesCsv(around))).statusCode).toBe(403);
  expect((await run.sendAs(somebody, "GET", base)).statusCode).toBe(403);
  const body = { text: "Nuevo Horizonte", districtCode: tocache };
  expect((await run.sendAs(operator, "POST", "/api/catalog/places/resolution", body)).statusCode).toBe(403);
});
