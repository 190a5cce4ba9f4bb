import type { Page } from "../../visits/page.ts";
import { lenderCreditPage } from "./lender-credit-page.ts";
import { lenderCreditsPage } from "./lender-credits-page.ts";

/** A lender's desk for what is asked of it. */
export const lenderPages: readonly Page[] = [lenderCreditsPage, lenderCreditPage];
