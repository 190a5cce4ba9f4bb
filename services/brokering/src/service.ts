import type { Jobs } from "@minka/queue/worker";
import { defineService } from "@minka/service/define-service";
import { mountRoutes } from "./routes.ts";

/** What scattered people get together: joint purchases, pooled harvest, credit that others vouch for. */
export const brokering = defineService({
  name: "brokering",
  migrations: new URL("../migrations/", import.meta.url),
  start: (kit) => ({
    routes: (app) => mountRoutes(app, kit),
    handlers: [],
    jobs: {} satisfies Omit<Jobs<"brokering">, "handle-delivery">,
  }),
});
