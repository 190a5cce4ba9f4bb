import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import { defineService } from "@minka/service/define-service";
import { readConfig } from "./config.ts";
import { largestFile } from "./forms/form-values.ts";
import { serveAssets } from "./design/assets.ts";
import { allFiles, allPages } from "./pages/all-pages.ts";
import { serveFindable } from "./pages/findable/findable-routes.ts";
import { servePageErrors } from "./pages/error-page.ts";
import { serveOwnData } from "./pages/own-data/own-data-routes.ts";
import { describeApi } from "./pages/reference/describe-api.ts";
import { serveReference } from "./pages/reference/reference-routes.ts";
import { serveSimulator } from "./pages/simulator/simulator-routes.ts";
import { sessionKeys } from "./sessions/seal.ts";
import { serveOffline } from "./offline/offline-pages.ts";
import { servePages } from "./visits/serve-pages.ts";

/** Pages for people, and the reference of the API for those who program against it. */
export const web = defineService({
  name: "web",
  migrations: new URL("../migrations", import.meta.url),
  async start(kit) {
    const config = readConfig(kit.environment);
    const apiDocument = await describeApi();
    const means = { ...kit, config, keys: sessionKeys(config.secret), pages: allPages };
    return {
      async routes(app) {
        servePageErrors(app, means);
        await app.register(cookie);
        await app.register(formbody, { bodyLimit: 256 * 1024 });
        await app.register(multipart, {
          // A file that is too large is read to its end and let go, and the form says so beside its field.
          throwFileSizeLimit: false,
          limits: { fileSize: largestFile, files: 1, fields: 40, fieldSize: 20_000, parts: 42 },
        });
        serveAssets(app);
        serveOffline(app);
        servePages(app, means, allFiles);
        serveOwnData(app, kit, config);
        serveFindable(app, kit, config);
        serveSimulator(app, kit, config);
        await serveReference(app, apiDocument);
      },
    };
  },
});
