import type { Page } from "../../visits/page.ts";
import { caseloadPage } from "./caseload-page.ts";
import { dayPage } from "./day-page.ts";
import { earningsPage } from "./earnings-page.ts";
import { helpingPage } from "./helping-page.ts";
import { monthPage } from "./month-page.ts";
import { stockItemPage } from "./stock-item-page.ts";
import { stockPage } from "./stock-page.ts";
import { visitPage } from "./visit-page.ts";

/** An agent's own: the month, its days, the people, what it brings. */
export const fieldWorkPages: readonly Page[] = [
  monthPage,
  dayPage,
  visitPage,
  caseloadPage,
  helpingPage,
  earningsPage,
  stockPage,
  stockItemPage,
];
