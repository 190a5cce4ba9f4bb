import { readProviderDecision } from "@minka/contracts/provider-decisions";
import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  assistance,
  newRuc,
  other,
  runCatalog,
  tocache,
  trace,
  type CatalogRun,
  type Who,
} from "./catalog-run.ts";

let run: CatalogRun;
beforeEach(async () => {
  run = await runCatalog();
});
afterEach(() => run.stop());

const url = "/api/catalog/providers";
const pests = { kind: "assistance", topic: "pest_management", crop: "cacao" } as const;
const somebody = (): Who => ({ id: newId(), operator: false });
const codeOf = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];

/** A draft that a person entered for themself, with an offer. */
async function draft(who: Who = somebody()) {
  const entry = { form: "person", kinds: ["agent"], name: "Nelly Pinchi", districtCode: tocache };
  const { providerId } = (await run.sendAs(who, "POST", url, entry)).json();
  const offer = { terms: assistance(1), coverage: ["PE"] };
  await run.sendAs(who, "POST", `${url}/${providerId}/offers`, offer);
  return { providerId: providerId as string, who };
}

const step = (providerId: string, name: string, who: Who = run.operators.checker) =>
  run.sendAs(
    who,
    "POST",
    `${url}/${providerId}/${name}`,
    name === "verification" ? { evidence: "Seen in person" } : { reason: "As the rules say" },
  );
const found = async () => (await run.find(pests)).names;
const listed = async () => (await run.app.inject({ url: "/api/catalog/offers" })).json().items.length;
const record = async (providerId: string, who: Who = run.operators.checker) =>
  (await run.sendAs(who, "GET", `${url}/${providerId}/record`)).json().provider;

describe("the life of a provider's entry", () => {
  test("from draft to closed, found only while verified", async () => {
    const { providerId, who } = await draft();
    const steps = [
      ["submission", who, "submitted", 0],
      ["rejection", run.operators.checker, "draft", 0],
      ["submission", who, "submitted", 0],
      ["verification", run.operators.checker, "verified", 1],
      ["suspension", run.operators.checker, "suspended", 0],
      ["reinstatement", run.operators.checker, "verified", 1],
      ["revision", who, "draft", 0],
      ["submission", who, "submitted", 0],
      ["verification", run.operators.maker, "verified", 1],
      ["closure", who, "closed", 0],
    ] as const;
    for (const [name, by, state, offers] of steps) {
      const answer = await step(providerId, name, by);
      expect([name, answer.statusCode, answer.json().state]).toEqual([name, 200, state]);
      expect([name, (await found()).length, await listed()]).toEqual([name, offers, offers]);
      const shown = await run.app.inject({ url: `${url}/${providerId}` });
      expect([name, shown.statusCode]).toEqual([name, offers === 1 ? 200 : 404]);
    }
    expect(
      (await record(providerId)).decisions.map(({ transition }: { transition: string }) => transition),
    ).toEqual([
      "close",
      "verify",
      "submit",
      "revise",
      "reinstate",
      "suspend",
      "verify",
      "submit",
      "reject",
      "submit",
    ]);
  });

  test("an illegal step answers with what is allowed, to whom", async () => {
    const { providerId, who } = await draft();
    const refusals = async (names: readonly string[], by: Who) =>
      Promise.all(
        names.map(async (name) => {
          const answer = await step(providerId, name, by);
          return [name, answer.statusCode, answer.json().code, answer.json().allowed];
        }),
      );
    const illegal = (name: string, allowed: string[]) => [name, 409, "illegal-transition", allowed];
    expect(
      await refusals(["verification", "rejection", "suspension", "reinstatement"], run.operators.checker),
    ).toEqual(
      ["verification", "rejection", "suspension", "reinstatement"].map((name) =>
        illegal(name, ["submit", "close"]),
      ),
    );
    await step(providerId, "submission", who);
    expect(await refusals(["submission"], who)).toEqual([illegal("submission", ["revise", "close"])]);
    await step(providerId, "verification");
    expect(await refusals(["verification"], run.operators.checker)).toEqual([
      illegal("verification", ["revise", "suspend", "close"]),
    ]);
    await step(providerId, "suspension");
    // Who is suspended cannot close the entry to begin another.
    expect(await refusals(["closure", "revision"], who)).toEqual([
      illegal("closure", []),
      illegal("revision", []),
    ]);
    expect((await step(providerId, "closure")).json().state).toBe("closed");
    expect(await refusals(["submission", "closure"], run.operators.checker)).toEqual([
      illegal("submission", []),
      illegal("closure", []),
    ]);
  });

  test("of two operators who decide at once, one does", async () => {
    const { providerId, who } = await draft();
    await step(providerId, "submission", who);
    const answers = await Promise.all([
      step(providerId, "verification", run.operators.checker),
      step(providerId, "verification", run.operators.maker),
      step(providerId, "rejection", run.operators.maker),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await record(providerId)).decisions).toHaveLength(2);
  });

  test("an offer published while it is verified is found once", async () => {
    const { providerId, who } = await draft();
    await step(providerId, "submission", who);
    const terms = other("equipment", { product: "sprayer" });
    await Promise.all([
      step(providerId, "verification"),
      run.sendAs(who, "POST", `${url}/${providerId}/offers`, { terms, coverage: ["22"] }),
    ]);
    expect((await run.find({ kind: "equipment", product: "sprayer" })).names).toEqual(["Nelly Pinchi"]);
    expect(await found()).toEqual(["Nelly Pinchi"]);
  });

  test("a step that is repeated with its key is taken once", async () => {
    const { providerId, who } = await draft();
    await step(providerId, "submission", who);
    const verify = () =>
      run.sendAs(
        run.operators.checker,
        "POST",
        `${url}/${providerId}/verification`,
        { evidence: "Seen" },
        "first",
      );
    const answers = await Promise.all([verify(), verify()]);
    expect(answers.map((answer) => [answer.statusCode, answer.json().state])).toEqual([
      [200, "verified"],
      [200, "verified"],
    ]);
    expect((await record(providerId)).decisions).toHaveLength(2);
  });
});

describe("who enters cannot check", () => {
  test("whoever registered or submitted it, also in another's name", async () => {
    const entry = {
      form: "person",
      kinds: ["agent"],
      name: "Nelly",
      personId: newId(),
      districtCode: tocache,
    };
    const { providerId } = (await run.sendAs(run.operators.maker, "POST", url, entry)).json();
    await step(providerId, "submission", run.operators.maker);
    expect(codeOf(await step(providerId, "verification", run.operators.maker))).toEqual([
      403,
      "maker-cannot-check",
    ]);
    expect((await record(providerId, run.operators.maker)).allowed).toEqual(["reject", "revise", "close"]);
    expect((await record(providerId)).allowed).toEqual(["verify", "reject", "revise", "close"]);
    expect((await step(providerId, "verification")).statusCode).toBe(200);

    const mine = await draft();
    await step(mine.providerId, "submission", {
      ...mine.who,
      through: { personId: run.operators.checker.id },
    });
    expect(codeOf(await step(mine.providerId, "verification"))).toEqual([403, "maker-cannot-check"]);
    expect((await step(mine.providerId, "verification", run.operators.maker)).statusCode).toBe(200);
    const [, submitted] = (await record(mine.providerId)).decisions;
    expect(submitted.by).toBe(`person:${mine.who.id} through person:${run.operators.checker.id}`);
  });

  test("nor is an operator their own provider's checker", async () => {
    const { providerId, who } = await draft();
    const staff = { personId: run.operators.checker.id, role: "staff" };
    await run.sendAs(who, "POST", `${url}/${providerId}/staff`, staff);
    await step(providerId, "submission", who);
    expect(codeOf(await step(providerId, "verification"))).toEqual([403, "maker-cannot-check"]);
    await step(providerId, "verification", run.operators.maker);
    await step(providerId, "suspension", run.operators.maker);
    expect(codeOf(await step(providerId, "reinstatement"))).toEqual([403, "maker-cannot-check"]);
  });

  test("nor of an organization that they manage, whoever entered it", async () => {
    const [organizationId, founder] = [newId(), somebody()];
    const leads = { id: newId(), operator: true };
    run.profiles.manages(founder.id, organizationId);
    run.profiles.manages(leads.id, organizationId);
    const entry = {
      form: "organization",
      kinds: ["buyer"],
      name: "Alto Huallaga",
      districtCode: tocache,
      organizationId,
    };
    const { providerId } = (await run.sendAs(founder, "POST", url, entry)).json();
    const certificate = await run.sendAs(founder, "POST", `${url}/${providerId}/certificates`, {
      kind: "organic",
      issuer: "Kiwa",
      issuedOn: "2026-01-05",
      expiresOn: null,
    });
    const check = `${url}/${providerId}/certificates/${certificate.json().certificate.id}/check`;
    await step(providerId, "submission", founder);
    expect(codeOf(await step(providerId, "verification", leads))).toEqual([403, "maker-cannot-check"]);
    expect(codeOf(await run.sendAs(leads, "POST", check))).toEqual([403, "maker-cannot-check"]);
    expect((await record(providerId, leads)).allowed).toEqual(["reject", "revise", "close"]);
    expect((await step(providerId, "verification")).statusCode).toBe(200);
    expect((await run.sendAs(run.operators.checker, "POST", check)).statusCode).toBe(200);
    await step(providerId, "suspension", leads);
    expect(codeOf(await step(providerId, "reinstatement", leads))).toEqual([403, "maker-cannot-check"]);
  });
});

describe("who may take a step", () => {
  test("a manager submits, revises and closes their own; the rest is operators'", async () => {
    const { providerId, who } = await draft();
    const staff = somebody();
    await run.sendAs(who, "POST", `${url}/${providerId}/staff`, { personId: staff.id, role: "staff" });
    for (const name of ["submission", "revision", "closure"]) {
      for (const other of [somebody(), staff])
        expect([name, ...codeOf(await step(providerId, name, other))]).toEqual([
          name,
          403,
          "not-your-provider",
        ]);
    }
    for (const name of ["verification", "rejection", "suspension", "reinstatement"])
      expect([name, ...codeOf(await step(providerId, name, who))]).toEqual([name, 403, "not-allowed"]);
    expect(codeOf(await step(newId(), "submission"))).toEqual([404, "provider-unknown"]);
  });

  test("other services hear of every step but a submission, and who took it", async () => {
    const { providerId, who } = await draft();
    await step(providerId, "submission", who);
    await step(providerId, "verification");
    await step(providerId, "closure", who);
    const owner = connectDatabase({ url: run.database.ownerUrl, name: "look", maxConnections: 1 });
    const told = await owner.sql`
      select payload->>'by' as by, string_agg(subscriber, ' ' order by subscriber) as to
      from events.deliveries where event = 'provider.decided' group by payload order by max(id::text)`;
    await owner.close();
    expect([...told]).toEqual([
      { by: "operator", to: "matching notifications" },
      { by: "provider", to: "matching notifications" },
    ]);
  });
  test("the record and its decisions are for managers and operators", async () => {
    const { providerId, who } = await draft();
    await step(providerId, "submission", who);
    await step(providerId, "rejection");
    const { decisions, state } = await record(providerId, who);
    expect([state, decisions[0]]).toEqual([
      "draft",
      {
        id: expect.any(String),
        transition: "reject",
        from: "submitted",
        to: "draft",
        by: `person:${run.operators.checker.id}`,
        at: "2026-11-24T14:00:00.000Z",
        reason: "As the rules say",
      },
    ]);
    const stranger = await run.sendAs(somebody(), "GET", `${url}/${providerId}/record`);
    expect(codeOf(stranger)).toEqual([403, "not-your-provider"]);
    expect(codeOf(await run.sendAs(null, "GET", `${url}/${providerId}/record`))).toEqual([
      401,
      "sign-in-needed",
    ]);
    const decision = { params: { decisionId: decisions[0].id } };
    expect((await run.callAs("notifications")(readProviderDecision, decision, trace)).decision).toMatchObject(
      {
        providerId,
        personId: who.id,
        transition: "reject",
        state: "draft",
      },
    );
  });
});

describe("what is whole enough to be submitted", () => {
  test("a company has a RUC, and a lender its register", async () => {
    const entry = {
      form: "company",
      kinds: ["lender"],
      name: "Caja",
      personId: newId(),
      districtCode: tocache,
    };
    const { providerId } = (await run.sendAs(run.operators.maker, "POST", url, entry)).json();
    const answer = await step(providerId, "submission");
    expect(codeOf(answer)).toEqual([409, "provider-incomplete"]);
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      "document",
      "lenderRegister",
    ]);
    await run.sendAs(run.operators.maker, "PUT", `${url}/${providerId}`, {
      document: { type: "ruc", number: newRuc() },
      lenderRegister: { register: "sbs_coopac", number: "0142-2019-reg.coopac-sbs" },
    });
    expect((await step(providerId, "submission")).statusCode).toBe(200);
  });
});

test("operators list what waits for them, the longest first, a page at a time", async () => {
  const drafts = [await draft(), await draft(), await draft()];
  for (const { providerId, who } of drafts.toReversed()) {
    await step(providerId, "submission", who);
    run.clock.advance({ minutes: 1 });
  }
  await draft();
  const list = async (query: string, who: Who = run.operators.checker) =>
    run.sendAs(who, "GET", `/api/catalog/provider-records?${query}`);
  const first = (await list("state=submitted&limit=2")).json();
  const second = (await list(`state=submitted&limit=2&cursor=${first.next}`)).json();
  const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  expect(ids).toEqual(drafts.map(({ providerId }) => providerId).toReversed());
  expect(second.next).toBeNull();
  expect((await list("")).json().items).toHaveLength(4);
  expect(codeOf(await list("cursor=nonsense"))).toEqual([422, "cursor-wrong"]);
  expect(codeOf(await list("", somebody()))).toEqual([403, "not-allowed"]);
});
