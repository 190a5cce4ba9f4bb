import type { App } from "@minka/http/app";
import type { ServiceKit } from "@minka/service/define-service";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";

export function mountRoutes(app: App, kit: ServiceKit): void {
  personalDataRoutes(app, kit);
}
