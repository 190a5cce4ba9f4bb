import { writeTable } from "@minka/imports/write-table";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows, runImports, xlsxType, type ImportsRun } from "./imports-run.ts";
import { headers, memberList, toCsv } from "./member-lists.ts";

let run: ImportsRun;
beforeAll(async () => {
  run = await runImports();
});
afterAll(() => run.stop());

test("a workbook is read like a CSV", async () => {
  const organization = await run.verifiedOrganization();
  const list = { fileName: "padron", sheetName: "Padrón", headers, rows: memberList(3, 20_000) };
  const { bytes } = await writeTable(list, "xlsx");
  const sent = await run.send(organization.manager, organization.id, bytes, xlsxType);
  expect(sent.status).toBe(202);
  await run.settle();
  const found = await run.status(organization.manager, organization.id, sent.body.importId);
  expect(found).toMatchObject({ state: "checked", rows: 3, errors: 0 });
});

test("a file that is no list is refused, and so are wrong columns, each by name", async () => {
  const organization = await run.verifiedOrganization();
  const { id, manager } = organization;
  expect(await run.send(manager, id, "")).toMatchObject({ status: 422 });
  expect(await run.send(manager, id, Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toMatchObject({
    status: 422,
    body: { code: "file-old-excel" },
  });
  expect(await run.send(manager, id, "{}", "application/json")).toMatchObject({ status: 415 });
  const wrong = await run.check(organization, toCsv([["1", "2", "3"]], ["Ubigeo", "Cultivo", "Cultivos"]));
  expect(wrong.status).toMatchObject({ state: "refused", errors: 4 });
  expect(wrong.errors.map(({ row, column: where, code }) => [row, where, code])).toEqual(
    expect.arrayContaining([
      [1, "Cultivos", "column-doubled"],
      [1, null, "name-column-missing"],
      [1, null, "contact-column-missing"],
      [1, "Ubigeo", "code-scheme-unknown"],
    ]),
  );
  expect(await run.start(manager, id, wrong.importId)).toMatchObject({
    status: 409,
    body: { code: "import-not-checked" },
  });
});

test("codes are read only where the list says that they are INEI's", async () => {
  const organization = await run.verifiedOrganization();
  const inei = await run.check(
    organization,
    toCsv([["Rosa Ríos", "41000001", "221001"]], ["Nombre completo", "DNI", "Ubigeo INEI"]),
  );
  expect(inei.errors).toEqual([]);
  const unknown = await run.check(
    organization,
    toCsv([["Rosa Ríos", "41000001", "229999"]], ["Nombre completo", "DNI", "Ubigeo INEI"]),
  );
  expect(unknown.errors).toMatchObject([{ row: 2, column: "Ubigeo INEI", code: "district-code-unknown" }]);
  const reniec = await run.check(
    organization,
    toCsv([["Rosa Ríos", "41000001", "210901"]], ["Nombre completo", "DNI", "Ubigeo RENIEC"]),
  );
  expect(reniec.errors).toMatchObject([{ column: "Ubigeo RENIEC", code: "code-scheme-reniec" }]);
  const differing = await run.check(
    organization,
    toCsv(
      [["Rosa Ríos", "41000001", "221001", "Lamas", "Lamas"]],
      ["Nombre completo", "DNI", "Ubigeo INEI", "Distrito", "Provincia"],
    ),
  );
  expect(differing.errors).toMatchObject([{ column: "Ubigeo INEI", code: "district-code-differs" }]);
});

test("an M is a man beside an F, a woman beside an H, and unclear alone", async () => {
  const organization = await run.verifiedOrganization();
  const columns = ["Nombre completo", "DNI", "Distrito", "Provincia", "Sexo"];
  const sexes = async (...written: string[]) => {
    const rows = written.map((sex, index) => [
      `Persona ${"ABC"[index]}bc`,
      String(41_000_100 + index),
      "Tocache",
      "Tocache",
      sex,
    ]);
    return (await run.check(organization, toCsv(rows, columns))).errors.map(({ row, code }) => [row, code]);
  };
  expect(await sexes("F", "M")).toEqual([]);
  expect(await sexes("H", "M")).toEqual([]);
  expect(await sexes("M", "M")).toEqual([
    [2, "sex-unclear"],
    [3, "sex-unclear"],
  ]);
  expect(await sexes("F", "H", "M")).toEqual([[4, "sex-unclear"]]);
  expect(await sexes("F", "M", "Hombre")).toEqual([]);
});

const short = ["Nombres", "Apellidos", "DNI", "Celular", "Distrito", "Provincia"];
const at = ["Tocache", "Tocache"];

test("a phone may be a household's, in the list and between the list and who is known", async () => {
  const organization = await run.verifiedOrganization();
  const known = await run.newPerson("Carmen Sangama");
  const list = [
    ["Rosa", "Ríos", "41000011", "987000011", ...at],
    ["Pedro", "Ríos", "41000012", "987000011", ...at],
    ["Rosa", "Ríos Flores", "", "987000011", ...at],
    ["Luis", "Tuanama", "", known.phone, ...at],
    ["Ana", "Tuanama", "41000013", known.phone, ...at],
  ];
  const { errors, warnings } = await run.check(organization, toCsv(list, short));
  expect(errors.map(({ row, column: where, code }) => [row, where, code])).toEqual([
    [4, "Celular", "person-repeated"],
    [5, "Celular", "phone-known-otherwise"],
  ]);
  expect(JSON.stringify(errors)).not.toContain("Carmen");
  expect(warnings.map(({ row, code }) => [row, code])).toEqual(
    expect.arrayContaining([
      [3, "phone-shared"],
      [6, "phone-known-shared"],
    ]),
  );
});

test("who is known by phone or DNI is asked whether they belong, and gets no second record", async () => {
  const organization = await run.verifiedOrganization();
  const known = await run.newPerson("Rosa");
  const list = toCsv([["Rosa", "Huamán Ríos", "41000021", known.phone, ...at]], short);
  const checked = await run.check(organization, list);
  expect(checked.errors).toEqual([]);
  await run.start(organization.manager, organization.id, checked.importId);
  const question = await run.questionTo(known.id);
  expect(question.kind).toBe("membership");
  expect((await run.status(organization.manager, organization.id, checked.importId)).result).toEqual({
    invited: 0,
    asked: 1,
    unchanged: 0,
  });
  await run.answer(question, true);
  const repeated = await run.check(organization, list);
  expect(repeated.warnings).toMatchObject([{ row: 2, code: "already-member" }]);
  await run.start(organization.manager, organization.id, repeated.importId);
  await run.settle();
  expect((await run.status(organization.manager, organization.id, repeated.importId)).result).toEqual({
    invited: 0,
    asked: 0,
    unchanged: 1,
  });
});

test("a DNI that is known with another name is told as a possible duplicate, without whose it is", async () => {
  const organization = await run.verifiedOrganization();
  const first = await run.check(
    organization,
    toCsv([["Elmer", "Cachique", "41000031", "987000031", ...at]], short),
  );
  await run.start(organization.manager, organization.id, first.importId);
  await run.settle();
  const { errors } = await run.check(
    organization,
    toCsv([["Norma", "Pinedo", "41000031", "987000032", ...at]], short),
  );
  expect(errors).toMatchObject([{ row: 2, column: "DNI", code: "dni-known-otherwise" }]);
  expect(JSON.stringify(errors)).not.toMatch(/Elmer|Cachique/);
});

test("an organization that nobody has verified may not have Minka write to a crowd", async () => {
  const organization = await run.newOrganization("Grupo de nadie");
  const known = await run.newPerson("Carmen Sangama");
  const asking = ["Nadie Asi", "", known.phone, ...(memberList(1)[0]?.slice(3) ?? [])];
  const crowd = await run.check(organization, toCsv([...memberList(30, 30_000), asking]));
  expect(crowd.errors).toMatchObject([{ row: 2, column: null, code: "organization-unverified" }]);
  const few = await run.check(organization, toCsv(memberList(30, 30_000)));
  expect(few.errors).toEqual([]);
});

test("only who leads an organization brings a list in, sees it or takes one out", async () => {
  const organization = await run.verifiedOrganization();
  const stranger = await run.newPerson("Nadie");
  const member = await run.newMember(organization, "Socia");
  const broker = await run.newMember(organization, "Gestora", { role: "broker" });
  const list = toCsv(memberList(1, 31_000));
  const { importId } = await run.check(organization, list);
  for (const [who, sending, taking] of [
    [null, 401, 401],
    [stranger, 403, 403],
    [member, 403, 403],
    [broker, 202, 403],
    [organization.manager, 202, 200],
    [run.operator, 202, 200],
  ] as const) {
    expect((await run.send(who, organization.id, list)).status).toBe(sending);
    expect((await run.take(who, organization.id, "csv")).status).toBe(taking);
    const reading = await run.get(who, `${run.base(organization.id)}/imports/${importId}`);
    expect(reading.status).toBe(sending === 202 ? 200 : sending);
  }
  const elsewhere = await run.verifiedOrganization("Otra");
  expect((await run.get(elsewhere.manager, `${run.base(elsewhere.id)}/imports/${importId}`)).status).toBe(
    404,
  );
});

test("a list sent twice with one key is one import, and one that was given up loads nothing", async () => {
  const organization = await run.verifiedOrganization();
  const { id, manager } = organization;
  const list = toCsv(memberList(2, 32_000));
  const [one, two] = [
    await run.send(manager, id, list, "text/csv", "key-1"),
    await run.send(manager, id, list, "text/csv", "key-1"),
  ];
  expect(two.body).toEqual(one.body);
  expect(await run.send(manager, id, toCsv(memberList(1, 32_000)), "text/csv", "key-1")).toMatchObject({
    status: 422,
  });
  await run.settle();
  const cancelled = await run.post(manager, `${run.base(id)}/imports/${one.body.importId}/cancel`);
  expect(cancelled.body.import.state).toBe("cancelled");
  expect(await run.start(manager, id, one.body.importId)).toMatchObject({ status: 409 });
  const listed = await run.get(manager, `${run.base(id)}/imports`);
  expect(listed.body.items).toMatchObject([{ importId: one.body.importId, state: "cancelled" }]);
});

test("a new list takes the place of one that was not started", async () => {
  const organization = await run.verifiedOrganization();
  const { id, manager } = organization;
  const first = await run.check(organization, toCsv(memberList(2, 34_000)));
  const second = await run.check(organization, toCsv(memberList(2, 34_000)));
  expect((await run.status(manager, id, first.importId)).state).toBe("cancelled");
  expect((await run.start(manager, id, first.importId)).status).toBe(409);
  expect((await run.start(manager, id, second.importId)).status).toBe(200);
});

test("a list that nobody starts is forgotten after a week", async () => {
  const organization = await run.verifiedOrganization();
  const { importId } = await run.check(organization, toCsv(memberList(2, 33_000)));
  run.clock.advance({ days: 7 });
  await run.settle();
  expect((await run.status(organization.manager, organization.id, importId)).state).toBe("cancelled");
  expect(await countRows(run, "imports where content is not null")).toBe(0);
}, 120_000);
