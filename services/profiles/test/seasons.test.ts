import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPeople } from "../src/people/load-people.ts";
import { newId } from "@minka/database/new-id";
import { acts, runPeople, type PeopleRun, type Somebody } from "./people-run.ts";

let run: PeopleRun;
beforeAll(async () => {
  run = await runPeople();
});
afterAll(() => run.stop());

const cacao = {
  crop: "cacao",
  year: 2025,
  area: { amount: 1, unit: "ha" },
  production: { amount: 10, unit: "quintal", state: "dry" },
  organic: true,
  variety: "CCN-51",
};
const harvest = (amount: number, state = "dry", unit = "kg") => ({
  ...cacao,
  production: { amount, unit, state },
});

const add = async ({ id, as }: Somebody, body: object) =>
  (await as("POST", `/${id}/seasons`, { body })).json.season;
const addPlot = async ({ id, as }: Somebody, body: object = {}) =>
  (
    await as("POST", `/${id}/plots`, {
      body: { area: { amount: 2, unit: "ha" }, tenure: "own", ...body },
    })
  ).json.plot;
const crops = async ({ id, as }: Somebody) => (await as("GET", `/${id}/profile`)).json.profile.crops;
const sizes = async (somebody: Somebody) =>
  Object.fromEntries(
    (await crops(somebody)).map(({ crop, size }: { crop: string; size: string }) => [crop, size]),
  );

describe("a crop's season", () => {
  test("is told as it was weighed, beside kilograms", async () => {
    const rosa = await run.somebody();
    const plot = await addPlot(rosa);
    const added = await rosa.as("POST", `/${rosa.id}/seasons`, { body: { plotId: plot.id, ...cacao } });
    const season = {
      ...cacao,
      id: added.json.season.id,
      plotId: plot.id,
      area: { amount: 1, unit: "ha", squareMetres: 10_000 },
      production: { amount: 10, unit: "quintal", state: "dry", kg: 460 },
    };
    expect([added.status, added.json.season]).toEqual([201, season]);
    expect((await rosa.as("GET", `/${rosa.id}/seasons`)).json).toEqual({ items: [season], next: null });
  });

  test("is corrected and taken away, and both are recorded", async () => {
    const rosa = await run.somebody();
    const { id } = await add(rosa, cacao);
    const path = `/${rosa.id}/seasons/${id}`;
    const body = {
      crop: "coffee",
      year: 2024,
      production: { amount: 8, unit: "quintal", state: "parchment" },
    };
    const changed = (await rosa.as("PUT", path, { body })).json.season;
    expect(changed).toEqual({
      ...body,
      id,
      plotId: null,
      area: null,
      organic: null,
      variety: null,
      production: { ...body.production, kg: 368 },
    });
    expect((await rosa.as("DELETE", path)).json).toEqual({ seasonId: id });
    expect((await rosa.as("DELETE", path)).json.code).toBe("season-unknown");
    expect(await acts(run, id)).toEqual(
      ["season.add", "season.change", "season.remove"].map((act) => `${act} by person:${rosa.id}`),
    );
  });

  test("is told once: another of the same crop, year and variety is refused", async () => {
    const rosa = await run.somebody();
    await add(rosa, cacao);
    const again = await rosa.as("POST", `/${rosa.id}/seasons`, { body: harvest(5) });
    expect([again.status, again.json.code]).toEqual([409, "season-known"]);
    for (const other of [{ variety: "Criollo" }, { year: 2024 }, { crop: "maize", production: null }]) {
      const added = await rosa.as("POST", `/${rosa.id}/seasons`, { body: { ...cacao, ...other } });
      expect(added.status).toBe(201);
    }
    const { id } = await add(rosa, { ...cacao, year: 2023 });
    const moved = await rosa.as("PUT", `/${rosa.id}/seasons/${id}`, { body: cacao });
    expect(moved.json.code).toBe("season-known");
  });

  test("is found by plot and crop, in pages", async () => {
    const rosa = await run.somebody();
    const plot = await addPlot(rosa);
    await add(rosa, cacao);
    await add(rosa, { ...cacao, plotId: plot.id });
    await add(rosa, { crop: "maize", year: 2025, plotId: plot.id });
    const found = async (query: string) => (await rosa.as("GET", `/${rosa.id}/seasons?${query}`)).json;
    expect((await found(`plotId=${plot.id}`)).items).toHaveLength(2);
    expect((await found(`plotId=${plot.id}&crop=maize`)).items).toHaveLength(1);
    const first = await found("limit=2");
    expect([first.items[0].crop, (await found(`limit=2&cursor=${first.next}`)).items.length]).toEqual([
      "maize",
      1,
    ]);
  });

  test.each([
    [{ ...cacao, year: 2027 }, "season-in-future", "body.year"],
    [harvest(10, "parchment"), "harvest-state-wrong", "body.production.state"],
    [{ ...cacao, production: { amount: 10, unit: "kg" } }, "harvest-state-wrong", "body.production.state"],
    [
      { crop: "maize", year: 2025, production: { amount: 10, unit: "kg", state: "dry" } },
      "harvest-state-wrong",
      "body.production.state",
    ],
    [{ ...cacao, area: { amount: 0.1, unit: "m2" } }, "season-area-wrong", "body.area.amount"],
    [
      { ...cacao, production: { amount: -1, unit: "kg", state: "dry" } },
      "invalid-input",
      "body.production.amount",
    ],
  ])("%j is refused as %s", async (body, code, path) => {
    const rosa = await run.somebody();
    const refused = await rosa.as("POST", `/${rosa.id}/seasons`, { body });
    expect([refused.status, refused.json.code, refused.json.errors[0].path]).toEqual([422, code, path]);
  });

  test("does not cover more than its plot", async () => {
    const rosa = await run.somebody();
    const plot = await addPlot(rosa);
    const body = { ...cacao, plotId: plot.id, area: { amount: 2.01, unit: "ha" } };
    expect((await rosa.as("POST", `/${rosa.id}/seasons`, { body })).json.code).toBe("season-area-wrong");
    const whole = { ...body, area: { amount: 20_000, unit: "m2" } };
    expect((await rosa.as("POST", `/${rosa.id}/seasons`, { body: whole })).status).toBe(201);
  });

  test("is nobody else's", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const plot = await addPlot(rosa);
    const { id } = await add(rosa, { ...cacao, plotId: plot.id });
    for (const [method, path, body] of [
      ["GET", "/seasons"],
      ["POST", "/seasons", cacao],
      ["PUT", `/seasons/${id}`, cacao],
      ["DELETE", `/seasons/${id}`],
    ] as const) {
      const options = body ? { body } : {};
      expect((await juan.as(method, `/${rosa.id}${path}`, options)).status).toBe(403);
      expect((await run.anonymous(method, `/${rosa.id}${path}`, options)).status).toBe(401);
    }
    const own = `/${juan.id}/seasons`;
    expect((await juan.as("PUT", `${own}/${id}`, { body: cacao })).json.code).toBe("season-unknown");
    expect((await juan.as("DELETE", `${own}/${id}`)).json.code).toBe("season-unknown");
    const onTheirs = await juan.as("POST", own, { body: { ...cacao, plotId: plot.id } });
    expect(onTheirs.json.code).toBe("plot-unknown");
    expect((await juan.as("GET", `${own}?plotId=${plot.id}`)).json.items).toEqual([]);
    expect((await run.operator("GET", `/${rosa.id}/seasons`)).json.items).toHaveLength(1);
  });
});

describe("the size class", () => {
  test("follows the last season, and says from what", async () => {
    const rosa = await run.somebody();
    await add(rosa, { ...harvest(2_000), year: 2023 });
    expect(await sizes(rosa)).toEqual({ cacao: "large" });
    await add(rosa, harvest(1_000, "wet"));
    expect(await crops(rosa)).toEqual([
      {
        crop: "cacao",
        size: "medium",
        basis: {
          year: 2025,
          kg: 375,
          state: "dry",
          conversions: [{ name: "cacao-wet-to-dry", factor: 0.375 }],
        },
      },
    ]);
    const [stored] = await run.owner.sql`
      select size from profiles.producer_crops where person_id = ${rosa.id}`;
    expect(stored).toEqual({ size: "medium" });
  });

  test("changes with a correction, adds plots up, and goes with the last season", async () => {
    const rosa = await run.somebody();
    const plot = await addPlot(rosa);
    const coffee = { crop: "coffee", year: 2025 };
    const weighed = (amount: number) => ({
      ...coffee,
      production: { amount, unit: "kg", state: "parchment" },
    });
    const first = await add(rosa, { ...weighed(500), plotId: plot.id });
    const second = await add(rosa, weighed(150));
    expect(await sizes(rosa)).toEqual({ coffee: "large" });
    await rosa.as("PUT", `/${rosa.id}/seasons/${first.id}`, { body: weighed(20) });
    expect(await sizes(rosa)).toEqual({ coffee: "small" });
    await rosa.as("PUT", `/${rosa.id}/seasons/${first.id}`, { body: coffee });
    await rosa.as("PUT", `/${rosa.id}/seasons/${second.id}`, { body: coffee });
    expect(await sizes(rosa)).toEqual({ coffee: null });
    for (const { id } of [first, second]) await rosa.as("DELETE", `/${rosa.id}/seasons/${id}`);
    expect(await crops(rosa)).toEqual([]);
  });

  test("of crops other than coffee and cacao is none", async () => {
    const rosa = await run.somebody();
    await add(rosa, { crop: "maize", year: 2025, production: { amount: 9, unit: "tonne" } });
    expect(await crops(rosa)).toEqual([{ crop: "maize", size: null, basis: null }]);
  });

  test("is both's of a couple who hold the plot, from the day they do", async () => {
    const [rosa, juan] = [await run.somebody(), await run.somebody("Juan")];
    const plot = await addPlot(rosa);
    const { id } = await add(rosa, { ...harvest(900), plotId: plot.id });
    expect([await sizes(rosa), await sizes(juan)]).toEqual([{ cacao: "large" }, {}]);
    await rosa.as("PUT", `/${rosa.id}/plots/${plot.id}`, { body: { coHolderIds: [juan.id] } });
    expect(await sizes(juan)).toEqual({ cacao: "large" });
    await juan.as("PUT", `/${juan.id}/seasons/${id}`, { body: harvest(300) });
    expect([await sizes(rosa), await sizes(juan)]).toEqual([{ cacao: "medium" }, { cacao: "medium" }]);
    await rosa.as("DELETE", `/${rosa.id}/plots/${plot.id}`);
    expect([await sizes(rosa), await sizes(juan)]).toEqual([{}, { cacao: "medium" }]);
  });

  test("is right when several harvests are told at once", async () => {
    const told = Array.from({ length: 6 }, async () => {
      const rosa = await run.somebody();
      await Promise.all(["a", "b", "c", "d"].map((variety) => add(rosa, { ...harvest(230), variety })));
      return sizes(rosa);
    });
    expect(await Promise.all(told)).toEqual(told.map(() => ({ cacao: "large" })));
  });

  test("that came with an import stays until a harvest is told", async () => {
    const rosa = await run.somebody();
    const id = newId();
    const row = { id, name: "Importada", districtCode: "221001", sex: null, birthYear: null };
    const size = "large" as const;
    await loadPeople(
      run.owner,
      [{ ...row, phone: "+51900077001", consentVersion: "1", crops: [{ crop: "cacao", size }] }],
      { at: run.clock() },
    );
    const imported = { ...rosa, id, as: run.operator };
    expect(await crops(imported)).toEqual([{ crop: "cacao", size, basis: null }]);
    await add(imported, { crop: "cacao", year: 2024 });
    expect(await sizes(imported)).toEqual({ cacao: "large" });
    await add(imported, harvest(10));
    expect(await sizes(imported)).toEqual({ cacao: "small" });
  });
});
