import { randomUUID } from "node:crypto";
import { matchingPersonalData } from "@minka/contracts/personal-data";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { candidate } from "./fake-catalog.ts";
import { startMatching } from "./matching-run.ts";

let on: Awaited<ReturnType<typeof startMatching>>;
beforeAll(async () => {
  on = await startMatching();
});
beforeEach(() => {
  on.catalog.near = [candidate()];
  on.catalog.asked = [];
});
afterAll(() => on.stop());

const point = { latitude: -8.2134, longitude: -76.5012 };
const place = { name: "Nuevo Horizonte", point };

test("distances are asked for from the hamlet, and from the district where none is named", async () => {
  await on.openListed({ place });
  await on.openListed();
  expect(on.catalog.asked.map((asked) => asked.point)).toEqual([point, undefined]);
});

test("the hamlet is told to the provider who has agreed, and to nobody before; its point to nobody", async () => {
  const [first] = on.catalog.near;
  const provider = on.signIn(first?.providerPersonId ?? "");
  const personId = randomUUID();
  const { id, matches } = await on.openListed({ personId, place });
  const url = `/api/matching/requests/${id}`;
  const matchId = matches[0]?.id ?? "";
  await on.choose(matchId);

  const asked = await provider("GET", url);
  expect(asked.body.request.placeName).toBeNull();
  expect(JSON.stringify((await provider("GET", "/api/matching/asks")).body)).not.toContain("Horizonte");
  const own = await on.signIn(personId)("GET", url);
  expect(own.body.request.placeName).toBe("Nuevo Horizonte");

  await on.accept(matchId);
  expect((await provider("GET", url)).body.request.placeName).toBe("Nuevo Horizonte");
  const { body } = await provider("GET", "/api/matching/asks");
  expect(body.engagements).toEqual([
    expect.objectContaining({ requestId: id, placeName: "Nuevo Horizonte" }),
  ]);
  for (const who of [provider, on.signIn(personId), on.signIn(randomUUID(), true)])
    expect(JSON.stringify((await who("GET", url)).body)).not.toContain("8.2134");
  const overview = await on.signIn(randomUUID())("GET", "/api/matching/overview");
  expect(JSON.stringify(overview.body)).not.toContain("Horizonte");
});

test("the same need for another hamlet is another request, for the same one the same", async () => {
  const personId = randomUUID();
  const first = await on.open({ personId, place });
  expect(await on.open({ personId, place })).toBe(first);
  expect(await on.open({ personId, place: { ...place, name: "Santa Rosillo" } })).not.toBe(first);
});

test("a person's file holds the hamlet with its point, and erasure leaves neither", async () => {
  const personId = randomUUID();
  const requestId = await on.open({ personId, place });
  const subject = {
    personId,
    phones: [],
    sharedPhones: [],
    names: [],
    documents: [],
    providerIds: [],
    askedAt: new Date().toISOString(),
    tell: false,
    acquaintances: [],
  };
  const profiles = on.callAs("profiles");
  const { sections } = await profiles(matchingPersonalData.exportData, { body: subject }, { trace: "test" });
  expect(sections["requests"]).toEqual([
    expect.objectContaining({
      placeName: "Nuevo Horizonte",
      placeLatitude: -8.2134,
      placeLongitude: -76.5012,
    }),
  ]);
  await profiles(matchingPersonalData.eraseData, { body: subject }, { trace: "test" });
  const [row] = await on.owner.sql`
    select place_name, place_latitude, place_longitude, district_code from matching.requests where id = ${requestId}`;
  expect(row).toEqual({
    place_name: null,
    place_latitude: null,
    place_longitude: null,
    district_code: "221001",
  });
});
