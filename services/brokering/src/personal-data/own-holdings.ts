import type { Holding } from "@minka/database/holdings";
import { sql } from "@minka/database/query";
import type { PgTable } from "@minka/database/table";
import { audit, idempotencyKeys } from "../tables.ts";
import { creditHoldings, creditImpersonal } from "./credit-holdings.ts";
import { impersonalOfLots, lotHoldings } from "./lot-holdings.ts";
import { paymentHoldings, paymentImpersonal } from "./payment-holdings.ts";
import { impersonalPoolTables, poolHoldings } from "./pool-holdings.ts";

/** What brokering holds on people, and what becomes of it when they are erased. */
export const ownHoldings: readonly Holding[] = [
  ...creditHoldings,
  ...poolHoldings,
  ...lotHoldings,
  ...paymentHoldings,
  {
    table: audit,
    of: ({ personId }) => sql`${audit.actor} like ${`person:${personId}%`}`,
    show: {
      section: "acts",
      columns: { at: audit.at, actor: audit.actor, action: audit.action, subject: audit.subject },
    },
    erase: "keep",
  },
];

/** Tables that hold nothing on a person, or that erasure cleans by itself. */
export const impersonal: readonly PgTable[] = [
  ...paymentImpersonal,
  ...creditImpersonal,
  ...impersonalPoolTables,
  ...impersonalOfLots,
  idempotencyKeys,
];
