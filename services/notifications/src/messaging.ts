import type { ServiceKit, ServiceParts } from "@minka/service/define-service";
import { attentionRoutes } from "./attention/attention-routes.ts";
import { readConfig, readMessagesKeptDays, readSegmentPrices } from "./config.ts";
import { costRoutes } from "./costs/cost-routes.ts";
import { forgetMessages } from "./forget-messages.ts";
import { openGateways } from "./gateways/open-gateways.ts";
import { fetchMissedJob } from "./intake/fetch-missed.ts";
import { gatewayRoutes } from "./intake/gateway-routes.ts";
import { redactWrittenJob } from "./intake/redact-written.ts";
import { openJournal } from "./intake/journal.ts";
import { journalGauges } from "./intake/journal-gauges.ts";
import { personalDataRoutes } from "./personal-data/personal-data-routes.ts";
import { redactMessageJob } from "./sending/redact-message.ts";
import { sendMessageJob } from "./sending/send-message.ts";
import { countAttempts, sendingGauges } from "./sending/sending-gauges.ts";
import { sendRoutes } from "./sending/send-text.ts";
import { settleMessageJob } from "./sending/settle-message.ts";
import { wakeMessageJob } from "./sending/wake-message.ts";

/** SMS in, SMS out, and what an operator has to look at: everything but what is said in them. */
export function startMessaging({ db, clock, environment, log }: ServiceKit) {
  const config = readConfig(environment);
  const prices = readSegmentPrices(environment);
  const keptDays = readMessagesKeptDays(environment);
  const gateways = openGateways({ config, db, clock });
  const journal = openJournal({ db, log, environment });
  journal.start();
  const counts = countAttempts();
  return {
    async routes(app) {
      sendRoutes(app, { db, clock, gateways });
      attentionRoutes(app, { db, clock });
      costRoutes(app, { db, prices });
      personalDataRoutes(app, { db, clock, environment });
      app.addHook("preClose", async () => journal.hurry());
      await gatewayRoutes(app, { db, clock, config, gateways, journal });
    },
    jobs: {
      "fetch-missed": fetchMissedJob({ db, clock, journal, gateways }),
      "send-message": sendMessageJob({ db, clock, gateways, environment, counts }),
      "settle-message": settleMessageJob({ db, clock, gateways }),
      "wake-message": wakeMessageJob({ db, clock }),
      "redact-message": redactWrittenJob({ db, clock, gateways }, redactMessageJob({ db, clock, gateways })),
    },
    health: [{ name: "sms journal", check: () => journal.check() }],
    gauges: [...journalGauges(journal), ...sendingGauges({ db, clock, gateways, counts })],
    forget: () => forgetMessages({ db, clock, keptDays }),
    close: () => journal.close(),
  } satisfies ServiceParts;
}
