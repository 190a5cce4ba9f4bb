import { newId } from "@minka/database/new-id";
import { visitPoints } from "@minka/contracts/planning-sources";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runPeople, type PeopleRun } from "./people-run.ts";

let run: PeopleRun;
beforeAll(async () => void (run = await runPeople()));
afterAll(() => run.stop());

const read = async (personIds: string[]) =>
  (await run.callAs("matching")(visitPoints, { body: { personIds } }, { trace: "test" })).people;
const living = async (districtCode = "221001") => {
  const somebody = await run.somebody();
  await somebody.as("PUT", `/${somebody.id}`, { body: { districtCode } });
  return somebody;
};

test("people are visited at their largest measured plot, or else in their district", async () => {
  const [rosa, elva] = [await living(), await living()];
  const plot = (amount: number, longitude: string) =>
    rosa.as("POST", `/${rosa.id}/plots`, {
      body: {
        area: { amount, unit: "ha" },
        tenure: "own",
        geometry: { type: "Point", coordinates: [longitude, "-8.187600"] },
      },
    });
  await plot(1, "-76.100000");
  await plot(3, "-76.512340");
  const people = await read([rosa.id, elva.id]);
  expect(people.find(({ personId }) => personId === rosa.id)).toMatchObject({
    point: { latitude: -8.1876, longitude: -76.51234 },
    exact: true,
    districtCode: "221001",
  });
  expect(people.find(({ personId }) => personId === elva.id)).toMatchObject({ exact: false });
});

test("who does not agree to be served, lives nobody knows where or is unknown is left out", async () => {
  const [rosa, nowhere] = [await living(), await run.somebody()];
  expect(await read([rosa.id])).toHaveLength(1);
  await rosa.as("POST", `/${rosa.id}/consents/service/withdrawal`, { body: {} });
  expect(await read([rosa.id, nowhere.id, newId()])).toEqual([]);
});
