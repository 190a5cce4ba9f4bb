import { readPersonalData } from "@minka/contracts/personal-data";
import { Download, signedFile, type FileRoute, type Page } from "../../visits/page.ts";
import { ownMessagesPage } from "../own-messages/own-messages-page.ts";
import { consentsPage } from "./consents-page.ts";
import { correctAttentionPage, correctPersonPage, correctPlacePage } from "./correct-pages.ts";
import { erasePage } from "./erase-page.ts";
import { helpersPage } from "./helpers-page.ts";
import { overviewPage } from "./overview-page.ts";
import { ownParams } from "./own-profile.ts";
import { wordPage } from "./word-page.ts";

export const ownDataPages: readonly Page[] = [
  overviewPage,
  correctPersonPage,
  correctPlacePage,
  correctAttentionPage,
  consentsPage,
  wordPage,
  helpersPage,
  erasePage,
  ownMessagesPage,
];

/** All that is held on a person, in all services, as one file. */
export const ownDataFiles: readonly FileRoute[] = [
  signedFile("/mi/datos/archivo", async (visit) => {
    const file = await visit.call(readPersonalData, { params: ownParams(visit), query: {} });
    return new Download({
      fileName: "mis-datos-minka.json",
      contentType: "application/json; charset=utf-8",
      bytes: Buffer.from(JSON.stringify(file, null, 2)),
    });
  }),
];
