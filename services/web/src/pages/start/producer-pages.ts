import type { FileRoute, Page } from "../../visits/page.ts";
import { belongingPages } from "../belonging/belonging-pages.ts";
import { farmFiles, farmPages } from "../farm/farm-pages.ts";
import { plannedVisitsPage } from "../planned-visits/planned-visits-page.ts";
import { requestPages } from "../requests/request-pages.ts";
import { startPage } from "./start-page.ts";

/** What somebody with a farm begins with, asks for and follows, plants, and belongs to. */
export const producerPages: readonly Page[] = [
  startPage,
  ...requestPages,
  plannedVisitsPage,
  ...farmPages,
  ...belongingPages,
];

export const producerFiles: readonly FileRoute[] = farmFiles;
