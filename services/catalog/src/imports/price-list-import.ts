import type { Queries, Transaction } from "@minka/database/connect";
import { defineImport } from "@minka/imports/check-table";
import { mapHeaders } from "@minka/imports/columns";
import type { CheckedFile, CheckMeans, Import } from "@minka/imports/definition";
import type { Table } from "@minka/imports/table";
import { and, eq, inArray, ne } from "@minka/database/query";
import type { OfferRow } from "../offers/lock-offer.ts";
import { providerUnknown, type ProviderRow } from "../providers/provider-rights.ts";
import { offers, providers } from "../tables.ts";
import { loadOffers } from "./load-offers.ts";
import { listedKinds, planOffers, type PlannedOffer } from "./plan-offers.ts";
import { priceListColumns, type PriceListColumns } from "./price-list-columns.ts";
import { readPriceRow, type PriceRow } from "./read-price-row.ts";

const kind = "price-list";
const maximumRows = 5_000;

/**
 * How a provider's price list is brought in. Its columns depend on its headers (each quantity from which a price
 * holds has one of its own) and on the provider (a delivery place is one near it), so it is defined for each file.
 */
export const priceListImport: Import = { kind, maximumRows, check };

async function check(table: Table, means: CheckMeans): Promise<CheckedFile> {
  const provider = await lockProvider(means.queries, means.scope.ownerId);
  const columns = priceListColumns(table.headers, provider);
  const present = new Set<string>(mapHeaders(columns, table).positions.keys());
  let planned: PlannedOffer[] = [];
  const definition = defineImport<PriceListColumns, PriceRow>({
    kind,
    columns,
    maximumRows,
    readRow: readPriceRow,
    async check(queries, rows, report, { at }) {
      if (provider.state === "closed") report.error({ row: table.headerRow }, "provider-closed");
      const own = await readListedOffers(queries, provider.id);
      planned = planOffers(rows, { provider, offers: own, present, at }, report);
    },
    load: (tx: Transaction, _rows, scope, progress) => loadOffers(tx, planned, { provider, scope }, progress),
  });
  return definition.check(table, means);
}

/** Locked until the load ends, as every change of a provider's offers does; in a dry run for a moment. */
async function lockProvider(queries: Queries, providerId: string): Promise<ProviderRow> {
  const [provider] = await queries.select().from(providers).where(eq(providers.id, providerId)).for("update");
  if (!provider) throw providerUnknown();
  return provider;
}

/** Offers of the kinds that a price list is about, save those that do not come back. */
export function readListedOffers(queries: Queries, providerId: string): Promise<OfferRow[]> {
  return queries
    .select()
    .from(offers)
    .where(
      and(
        eq(offers.providerId, providerId),
        inArray(offers.kind, [...listedKinds]),
        ne(offers.state, "withdrawn"),
      ),
    )
    .orderBy(offers.id);
}
