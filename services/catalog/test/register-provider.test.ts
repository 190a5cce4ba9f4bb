import { registerProvider } from "@minka/contracts/providers";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  lenderRegister,
  newRuc,
  runCatalog,
  tocache,
  trace,
  type CatalogRun,
  type Who,
} from "./catalog-run.ts";

let run: CatalogRun;
beforeAll(async () => {
  run = await runCatalog();
});
afterAll(() => run.stop());

const url = "/api/catalog/providers";
const shop = (more: object = {}) => ({
  form: "company",
  kinds: ["supplier"],
  name: "Insumos La Chacra",
  personId: newId(),
  districtCode: tocache,
  ...more,
});
const agent = (more: object = {}) => ({
  form: "person",
  kinds: ["agent"],
  name: "Nelly Pinchi",
  districtCode: tocache,
  ...more,
});
const register = (entry: object, who: Who = run.operators.maker) => run.sendAs(who, "POST", url, entry);
const somebody = (): Who => ({ id: newId(), operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const pathsOf = (answer: { json: () => { errors: { path: string }[] } }) =>
  answer.json().errors.map(({ path }) => path);
const record = async (providerId: string) =>
  (await run.sendAs(run.operators.maker, "GET", `${url}/${providerId}/record`)).json().provider;

describe("who registers a provider", () => {
  test("an operator anybody, as a draft whose contact person is its manager", async () => {
    const entry = shop();
    const answer = await register(entry);
    expect([answer.statusCode, answer.json().state]).toEqual([201, "draft"]);
    expect(await record(answer.json().providerId)).toMatchObject({
      form: "company",
      kinds: ["supplier"],
      personId: entry.personId,
      coverage: ["22"],
      staff: [{ personId: entry.personId, role: "manager", since: "2026-11-24", contact: true }],
    });
  });

  test("a person themself, and nobody else", async () => {
    const who = somebody();
    const answer = await register(agent(), who);
    expect(answer.statusCode).toBe(201);
    expect(await record(answer.json().providerId)).toMatchObject({ personId: who.id });
    expect(codeOf(await register(agent({ personId: newId() }), somebody()))).toEqual([403, "not-yourself"]);
    expect(codeOf(await register(shop(), somebody()))).toEqual([403, "not-yourself"]);
    expect((await register(shop({ personId: undefined }), who)).statusCode).toBe(201);
  });

  test("a manager their organization, and nobody another's", async () => {
    const [who, organizationId] = [somebody(), newId()];
    const entry = (more: object = {}) => ({
      ...agent(),
      form: "organization",
      kinds: ["buyer"],
      organizationId,
      ...more,
    });
    expect(codeOf(await register(entry(), who))).toEqual([403, "not-your-organization"]);
    run.profiles.memberships.push({ personId: who.id, organizationId, role: "broker" });
    expect(codeOf(await register(entry(), who))).toEqual([403, "not-your-organization"]);
    run.profiles.manages(who.id, organizationId);
    expect((await register(entry(), who)).statusCode).toBe(201);
    expect(codeOf(await register(entry(), who))).toEqual([409, "organization-taken"]);
    for (const [organizationId, refusal] of [
      [run.profiles.unknownOrganizationId, [404, "organization-unknown"]],
      [run.profiles.closedOrganizationId, [409, "organization-not-active"]],
    ] as const)
      expect(codeOf(await register(entry({ organizationId, personId: newId() })))).toEqual(refusal);
  });

  test("nobody without signing in, and no service", async () => {
    expect(codeOf(await run.sendAs(null, "POST", url, shop()))).toEqual([401, "sign-in-needed"]);
    const body = {
      form: "person",
      kinds: ["agent"],
      name: "Nelly",
      personId: newId(),
      districtCode: tocache,
    } as const;
    await expect(
      run.callAs("web")(registerProvider, { body: { ...body, kinds: ["agent"] } }, trace),
    ).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  test("an operator names a contact person who exists and agreed", async () => {
    const missing = await register(shop({ personId: undefined }));
    expect(codeOf(missing)).toEqual([422, "contact-needed"]);
    expect(pathsOf(missing)).toEqual(["body.personId"]);
    expect(codeOf(await register(shop({ personId: run.unknownPersonId })))).toEqual([404, "person-unknown"]);
    expect(codeOf(await register(shop({ personId: run.profiles.invitedPersonId })))).toEqual([
      409,
      "person-has-not-agreed",
    ]);
  });
});

describe("what is checked", () => {
  test.each([
    [{ document: { type: "ruc", number: "20512333798" } }, "body.document.number"],
    [{ document: { type: "dni", number: "05414828" } }, "body.document.type"],
    [{ form: "person", document: { type: "dni", number: "0541482" } }, "body.document.number"],
    [{ form: "person", document: { type: "ruc", number: "20512333797" } }, "body.document.number"],
    [{ form: "organization", document: { type: "ruc", number: "10054148289" } }, "body.document.number"],
    [{ organizationId: newId() }, "body.organizationId"],
    [{ lenderRegister: { register: "sbs", number: "hoy" } }, "body.lenderRegister.number"],
    [{ lenderRegister: { register: "sbs_coopac", number: "4977-2018" } }, "body.lenderRegister.number"],
    [{ lenderRegister: { register: "other", number: "APCI 123" } }, "body.lenderRegister.name"],
  ])("%j is wrong at %s", async (more, path) => {
    const answer = await register(shop(more));
    expect(codeOf(answer)).toEqual([422, "identity-wrong"]);
    expect(pathsOf(answer)).toEqual([path]);
  });

  test.each([
    [{ kinds: [] }, "body.kinds"],
    [{ kinds: ["supplier", "supplier"] }, "body.kinds"],
    [{ kinds: ["bank"] }, "body.kinds.0"],
    [{ website: "javascript:alert(1)" }, "body.website"],
    [{ phone: "987654321" }, "body.phone"],
  ])("%j is refused at %s", async (more, path) => {
    const answer = await register(shop(more));
    expect(codeOf(answer)).toEqual([422, "invalid-input"]);
    expect(pathsOf(answer)).toEqual([path]);
  });

  test("places exist", async () => {
    expect(codeOf(await register(shop({ districtCode: "229999" })))).toEqual([422, "district-unknown"]);
    expect(codeOf(await register(shop({ coverage: ["2299"] })))).toEqual([422, "area-unknown"]);
  });

  test("a lender's number is kept as the register writes it", async () => {
    const entry = shop({
      kinds: ["lender"],
      lenderRegister: { register: "sbs", number: "Resolución SBS N° 4977-2018" },
    });
    const { providerId } = (await register(entry)).json();
    expect((await record(providerId)).lenderRegister).toEqual({ register: "sbs", number: "4977-2018" });
  });
});

describe("one entry", () => {
  test("stands for a document, whoever registers it", async () => {
    const document = { type: "ruc", number: newRuc() };
    expect((await register(shop({ document }))).statusCode).toBe(201);
    const again = { document, kinds: ["lender"], lenderRegister };
    expect(codeOf(await register(shop(again)))).toEqual([409, "document-taken"]);
  });

  test("stands for a person, also when they ask twice at once; a company of theirs is another", async () => {
    const personId = newId();
    const answers = await Promise.all([1, 2, 3].map(() => register(agent({ personId }))));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const first = answers.find(({ statusCode }) => statusCode === 201)?.json();
    for (const answer of answers.filter(({ statusCode }) => statusCode === 409))
      expect(answer.json()).toMatchObject({ code: "already-registered", providerId: first.providerId });
    expect((await register(shop({ personId }))).statusCode).toBe(201);
  });

  test("that is closed leaves room for another", async () => {
    const who = somebody();
    const document = { type: "dni", number: "05414828" };
    const { providerId } = (await register(agent({ document }), who)).json();
    expect(codeOf(await register(agent({ document }), somebody()))).toEqual([409, "document-taken"]);
    await run.sendAs(who, "POST", `${url}/${providerId}/closure`, { reason: "Moved away" });
    expect((await register(agent({ document }), who)).statusCode).toBe(201);
  });
});

describe("correcting a provider", () => {
  const correct = (providerId: string, body: object, who: Who = run.operators.maker) =>
    run.sendAs(who, "PUT", `${url}/${providerId}`, body);

  test("changes what is given and leaves the rest, for its manager and operators", async () => {
    const who = somebody();
    const { providerId } = (await register(agent({ description: "Poda y plagas" }), who)).json();
    expect(
      (await correct(providerId, { name: "Nelly P.", website: "https://nelly.example/" }, who)).statusCode,
    ).toBe(200);
    expect((await correct(providerId, { description: null, kinds: ["agent", "trainer"] })).statusCode).toBe(
      200,
    );
    expect(await record(providerId)).toMatchObject({
      name: "Nelly P.",
      website: "https://nelly.example/",
      description: null,
      kinds: ["agent", "trainer"],
      districtCode: tocache,
    });
    expect(codeOf(await correct(providerId, { name: "Mine" }, somebody()))).toEqual([
      403,
      "not-your-provider",
    ]);
    expect(codeOf(await correct(newId(), { name: "Mine" }))).toEqual([404, "provider-unknown"]);
    const wrong = await correct(providerId, { document: { type: "dni", number: "1" } }, who);
    expect(pathsOf(wrong)).toEqual(["body.document.number"]);
  });

  test("never gives it another's document", async () => {
    const [mine, theirs] = [newRuc(), newRuc()];
    await register(shop({ document: { type: "ruc", number: theirs } }));
    const { providerId } = (await register(shop({ document: { type: "ruc", number: mine } }))).json();
    const document = { type: "ruc", number: theirs };
    expect(codeOf(await correct(providerId, { document }))).toEqual([409, "document-taken"]);
  });

  test("leaves who it is as it was verified, until it is taken back to a draft", async () => {
    const entry = shop({ document: { type: "ruc", number: newRuc() } });
    const { providerId } = (await register(entry)).json();
    await run.verify(providerId);
    const manager = { id: entry.personId, operator: false };
    for (const change of [
      { name: "Ministerio" },
      { document: { type: "ruc", number: newRuc() } },
      { kinds: ["supplier", "lender"], lenderRegister },
    ]) {
      const answer = await correct(providerId, change, manager);
      expect(codeOf(answer)).toEqual([409, "identity-settled"]);
      expect(answer.json().allowed).toEqual(["revise", "close"]);
    }
    expect((await correct(providerId, { name: entry.name, coverage: ["PE"] }, manager)).statusCode).toBe(200);
    const reason = { reason: "The shop has a new name" };
    await run.sendAs(manager, "POST", `${url}/${providerId}/revision`, reason);
    expect((await correct(providerId, { name: "La Chacra Nueva" }, manager)).json().state).toBe("draft");
  });

  test("an operator who writes what is verified cannot verify it", async () => {
    const { providerId } = (await register(agent(), somebody())).json();
    await correct(providerId, { name: "Nelly Tuanama" }, run.operators.checker);
    const answer = await run.verify(providerId);
    expect(codeOf(answer)).toEqual([403, "maker-cannot-check"]);
  });
});
