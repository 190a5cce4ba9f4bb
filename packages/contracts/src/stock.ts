import { z } from "zod";
import { centimos, instantText, limaDay, page, pageQuery, sumCentimos } from "./common.ts";
import { endpoint } from "./endpoint.ts";
import { month } from "./plans.ts";

/**
 * bought, sold: at a price a pack. found: counted more than the book says. lost: spoiled, given away, stolen, or
 * counted fewer; both say why.
 */
export const stockMovements = ["bought", "sold", "found", "lost"] as const;
export type StockMovementKind = (typeof stockMovements)[number];

const providerId = z.object({ providerId: z.uuid() });
const itemId = z.object({ itemId: z.uuid() });
const packs = z.int().min(1).max(100_000);
const name = z.string().trim().min(2).max(80);
const stock = "/api/catalog/providers/:providerId/stock";

const stockItem = z.object({
  id: z.uuid(),
  providerId: z.uuid(),
  offerId: z.uuid().nullable().describe("Of the provider's own offers of inputs or equipment"),
  name: name.describe("As the offer is called when it was entered, or as it was named"),
  packs: z.int().describe("On hand; never below zero"),
  valueCentimos: sumCentimos.describe("What those packs cost"),
  lastOn: limaDay.nullable().describe("Day of the latest movement"),
});
export type StockItem = z.output<typeof stockItem>;

const movement = z.object({
  id: z.uuid(),
  kind: z.enum(stockMovements),
  packs: z.int(),
  priceCentimos: sumCentimos.nullable().describe("A pack; null where nothing was paid"),
  costCentimos: sumCentimos.describe("What the packs cost in all, at the average of those on hand"),
  day: limaDay,
  reason: z.string().nullable(),
  packsAfter: z.int(),
  writtenBy: z.uuid().nullable().describe("Who wrote it down; null: erased"),
  writtenAt: instantText,
});

export const addStockItem = endpoint({
  service: "catalog",
  method: "POST",
  path: stock,
  summary:
    "Begin a page of a provider's stock book: for one of its offers of inputs or equipment, or a product by name. Whoever looks after its offers. 409 `stock-item-exists` with its `itemId`.",
  access: ["person", "operator"],
  params: providerId,
  body: z.union([z.object({ offerId: z.uuid() }).strict(), z.object({ name }).strict()]),
  answer: z.object({ item: stockItem }),
  status: 201,
});

export const listStock = endpoint({
  service: "catalog",
  method: "GET",
  path: stock,
  summary: "What a provider has on hand, the newest page of its book first.",
  access: ["person", "operator"],
  params: providerId,
  query: z.object({ ...pageQuery }),
  answer: page(stockItem),
});

export const writeStockMovement = endpoint({
  service: "catalog",
  method: "POST",
  path: "/api/catalog/stock/:itemId/movements",
  summary:
    "Write down packs that were bought, sold, found or lost, up to a year back. 409 `stock-short` with the `packs` on hand where more go than there are.",
  access: ["person", "operator"],
  params: itemId,
  body: z.discriminatedUnion("kind", [
    z.object({
      kind: z.enum(["bought", "sold"]),
      packs,
      priceCentimos: centimos.describe("A pack"),
      day: limaDay,
      reason: z.string().trim().min(2).max(200).optional(),
    }),
    z.object({
      kind: z.enum(["found", "lost"]),
      packs,
      day: limaDay,
      reason: z.string().trim().min(2).max(200).describe("Why the count differs"),
    }),
  ]),
  answer: z.object({ movement, item: stockItem }),
  status: 201,
});

export const listStockMovements = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/stock/:itemId/movements",
  summary: "What came and went of one product, as it was written down, the newest first.",
  access: ["person", "operator"],
  params: itemId,
  query: z.object({ ...pageQuery }),
  answer: page(movement),
});

export const readStockMargins = endpoint({
  service: "catalog",
  method: "GET",
  path: "/api/catalog/providers/:providerId/stock-margins",
  summary:
    "What reselling brought, by month: sold, less what those packs had cost on average; what was lost is apart.",
  access: ["person", "operator"],
  params: providerId,
  query: z.object({
    months: z.coerce.number().int().min(1).max(24).default(12).describe("This one and those before"),
  }),
  answer: z.object({
    months: z
      .array(
        z.object({
          month,
          boughtCentimos: sumCentimos,
          soldCentimos: sumCentimos,
          soldPacks: z.int(),
          costOfSoldCentimos: sumCentimos,
          marginCentimos: z.int().describe("Sold less its cost; below zero where it was sold for less"),
          lostCentimos: sumCentimos.describe("What was lost had cost"),
        }),
      )
      .describe("The newest first; months without a movement are left out"),
  }),
});

export const stockEndpoints = [
  addStockItem,
  listStock,
  writeStockMovement,
  listStockMovements,
  readStockMargins,
];
