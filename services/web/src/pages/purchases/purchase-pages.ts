import type { FileRoute, Page } from "../../visits/page.ts";
import { accountsFile, accountsPage } from "./accounts-page.ts";
import { deskListPage } from "./desk-list-page.ts";
import { deskPage } from "./desk-page.ts";
import { newPurchasePage } from "./new-purchase-page.ts";
import { ownPurchasePage } from "./own-purchase-page.ts";
import { ownPurchasesPage } from "./own-purchases-page.ts";
import { packingPage } from "./packing-page.ts";
import { supplierListPage } from "./supplier-list-page.ts";
import { supplierPage } from "./supplier-page.ts";

/** Joint purchases: of who joins, who arranges and who sells. */
export const purchasePages: readonly Page[] = [
  ownPurchasesPage,
  ownPurchasePage,
  deskListPage,
  newPurchasePage,
  deskPage,
  accountsPage,
  packingPage,
  supplierListPage,
  supplierPage,
];

export const purchaseFiles: readonly FileRoute[] = [accountsFile];
