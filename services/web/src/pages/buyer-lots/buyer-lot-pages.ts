import type { FileRoute, Page } from "../../visits/page.ts";
import { buyerLotPage, buyerOriginPage, buyerPlots } from "./buyer-lot-page.ts";
import { buyerLotsPage } from "./buyer-lots-page.ts";

/** A buyer's desk for harvest that is sold together. */
export const buyerLotPages: readonly Page[] = [buyerLotsPage, buyerLotPage, buyerOriginPage];
export const buyerLotFiles: readonly FileRoute[] = [buyerPlots];
