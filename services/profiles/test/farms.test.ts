import { readFarmFacts } from "@minka/contracts/farm-facts";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runPeople, type PeopleRun } from "./people-run.ts";
import { trace } from "./profiles-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

test("tells services where people grow and what they last harvested, exact to the decimal, and nothing of who is unknown", async () => {
  const rosa = await run.somebody();
  const geometry = { type: "Point", coordinates: ["-76.512340", "-8.187600"] };
  const plot = { area: { amount: 2, unit: "ha" }, tenure: "communal", geometry };
  const added = await rosa.as("POST", `/${rosa.id}/plots`, { body: plot });
  const plotId = added.json.plot.id;
  for (const [year, amount] of [
    [2024, 5],
    [2025, 8],
  ])
    await rosa.as("POST", `/${rosa.id}/seasons`, {
      body: { plotId, crop: "cacao", year, production: { amount, unit: "quintal", state: "dry" } },
    });
  const certificate = { certificate: "organic", crop: "cacao", expiresOn: "2027-03-31" };
  await rosa.as("POST", `/${rosa.id}/certificates`, {
    body: { ...certificate, issuer: "Control Union", number: "CU-7" },
  });
  const { farms } = await run.callAs("brokering")(
    readFarmFacts,
    { body: { personIds: [rosa.id, newId()] } },
    trace,
  );
  expect(farms).toEqual([
    {
      personId: rosa.id,
      plots: [
        { plotId, districtCode: null, squareMetres: 20_000, tenure: "communal", document: "none", geometry },
      ],
      harvests: [{ plotId, crop: "cacao", year: 2025, squareMetres: null, kg: 368, state: "dry" }],
      certificates: [certificate],
    },
  ]);
});
