import { actorLabel, type Actor } from "@minka/contracts/actor";
import type { TermsOf } from "@minka/contracts/offer-terms";
import { newId } from "@minka/database/new-id";
import { DomainError } from "@minka/domain/errors";
import { limaDay } from "@minka/domain/lima-time";
import { findDistrict } from "@minka/geography/districts";
import { resolvePlace } from "@minka/geography/resolve-place";
import { writeTable, type OutputFormat } from "@minka/imports/write-table";
import { productWord } from "@minka/language/find-product";
import type { ServiceKit } from "@minka/service/define-service";
import { eq } from "@minka/database/query";
import { refuseUnlessManaged } from "../offers/lock-offer.ts";
import { providerUnknown, readManagedOrganizations } from "../providers/provider-rights.ts";
import { audit, providers } from "../tables.ts";
import { modeWords, priceListColumns, rentWords, tierHeader, unitWords } from "./price-list-columns.ts";
import { readListedOffers } from "./price-list-import.ts";

type Cell = string | number | null;
type Cells = Partial<Record<string, Cell>>;
type Listed = TermsOf<"input"> | TermsOf<"equipment"> | TermsOf<"service">;

/** So many quantities fit beside the other columns of a table that is read back. */
const mostTierColumns = 150;

const columns = [
  "product",
  "title",
  "mode",
  "rentPer",
  "pack",
  "unit",
  "price",
  "registerNumber",
  "organic",
  "places",
  "days",
  "warrantyMonths",
  "stock",
  "note",
] as const;

/**
 * A provider's offers of inputs, equipment and services, as the list that an import takes back unchanged. Throws
 * `too-many-quantities` (409) when their prices begin at more quantities than a table has columns for.
 */
export async function exportPriceList(
  { db, clock, call }: Pick<ServiceKit, "db" | "clock" | "call">,
  { actor, trace }: { actor: Actor; trace: string },
  { providerId, format }: { providerId: string; format: OutputFormat },
) {
  const managed = await readManagedOrganizations({ call }, actor, trace);
  await refuseUnlessManaged(db.read, actor, providerId, managed);
  const at = clock();
  const { provider, offers } = await db.transaction(async (tx) => {
    const [found] = await tx.select().from(providers).where(eq(providers.id, providerId));
    if (!found) throw providerUnknown();
    const own = await readListedOffers(tx, providerId);
    const act = { action: `offers.export ${own.length}`, subject: providerId };
    await tx.insert(audit).values({ id: newId(), at, actor: actorLabel(actor), trace, ...act });
    return { provider: found, offers: own };
  });
  const terms = offers.flatMap((offer) => (isListed(offer.terms) ? [offer.terms] : []));
  const quantities = [...new Set(terms.flatMap(quantitiesOf))].toSorted((a, b) => a - b);
  if (quantities.length > mostTierColumns)
    throw new DomainError(
      "conflict",
      "too-many-quantities",
      "The prices begin at too many quantities for one table.",
    );
  const shape = priceListColumns([], provider);
  const after = columns.indexOf("price") + 1;
  const names: string[] = [...columns];
  names.splice(after, 0, ...quantities.map(tierHeader));
  const headers: string[] = columns.map((name) => shape[name].headers[0] ?? name);
  headers.splice(after, 0, ...quantities.map(tierHeader));
  return writeTable(
    {
      fileName: `precios-${limaDay(at)}`,
      sheetName: "Precios",
      headers,
      rows: terms.map((each) => {
        const cells = cellsOf(each, provider.districtCode);
        return names.map((name) => cells[name] ?? null);
      }),
    },
    format,
  );
}

const isListed = (terms: { kind: string }): terms is Listed =>
  ["input", "equipment", "service"].includes(terms.kind);

function quantitiesOf(terms: Listed): number[] {
  if (terms.kind === "service") return [];
  return terms.tiers.flatMap(({ minimumPacks }) => (minimumPacks > 1 ? minimumPacks : []));
}

function cellsOf(terms: Listed, near: string): Cells {
  const common = { title: terms.title, note: terms.note ?? null };
  if (terms.kind === "service") {
    return {
      ...common,
      product: productWord({ kind: "service", name: terms.service }),
      unit: unitWords[terms.unit][0],
      price: terms.priceCentimos === null ? null : terms.priceCentimos / 100,
    };
  }
  const delivered: Cells = {
    ...common,
    ...Object.fromEntries(
      terms.tiers.map(({ minimumPacks, priceCentimos }) => [
        minimumPacks === 1 ? "price" : tierHeader(minimumPacks),
        priceCentimos / 100,
      ]),
    ),
    places: terms.delivery.districtCodes.map((code) => placeWord(code, near)).join("; "),
    days: terms.delivery.days,
    stock: terms.stockPacks ?? null,
  };
  if (terms.kind === "equipment") {
    return {
      ...delivered,
      product: productWord({ kind: "equipment", name: terms.product }),
      mode: modeWords[terms.mode][0],
      rentPer: terms.rentPer === undefined ? null : rentWords[terms.rentPer][0],
      warrantyMonths: terms.warrantyMonths ?? null,
    };
  }
  return {
    ...delivered,
    product: productWord({ kind: "input", name: terms.product }),
    pack: `${terms.pack.amount} ${unitWords[terms.pack.unit][0]}`,
    organic: terms.organicApproved ? "sí" : "no",
    registerNumber: terms.registerNumber ?? null,
  };
}

/** The district's name where it is read back as that district; its code otherwise. */
function placeWord(code: string, near: string): string {
  const name = findDistrict(code)?.name ?? code;
  const read = resolvePlace(name, { districtCode: near });
  return read.kind === "one" && read.district.code === code && !name.includes(",") ? name : code;
}
