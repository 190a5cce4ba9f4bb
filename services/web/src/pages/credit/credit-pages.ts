import type { Page } from "../../visits/page.ts";
import { askCreditPage, changeCreditPage } from "./ask-credit-page.ts";
import { creditPage } from "./credit-page.ts";
import { guarantorsPage } from "./guarantors-page.ts";
import { ownCreditsPage } from "./own-credits-page.ts";

/** What a producer borrows. */
export const creditPages: readonly Page[] = [
  ownCreditsPage,
  askCreditPage,
  creditPage,
  changeCreditPage,
  guarantorsPage,
];
