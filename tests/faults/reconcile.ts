import type postgres from "postgres";

/** Something that a gateway has taken. */
export type Taken = {
  /** The gateway's own id of it. */
  readonly id: string;
  /** Which of our messages it is. */
  readonly message: string;
  /** The gateway has said afterwards that it came to nothing. */
  readonly failed: boolean;
};

type Attempt = { message: string; number: number; outcome: string | null; external: string | null };

/**
 * What differs between the list of everything that the gateway took and what the database says of it, one line each.
 * Both are read when nothing moves any more.
 */
export async function findDifferences(owner: postgres.Sql, taken: readonly Taken[]): Promise<string[]> {
  const attempts = await owner<Attempt[]>`
    select message_id as message, number, outcome, external_id as external from notifications.outbound_attempts`;
  const known = new Set(attempts.map(({ message, external }) => `${message} ${external}`));
  const there = new Set(taken.map(({ message, id }) => `${message} ${id}`));
  return [
    ...(await leftToDo(owner)),
    ...(await falseAlarms(owner)),
    ...taken
      .filter(({ message, id }) => !known.has(`${message} ${id}`))
      .map(({ message, id }) => `the gateway took ${message} as ${id}, which the database does not know`),
    ...attempts
      .filter(({ message, external }) => external !== null && !there.has(`${message} ${external}`))
      .map(({ message, external }) => `${message} is said to be ${external}, which the gateway never took`),
    ...goneTwice(taken),
  ];
}

async function leftToDo(owner: postgres.Sql): Promise<string[]> {
  const [left] = await owner<{ inbound: number; outbound: number }[]>`
    select
      (select count(*)::int from notifications.inbound_messages where handled_at is null) as inbound,
      (select count(*)::int from notifications.outbound_messages
        where state in ('queued', 'sending', 'unknown')) as outbound`;
  return [
    ...(left?.inbound === 0 ? [] : [`${left?.inbound} messages are not answered`]),
    ...(left?.outbound === 0 ? [] : [`${left?.outbound} messages have not been sent`]),
  ];
}

/** Somebody who is told that a message is in doubt may send it again by hand. */
async function falseAlarms(owner: postgres.Sql): Promise<string[]> {
  const rows = await owner<{ message: string; kind: string; state: string }[]>`
    select m.id as message, a.kind, m.state
    from notifications.attention_items a join notifications.outbound_messages m on m.id = a.message_id
    where a.resolved_at is null and a.kind in ('message_unsettled', 'message_failed')
      and m.state in ('sent', 'delivered', 'queued', 'sending')`;
  return rows.map(({ message, kind, state }) => `a person is told ${kind} of ${message}, which is ${state}`);
}

/** A message is handed over again only when the gateway has said that the time before came to nothing. */
function goneTwice(taken: readonly Taken[]): string[] {
  const alive = taken.filter(({ failed }) => !failed);
  return [...Map.groupBy(alive, ({ message }) => message)]
    .filter(([, copies]) => copies.length > 1)
    .map(([message, copies]) => `${message} went out ${copies.length} times`);
}
