import type { Quote } from "@minka/contracts/quotes";
import type { QuoteRow } from "./quotes-tables.ts";

export function quoteView({ id, by, priceCentimos, priceUnit, visitOn, at, expiresAt }: QuoteRow): Quote {
  return {
    id,
    by,
    priceCentimos,
    priceUnit,
    visitOn,
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
