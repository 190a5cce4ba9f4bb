import type { App } from "@minka/http/app";
import type { ServiceKit } from "@minka/service/define-service";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { tellingRoutes } from "./telling/telling-routes.ts";

export function mountRoutes(app: App, kit: ServiceKit): void {
  personalDataRoutes(app, kit);
  // How people are asked SI or NO and told things by SMS: see telling/.
  tellingRoutes(app, kit);
}
