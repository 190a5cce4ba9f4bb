import type { Page } from "../../visits/page.ts";
import { askPage } from "./ask-pages.ts";
import { cancelPage, historyPage, problemPage } from "./request-asides.ts";
import { requestListPage } from "./request-list.ts";
import { requestPage } from "./request-page.ts";
import { whyPage } from "./why-page.ts";

export const requestPages: readonly Page[] = [
  askPage,
  requestListPage,
  requestPage,
  whyPage,
  historyPage,
  cancelPage,
  problemPage,
];
