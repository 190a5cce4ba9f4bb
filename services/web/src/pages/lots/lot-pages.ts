import type { FileRoute, Page } from "../../visits/page.ts";
import { contractPage } from "./contract-page.ts";
import { contributionPage } from "./contribution-page.ts";
import { enterPledgePage } from "./enter-pledge-page.ts";
import { lotPage } from "./lot-page.ts";
import { lotsPage } from "./lots-page.ts";
import { newLotPage } from "./new-lot-page.ts";
import { originPage, originPlots } from "./origin-page.ts";
import { premiumPage } from "./premium-page.ts";
import { settlementPage } from "./settlement-page.ts";

/** An organization's desk for the harvest that its members sell together. */
export const lotPages: readonly Page[] = [
  lotsPage,
  newLotPage,
  premiumPage,
  lotPage,
  enterPledgePage,
  contributionPage,
  contractPage,
  settlementPage,
  originPage,
];
export const lotFiles: readonly FileRoute[] = [originPlots];
