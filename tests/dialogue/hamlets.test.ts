import { plainKey, soundKey } from "@minka/geography/fold";
import { beforeAll, expect, test } from "vitest";
import { stage } from "./scene.ts";

const on = stage();
const tocache = "221001";
const uchiza = "221005";
/** Both in the province of Tocache: the first some 20 km from Tocache's town, the other near Uchiza's. */
const mishollo = { name: "Nuevo Mishollo", districtCode: tocache, latitude: -8.0, longitude: -76.55 };
const rosillo = { name: "Santa Rosillo", districtCode: uchiza, latitude: -8.45, longitude: -76.46 };

beforeAll(async () => {
  for (const { name, districtCode, latitude, longitude } of [mishollo, rosillo])
    await on.owner`insert into catalog.places (district_code, name, latitude, longitude, plain, sound)
      values (${districtCode}, ${name}, ${latitude}, ${longitude}, ${plainKey(name)}, ${soundKey(name)})`;
});

const monilia = "nesecito un tecnico pa la monilia en mi cacao";

/** Distances of the list as they were sent. */
const distances = (text = "") => [...text.matchAll(/a ([\d.]+) km/g)].map(([, km]) => km);

test("a hamlet of the sender's district is kept with the request, and distances start there", async () => {
  const producer = await on.registered();
  const [plain] = await producer.says(monilia);
  await producer.says("cancelar");
  const [list] = await producer.says(`${monilia}, caserio nuevo misholyo`);
  expect(list).toMatch(/^3 pueden atender en Tocache/);
  expect(distances(list)).not.toEqual(distances(plain));
  expect(await on.requestOf(producer.number)).toMatchObject({
    districtCode: tocache,
    placeName: "Nuevo Mishollo",
  });
});

test("a hamlet of another district of the province moves the request and not the farm", async () => {
  const producer = await on.registered();
  const [list] = await producer.says(`${monilia} en la comunidad de santa rosillo`);
  expect(list).toMatch(/Uchiza/);
  expect(await on.requestOf(producer.number)).toMatchObject({
    districtCode: uchiza,
    placeName: "Santa Rosillo",
  });
  await producer.says("cancelar");
  await producer.says(monilia);
  expect(await on.requestOf(producer.number)).toMatchObject({ districtCode: tocache, placeName: null });
});

test("only who has agreed reads the hamlet", async () => {
  const producer = await on.registered();
  await producer.says(`${monilia}, soy de nuevo mishollo`);
  await producer.says("1");
  const provider = await on.askedBy(producer);
  const said = await provider.says("donde queda");
  expect(said.join()).not.toContain("Mishollo");
  expect(await provider.says("si mañana")).toEqual([expect.stringContaining("Nuevo Mishollo (Tocache)")]);
  expect(await provider.says("donde queda")).toEqual([expect.stringContaining("Nuevo Mishollo (Tocache)")]);
});

test("the hamlet of the first message waits for consent and district", async () => {
  const stranger = on.stranger();
  await stranger.says(`${monilia}, caserío Santa Rosillo`);
  expect(await stranger.says("si")).toEqual([expect.stringMatching(/^¿En qué distrito/)]);
  await stranger.says("tocache");
  expect(await on.requestOf(stranger.number)).toMatchObject({
    districtCode: uchiza,
    placeName: "Santa Rosillo",
  });
});

test("a district that was said wins over a hamlet elsewhere; its province's name does not", async () => {
  const producer = await on.registered();
  await producer.says(`${monilia}, caserio nuevo mishollo, uchiza`);
  expect(await on.requestOf(producer.number)).toMatchObject({ districtCode: uchiza, placeName: null });
  await producer.says("cancelar");
  await producer.says(`${monilia}, caserio santa rosillo, tocache`);
  expect(await on.requestOf(producer.number)).toMatchObject({
    districtCode: uchiza,
    placeName: "Santa Rosillo",
  });
});

test("the same need from the same hamlet is one request, from another hamlet another", async () => {
  const producer = await on.registered();
  await producer.says(`${monilia}, caserio nuevo mishollo`);
  on.platform.clock.advance({ minutes: 20 });
  await producer.says(`${monilia}, caserio nuevo mishollo`);
  expect(await on.requestsOf(producer.number)).toHaveLength(1);
  await producer.says(`${monilia}, caserio santa rosillo`);
  expect(await on.requestsOf(producer.number)).toHaveLength(2);
});

test("a hamlet whose name begins like a district far away is the hamlet", async () => {
  const producer = await on.registered();
  await producer.says("necesito urea, vivo en santa rosillo");
  expect(await on.requestOf(producer.number)).toMatchObject({
    districtCode: uchiza,
    placeName: "Santa Rosillo",
  });
});

test("a hamlet that nobody knows leaves the district to do", async () => {
  const producer = await on.registered();
  expect(await producer.says(`${monilia}, caserio Villa Ninguna`)).toEqual([
    expect.stringMatching(/^3 pueden atender en Tocache/),
  ]);
  expect(await on.requestOf(producer.number)).toMatchObject({ districtCode: tocache, placeName: null });
});
