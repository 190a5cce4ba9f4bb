import postgres from "postgres";
import type { Means } from "./tries.ts";

type Values = Readonly<Record<string, unknown>>;

/** What a database keeps as JSON, among what it keeps in columns. */
export class Json {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** One connection for all tries: each makes rows of its own. */
let kept: { readonly url: string; readonly owner: postgres.Sql } | undefined;

async function ownerAt(url: string): Promise<postgres.Sql> {
  if (kept?.url === url) return kept.owner;
  await endInserts();
  const owner = postgres(url, { max: 1, onnotice: () => {}, transform: postgres.fromCamel });
  kept = { url, owner };
  return owner;
}

/** Before its database goes. */
export async function endInserts(): Promise<void> {
  await kept?.owner.end();
  kept = undefined;
}

/** Writes rows into tables of brokering, in this order; columns as the code names them. */
export async function insertRows(
  { platform }: Means,
  rows: readonly (readonly [table: string, values: Values])[],
): Promise<void> {
  const owner = await ownerAt(platform.database.ownerUrl);
  for (const [table, values] of rows) {
    const columns = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value instanceof Json ? owner.json(value.value as postgres.JSONValue) : value,
      ]),
    );
    await owner`insert into ${owner(`brokering.${table}`)} ${owner(columns)}`;
  }
}
