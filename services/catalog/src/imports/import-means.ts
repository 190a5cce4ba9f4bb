import type { ImportMeans } from "@minka/imports/receive-import";
import type { ServiceKit } from "@minka/service/define-service";
import { audit, idempotencyKeys } from "../tables.ts";
import { imports } from "./imports-tables.ts";

/** Where the catalog keeps its imports, of whatever kind. */
export function importMeans({ db, clock }: Pick<ServiceKit, "db" | "clock">): ImportMeans {
  return { service: "catalog", db, clock, imports, tables: { audit, idempotencyKeys } };
}
