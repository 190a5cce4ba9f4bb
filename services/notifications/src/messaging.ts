import type { ServiceKit, ServiceParts } from "@minka/service/define-service";
import { attentionRoutes } from "./attention/attention-routes.ts";
import { readConfig } from "./config.ts";
import { createSimulator } from "./gateways/simulator.ts";
import { createTwilioGateway } from "./gateways/twilio.ts";
import { simulatorRoutes } from "./intake/simulator-routes.ts";
import { twilioRoutes } from "./intake/twilio-routes.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { sendMessageJob } from "./sending/send-message.ts";
import { sendRoutes } from "./sending/send-text.ts";
import { settleMessageJob } from "./sending/settle-message.ts";

/** SMS in, SMS out, and what an operator has to look at: everything but what is said in them. */
export function startMessaging({ db, clock, environment }: ServiceKit) {
  const config = readConfig(environment);
  const gateway =
    config.kind === "twilio" ? createTwilioGateway({ config, clock }) : createSimulator({ db, clock });
  return {
    async routes(app) {
      sendRoutes(app, { db, clock });
      attentionRoutes(app, { db, clock });
      personalDataRoutes(app, { db, clock, environment });
      // A scope of its own: what guards the gateway's routes is not for the others.
      await app.register(async (scope) =>
        config.kind === "twilio"
          ? twilioRoutes(scope, { db, clock, gateway, config })
          : simulatorRoutes(scope, { db, clock, gateway, config }),
      );
    },
    jobs: {
      "send-message": sendMessageJob({ db, clock, gateway, environment }),
      "settle-message": settleMessageJob({ db, clock, gateway }),
    },
  } satisfies ServiceParts;
}
