import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import type { GatewayConfig } from "../config.ts";
import type { Gateway } from "../gateways/gateway.ts";
import type { Journal } from "./journal.ts";
import { androidRoutes } from "./android-routes.ts";
import { simulatorRoutes } from "./simulator-routes.ts";
import { twilioRoutes } from "./twilio-routes.ts";

type Kit = {
  readonly db: Database;
  readonly clock: Clock;
  readonly config: readonly GatewayConfig[];
  readonly gateways: readonly Gateway[];
  readonly journal: Journal;
};

/** What each gateway of the list calls; there is nothing at the addresses of the others. */
export async function gatewayRoutes(app: App, { db, clock, config, gateways, journal }: Kit): Promise<void> {
  for (const one of config) {
    const gateway = gateways.find(({ name }) => name === one.kind);
    if (!gateway) throw new Error(`${one.kind} is not open`);
    // A scope of its own: what guards a gateway's routes is not for the others.
    await app.register(async (scope) => {
      switch (one.kind) {
        case "simulator":
          return simulatorRoutes(scope, { db, clock, journal, gateway, config: one });
        case "android":
          return androidRoutes(scope, { db, clock, journal, gateway, config: one });
        case "twilio":
        case "twilio-whatsapp":
          return twilioRoutes(scope, { db, clock, journal, gateway, config: one });
      }
    });
  }
}
