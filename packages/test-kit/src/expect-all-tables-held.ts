import type { ServiceName } from "@minka/contracts/service-names";
import { connectDatabase } from "@minka/database/connect";
import { emptied, type Holding } from "@minka/database/holdings";
import { getTableName } from "@minka/database/query";
import type { PgTable } from "@minka/database/table";
import { expect, inject } from "vitest";
import { testPassword } from "./test-database.ts";

/**
 * Fails for a table of the service that nobody has said what it holds on people, and for a column that erasure could
 * not empty: what is added later is not to be forgotten.
 */
export async function expectAllTablesHeld(
  service: ServiceName,
  { holdings, impersonal }: { holdings: readonly Holding[]; impersonal: readonly PgTable[] },
): Promise<void> {
  const url = new URL(inject("ownerUrl"));
  url.username = service;
  url.password = testPassword;
  const database = connectDatabase({ url: url.href, name: "test", maxConnections: 1 });
  try {
    const rows = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = ${service}`;
    const said = new Set(
      [...holdings.map(({ table }) => table), ...impersonal].map((table) => getTableName(table)),
    );
    expect([...said].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  } finally {
    await database.close();
  }
  for (const { table, erase } of holdings) if (typeof erase === "object") emptied(table, erase);
}
