import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows, readRows, runImports, type ImportsRun } from "./imports-run.ts";
import { headers, memberCells, memberList, toCsv } from "./member-lists.ts";

let run: ImportsRun;
beforeAll(async () => {
  run = await runImports();
});
afterAll(() => run.stop());

const changed = (cells: string[], changes: Record<string, string>) =>
  cells.map((cell, at) => changes[headers[at] ?? ""] ?? cell);

test("ten thousand rows of which 37 are bad: the dry run tells exactly those, and the good file then loads whole", async ({
  annotate,
}) => {
  const organization = await run.verifiedOrganization("Cooperativa Grande");
  const rows = memberList(10_000);
  const kinds: [changes: Record<string, string>, column: string | null, code: string][] = [
    [{ "D.N.I.": "1234" }, "D.N.I.", "dni-wrong"],
    [{ "D.N.I.": "4123456" }, "D.N.I.", "dni-seven-digits"],
    [{ "D.N.I.": "40000000" }, "D.N.I.", "dni-repeated"],
    [{ "N° Celular": "042 521234" }, "N° Celular", "phone-wrong"],
    [{ "N° Celular": "99999" }, "N° Celular", "phone-wrong"],
    [{ "N° Celular": "", "D.N.I.": "" }, null, "contact-missing"],
    [{ Distrito: "Xyzwq", Provincia: "" }, "Distrito", "district-unknown"],
    [{ Distrito: "Bellavista", Provincia: "" }, "Distrito", "district-ambiguous"],
    [{ Distrito: "" }, "Distrito", "district-missing"],
    [{ Distrito: "221001" }, "Distrito", "code-scheme-unknown"],
    [{ "Apellidos y Nombres": "" }, null, "name-missing"],
    [{ "Apellidos y Nombres": "12345" }, "Apellidos y Nombres", "name-not-name"],
    [{ "Año de nacimiento": "2015" }, "Año de nacimiento", "too-young"],
    [{ "Año de nacimiento": "1850" }, "Año de nacimiento", "birth-year-wrong"],
    [{ Cultivos: "cacao, quinua" }, "Cultivos", "crop-unknown"],
    [{ Cultivos: "cacao, arroz", Hectáreas: "3" }, "Hectáreas", "hectares-not-matching"],
    [{ Hectáreas: "mucho" }, "Hectáreas", "number-unreadable"],
    [{ Rol: "jefe" }, "Rol", "choice-unknown"],
    [{ Rol: "presidente" }, "Rol", "role-not-by-list"],
    [{ "Fecha de ingreso": "31/02/2020" }, "Fecha de ingreso", "day-unreadable"],
    [{ "Fecha de ingreso": "01/01/2030" }, "Fecha de ingreso", "day-in-future"],
    [{ Sexo: "X" }, "Sexo", "choice-unknown"],
  ];
  const bad = Array.from({ length: 37 }, (_, index) => {
    const at = 100 + index * 263;
    const [changes, name, code] = kinds[index % kinds.length] ?? [{}, null, ""];
    return { at, changes, expected: { row: at + 2, column: name, code } };
  });
  const spoiled = rows.slice();
  for (const { at, changes } of bad) spoiled[at] = changed(memberCells(at), changes);

  const began = performance.now();
  const dry = await run.check(organization, toCsv(spoiled));
  const checkedMs = performance.now() - began;
  expect(dry.errors.map(({ row, column: where, code }) => ({ row, column: where, code }))).toEqual(
    bad.map(({ expected }) => expected),
  );
  expect(dry.status).toMatchObject({ state: "checked", rows: 10_000, errors: 37, result: null });
  expect(dry.errors.every(({ message }) => message.length > 10)).toBe(true);
  const refused = await run.start(organization.manager, organization.id, dry.importId);
  expect(refused).toMatchObject({ status: 409, body: { code: "import-has-errors" } });
  expect(await countRows(run, "people where state = 'invited'")).toBe(0);

  const again = performance.now();
  const good = await run.check(organization, toCsv(rows));
  const goodMs = performance.now() - again;
  expect(good.errors).toEqual([]);
  const loading = performance.now();
  expect((await run.start(organization.manager, organization.id, good.importId)).status).toBe(200);
  await until(
    async () => (await run.status(organization.manager, organization.id, good.importId)).state === "done",
  );
  await annotate(
    `10,000 rows: checked ${Math.round(checkedMs)} and ${Math.round(goodMs)} ms, loaded ${Math.round(performance.now() - loading)} ms`,
  );
  const done = await run.status(organization.manager, organization.id, good.importId);
  expect(done).toMatchObject({
    state: "done",
    progress: 10_000,
    result: { invited: 10_000, asked: 0, unchanged: 0 },
  });
  expect(await countRows(run, "people where state = 'invited'")).toBe(10_000);
  expect(await countRows(run, "invitations")).toBe(10_000);
  expect(await countRows(run, "imports where content is not null")).toBe(0);
  // One a second, so that a list does not hold up everybody's messages.
  const [spread] = await readRows(
    run,
    "select extract(epoch from max(due_at) - min(due_at)) as seconds from profiles.invitations",
  );
  expect(Number(spread?.["seconds"])).toBe(9_999);
}, 120_000);

/** Looks again until a nudge has brought it on: the sweep would send ten thousand questions as well. */
async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await pause(50);
}
