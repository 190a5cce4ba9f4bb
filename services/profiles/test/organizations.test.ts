import { findOrganizations } from "@minka/contracts/organizations";
import { connectDatabase } from "@minka/database/connect";
import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadOrganizations } from "../src/organizations/load-organizations.ts";
import { runProfiles, trace, type ProfilesRun } from "./profiles-run.ts";

let run: ProfilesRun;
beforeAll(async () => {
  run = await runProfiles();
  const db = connectDatabase({ url: run.database.url("profiles"), name: "load" });
  const organization = (name: string, districtCode: string, crops: string[]) => ({
    id: newId(),
    name,
    kind: "cooperative" as const,
    districtCode,
    crops,
    phone: null,
  });
  const organizations = [
    organization("Far in the region", "220104", ["coffee", "cacao"]),
    organization("In the province", "221005", ["cacao"]),
    organization("In the district", "221001", ["coffee"]),
    organization("In another region", "100601", ["cacao"]),
  ];
  await loadOrganizations(db, { organizations, memberships: [] }, { at: run.clock() });
  await db.close();
});
afterAll(() => run.stop());

const names = async (query: { districtCode: string; crop?: string; limit?: number }) =>
  (await run.callAs("web")(findOrganizations, { query }, trace)).organizations.map(({ name }) => name);

test("organizations of the district come first, then the province's, then the region's, no others", async () => {
  expect(await names({ districtCode: "221001" })).toEqual([
    "In the district",
    "In the province",
    "Far in the region",
  ]);
});

test("a crop and a limit narrow the list", async () => {
  expect(await names({ districtCode: "221001", crop: "cacao" })).toEqual([
    "In the province",
    "Far in the region",
  ]);
  expect(await names({ districtCode: "221001", limit: 1 })).toEqual(["In the district"]);
});

test("anyone may ask, with a real district", async () => {
  const answer = await run.app.inject({ url: "/api/profiles/organizations?districtCode=999999" });
  expect([answer.statusCode, answer.json().code]).toEqual([422, "district-unknown"]);
});
