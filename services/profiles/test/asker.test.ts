import { readAskerFacts } from "@minka/contracts/asker";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deriveAskerFacts, type Recorded } from "../src/people/asker-facts.ts";
import { runPeople, type PeopleRun } from "./people-run.ts";
import { trace } from "./profiles-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

const facts = (personId: string) => run.callAs("matching")(readAskerFacts, { params: { personId } }, trace);

test("of somebody of whom nothing is recorded nothing is said", async () => {
  const { id } = await run.somebody();
  expect(await facts(id)).toEqual({
    sex: null,
    language: null,
    prefersWoman: false,
    holds: [],
    lacks: [],
    certificates: [],
    lacksCertificates: [],
    sells: [],
    organicCrops: [],
    organicOnly: false,
    organizationIds: [],
  });
});

test("what is recorded of a person, their land, their harvests and where they belong is told", async () => {
  const rosa = await run.somebody();
  const enter = async (path: string, body: object) =>
    expect((await rosa.as("POST", `/${rosa.id}/${path}`, { body })).status).toBe(201);
  await rosa.as("PUT", `/${rosa.id}`, { body: { sex: "f", dni: "43218765", prefersWoman: true } });
  await enter("plots", {
    area: { amount: 2, unit: "ha" },
    tenure: "possession",
    document: "possession_certificate",
  });
  for (const year of [2025, 2026]) {
    await enter("seasons", {
      crop: "cacao",
      year,
      production: { amount: 400, unit: "kg", state: year === 2025 ? "wet" : "dry" },
    });
  }
  await enter("certificates", {
    certificate: "organic",
    crop: "cacao",
    issuer: "Control Union",
    number: "C-1",
    expiresOn: "2026-11-24",
  });
  await enter("certificates", {
    certificate: "rainforest",
    issuer: "Control Union",
    number: "C-2",
    expiresOn: "2026-11-23",
  });
  const organizationId = newId();
  await run.owner.sql`
    insert into profiles.organizations (id, name, kind, district_code, crops, confirmed_on, created_at)
    values (${organizationId}, 'Los Cedros', 'association', '221001', '{}', '2026-11-01', now())`;
  await run.owner.sql`
    insert into profiles.memberships (id, person_id, organization_id, role, state, origin, since, trace)
    values (${newId()}, ${rosa.id}, ${organizationId}, 'member', 'active', 'joined', '2026-01-01', 'test')`;
  expect(await facts(rosa.id)).toEqual({
    sex: "f",
    language: null,
    prefersWoman: true,
    holds: ["identity_document", "membership", "possession_certificate", "harvest_history"],
    lacks: ["land_title"],
    certificates: [{ certificate: "organic", crop: "cacao" }],
    lacksCertificates: [{ certificate: "rainforest", crop: null }],
    sells: [{ crop: "cacao", state: "dry" }],
    organicCrops: ["cacao"],
    organicOnly: true,
    organizationIds: [organizationId],
  });
  await run.owner.sql`update profiles.memberships set state = 'ended' where person_id = ${rosa.id}`;
  expect(await facts(rosa.id)).toMatchObject({ organizationIds: [], lacks: ["land_title"] });
  await run.owner.sql`update profiles.people set state = 'erased' where id = ${rosa.id}`;
  await expect(facts(rosa.id)).rejects.toMatchObject({ code: "person-unknown" });
});

test("nobody but a service reads it", async () => {
  const { id, as } = await run.somebody();
  expect((await as("GET", `/${id}/asker`)).status).toBe(403);
  expect((await run.operator("GET", `/${id}/asker`)).status).toBe(403);
});

describe("what is not known", () => {
  const nothing: Recorded = {
    dni: null,
    grown: [],
    plots: [],
    seasons: [],
    certificates: [],
    organizations: [],
  };
  const derive = (recorded: Partial<Recorded>) => deriveAskerFacts({ ...nothing, ...recorded }, "2026-11-24");
  const season = { crop: "cacao", year: 2026, amount: null, state: null, organic: null } as const;

  test("is not taken for lacking: land papers only where every plot is told of", () => {
    const lacks = (...plots: Recorded["plots"]) => derive({ plots }).lacks;
    expect(lacks({ tenure: "own", document: "none" })).toEqual(["land_title", "possession_certificate"]);
    expect(lacks({ tenure: "own", document: "other" })).toEqual([]);
    expect(lacks({ tenure: "own", document: "none" }, { tenure: "own", document: "title" })).toEqual([
      "possession_certificate",
    ]);
  });

  test("another's title, or the community's, is not theirs", () => {
    for (const tenure of ["communal", "leased", "borrowed", "shared"] as const) {
      expect(derive({ plots: [{ tenure, document: "title" }] }).holds).toEqual([]);
    }
  });

  test("a certificate that an organization has may cover its members, a harvest that was not organic has none", () => {
    const conventional = { ...season, organic: false };
    const lacked = [{ certificate: "organic", crop: "cacao" }];
    expect(derive({ seasons: [conventional] }).lacksCertificates).toEqual(lacked);
    expect(derive({ seasons: [{ ...conventional, year: 2024 }, season] }).lacksCertificates).toEqual([]);
    const organizations = [{ id: newId(), certificates: ["organic" as const] }];
    expect(derive({ seasons: [conventional], organizations }).lacksCertificates).toEqual([]);
  });

  test("a harvest weighed in two states was sold in either", () => {
    const seasons = [
      { ...season, state: "wet" as const },
      { ...season, state: "dry" as const },
    ];
    expect(derive({ seasons }).sells).toEqual([]);
  });

  test("a plot whose last harvest was organic is one, whoever holds the certificate", () => {
    const organic = { ...season, organic: true };
    const grown = ["cacao"] as const;
    const farmed = (...seasons: Recorded["seasons"]) => {
      const { organicCrops, organicOnly, certificates } = derive({ grown, seasons });
      expect(certificates).toEqual([]);
      return [organicCrops, organicOnly];
    };
    expect(farmed(organic)).toEqual([["cacao"], true]);
    expect(farmed({ ...season, organic: false }, organic)).toEqual([["cacao"], true]);
    expect(farmed({ ...organic, year: 2025 }, { ...season, organic: false })).toEqual([[], false]);
  });

  test("a certificate of all that is grown covers each crop, one of a crop no other", () => {
    const organic = { certificate: "organic" as const, expiresOn: "2026-11-24" };
    const grown = ["cacao", "coffee"] as const;
    expect(derive({ grown, certificates: [{ ...organic, crop: null }] })).toMatchObject({
      organicCrops: ["cacao", "coffee"],
      organicOnly: true,
    });
    expect(derive({ grown, certificates: [{ ...organic, crop: "coffee" }] })).toMatchObject({
      organicCrops: ["coffee"],
      organicOnly: false,
    });
  });
});
