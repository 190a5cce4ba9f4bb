import { findPlaces, placesImport as contracts, resolveHamlet } from "@minka/contracts/places";
import { DomainError } from "@minka/domain/errors";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { importRoutes } from "@minka/imports/import-routes";
import type { ServiceKit } from "@minka/service/define-service";
import { importMeans } from "../imports/import-means.ts";
import { isOperator } from "../providers/provider-rights.ts";
import { findPlaces as find } from "./find-places.ts";
import { placesImport } from "./places-import.ts";
import { resolveHamlet as resolve } from "./resolve-hamlet.ts";

/** The list of populated places: brought in by operators, looked up by anybody. */
export function placeRoutes(app: App, kit: ServiceKit): void {
  importRoutes(app, contracts, {
    ...importMeans(kit),
    definition: placesImport,
    owner: null,
    async authorize(actor) {
      if (!isOperator(actor)) throw new DomainError("forbidden", "not-allowed", "Operators keep this list.");
    },
  });
  mountEndpoint(app, findPlaces, (input) => find(kit.db, input));
  mountEndpoint(app, resolveHamlet, (input) => resolve(kit.db, input));
}
