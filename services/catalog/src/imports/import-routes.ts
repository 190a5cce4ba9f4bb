import { exportPriceList, priceListImport as contracts } from "@minka/contracts/imports";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { importRoutes } from "@minka/imports/import-routes";
import { importJob } from "@minka/imports/run-import";
import type { Job } from "@minka/queue/worker";
import type { ServiceKit } from "@minka/service/define-service";
import { refuseUnlessManaged } from "../offers/lock-offer.ts";
import { placesImport } from "../places/places-import.ts";
import { readManagedOrganizations } from "../providers/provider-rights.ts";
import { exportPriceList as write } from "./export-price-list.ts";
import { importMeans } from "./import-means.ts";
import { priceListImport } from "./price-list-import.ts";

/** Price lists of providers, in and out. */
export function priceListRoutes(app: App, kit: ServiceKit): void {
  importRoutes(app, contracts, {
    ...importMeans(kit),
    definition: priceListImport,
    owner: "providerId",
    async authorize(actor, providerId, trace) {
      const managed = await readManagedOrganizations(kit, actor, trace);
      await refuseUnlessManaged(kit.db.read, actor, providerId, managed);
    },
  });
  mountEndpoint(app, exportPriceList, ({ params, query }, context) =>
    write(kit, context, { ...params, ...query }),
  );
}

/** The job `run-import`. */
export function catalogImportJob(kit: ServiceKit): Job {
  return importJob({ ...importMeans(kit), log: kit.log }, [priceListImport, placesImport]);
}
