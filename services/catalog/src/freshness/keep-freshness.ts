import type { Transaction } from "@minka/database/connect";
import { sql, type SQL } from "@minka/database/query";

/** The hour in Lima at which a day's questions begin. */
export const askHour = 9;

/**
 * Joins to the offers found so far their `provider`, by its id: the fence (offset 0) keeps a plan with statistics
 * from an emptier day from going through all verified providers instead, for each offer.
 */
export const theirProvider = sql`cross join lateral (
  select name, person_id, state, rests_until from catalog.providers where providers.id = offers.provider_id offset 0) as provider`;

/**
 * Keeps a row for each of these offers that is published by a verified provider, and none for the others. One that
 * was confirmed since begins anew.
 */
export async function keepFreshness(tx: Transaction, ids: SQL): Promise<void> {
  const published = sql`
    from catalog.offers ${theirProvider}
    where offers.id = ${ids} and offers.state = 'published' and provider.state = 'verified'`;
  await tx.execute(sql`
    delete from catalog.freshness where offer_id = ${ids} and offer_id not in (select offers.id ${published})`);
  await tx.execute(sql`
    insert into catalog.freshness as kept (offer_id, stage, confirmed_on, ask_from, asked, asked_at)
    select offers.id, 'fresh', offers.confirmed_on,
      (offers.confirmed_on + make_interval(hours => ${askHour})) at time zone 'America/Lima', 0, null ${published}
    on conflict (offer_id) do update
      set stage = excluded.stage, confirmed_on = excluded.confirmed_on, ask_from = excluded.ask_from, asked = 0,
        asked_at = null
      where kept.confirmed_on <> excluded.confirmed_on`);
}
