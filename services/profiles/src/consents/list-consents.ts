import { refuseWordless, type Actor } from "@minka/contracts/actor";
import type { HandlerInput } from "@minka/contracts/endpoint";
import type { listConsents as contract } from "@minka/contracts/people";
import type { Queries } from "@minka/database/connect";
import { and, desc, eq, isNotNull, isNull } from "@minka/database/query";
import { olderThan, pageOf } from "../people/list-pages.ts";
import { refuseOthers, refuseUnknownPerson } from "../people/read-person.ts";
import { consents } from "../tables.ts";
import { consentView } from "./consent-view.ts";

/** The whole ledger with its witnesses is of what is held on somebody: `word-needed` (403), like the rest of that. */
export async function listConsents(
  queries: Queries,
  actor: Actor,
  { params: { personId }, query }: HandlerInput<typeof contract>,
) {
  refuseOthers(actor, personId);
  refuseWordless(actor, personId);
  await refuseUnknownPerson(queries, personId);
  const rows = await queries
    .select()
    .from(consents)
    .where(
      and(
        eq(consents.personId, personId),
        query.purpose === undefined ? undefined : eq(consents.purpose, query.purpose),
        query.inForce === undefined
          ? undefined
          : query.inForce === "true"
            ? isNull(consents.withdrawnAt)
            : isNotNull(consents.withdrawnAt),
        olderThan(consents.id, query.cursor),
      ),
    )
    .orderBy(desc(consents.id))
    .limit(query.limit + 1);
  return pageOf(rows, query.limit, consentView);
}
