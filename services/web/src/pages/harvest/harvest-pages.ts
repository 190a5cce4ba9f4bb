import type { Page } from "../../visits/page.ts";
import { ownHarvestPage } from "./own-harvest-page.ts";
import { ownLotPage } from "./own-lot-page.ts";

/** What a producer sells together with others. */
export const harvestPages: readonly Page[] = [ownHarvestPage, ownLotPage];
