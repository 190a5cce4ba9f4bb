import { newId } from "@minka/database/new-id";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acts, runPeople, type PeopleRun, type Somebody } from "./people-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

const small = { area: { amount: 2, unit: "ha" }, tenure: "own" };
const point = { type: "Point", coordinates: ["-76.512340", "-8.187600"] };
const ring = [
  ["-76.5123400", "-8.1876000"],
  ["-76.5123400", "-8.1850000"],
  ["-76.5090000", "-8.1850000"],
  ["-76.5090000", "-8.1876000"],
  ["-76.5123400", "-8.1876000"],
];
const polygon = (coordinates: unknown[] = ring) => ({ type: "Polygon", coordinates: [coordinates] });

const add = async ({ id, as }: Somebody, body: object = small) =>
  (await as("POST", `/${id}/plots`, { body })).json.plot;

describe("a plot", () => {
  test("keeps its area as it was said, beside square metres", async () => {
    const rosa = await run.somebody();
    const body = {
      name: "El Mirador",
      districtCode: "221001",
      area: { amount: 1.5, unit: "topo" },
      tenure: "possession",
      document: "possession_certificate",
      geometry: point,
    };
    const added = await rosa.as("POST", `/${rosa.id}/plots`, { body });
    const plot = {
      ...body,
      id: added.json.plot.id,
      area: { amount: 1.5, unit: "topo", squareMetres: 5_240 },
      neverCollateral: false,
      coHolderIds: [],
    };
    expect([added.status, added.json.plot]).toEqual([201, plot]);
    expect((await rosa.as("GET", `/${rosa.id}/plots/${plot.id}`)).json).toEqual({ plot });
    expect((await run.operator("GET", `/${rosa.id}/plots`)).json).toEqual({ items: [plot], next: null });
    const { geometry } = (
      await run.owner.sql`select geometry from profiles.plots where id = ${plot.id}`
    )[0] as { geometry: object };
    expect(geometry).toEqual(point);
  });

  test("of communal land is never collateral", async () => {
    const rosa = await run.somebody();
    const plot = await add(rosa, { ...small, tenure: "communal", document: "title" });
    expect(plot.neverCollateral).toBe(true);
    const own = await rosa.as("PUT", `/${rosa.id}/plots/${plot.id}`, { body: { tenure: "own" } });
    expect(own.json.plot).toMatchObject({ neverCollateral: false, document: "title", area: plot.area });
  });

  test("is changed in what is said and stays in the rest; changes are recorded", async () => {
    const rosa = await run.somebody();
    const { id } = await add(rosa, { ...small, name: "Abajo", geometry: point });
    const path = `/${rosa.id}/plots/${id}`;
    const changed = await rosa.as("PUT", path, { body: { name: null, area: { amount: 3, unit: "yugada" } } });
    expect(changed.json.plot).toMatchObject({
      name: null,
      area: { amount: 3, unit: "yugada", squareMetres: 8_100 },
      geometry: point,
    });
    expect((await rosa.as("DELETE", path)).json).toEqual({ plotId: id, gone: true });
    expect((await rosa.as("GET", path)).json.code).toBe("plot-unknown");
    expect(await acts(run, id)).toEqual(
      ["plot.add", "plot.change", "plot.remove"].map((act) => `${act} by person:${rosa.id}`),
    );
  });

  test("is entered once, however often the command comes", async () => {
    const rosa = await run.somebody();
    const post = () => rosa.as("POST", `/${rosa.id}/plots`, { body: small, key: "plot-1" });
    const [first, second] = [await post(), await post()];
    expect(second.json).toEqual(first.json);
    expect((await rosa.as("GET", `/${rosa.id}/plots`)).json.items).toHaveLength(1);
  });

  test("comes in pages, the latest first", async () => {
    const rosa = await run.somebody();
    for (const name of ["uno", "dos", "tres"]) await add(rosa, { ...small, name });
    const first = (await rosa.as("GET", `/${rosa.id}/plots?limit=2`)).json;
    const second = (await rosa.as("GET", `/${rosa.id}/plots?limit=2&cursor=${first.next}`)).json;
    const names = [...first.items, ...second.items].map(({ name }: { name: string }) => name);
    expect([names, second.next]).toEqual([["tres", "dos", "uno"], null]);
  });

  test("is nobody else's to see or touch", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const { id } = await add(rosa);
    for (const [method, path, body] of [
      ["GET", "/plots"],
      ["POST", "/plots", small],
      ["GET", `/plots/${id}`],
      ["PUT", `/plots/${id}`, { name: "mía" }],
      ["DELETE", `/plots/${id}`],
      ["GET", "/plots.geojson"],
    ] as const) {
      const options = body ? { body } : {};
      const refused = await juan.as(method, `/${rosa.id}${path}`, options);
      expect([path, refused.status, refused.json.code]).toEqual([path, 403, "not-your-profile"]);
      expect((await run.anonymous(method, `/${rosa.id}${path}`, options)).status).toBe(401);
    }
    for (const method of ["GET", "PUT", "DELETE"] as const) {
      const refused = await juan.as(method, `/${juan.id}/plots/${id}`, method === "PUT" ? { body: {} } : {});
      expect([method, refused.status, refused.json.code]).toEqual([method, 404, "plot-unknown"]);
    }
    expect((await rosa.as("GET", `/${rosa.id}/plots/${id}`)).status).toBe(200);
  });
});

describe("the geometry of a plot", () => {
  const large = { ...small, area: { amount: 4.01, unit: "ha" } };
  test.each([
    ["five decimals", { ...small, geometry: { type: "Point", coordinates: ["-76.51234", "-8.187600"] } }],
    [
      "numbers, which lose their zeros",
      { ...small, geometry: { type: "Point", coordinates: [-76.51234, -8.1876] } },
    ],
    ["latitude first", { ...small, geometry: { type: "Point", coordinates: ["-8.187600", "-76.512340"] } }],
    ["a point abroad", { ...small, geometry: { type: "Point", coordinates: ["-46.512340", "-8.187600"] } }],
    ["a ring of three", { ...small, geometry: polygon(ring.slice(0, 3)) }],
  ])("with %s is refused", async (_what, body) => {
    const rosa = await run.somebody();
    const refused = await rosa.as("POST", `/${rosa.id}/plots`, { body });
    expect([refused.status, refused.json.code]).toEqual([422, "invalid-input"]);
    expect(refused.json.errors[0].path).toMatch(/^body\.geometry/);
  });

  test.each([
    ["that is open", polygon([...ring.slice(0, 4), ["-76.5110000", "-8.1870000"]])],
    ["that names a point twice", polygon([ring[0], ring[1], ring[1], ring[2], ring[0]])],
    ["that crosses itself", polygon([ring[0], ring[2], ring[1], ring[3], ring[0]])],
  ])("a border %s is refused", async (_what, geometry) => {
    const rosa = await run.somebody();
    const refused = await rosa.as("POST", `/${rosa.id}/plots`, { body: { ...small, geometry } });
    expect([refused.status, refused.json.code]).toEqual([422, "border-wrong"]);
    expect(refused.json.errors[0].path).toBe("body.geometry.coordinates.0");
  });

  test("is a border above four hectares, where there is any", async () => {
    const rosa = await run.somebody();
    const path = `/${rosa.id}/plots`;
    const refused = await rosa.as("POST", path, { body: { ...large, geometry: point } });
    expect([refused.status, refused.json.code]).toEqual([422, "polygon-needed"]);
    const four = { ...small, area: { amount: 4, unit: "ha" } };
    expect((await rosa.as("POST", path, { body: { ...four, geometry: point } })).status).toBe(201);
    expect((await rosa.as("POST", path, { body: large })).status).toBe(201);
    const bordered = await rosa.as("POST", path, { body: { ...large, geometry: polygon() } });
    expect([bordered.status, bordered.json.plot.geometry]).toEqual([201, polygon()]);
  });

  test("is asked for again when a plot with a mere point grows above four hectares", async () => {
    const rosa = await run.somebody();
    const { id } = await add(rosa, { ...small, geometry: point });
    const path = `/${rosa.id}/plots/${id}`;
    const grown = await rosa.as("PUT", path, { body: { area: large.area } });
    expect(grown.json.code).toBe("polygon-needed");
    const both = await rosa.as("PUT", path, { body: { area: large.area, geometry: polygon() } });
    expect(both.status).toBe(200);
  });

  test.each([
    [{ amount: 0.4, unit: "m2" }, "area-out-of-range"],
    [{ amount: 100_001, unit: "ha" }, "area-out-of-range"],
    [{ amount: 0, unit: "ha" }, "invalid-input"],
    [{ amount: 1, unit: "acre" }, "invalid-input"],
  ])("an area of %j is refused as %s", async (area, code) => {
    const rosa = await run.somebody();
    const refused = await rosa.as("POST", `/${rosa.id}/plots`, { body: { ...small, area } });
    expect([refused.status, refused.json.code]).toEqual([422, code]);
    expect(refused.json.errors[0].path).toMatch(/^body\.area/);
  });
});

describe("a plot that a couple holds", () => {
  test("is seen and corrected by both, each with the same rights", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const { id, coHolderIds } = await add(rosa, { ...small, coHolderIds: [juan.id] });
    expect(coHolderIds).toEqual([juan.id]);
    const [seen] = (await juan.as("GET", `/${juan.id}/plots`)).json.items;
    expect([seen.id, seen.coHolderIds]).toEqual([id, [rosa.id]]);
    const changed = await juan.as("PUT", `/${juan.id}/plots/${id}`, { body: { name: "La de los dos" } });
    expect(changed.status).toBe(200);
    expect((await rosa.as("GET", `/${rosa.id}/plots/${id}`)).json.plot.name).toBe("La de los dos");
    expect(await acts(run, id)).toContain(`plot.change by person:${juan.id}`);
    expect((await juan.as("GET", `/${rosa.id}/plots/${id}`)).status).toBe(403);
  });

  test("others may be let in, none put out, and whoever leaves leaves it to the other", async () => {
    const [rosa, juan, hija] = [await run.somebody(), await run.somebody("Juan"), await run.somebody("Hija")];
    const { id } = await add(rosa);
    const path = `/${rosa.id}/plots/${id}`;
    const joined = await rosa.as("PUT", path, { body: { coHolderIds: [juan.id, hija.id, rosa.id] } });
    expect(joined.json.plot.coHolderIds.toSorted()).toEqual([juan.id, hija.id].toSorted());
    for (const caller of [rosa.as, run.operator]) {
      const refused = await caller("PUT", path, { body: { coHolderIds: [hija.id], name: "sin Juan" } });
      expect([refused.status, refused.json.code]).toEqual([403, "holder-leaves-themself"]);
    }
    expect((await rosa.as("GET", path)).json.plot.name).toBeNull();
    expect((await rosa.as("DELETE", path)).json).toEqual({ plotId: id, gone: false });
    expect((await rosa.as("GET", path)).status).toBe(404);
    const left = (await juan.as("GET", `/${juan.id}/plots/${id}`)).json.plot;
    expect(left.coHolderIds).toEqual([hija.id]);
    await juan.as("DELETE", `/${juan.id}/plots/${id}`);
    expect((await hija.as("DELETE", `/${hija.id}/plots/${id}`)).json.gone).toBe(true);
    expect(await acts(run, id)).toEqual(
      expect.arrayContaining([`plot.leave by person:${rosa.id}`, `plot.remove by person:${hija.id}`]),
    );
  });

  test("of two who leave at once one is the last", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    for (let round = 0; round < 12; round += 1) {
      const { id } = await add(rosa, { ...small, coHolderIds: [juan.id] });
      const answers = await Promise.all(
        [rosa, juan].map((holder) => holder.as("DELETE", `/${holder.id}/plots/${id}`)),
      );
      expect(answers.filter(({ json }) => json.gone === true)).toHaveLength(1);
      expect(answers.filter(({ json }) => json.gone === false)).toHaveLength(1);
      const [counted] = await run.owner.sql`
        select count(*)::int as plots from profiles.plots where id = ${id}`;
      expect(counted).toEqual({ plots: 0 });
    }
  });

  test("only with registered people", async () => {
    const [rosa, invited] = [await run.somebody(), await run.somebody("Invitada")];
    await run.owner.sql`update profiles.people set state = 'invited' where id = ${invited.id}`;
    for (const stranger of [newId(), invited.id]) {
      const refused = await rosa.as("POST", `/${rosa.id}/plots`, {
        body: { ...small, coHolderIds: [stranger] },
      });
      expect([refused.status, refused.json.code]).toEqual([422, "holder-unknown"]);
    }
  });
});

describe("the export of plots", () => {
  test("is GeoJSON with every decimal, the ring counterclockwise, and is recorded", async () => {
    const rosa = await run.somebody();
    const one = await add(rosa, { ...small, name: "Chica", geometry: point });
    const two = await add(rosa, { ...small, area: { amount: 9, unit: "ha" }, geometry: polygon() });
    const three = await add(rosa, { ...small, tenure: "communal" });
    for (const [crop, year] of [
      ["cacao", 2025],
      ["banana", 2025],
      ["maize", 2024],
    ]) {
      const body = { plotId: one.id, crop, year };
      expect((await rosa.as("POST", `/${rosa.id}/seasons`, { body })).status).toBe(201);
    }
    const exported = await rosa.as("GET", `/${rosa.id}/plots.geojson`);
    expect([exported.status, exported.headers["content-type"]]).toEqual([200, "application/geo+json"]);
    expect(exported.text).toContain("[-76.512340,-8.187600]");
    expect(exported.json.type).toBe("FeatureCollection");
    const features = exported.json.features;
    expect(features.map(({ id }: { id: string }) => id)).toEqual([one.id, two.id, three.id]);
    expect(features[0]).toEqual({
      type: "Feature",
      id: one.id,
      geometry: { type: "Point", coordinates: [-76.51234, -8.1876] },
      properties: {
        name: "Chica",
        districtCode: null,
        areaHectares: 2,
        tenure: "own",
        document: "none",
        neverCollateral: false,
        crops: ["banana", "cacao"],
      },
    });
    const numbers = ring.map((position) => position.map(Number));
    expect(features[1].geometry).toEqual({ type: "Polygon", coordinates: [numbers.toReversed()] });
    expect([features[2].geometry, features[2].properties.neverCollateral]).toEqual([null, true]);
    expect(exported.text).not.toContain("Rosa");
    expect(await acts(run, rosa.id)).toContain(`plots.export by person:${rosa.id}`);
  });

  test("is the holders' and the operators', who are recorded too", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const { id } = await add(rosa, { ...small, coHolderIds: [juan.id] });
    const shared = await juan.as("GET", `/${juan.id}/plots.geojson`);
    expect(shared.json.features.map((feature: { id: string }) => feature.id)).toEqual([id]);
    expect((await run.operator("GET", `/${rosa.id}/plots.geojson`)).status).toBe(200);
    expect((await acts(run, rosa.id)).filter((act) => act.startsWith("plots.export"))).toHaveLength(1);
    const nobody = await run.operator("GET", `/${newId()}/plots.geojson`);
    expect(nobody.status).toBe(404);
  });
});
