import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { GatewayConfig } from "../config.ts";
import { createAndroidGateway } from "./android.ts";
import type { Gateway } from "./gateway.ts";
import { createSimulator } from "./simulator.ts";
import { createTwilioGateway } from "./twilio.ts";

type Kit = { readonly config: readonly GatewayConfig[]; readonly db: Database; readonly clock: Clock };

/** The gateways that carry the SMS, in order of preference. */
export function openGateways({ config, db, clock }: Kit): readonly Gateway[] {
  return config.map((one) => openGateway(one, { db, clock }));
}

function openGateway(config: GatewayConfig, { db, clock }: Omit<Kit, "config">): Gateway {
  switch (config.kind) {
    case "simulator":
      return createSimulator({ db, clock });
    case "android":
      return createAndroidGateway({ config, clock });
    case "twilio":
    case "twilio-whatsapp":
      return createTwilioGateway({ config, clock });
  }
}
