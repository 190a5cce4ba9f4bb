import { mentionPattern } from "@minka/database/mentions";
import { createTestDatabase } from "@minka/test-database/test-database";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let sql: postgres.Sql;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  sql = postgres(database.ownerUrl, { max: 1 });
  drop = database.drop;
});
afterAll(async () => {
  await sql.end();
  await drop();
});

const rosa = {
  personId: "0198c0de-0000-7000-8000-000000000001",
  phones: ["+51987654321"],
  sharedPhones: [],
  names: ["Rosa Vásquez Ñahui"],
  documents: ["04728193"],
};

async function isNamed(text: string): Promise<boolean> {
  const [row] = await sql<
    { named: boolean }[]
  >`select ${text} ~* ${mentionPattern(rosa) ?? "never"} as named`;
  return row?.named ?? false;
}

describe("a text names the person", () => {
  test.each([
    "Su numero: 987 654 321. Si algo cambia, llamense.",
    "llame al +51987654321",
    "987-654-321",
    "Rosa Vásquez Ñahui dijo que si",
    "ROSA VASQUEZ NAHUI",
    "rosa  vasquez ñahui.",
    "DNI 04728193",
  ])("%s", async (text) => expect(await isNamed(text)).toBe(true));
});

describe("a text names somebody else", () => {
  test.each([
    "Su numero: 987 654 322",
    "Rosa Vásquez Pinedo dijo que si",
    "Rosa",
    "RUC 20047281931",
    "Mariarosa Vásquez Ñahuincopa",
    "",
  ])("%s", async (text) => expect(await isNamed(text)).toBe(false));
});

test("signs in a name are signs and no pattern", async () => {
  const pattern = mentionPattern({ ...rosa, phones: [], documents: [], names: ["O'Brien (hijo) D.*"] });
  const [row] =
    await sql`select 'Dice O''Brien (hijo) D.*' ~* ${pattern} as own, 'Dice OBrien hijo Diego' ~* ${pattern} as other`;
  expect(row).toEqual({ own: true, other: false });
});

test("who has neither full name nor phone nor document is looked for nowhere", () => {
  expect(mentionPattern({ ...rosa, phones: [], documents: [], names: ["Rosa"] })).toBeNull();
});
