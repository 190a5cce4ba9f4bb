import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { sql } from "@minka/database/query";
import { refreshPostings } from "../offers/post-offers.ts";
import { refreshProviderListing } from "./keep-provider-listings.ts";

const batch = 100;

/**
 * The job `list-provider`: verified providers from before an upgrade are found as they would be if they were entered
 * now, with their offers; also those who offer nothing. The upgrade says which ones; after that there is nothing to
 * do any more.
 */
export function listProviderJob({ db, clock }: Pick<ServiceKit, "db" | "clock">): Job {
  return {
    async due(limit) {
      const rows = await db.read.execute<{ id: string }>(
        sql`select provider_id as id from catalog.unlisted_providers limit ${limit}`,
      );
      return rows.map(({ id }) => ({ id, trace: `list-provider-${id}` }));
    },
    run: (id) =>
      db.transaction(async (tx) => {
        // Others go along, since each batch writes the counts of the same words; those taken elsewhere are left.
        const taken = await tx.execute<{ id: string }>(sql`
          select provider_id as id from catalog.unlisted_providers
          where exists (select 1 from catalog.unlisted_providers one where one.provider_id = ${id})
          order by provider_id limit ${batch} for update skip locked`);
        if (taken.length === 0) return;
        const ids = taken.map((row) => row.id);
        const these = sql`any (${sql.param(ids)}::uuid[])`;
        await tx.execute(sql`select 1 from catalog.providers where id = ${these} order by id for update`);
        const own = await tx.execute<{ id: string }>(
          sql`select id from catalog.offers where provider_id = ${these} order by id`,
        );
        await refreshPostings(
          tx,
          own.map((offer) => offer.id),
          clock(),
        );
        await refreshProviderListing(tx, ids);
        await tx.execute(sql`delete from catalog.unlisted_providers where provider_id = ${these}`);
      }),
  };
}
