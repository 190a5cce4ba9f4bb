import { randomUUID } from "node:crypto";
import { matchingPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { exportReport } from "../src/sponsorships/export-report.ts";
import { candidate } from "./fake-catalog.ts";
import { ranked, startMatching, type MatchingRun } from "./matching-run.ts";
import { sponsoring } from "./sponsored-run.ts";

let run: MatchingRun;
let sponsors: ReturnType<typeof sponsoring>;
beforeAll(async () => {
  run = await startMatching();
  sponsors = sponsoring(run);
});
afterAll(() => run.stop());
beforeEach(async () => {
  await sponsors.endAll();
  run.catalog.near = [candidate({ monthlyCapacity: null })];
});

/** A request of somebody with these traits, whose first match is asked. */
async function asked(traits: Parameters<typeof sponsors.person>[0] = {}) {
  const request = await run.openListed({ personId: sponsors.person(traits) });
  await run.choose(ranked(request, 1).id);
  return request;
}

const erase = (personId: string, providerIds: string[] = []) =>
  run.callAs("profiles")(
    matchingPersonalData.eraseData,
    {
      body: {
        personId,
        providerIds,
        phones: [],
        sharedPhones: [],
        names: [],
        documents: [],
        askedAt: run.clock().toISOString(),
        tell: true,
        acquaintances: [],
      },
    },
    { trace: "erasure" },
  );

test("the sponsor's manager reads no cell of fewer than five persons, an operator reads all, also as a file", async () => {
  const { sponsorshipId, manager } = await sponsors.active();
  for (let count = 0; count < 6; count += 1) await asked({ sex: "f", sizeClass: "small" });
  for (let count = 0; count < 2; count += 1) await asked({ sex: "m", sizeClass: "small" });
  const url = `${sponsors.base}/${sponsorshipId}/report`;
  const rowsFor = async (who: typeof sponsors.asOperator) => (await who("GET", url)).body.report.rows;
  const cell = { services: 8, persons: 8, reservedCentimos: 12_000, spentCentimos: 0 };
  const withheld = { services: null, persons: null, reservedCentimos: null, spentCentimos: null };
  expect(await rowsFor(sponsors.as(manager))).toEqual([
    { by: "district", value: "221001", ...cell },
    // The six women too: they would be told from the eight in all.
    { by: "sex", value: "f", ...withheld },
    { by: "sex", value: "m", ...withheld },
    { by: "size", value: "small", ...cell },
    { by: "member", value: "no", ...cell },
  ]);
  const all: { by: string; value: string; persons: number }[] = await rowsFor(sponsors.asOperator);
  expect(all.filter(({ by }) => by === "sex").map(({ value, persons }) => [value, persons])).toEqual([
    ["f", 6],
    ["m", 2],
  ]);
  const actor = { kind: "person", personId: manager, operator: false } as const;
  const means = { db: run.owner, clock: run.clock, call: run.call };
  const file = await exportReport(means, { actor, trace: "t" }, { sponsorshipId, format: "csv" });
  const text = Buffer.from(file.bytes).toString();
  expect(text).toContain("Sexo;hombre;menos de 5;menos de 5");
  expect(text).toContain("Distrito;Tocache;8;8;120;0");
});

test("who was paid for and is erased is still counted, and what was kept to find who pays is gone", async () => {
  const { sponsorshipId } = await sponsors.active();
  const request = await asked({ sex: "f", sizeClass: "small", organizationIds: [randomUUID()] });
  const { engagementId } = await run.accept(ranked(request, 1).id);
  await run.report(engagementId!, "done");
  await erase(request.personId);
  const { body } = await sponsors.asOperator("GET", `${sponsors.base}/${sponsorshipId}/report`);
  const counted = body.report.rows.map(({ by, value, spentCentimos }: Record<string, unknown>) => [
    by,
    value,
    spentCentimos,
  ]);
  expect(counted).toEqual([
    ["district", "221001", 1_500],
    ["member", "yes", 1_500],
    ["sex", "f", 1_500],
    ["size", "small", 1_500],
  ]);
  const kept = await run.owner.sql`
    select 1 from matching.sponsored_requests where request_id = ${request.id}`;
  expect(kept).toEqual([]);
});

test("a sponsor who is held pays nothing new; one who is erased has no name where they paid", async () => {
  const held = await sponsors.active({}, "Acopio Tocache");
  await run.decide(held.id, "held")();
  await run.settle();
  const state = async (id: string) =>
    (await sponsors.asOperator("GET", `${sponsors.base}/${id}`)).body.sponsorship.state;
  expect(await state(held.sponsorshipId)).toBe("paused");

  const erased = await sponsors.active({}, "Nilo Pashanasi");
  const request = await asked();
  expect(ranked(await run.read(request.id), 1).sponsor?.name).toBe("Nilo Pashanasi");
  await erase(erased.manager, [erased.id]);
  expect(await state(erased.sponsorshipId)).toBe("ended");
  // What was promised stands.
  expect(ranked(await run.read(request.id), 1).sponsor).toEqual({
    name: "Auspiciador retirado",
    paysCentimos: 1_500,
  });
});

test("the provider who is asked reads who pays how much of the price", async () => {
  await sponsors.active();
  const request = await asked();
  const { providerPersonId } = ranked(request, 1);
  const { body } = await sponsors.as(providerPersonId)("GET", "/api/matching/asks");
  expect(body.asks).toMatchObject([
    { priceCentimos: 3_000, sponsor: { name: "Cacao Andino", paysCentimos: 1_500 } },
  ]);
});
