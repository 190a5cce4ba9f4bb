import { sql } from "@minka/database/query";
import { blocks } from "./blocks-tables.ts";

/** Providers with whom a request's person is not to be brought together, by either's wish: a column beside its row. */
export const blockedBy = sql<string[]>`coalesce((
  select json_agg(distinct b.provider_id) from ${blocks} b where b.person_id = requests.person_id), '[]'::json)`;
