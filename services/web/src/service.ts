import formbody from "@fastify/formbody";
import { defineService } from "@minka/service/define-service";
import { readConfig } from "./config.ts";
import { serveAssets } from "./design/assets.ts";
import { servePageErrors } from "./pages/error-page.ts";
import { serveHome } from "./pages/home/home-routes.ts";
import { serveOwnData } from "./pages/own-data/own-data-routes.ts";
import { describeApi } from "./pages/reference/describe-api.ts";
import { serveReference } from "./pages/reference/reference-routes.ts";
import { serveSimulator } from "./pages/simulator/simulator-routes.ts";

/** Pages for people, and the reference of the API for those who program against it. */
export const web = defineService({
  name: "web",
  migrations: null,
  async start(kit) {
    const config = readConfig(kit.environment);
    const apiDocument = await describeApi();
    return {
      async routes(app) {
        servePageErrors(app, config.simulator !== null);
        await app.register(formbody);
        serveAssets(app);
        serveHome(app, kit, config);
        serveOwnData(app, kit, config);
        serveSimulator(app, kit, config);
        await serveReference(app, apiDocument);
      },
    };
  },
});
