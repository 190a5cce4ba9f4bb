import { allEndpoints } from "@minka/contracts/all-endpoints";
import {
  accessOf,
  notWhileActing,
  operationOf,
  readRights,
  rightsOf,
  rightsTable,
  roles,
} from "@minka/contracts/rights";
import { expect, test } from "vitest";

const endpoints = allEndpoints.map((endpoint) => ({ operation: operationOf(endpoint), endpoint }));

test("every endpoint has a row in the table of rights, and every row an endpoint", () => {
  const operations = endpoints.map(({ operation }) => operation);
  expect([...rightsTable.keys()].toSorted()).toEqual(operations.toSorted());
});

test.each(endpoints)("the gate of $operation is as its row says", ({ endpoint }) => {
  expect([...endpoint.access].toSorted()).toEqual(accessOf(rightsOf(endpoint)).toSorted());
});

test.each(endpoints)("what anybody may do by $operation nobody loses by signing in", ({ endpoint }) => {
  const row = rightsOf(endpoint);
  if (row.anonymous === "-") return;
  expect(Object.values(row)).toEqual(roles.map(() => "any"));
});

test("what belongs to the person alone is something that a person may do", () => {
  for (const operation of notWhileActing) expect(rightsTable.get(operation)?.manager).toBe("own");
});

const header = roles.join(" ");
const cells = roles.map(() => "own").join(" ");

test("headings and empty lines say nothing", () => {
  const rows = readRights(`\n${header}\n\nA heading\nGET /api/a ${cells}\n`);
  expect([...rows.keys()]).toEqual(["GET /api/a"]);
  expect(rows.get("GET /api/a")?.service).toBe("own");
});

test.each([
  ["another word", `GET /api/a ${cells.replace("own", "some")}`],
  ["a missing cell", `GET /api/a ${cells.replace("own ", "")}`],
  ["two rows of one operation", `GET /api/a ${cells}\nGET  /api/a ${cells}`],
])("a table with %s is refused", (_what, rows) => {
  expect(() => readRights(`${header}\n${rows}`)).toThrow("GET /api/a");
});

test("a table whose columns are in another order is refused", () => {
  expect(() => readRights(roles.toReversed().join(" "))).toThrow("not the roles");
});

test("an endpoint without a row is an error", () => {
  expect(() => rightsOf({ method: "GET", path: "/api/nowhere" })).toThrow("GET /api/nowhere has no row");
});
