import { maximumAttempts } from "@minka/database/deliveries";
import postgres from "postgres";

export type Parked = {
  readonly event: string;
  readonly subscriber: string;
  readonly deliveries: number;
  /** Of the one that was parked last. */
  readonly lastError: string | null;
};

/** What failed too often to be tried again, by event and subscriber. For the owner of the database. */
export async function listParked(ownerUrl: string): Promise<Parked[]> {
  return asOwner(
    ownerUrl,
    (sql) => sql<Parked[]>`
      select event, subscriber, count(*)::int as deliveries,
        (array_agg(last_error order by due_at desc))[1] as "lastError"
      from events.deliveries where handled_at is null and attempts >= ${maximumAttempts}
      group by event, subscriber order by event, subscriber`,
  );
}

/** Makes everything parked due at once, as if it had never failed; returns how many. */
export async function unpark(ownerUrl: string): Promise<number> {
  return asOwner(ownerUrl, async (sql) => {
    const { count } = await sql`
      update events.deliveries set attempts = 0, due_at = now()
      where handled_at is null and attempts >= ${maximumAttempts}`;
    return count;
  });
}

async function asOwner<Result>(
  ownerUrl: string,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
