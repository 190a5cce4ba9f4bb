import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newRuc, runCatalog, tocache, type CatalogRun, type Who } from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

const somebody = (): Who => ({ id: newId(), operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const pathsOf = (answer: { json: () => { errors: { path: string }[] } }) =>
  answer.json().errors.map(({ path }) => path);

let manager: Who;
let url: string;
let providerId: string;
beforeEach(async () => {
  manager = somebody();
  const entry = {
    form: "person",
    kinds: ["agent"],
    name: "Nelly Pinchi",
    districtCode: tocache,
    phone: "+51987000111",
    website: "https://nelly.example/",
    document: { type: "ruc", number: ruc10() },
  };
  providerId = (await run.sendAs(manager, "POST", "/api/catalog/providers", entry)).json().providerId;
  url = `/api/catalog/providers/${providerId}`;
});

let people = 0;
/** A person's RUC that no other test has. */
function ruc10(): string {
  people += 1;
  const digits = `10${String(5_414_000 + people).padStart(8, "0")}`;
  const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return `${digits}${(11 - (sum % 11)) % 10}`;
}

const profile = (more: object = {}) => ({
  topics: [
    { topic: "pruning", level: "specialist" },
    { topic: "pest_management", level: "basic" },
  ],
  crops: ["cacao"],
  languages: ["spa", "qvs"],
  base: { latitude: -8.1877, longitude: -76.5205 },
  reachKm: 30,
  monthlyCapacity: 25,
  resells: [],
  ...more,
});
const put = (body: object, who: Who = manager) => run.sendAs(who, "PUT", `${url}/agent-profile`, body);
const shown = async () => (await run.app.inject({ url })).json().provider;

describe("an agent's profile", () => {
  test("is shown to anybody without the base point, and whole in the record", async () => {
    expect((await put(profile())).statusCode).toBe(200);
    expect((await put(profile({ reachKm: 40 }), run.operators.maker)).statusCode).toBe(200);
    await run.verify(providerId);
    const { base, ...agent } = profile({ reachKm: 40 });
    expect((await shown()).agent).toEqual(agent);
    const record = (await run.sendAs(manager, "GET", `${url}/record`)).json().provider;
    expect(record.agent).toEqual({ ...agent, base });
    expect(codeOf(await put(profile(), somebody()))).toEqual([403, "not-your-provider"]);
  });

  test.each([
    [{ topics: [] }, "body.topics"],
    [{ topics: [{ topic: "pruning", level: "expert" }] }, "body.topics.0.level"],
    [{ topics: ["basic", "specialist"].map((level) => ({ topic: "pruning", level })) }, "body.topics"],
    [{ languages: ["eng"] }, "body.languages.0"],
    [{ base: { latitude: 60, longitude: -76 } }, "body.base.latitude"],
    [{ monthlyCapacity: 0 }, "body.monthlyCapacity"],
  ])("%j is refused at %s", async (more, path) => {
    const answer = await put(profile(more));
    expect(codeOf(answer)).toEqual([422, "invalid-input"]);
    expect(pathsOf(answer)).toEqual([path]);
  });

  test("names suppliers of this catalog for what is resold", async () => {
    const shop = { form: "company", name: "Agrotienda", personId: newId(), districtCode: tocache };
    const enter = async (kinds: string[]) =>
      (await run.post("/api/catalog/providers", { ...shop, kinds })).json().providerId as string;
    const [supplierId, buyerId] = [await enter(["buyer", "supplier"]), await enter(["buyer"])];
    const resold = (id: string) => ({ product: "compost", supplierId: id });
    expect((await put(profile({ resells: [resold(supplierId)] }))).json().agent.resells).toEqual([
      resold(supplierId),
    ]);
    const wrong = await put(profile({ resells: [resold(supplierId), resold(buyerId), resold(newId())] }));
    expect(codeOf(wrong)).toEqual([422, "supplier-unknown"]);
    expect(pathsOf(wrong)).toEqual(["body.resells.1.supplierId", "body.resells.2.supplierId"]);
  });

  test("is for agents", async () => {
    const shop = {
      form: "company",
      kinds: ["supplier"],
      name: "Agrotienda",
      personId: newId(),
      districtCode: tocache,
    };
    const { providerId } = (await run.post("/api/catalog/providers", shop)).json();
    const answer = await run.sendAs(
      run.operators.maker,
      "PUT",
      `/api/catalog/providers/${providerId}/agent-profile`,
      profile(),
    );
    expect(codeOf(answer)).toEqual([409, "not-an-agent"]);
  });
});

describe("certificates", () => {
  const school = (more: object = {}) => ({
    kind: "school_of_excellence",
    issuer: "Escuela de Excelencia Tocache",
    number: "EE-123",
    issuedOn: "2024-11-24",
    expiresOn: "2026-11-25",
    ...more,
  });
  const add = (body: object, who: Who = manager) => run.sendAs(who, "POST", `${url}/certificates`, body);
  const check = (id: string, who: Who) => run.sendAs(who, "POST", `${url}/certificates/${id}/check`);

  test("are shown as unchecked until an operator who did not add them has seen them", async () => {
    await run.verify(providerId);
    const { certificate } = (await add(school(), run.operators.checker)).json();
    expect(certificate).toMatchObject({ checked: false, expired: false, number: "EE-123" });
    expect(codeOf(await check(certificate.id, run.operators.checker))).toEqual([403, "maker-cannot-check"]);
    expect(codeOf(await check(certificate.id, manager))).toEqual([403, "not-allowed"]);
    expect((await check(certificate.id, run.operators.maker)).json().certificate.checked).toBe(true);
    const { number: _number, ...publicPart } = { ...certificate, checked: true };
    expect((await shown()).certificates).toEqual([publicPart]);
    expect(codeOf(await check(newId(), run.operators.maker))).toEqual([404, "certificate-unknown"]);
  });

  test("expire after their last day in Lima", async () => {
    const held = async () => (await run.sendAs(manager, "GET", `${url}/record`)).json().provider.certificates;
    await add(school());
    await add(school({ kind: "organic", expiresOn: null }));
    const before = run.clock();
    run.clock.advance({ hours: 34 });
    expect(await held()).toMatchObject([{ expired: false }, { expired: false }]);
    run.clock.advance({ hours: 9 });
    expect(await held()).toMatchObject([{ expired: true }, { expired: false }]);
    run.clock.set(before);
  });

  test.each([
    [{ expiresOn: "2024-11-24" }, "invalid-input", "body.expiresOn"],
    [{ kind: "other" }, "invalid-input", "body.title"],
    [{ kind: "diploma" }, "invalid-input", "body.kind"],
    [{ issuedOn: "2026-11-25", expiresOn: null }, "issued-in-future", "body.issuedOn"],
  ])("%j is %s at %s", async (more, code, path) => {
    const answer = await add(school(more));
    expect(codeOf(answer)).toEqual([422, code]);
    expect(pathsOf(answer)).toEqual([path]);
  });

  test("are added and removed by managers and operators", async () => {
    expect(codeOf(await add(school(), somebody()))).toEqual([403, "not-your-provider"]);
    const { certificate } = (await add(school())).json();
    const remove = (who: Who) => run.sendAs(who, "DELETE", `${url}/certificates/${certificate.id}`);
    expect(codeOf(await remove(somebody()))).toEqual([403, "not-your-provider"]);
    expect((await remove(manager)).statusCode).toBe(200);
    expect(codeOf(await remove(manager))).toEqual([404, "certificate-unknown"]);
  });
});

describe("what anybody sees", () => {
  test("is no person, no staff, no document of a person, and no phone that is not for the public", async () => {
    const partner = newId();
    await put(profile());
    await run.sendAs(manager, "POST", `${url}/staff`, { personId: partner, role: "staff" });
    await run.verify(providerId);
    const answer = await run.app.inject({ url });
    expect(answer.json().provider).toMatchObject({
      form: "person",
      kinds: ["agent"],
      name: "Nelly Pinchi",
      ruc: null,
      phone: null,
      website: "https://nelly.example/",
      verifiedOn: "2026-11-24",
    });
    for (const hidden of [
      manager.id,
      partner,
      "10054",
      "+51987",
      "staff",
      "latitude",
      "Seen in person",
      "document",
    ])
      expect(answer.body).not.toContain(hidden);
    await run.sendAs(manager, "PUT", url, { showsPhone: true, showsWebsite: false });
    expect(await shown()).toMatchObject({ phone: "+51987000111", website: null });
  });

  test("is a company's RUC and a lender's register", async () => {
    const number = newRuc();
    const entry = {
      form: "company",
      kinds: ["lender"],
      name: "Caja Rural",
      personId: newId(),
      districtCode: tocache,
      document: { type: "ruc", number },
      lenderRegister: { register: "sbs", number: "4977-2018" },
    };
    const { providerId } = (await run.post("/api/catalog/providers", entry)).json();
    await run.verify(providerId);
    const answer = await run.app.inject({ url: `/api/catalog/providers/${providerId}` });
    expect(answer.json().provider).toMatchObject({
      ruc: number,
      lenderRegister: { register: "sbs", number: "4977-2018" },
    });
  });
});
