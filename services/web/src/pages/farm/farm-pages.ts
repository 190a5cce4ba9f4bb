import type { FileRoute, Page } from "../../visits/page.ts";
import { certificatePage, newCertificatePage } from "./certificate-pages.ts";
import { farmPage, plotsFile } from "./farm-page.ts";
import { newPlotPage, plotPage } from "./plot-pages.ts";
import { newSeasonPage, seasonPage } from "./season-pages.ts";

export const farmPages: readonly Page[] = [
  farmPage,
  newPlotPage,
  plotPage,
  newSeasonPage,
  seasonPage,
  newCertificatePage,
  certificatePage,
];

export const farmFiles: readonly FileRoute[] = [plotsFile];
